"""``mingzhang compare``: what changed from one disclosure to another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.arguments import Commands, add_command
from mingzhang.commands.failures import Failure, failure_of, report
from mingzhang.commands.gathering import gather
from mingzhang.commands.output import emit, json_text, output_of, refuse_binary_on_screen, wants_colour
from mingzhang.commands.reading import KINDS, files_of
from mingzhang.commands.settings import declare_settings, limits_of
from mingzhang.errors import EXIT_CLEAN, UsageError

if TYPE_CHECKING:
    from mingzhang.cube.compared import Comparison
    from mingzhang.cube.disclosure import Disclosure
    from mingzhang.documents import Limits

FORMATS = ("text", "json", "xlsx", "html")


def declare(commands: Commands) -> None:
    """The words of the command."""
    parameters, options = add_command(commands, "compare", "比较两份公开材料：变了什么，按变化大小排列", run)
    parameters.add_argument(
        "left", metavar="A", help=f"前一份（{KINDS}）；一份材料有几个文件的，放在一个文件夹里，写文件夹"
    )
    parameters.add_argument("right", metavar="B", help="后一份：同一单位的下一年、同一年的决算，或另一单位")
    options.add_argument(
        "--format",
        choices=FORMATS,
        help="text 给人看（默认），json 给程序用，xlsx 是表格，html 是带图的网页；不写时按 OUT 的扩展名",
    )
    options.add_argument("-o", dest="output", metavar="OUT", help="结果写入这个文件（默认显示在屏幕上）")
    options.add_argument("--verbose", action="store_true", help="列出全部科目和全部口径，不作省略")
    declare_settings(options)


def run(options: argparse.Namespace) -> int:
    """Compare two disclosures; that they differ is no error."""
    limits = limits_of(options.settings)
    sides = [list(files_of([side])) for side in (options.left, options.right)]
    if {Path(path).resolve() for path in sides[0]} == {Path(path).resolve() for path in sides[1]}:
        raise UsageError("usage", f"“{options.left}”和“{options.right}”是同一份材料，没有可比较的。")
    output = output_of(options.output, [*sides[0], *sides[1]])
    kind = options.format or (Path(output).suffix.lower().lstrip(".") if output is not None else "text")
    kind = kind if kind in FORMATS else "text"
    if kind == "xlsx":
        refuse_binary_on_screen(kind, output)
    disclosures: list[Disclosure] = []
    statuses: list[int] = []
    for side, paths in zip((options.left, options.right), sides, strict=True):
        try:
            disclosures.append(_disclosure(paths, limits, side))
        except Exception as error:
            failure = failure_of(error, paths[0])
            statuses.append(report(failure))
            if kind == "json" and output is None:
                from mingzhang.publication import error_json

                emit(json_text(error_json(paths[0], failure.code, failure.message), one_line=True))
    if statuses:
        return max(statuses)
    from mingzhang.across.changes import compare

    made = _told(compare(*disclosures), kind, options.verbose, to_screen=output is None)
    if output is None:
        emit(made)
    else:
        from mingzhang.publication import deliver

        deliver([(output, made)])
    return EXIT_CLEAN


def _disclosure(paths: list[str], limits: Limits | None, named: str) -> Disclosure:
    """The one disclosure that a file, or the files of a folder, are."""
    cases = gather(paths, limits)
    if len(cases) > 1:
        told = "、".join(Path(case.path).name for case in cases)
        raise UsageError("usage", f"“{named}”里有{len(cases)}份材料（{told}），不知道比较哪一份，请写出文件。")
    outcome = cases[0].outcome
    if isinstance(outcome, Failure):
        raise outcome.error()
    return outcome


def _told(comparison: Comparison, kind: str, verbose: bool, *, to_screen: bool) -> bytes:
    from mingzhang.publication.comparison import data, html, text
    from mingzhang.publication.terminal import Style

    if kind == "xlsx":
        return data.comparison_workbook(comparison)
    if kind == "json":
        told = json_text(data.comparison_json(comparison))
    elif kind == "html":
        told = html.comparison_html(comparison)
    else:
        style = Style(colour=to_screen and wants_colour(sys.stdout))
        told = text.comparison_text(comparison, style=style, verbose=verbose)
    return told.encode("utf-8", errors="backslashreplace")
