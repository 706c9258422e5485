"""``mingzhang check``: what is wrong in one or several disclosures."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.arguments import Commands, Group, add_command
from mingzhang.commands.failures import Failure, failure_of, report
from mingzhang.commands.gathering import Case, Joining, gather
from mingzhang.commands.history import with_history
from mingzhang.commands.progress import Progress
from mingzhang.commands.reading import KINDS as FILES
from mingzhang.commands.reading import files_of
from mingzhang.commands.reports import KINDS, declare_reports
from mingzhang.commands.settings import declare_settings, limits_of
from mingzhang.commands.telling import STREAMED, Files, Stream
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
from mingzhang.shelf import Values

if TYPE_CHECKING:
    from mingzhang.across.survey import Beside
    from mingzhang.cube.disclosure import Disclosure
    from mingzhang.cube.verdict import Verdict
    from mingzhang.documents import Limits

_DOCUMENTS_BETWEEN = 64
FORMATS = ("text", "json", *KINDS)


def declare(commands: Commands) -> None:
    """The words of the command."""
    parameters, options = add_command(commands, "check", "核对一份或多份公开材料", run)
    parameters.add_argument("paths", metavar="PATH", nargs="+", help=f"公开材料（{FILES}），或者装有材料的文件夹")
    options.add_argument(
        "--format",
        choices=FORMATS,
        help="text 给人看（默认），json 给程序用，html 是附截图的核对报告，pdf 在原件上加批注，xlsx 是问题清单，"
        "checklist 是检查表（docx、html 或 xlsx，按 OUT 的扩展名）；不写时按 OUT 的扩展名",
    )
    options.add_argument(
        "-o", dest="output", metavar="OUT", help="结果写入这个文件（默认显示在屏幕上）；多份材料的报告写入这个文件夹"
    )
    options.add_argument("--verbose", action="store_true", help="列出全部差额、位置和可能的解释，不作省略")
    declare_joining(options)
    options.add_argument(
        "--against",
        metavar="OLD",
        action="append",
        help="修改前的材料：说明哪些问题已消除、哪些仍存在、哪些是新的；一份材料有几个文件的，每个文件写一次",
    )
    declare_reports(options)
    declare_settings(options)


def declare_joining(options: Group) -> None:
    """Whether several files are one disclosure."""
    options.add_argument(
        "--together", action="store_true", help="所列文件是同一份材料（说明、表格、附件分开的），合并核对"
    )
    options.add_argument(
        "--apart", action="store_true", help="每个文件各是一份材料，不合并（默认：明显属于同一份的合并，并说明依据）"
    )


def joining_of(options: argparse.Namespace) -> Joining:
    """What the options say of joining files."""
    if options.together and options.apart:
        raise UsageError("usage", "--together 和 --apart 不能同时用。")
    return "together" if options.together else "apart" if options.apart else "auto"


def run(options: argparse.Namespace) -> int:
    """Check every disclosure; the greatest status wins, and no file stops the others."""
    limits = limits_of(options.settings)
    joining = joining_of(options)
    paths = list(files_of(options.paths))
    many = len(paths) > 1 or any(Path(path).is_dir() for path in options.paths)
    if many and joining == "apart" and options.against:
        raise UsageError("usage", _ONE_AT_A_TIME)
    kind = _kind(options)
    sink = (Stream if kind in STREAMED else Files)(options, paths, kind, many)
    cases = gather(paths, limits, joining)
    if len(cases) > 1 and options.against:
        raise UsageError("usage", _ONE_AT_A_TIME)
    sink.begin(len(cases))
    besides = besides_of(cases)
    statuses: list[int] = []

    def judge_former(others: Sequence[str]) -> Verdict:
        return verdict_of(others, limits)

    progress = Progress(len(cases))
    for number, case in enumerate(cases, start=1):
        outcome: Verdict | Failure
        if number % _DOCUMENTS_BETWEEN == 0:
            gc.collect()  # the command runs with the collector paused
        try:
            disclosure = case.outcome
            if isinstance(disclosure, Failure):
                outcome = disclosure
            else:
                with progress.on(number, case.path):
                    found = judged(disclosure, besides.get(case.path))
                    outcome = with_history(case.path, found, options.against, judge_former)
                sink.take(case.path, outcome)
        except Exception as error:
            outcome = failure_of(error, case.path)
        if isinstance(outcome, Failure):
            statuses.append(report(outcome))
            sink.miss(case.path, outcome)
        else:
            statuses.append(EXIT_FINDINGS if outcome.standing_errors() else EXIT_CLEAN)
    sink.finish()
    return max(statuses)


_ONE_AT_A_TIME = "--against 只用于核对一份材料，请逐份核对；几个文件是同一份材料的，请加 --together。"


def judged(disclosure: Disclosure, beside: Beside | None = None) -> Verdict:
    """What is found in a disclosure, with what others say of it."""
    from mingzhang.checking import check

    return check(disclosure, beside.findings, beside.notes, beside.others) if beside is not None else check(disclosure)


def besides_of(cases: Sequence[Case]) -> dict[str, Beside]:
    """What the disclosures say of each other, by the path of each; nothing where there is only one."""
    held = [(case, case.held) for case in cases if not isinstance(case.held, Failure)]
    profiles = [case.profile for case, _ in held if case.profile is not None]
    if len(profiles) < 2:
        return {}
    from mingzhang.across.survey import survey

    besides = survey(Values([disclosure for _, disclosure in held]), profiles)
    return {case.path: each for (case, _), each in zip(held, besides, strict=True) if each.findings or each.notes}


def verdict_of(paths: Sequence[str], limits: Limits | None = None) -> Verdict:
    """What is found in the one disclosure that the files are."""
    return judged(_disclosure_in(gather(paths, limits, "together")[0]))


def verdict_on(path: str, others: Sequence[str], limits: Limits | None, joining: Joining) -> Verdict:
    """What is found in the disclosure that ``path`` is (or is a file of), where ``others`` are checked with it."""
    cases = gather([path, *others], limits, joining)
    case = next(case for case in cases if path in case.paths)
    return judged(_disclosure_in(case), besides_of(cases).get(case.path))


def _disclosure_in(case: Case) -> Disclosure:
    outcome = case.outcome
    if isinstance(outcome, Failure):
        raise outcome.error()
    return outcome


def _kind(options: argparse.Namespace) -> str:
    if options.format is not None:
        return str(options.format)
    suffix = Path(options.output or "").suffix.lower().lstrip(".")
    return suffix if suffix in FORMATS else "checklist" if suffix == "docx" else "text"
