"""``mingzhang decide``: what a person rules on one finding, kept beside the document."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from mingzhang.arguments import Commands, add_command
from mingzhang.commands.check import declare_joining, joining_of, verdict_on
from mingzhang.commands.failures import say
from mingzhang.commands.progress import Progress
from mingzhang.commands.reading import KINDS
from mingzhang.commands.reports import day
from mingzhang.commands.settings import declare_settings, limits_of
from mingzhang.errors import EXIT_CLEAN, UsageError

if TYPE_CHECKING:
    from mingzhang.cube.decision import Ruling
    from mingzhang.cube.finding import Finding
    from mingzhang.cube.verdict import Verdict

_RULINGS: dict[str, Ruling] = {
    "accept": "accept",
    "false-alarm": "false-alarm",
    "fixed": "fixed",
    "withdraw": "withdrawn",
}
_SHORTEST = 6  # characters of a fingerprint that name a finding
_LISTED = 5


def declare(commands: Commands) -> None:
    """The words of the command."""
    parameters, options = add_command(commands, "decide", "登记对一处问题的处理意见", run)
    parameters.add_argument("path", metavar="PATH", help=f"公开材料（{KINDS}）")
    parameters.add_argument(
        "finding", metavar="ID", help="问题的编号，见核对报告、json 或 check --verbose（可只写前6位）"
    )
    parameters.add_argument(
        "ruling",
        metavar="RULING",
        choices=tuple(_RULINGS),
        help="accept 属实，false-alarm 误报，fixed 已改正，withdraw 撤回上次的意见",
    )
    options.add_argument("--by", metavar="NAME", required=True, help="谁的意见")
    options.add_argument("--note", metavar="TEXT", default="", help="理由或说明")
    options.add_argument("--date", metavar="DATE", help="日期，默认今天")
    options.add_argument(
        "--with",
        dest="others",
        metavar="FILE",
        action="append",
        default=[],
        help="核对时同列的其他文件（同一份材料的表格、附件，或互相对照的材料），每个文件写一次",
    )
    declare_joining(options)
    declare_settings(options)


def run(options: argparse.Namespace) -> int:
    """Check the document, find the finding, and write the decision down."""
    from mingzhang.cube.decision import Decision
    from mingzhang.decisions import book_bytes, book_place, load_book, locked, seen_in, with_decision
    from mingzhang.publication import deliver
    from mingzhang.publication.verdict_words import RULING_WORDS

    path: str = options.path
    on = day(options.date, "--date") or date.today()
    if not options.by.strip():
        raise UsageError("no-name", "--by 应写明是谁的意见。")
    load_book(path)  # a damaged file is said before the work
    with Progress(1).on(1, path):
        verdict = verdict_on(path, options.others, limits_of(options.settings), joining_of(options))
    path = verdict.disclosure.path
    with locked(path):
        book = load_book(path)
        found = _named(options.finding, verdict, [*verdict.findings, *(seen.finding for seen in book.seen)])
        ruling = _RULINGS[options.ruling]
        latest = next((each for each in reversed(book.decisions) if each.finding == found.id), None)
        if ruling == "withdrawn" and (latest is None or latest.ruling == "withdrawn"):
            raise UsageError("nothing-to-withdraw", f"编号{found.id}的问题没有登记过意见，没有可以撤回的。")
        decision = Decision(
            found.id,
            ruling,
            options.by.strip(),
            options.note.strip(),
            on.isoformat(),
            found.rule,
            found.level,
            found.message,
        )
        place = book_place(path)
        deliver([(place, book_bytes(with_decision(book, decision, verdict.disclosure.sha256, seen_in(verdict))))])
    if latest is not None and decision.ruling == "withdrawn":
        say(f"mingzhang: 已撤回编号{found.id}的问题上“{RULING_WORDS[latest.ruling]}”的意见，存入“{place}”。")
        return EXIT_CLEAN
    say(f"mingzhang: 已把编号{found.id}的问题登记为“{RULING_WORDS[decision.ruling]}”，存入“{place}”。")
    return EXIT_CLEAN


def _named(name: str, verdict: Verdict, findings: list[Finding]) -> Finding:
    """The one finding whose fingerprint is ``name`` or begins with it."""
    exact = [finding for finding in findings if finding.id == name]
    matching = {finding.id: finding for finding in findings if len(name) >= _SHORTEST and finding.id.startswith(name)}
    if exact:
        return exact[0]
    if len(matching) == 1:
        return next(iter(matching.values()))
    ids = [finding.id for finding in verdict.findings]
    known = "、".join(ids[:_LISTED]) + (f"等{len(ids)}个" if len(ids) > _LISTED else "")
    if matching:
        raise UsageError("no-such-finding", f"编号“{name}”对应不止一处问题（{'、'.join(sorted(matching))}），请写全。")
    raise UsageError(
        "no-such-finding",
        f"“{verdict.disclosure.path}”没有编号为“{name}”的问题"
        + (f"，现有的编号是{known}。" if ids else "，现在没有发现任何问题。"),
    )
