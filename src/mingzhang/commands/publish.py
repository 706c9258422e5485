"""``mingzhang compose`` and ``mingzhang publish``: a ledger becomes the whole disclosure.

Composing says what comes of a ledger and writes one file; publishing writes every format into a folder, and refuses a
disclosure with errors unless told.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.arguments import Commands, Group, add_command
from mingzhang.commands.failures import say
from mingzhang.commands.output import emit, output_of, wants_colour
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from mingzhang.composition import Ledger
    from mingzhang.cube.composed import Composition
    from mingzhang.cube.verdict import Verdict
    from mingzhang.forms import FormSet

FORMATS = ("xlsx", "docx", "pdf", "html", "data")


def declare(commands: Commands) -> None:
    """The words of both commands."""
    parameters, options = add_command(commands, "compose", "由底账编出全部公开表和说明，并核对", run_compose)
    _common(parameters, options)
    options.add_argument("-o", dest="output", metavar="OUT", help="写入这个文件：.xlsx、.docx、.pdf 或 .html")
    parameters, options = add_command(commands, "publish", "由底账生成各种格式的公开材料", run_publish)
    _common(parameters, options)
    options.add_argument("--to", metavar="DIR", default="out", help="写入这个文件夹（默认 out，没有则建立）")
    options.add_argument(
        "--formats", metavar="F,F", default=",".join(FORMATS), help=f"要生成的格式，默认全部：{','.join(FORMATS)}"
    )


def _common(parameters: Group, options: Group) -> None:
    parameters.add_argument("ledger", metavar="LEDGER", help="底账（.xlsx 或 CSV 文件夹）")
    options.add_argument("--set", dest="set", metavar="SET", help="套表的编号，如 cq2024；不写时列出可用的套表")
    options.add_argument("--controlled", action="store_true", help="控制舍入：调整末位进舍，使全部勾稽关系精确成立")
    options.add_argument("--formulas", action="store_true", help="工作簿的合计写成公式")
    options.add_argument("--anyway", action="store_true", help="核对有错误也照样生成（文件属性中注明）")


def run_compose(options: argparse.Namespace) -> int:
    """Compose, check, tell; write one file where asked."""
    output = output_of(options.output, [options.ledger])
    composition, verdict = _composed(options)
    _tell(composition, verdict)
    if output is not None:
        kind = Path(output).suffix.lstrip(".").lower()
        if kind not in FORMATS[:-1]:
            raise UsageError("unknown-format", f"“{output}”的扩展名应为 .xlsx、.docx、.pdf 或 .html。")
        remark = _remark(verdict, options.anyway)
        _deliver([(output, _file(composition, kind, remark, options.formulas))])
    return EXIT_FINDINGS if _errors(verdict) else EXIT_CLEAN


def run_publish(options: argparse.Namespace) -> int:
    """Compose, check, and write every format into the folder."""
    formats = [name.strip() for name in options.formats.split(",") if name.strip()]
    for name in formats:
        if name not in FORMATS:
            raise UsageError("unknown-format", f"没有“{name}”这种格式，可用的是：{'、'.join(FORMATS)}。")
    composition, verdict = _composed(options)
    _tell(composition, verdict)
    remark = _remark(verdict, options.anyway)
    folder = Path(options.to)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("cannot-write", f"无法建立文件夹“{folder}”（{error.strerror}）。") from error
    parts: list[tuple[str, bytes]] = []
    for kind in formats:
        if kind == "data":
            parts += _data(composition, folder, remark)
        else:
            parts.append(
                (str(folder / f"{composition.title}.{kind}"), _file(composition, kind, remark, options.formulas))
            )
    _deliver(parts)
    return EXIT_FINDINGS if _errors(verdict) else EXIT_CLEAN


def _composed(options: argparse.Namespace) -> tuple[Composition, Verdict]:
    from mingzhang.checking import check
    from mingzhang.composition import compose
    from mingzhang.composition.as_read import as_read

    ledger = _ledger(options.ledger)
    composition = compose(ledger, _form_set(options.set, ledger), controlled=options.controlled)
    return composition, check(as_read(composition))


def _ledger(path: str) -> Ledger:
    from mingzhang.ledgers import LedgerError, read_ledger

    try:
        return read_ledger(path)
    except LedgerError as error:
        emit("".join(f"{number}. {mistake}\n" for number, mistake in enumerate(error.mistakes, start=1)))
        raise


def _form_set(id: str | None, ledger: Ledger) -> FormSet:
    from mingzhang.forms import load_form_sets

    fitting = [forms for forms in load_form_sets() if forms.kind == ledger.kind and forms.covers(ledger.year)]
    named = next((forms for forms in load_form_sets() if forms.id == id), None)
    if named is None:
        known = "".join(f"\n  {forms.id:<20}{forms.name}" for forms in fitting)
        what = f"没有编号为“{id}”的套表" if id else "请用 --set 指定套表"
        raise UsageError("form-set", f"{what}，可用的是：{known}")
    if named.kind != ledger.kind:
        raise UsageError("form-set", f"“{named.name}”不是{'决算' if ledger.kind == 'final' else '预算'}的套表。")
    return named


def _errors(verdict: Verdict) -> int:
    return sum(finding.level == "error" for finding in verdict.findings)


def _remark(verdict: Verdict, anyway: bool) -> str:
    """What the file says of itself; without errors nothing. ``UsageError`` where errors forbid it."""
    errors = _errors(verdict)
    if errors and not anyway:
        raise UsageError("has-errors", f"核对发现{errors}处错误，没有生成文件；改正底账，或加 --anyway 照样生成。")
    return f"本文件由明账生成，生成时核对有{errors}处错误未改正。" if errors else ""


def _tell(composition: Composition, verdict: Verdict) -> None:
    from mingzhang.publication import Style, verdict_text

    emit(verdict_text(verdict, style=Style(wants_colour(sys.stdout))))
    told = [*composition.notes, *(f"待补充：{item}" for item in composition.missing)]
    if told:
        emit("\n编制说明\n" + "".join(f"  {line}\n" for line in told))


def _file(composition: Composition, kind: str, remark: str, formulas: bool) -> bytes:
    from mingzhang.publication.disclosed import published

    return published(composition, kind, remark=remark, formulas=formulas)


def _data(composition: Composition, folder: Path, remark: str) -> list[tuple[str, bytes]]:
    from mingzhang.composition.as_read import as_read
    from mingzhang.publication.disclosed import data_package

    place = folder / f"{composition.title}-开放数据"
    place.mkdir(exist_ok=True)
    return [(str(place / name), data) for name, data in data_package(composition, as_read(composition), remark)]


def _deliver(parts: list[tuple[str, bytes]]) -> None:
    from mingzhang.publication.delivery import deliver

    deliver(parts)
    for path, _ in parts:
        say(f"mingzhang: 已写入“{path}”。")
