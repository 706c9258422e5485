"""How the verdicts of a check leave the program: into one stream, or one file a document."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.commands.failures import Failure
from mingzhang.commands.output import emit, json_text, output_of, refuse_binary_on_screen, wants_colour
from mingzhang.commands.reports import KINDS, annotated_files, report_bytes, suffix_of
from mingzhang.errors import UsageError

if TYPE_CHECKING:
    from mingzhang.cube.verdict import Verdict
    from mingzhang.publication import Style
    from mingzhang.publication.overview import Glance

STREAMED = frozenset({"text", "json"})
OVERVIEW = "汇总.xlsx"

Teller = Callable[[str, "Verdict | Failure"], str]


class Stream:
    """Text and JSON: all documents one after the other, on the screen as they come or into one file at the end."""

    def __init__(self, options: argparse.Namespace, paths: list[str], kind: str, many: bool) -> None:
        self.output = output_of(options.output, paths)
        self.options, self.kind, self.many = options, kind, many
        self.tell: Teller | None = None
        self.collected: list[str] = []
        self.several = False
        self.glances: list[Glance] = []
        self.done = 0

    def begin(self, cases: int) -> None:
        """How many disclosures there are; JSON is one a line wherever several files were given."""
        if self.kind == "json":
            self.tell = _as_json(self.many)
        else:
            self.several = cases > 1
            folder = any(os.path.isdir(path) for path in self.options.paths)
            self.tell = _as_text(cases > 1 or folder, self.options.verbose, self.output is None)

    def take(self, path: str, verdict: Verdict) -> None:
        self.done += 1
        self._put(path, verdict)

    def miss(self, path: str, failure: Failure) -> None:
        self._put(path, failure)

    def _put(self, path: str, outcome: Verdict | Failure) -> None:
        if self.several:
            self.glances.append(_glance(path, outcome))
        told = self.tell(path, outcome) if self.tell is not None else ""
        if self.output is not None:
            self.collected.append(told)
        else:
            emit(told)

    def finish(self) -> None:
        if self.several:
            from mingzhang.publication.overview import overview_text

            told = overview_text(self.glances, _style(self.output is None))
            if self.output is not None:
                self.collected.append(told)
            else:
                emit(told)
        if self.output is not None and self.done:
            from mingzhang.publication import deliver

            deliver([(self.output, "".join(self.collected).encode("utf-8", errors="backslashreplace"))])


class Files:
    """One file a document: into OUT, or for several documents into the folder OUT under the documents' names."""

    def __init__(self, options: argparse.Namespace, paths: list[str], kind: str, many: bool) -> None:
        self.kind = kind
        self.options = options
        self.suffix = suffix_of(kind, options.output)
        self.folder: str | None = None
        self.output: str | None = None
        self.inputs = paths
        self.many = many
        self.glances: list[Glance] = []
        if not many:
            self.output = output_of(options.output, paths)
            if self.suffix != "html":
                refuse_binary_on_screen(self.suffix, self.output)
        elif not self._names_a_file():
            self.folder = _folder_of(options.output, kind)
            self.suffix = suffix_of(kind, None)
        elif options.apart:
            raise _no_folder(options.output, kind)
        else:
            self.output = output_of(options.output, paths)

    def _names_a_file(self) -> bool:
        """Whether OUT is a report's name: several files may turn out to be one disclosure."""
        output = self.options.output
        named = output is not None and Path(output).suffix.lower().lstrip(".") in KINDS[self.kind]
        return named and not os.path.isdir(output) and not any(os.path.isdir(path) for path in self.options.paths)

    def begin(self, cases: int) -> None:
        """How many disclosures there are."""
        if cases > 1 and self.folder is None:
            raise _no_folder(self.options.output, self.kind)
        if cases > 1 and self.folder is not None:
            output_of(os.path.join(self.folder, OVERVIEW), self.inputs)

    def take(self, path: str, verdict: Verdict) -> None:
        from mingzhang.publication import deliver

        if self.kind == "pdf" and len(verdict.disclosure.files) > 1:
            made = self._annotated(verdict)
            deliver(made)
            if self.folder is not None:
                self.glances.append(_glance(path, verdict, Path(made[0][0]).name))
            return
        data = report_bytes(self.kind, self.suffix, verdict, self.options)
        output = self.output
        if self.folder is not None:
            output = self._within(self.folder, path)
        if output is None:
            emit(data)
        else:
            deliver([(output, data)])
            if self.folder is not None:
                self.glances.append(_glance(path, verdict, Path(output).name))

    def _annotated(self, verdict: Verdict) -> list[tuple[str, bytes]]:
        """Every PDF of the disclosure with its notes; into OUT if there is just one."""
        made = annotated_files(verdict)
        if self.folder is None and len(made) > 1:
            raise UsageError(
                "cannot-write",
                f"这份材料有{len(made)}个 PDF，批注各写一个文件，请用 -o 指定一个文件夹，而不是“{self.output}”。",
            )
        if self.folder is None and self.output is not None:
            return [(self.output, data) for _, data in made]
        return [(self._within(self.folder or ".", path), data) for path, data in made]

    def _within(self, folder: str, path: str) -> str:
        place = os.path.join(folder, f"{Path(path).name}.{self.suffix}")
        output_of(place, self.inputs)
        return place

    def miss(self, path: str, failure: Failure) -> None:
        """A document that could not be handled has no file; its sentence went to stderr, and stands in the overview."""
        self.glances.append(_glance(path, failure))

    def finish(self) -> None:
        """Every file was written when its document was done; the folder gets an overview of several."""
        if self.folder is not None and len(self.glances) > 1:
            from mingzhang.publication import deliver
            from mingzhang.publication.overview import overview_text, overview_workbook

            deliver([(os.path.join(self.folder, OVERVIEW), overview_workbook(self.glances))])
            emit(overview_text(self.glances, _style(True)))


def _no_folder(output: str | None, kind: str) -> UsageError:
    return UsageError(
        "cannot-write", f"多份材料的 {kind} 各写一个文件，而“{output}”不是文件夹，请用 -o 指定一个文件夹。"
    )


def _folder_of(output: str | None, kind: str) -> str:
    if output is None or output == "-":
        raise UsageError("needs-output", f"多份材料的 {kind} 各写一个文件，请用 -o 指定一个文件夹。")
    if os.path.exists(output) and not os.path.isdir(output):
        raise _no_folder(output, kind)
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


def _style(to_screen: bool) -> Style:
    from mingzhang.publication import Style

    return Style(colour=to_screen and wants_colour(sys.stdout))


def _glance(path: str, outcome: Verdict | Failure, report: str | None = None) -> Glance:
    from mingzhang.publication.overview import glance, missed

    return missed(path, outcome.message) if isinstance(outcome, Failure) else glance(path, outcome, report)


def _as_text(many: bool, verbose: bool, to_screen: bool) -> Teller:
    from mingzhang.publication import verdict_text

    style = _style(to_screen)

    def tell(path: str, outcome: Verdict | Failure) -> str:
        if isinstance(outcome, Failure):
            return ""  # its sentence went to stderr
        return verdict_text(outcome, style=style, verbose=verbose) + ("\n" + "─" * 60 + "\n\n" if many else "")

    return tell
