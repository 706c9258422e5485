"""The reports that are a file of their own: which room makes which, and what it needs of the original."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.arguments import Group
from mingzhang.errors import UsageError

if TYPE_CHECKING:
    from mingzhang.cube.verdict import Verdict
    from mingzhang.publication.report.crops import Crops

# The kinds of report, each with the extensions that its file may have; the first is the usual one.
KINDS: dict[str, tuple[str, ...]] = {
    "html": ("html",),
    "pdf": ("pdf",),
    "xlsx": ("xlsx",),
    "checklist": ("docx", "html", "xlsx"),
}
_DAY = re.compile(r"(\d{4})(?:-|年|/|\.)(\d{1,2})(?:-|月|/|\.)(\d{1,2})日?\Z")


def declare_reports(options: Group) -> None:
    """The options of the 检查表."""
    options.add_argument("--layout", metavar="FILE", help="检查表的式样文件（TOML），默认用自带的式样")
    options.add_argument("--published-at", metavar="URL", help="检查表中的公开网址")
    options.add_argument("--published-on", metavar="DATE", help="检查表中的公开时间，如 2024-02-20")
    options.add_argument("--approved-on", metavar="DATE", help="预算或决算批复的日期，据此判断公开是否及时")
    options.add_argument("--date", metavar="DATE", help="检查和截图的日期，默认今天")


def suffix_of(kind: str, output: str | None) -> str:
    """The extension that decides the shape of the report: that of OUT if the kind has it."""
    given = Path(output or "").suffix.lower().lstrip(".")
    return given if given in KINDS[kind] else KINDS[kind][0]


def report_bytes(kind: str, suffix: str, verdict: Verdict, options: argparse.Namespace) -> bytes:
    """The report of that kind."""
    if kind == "xlsx":
        from mingzhang.publication.report.list_xlsx import findings_workbook

        return findings_workbook(verdict)
    if kind == "pdf":
        from mingzhang.publication.report.annotated_pdf import annotated_pdf

        return annotated_pdf(Path(verdict.disclosure.path).read_bytes(), verdict)
    if kind == "checklist":
        return _checklist(suffix, verdict, options)
    from mingzhang.publication.report.html import verdict_html

    return _utf8(verdict_html(verdict, crops(verdict)))


def annotated_files(verdict: Verdict) -> list[tuple[str, bytes]]:
    """Each PDF of a disclosure of several files, by its path, with its notes."""
    from mingzhang.publication.report.annotated_pdf import annotated_pdf

    pdfs = [file.path for file in verdict.disclosure.files if file.kind == "pdf"]
    if not pdfs:
        raise UsageError(
            "not-a-pdf", "这份材料的几个文件都不是 PDF，没有可以加批注的页面，请改用 --format html 或 --format xlsx。"
        )
    return [(path, annotated_pdf(Path(path).read_bytes(), verdict, path)) for path in pdfs]


def crops(verdict: Verdict) -> Crops:
    """Pictures of the findings' places, in the files of the document that are PDFs and in those that it is held against."""
    from mingzhang.publication.report.crops import Crops, crops_of, is_pdf

    disclosure = verdict.disclosure
    named = {place.file for finding in verdict.findings for place in finding.places if place.file is not None}
    places: dict[str | None, str] = {path: path for path in sorted(named)}
    if len(disclosure.files) < 2:
        places = {None: disclosure.path, **places}
    data = {key: Path(path).read_bytes() for key, path in places.items()}
    pdfs = {key: found for key, found in data.items() if is_pdf(found)}
    turned = {key: disclosure.turned(key) for key in pdfs}
    return crops_of(pdfs, verdict.findings, turned) if pdfs else Crops()


def _checklist(suffix: str, verdict: Verdict, options: argparse.Namespace) -> bytes:
    from mingzhang.publication.checklist.filling import Publication, fill_checklist
    from mingzhang.publication.checklist.layout import parse_layout, standard_layout

    layout = standard_layout()
    if options.layout is not None:
        try:
            text = Path(options.layout).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                "no-layout", f"无法读取检查表式样“{options.layout}”，请检查路径和编码（UTF-8）。"
            ) from error
        layout = parse_layout(text, options.layout)
    publication = Publication(
        day(options.date, "--date") or date.today(),
        options.published_at,
        day(options.published_on, "--published-on"),
        day(options.approved_on, "--approved-on"),
    )
    filled = fill_checklist(verdict, layout, publication)
    if suffix == "xlsx":
        from mingzhang.publication.checklist.xlsx import checklist_workbook

        return checklist_workbook(filled)
    if suffix == "html":
        from mingzhang.publication.checklist.html import checklist_html

        return _utf8(checklist_html(filled, crops(verdict)))
    from mingzhang.publication.checklist.docx import checklist_docx

    return checklist_docx(filled, crops(verdict))


def day(text: str | None, option: str) -> date | None:
    """A day as people write it: 2024-02-20, 2024年2月20日."""
    if text is None:
        return None
    found = _DAY.match(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise UsageError("bad-date", f"{option} 应是日期，例如 2024-02-20，而不是“{text}”。") from error


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", errors="backslashreplace")
