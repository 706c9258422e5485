"""``mingzhang check``: what is wrong in one or several disclosures."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.arguments import Commands, add_command
from mingzhang.commands.failures import Failure, failure_of, report
from mingzhang.commands.history import with_history
from mingzhang.commands.output import emit, json_text, output_of, refuse_binary_on_screen, wants_colour
from mingzhang.commands.progress import Progress
from mingzhang.commands.reading import KINDS as FILES
from mingzhang.commands.reading import disclosure_of, files_of
from mingzhang.commands.reports import KINDS, declare_reports, suffix_of
from mingzhang.commands.settings import declare_settings, limits_of
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from mingzhang.cube.verdict import Verdict
    from mingzhang.documents import Limits

FORMATS = ("text", "json", *KINDS)
_STREAMED = frozenset({"text", "json"})  # told one after the other into one stream; the others make one file a document

Teller = Callable[[str, "Verdict | Failure"], str]


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
    options.add_argument("--against", metavar="OLD", help="修改前的材料：说明哪些问题已消除、哪些仍存在、哪些是新的")
    declare_reports(options)
    declare_settings(options)


def run(options: argparse.Namespace) -> int:
    """Check every file; the greatest status wins, and no file stops the others."""
    limits = limits_of(options.settings)
    paths = list(files_of(options.paths))
    many = len(paths) > 1 or any(Path(path).is_dir() for path in options.paths)
    if many and options.against is not None:
        raise UsageError("usage", "--against 只用于核对一份材料，请逐份核对。")
    kind = _kind(options)
    sink = _Stream(options, paths, kind, many) if kind in _STREAMED else _Files(options, paths, kind, many)
    statuses: list[int] = []

    def judge(other: str) -> Verdict:
        return verdict_of(other, limits)

    progress = Progress(len(paths))
    for number, path in enumerate(paths, start=1):
        outcome: Verdict | Failure
        try:
            with progress.on(number, path):
                outcome = with_history(path, verdict_of(path, limits), options.against, judge)
                sink.take(path, outcome)
        except Exception as error:
            outcome = failure_of(error, path)
            statuses.append(report(outcome))
            sink.miss(path, outcome)
        else:
            statuses.append(EXIT_FINDINGS if outcome.standing_errors() else EXIT_CLEAN)
    sink.finish()
    return max(statuses)


def verdict_of(path: str, limits: Limits | None = None) -> Verdict:
    """What is found in the disclosure at ``path``."""
    disclosure = disclosure_of(path, limits)
    from mingzhang.checking import check

    return check(disclosure)


def _kind(options: argparse.Namespace) -> str:
    if options.format is not None:
        return str(options.format)
    suffix = Path(options.output or "").suffix.lower().lstrip(".")
    return suffix if suffix in FORMATS else "checklist" if suffix == "docx" else "text"


class _Stream:
    """Text and JSON: all documents one after the other, on the screen as they come or into one file at the end."""

    def __init__(self, options: argparse.Namespace, paths: list[str], kind: str, many: bool) -> None:
        self.output = output_of(options.output, paths)
        self.tell = _as_json(many) if kind == "json" else _as_text(many, options.verbose, self.output is None)
        self.collected: list[str] = []
        self.done = 0

    def take(self, path: str, verdict: Verdict) -> None:
        self.done += 1
        self._put(self.tell(path, verdict))

    def miss(self, path: str, failure: Failure) -> None:
        self._put(self.tell(path, failure))

    def _put(self, told: str) -> None:
        if self.output is not None:
            self.collected.append(told)
        else:
            emit(told)

    def finish(self) -> None:
        if self.output is not None and self.done:
            from mingzhang.publication import deliver

            deliver([(self.output, "".join(self.collected).encode("utf-8", errors="backslashreplace"))])


class _Files:
    """One file a document: into OUT, or for several documents into the folder OUT under the documents' names."""

    def __init__(self, options: argparse.Namespace, paths: list[str], kind: str, many: bool) -> None:
        self.kind = kind
        self.options = options
        self.suffix = suffix_of(kind, None if many else options.output)
        self.folder: str | None = None
        self.output: str | None = None
        self.inputs = paths
        if many:
            self.folder = _folder_of(options.output, kind)
        else:
            self.output = output_of(options.output, paths)
            if self.suffix != "html":
                refuse_binary_on_screen(self.suffix, self.output)

    def take(self, path: str, verdict: Verdict) -> None:
        from mingzhang.commands.reports import report_bytes
        from mingzhang.publication import deliver

        data = report_bytes(self.kind, self.suffix, path, verdict, self.options)
        output = self.output
        if self.folder is not None:
            output = output_of(os.path.join(self.folder, f"{Path(path).name}.{self.suffix}"), self.inputs)
        if output is None:
            emit(data)
        else:
            deliver([(output, data)])

    def miss(self, path: str, failure: Failure) -> None:
        """A document that could not be handled has no file; its sentence went to stderr."""

    def finish(self) -> None:
        """Every file was written when its document was done."""


def _folder_of(output: str | None, kind: str) -> str:
    if output is None or output == "-":
        raise UsageError("needs-output", f"多份材料的 {kind} 各写一个文件，请用 -o 指定一个文件夹。")
    if os.path.exists(output) and not os.path.isdir(output):
        raise UsageError(
            "cannot-write", f"多份材料的 {kind} 各写一个文件，而“{output}”不是文件夹，请用 -o 指定一个文件夹。"
        )
    try:
        os.makedirs(output, exist_ok=True)
    except OSError as error:
        raise UsageError("cannot-write", f"无法建立文件夹“{output}”（{error.strerror}），请换一个。") from error
    return output


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
