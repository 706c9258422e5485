"""``mingzhang check``: what is wrong in one or several disclosures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.arguments import Commands, add_command
from mingzhang.commands.failures import Failure, failure_of, report
from mingzhang.commands.output import emit, json_text, output_of, wants_colour
from mingzhang.commands.progress import Progress
from mingzhang.commands.reading import KINDS, disclosure_of, files_of
from mingzhang.commands.settings import declare_settings, limits_of
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS

if TYPE_CHECKING:
    from mingzhang.cube.verdict import Verdict
    from mingzhang.documents import Limits

FORMATS = ("text", "json")


def declare(commands: Commands) -> None:
    """The words of the command."""
    parameters, options = add_command(commands, "check", "核对一份或多份公开材料", run)
    parameters.add_argument("paths", metavar="PATH", nargs="+", help=f"公开材料（{KINDS}），或者装有材料的文件夹")
    options.add_argument("--format", choices=FORMATS, default="text", help="text 给人看（默认），json 给程序用")
    options.add_argument("-o", dest="output", metavar="OUT", help="结果写入这个文件（默认显示在屏幕上）")
    options.add_argument("--verbose", action="store_true", help="列出全部差额、位置和可能的解释，不作省略")
    declare_settings(options)


def run(options: argparse.Namespace) -> int:
    """Check every file; the greatest status wins, and no file stops the others."""
    limits = limits_of(options.settings)
    paths = list(files_of(options.paths))
    output = output_of(options.output, paths)
    many = len(paths) > 1 or any(Path(path).is_dir() for path in options.paths)
    tell = _as_json(many) if options.format == "json" else _as_text(many, options.verbose, output is None)
    collected: list[str] = []
    statuses: list[int] = []
    done = 0
    progress = Progress(len(paths))
    for number, path in enumerate(paths, start=1):
        outcome: Verdict | Failure
        try:
            with progress.on(number, path):
                outcome = verdict_of(path, limits)
        except Exception as error:
            outcome = failure_of(error, path)
            statuses.append(report(outcome))
        else:
            done += 1
            errors = any(finding.level == "error" for finding in outcome.findings)
            statuses.append(EXIT_FINDINGS if errors else EXIT_CLEAN)
        told = tell(path, outcome)
        if output is not None:
            collected.append(told)
        else:
            emit(told)
    if output is not None and done:
        from mingzhang.publication import deliver

        deliver([(output, "".join(collected).encode("utf-8", errors="backslashreplace"))])
    return max(statuses)


def verdict_of(path: str, limits: Limits | None = None) -> Verdict:
    """What is found in the disclosure at ``path``."""
    disclosure = disclosure_of(path, limits)
    from mingzhang.checking import check

    return check(disclosure)


Teller = Callable[[str, "Verdict | Failure"], str]


def _as_json(many: bool) -> Teller:
    from mingzhang.publication import error_json, verdict_json

    def tell(path: str, outcome: Verdict | Failure) -> str:
        if isinstance(outcome, Failure):
            return json_text(error_json(path, outcome.code, outcome.message), one_line=many)
        return json_text(verdict_json(outcome), one_line=many)

    return tell


def _as_text(many: bool, verbose: bool, to_screen: bool) -> Teller:
    from mingzhang.publication import Style, verdict_text

    style = Style(colour=to_screen and wants_colour(sys.stdout))

    def tell(path: str, outcome: Verdict | Failure) -> str:
        if isinstance(outcome, Failure):
            return ""  # its sentence went to stderr
        return verdict_text(outcome, style=style, verbose=verbose) + ("\n" + "─" * 60 + "\n\n" if many else "")

    return tell
