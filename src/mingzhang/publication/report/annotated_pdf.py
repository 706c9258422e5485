"""``mingzhang check --format pdf``: the original PDF with a highlight and a note at every finding.

The pages keep their content; nothing but annotations is added. What has no place on a page stands in a note on the first.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingzhang.cube.finding import Finding, Level
from mingzhang.cube.verdict import Verdict
from mingzhang.errors import UnreadableError, UsageError
from mingzhang.publication.coverage_words import coverage_statements
from mingzhang.publication.places import place_words
from mingzhang.publication.report.crops import Box, is_pdf, places_of
from mingzhang.publication.terminal import clean
from mingzhang.publication.verdict_words import (
    LEVEL_WORDS,
    conclusion,
    correction,
    decision_told,
    explanations,
    suspect_told,
)

if TYPE_CHECKING:
    import pikepdf

_COLOURS: dict[Level, tuple[float, float, float]] = {
    "error": (1.0, 0.55, 0.5),
    "warning": (1.0, 0.83, 0.35),
    "rounding": (0.75, 0.85, 0.95),
    "style": (0.8, 0.9, 0.7),
    "note": (0.85, 0.85, 0.85),
}
_AUTHOR = "明账"
_PRINTED = 4  # the flag of an annotation that is printed with its page
_NOTE_SIZE = 20.0
_LONGEST_NOTE = 6_000


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as displayed: from the reader's boxes (top-left corner, turned) back to the page's own coordinates."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def box(self, shown: Box) -> Box:
        x0, y0 = self._point(shown[0], shown[1])
        x1, y1 = self._point(shown[2], shown[3])
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _point(self, across: float, down: float) -> tuple[float, float]:
        if self.rotation == 0:
            return self.left + across, self.top - down
        if self.rotation == 90:
            return self.left + down, self.bottom + across
        if self.rotation == 180:
            return self.right - across, self.bottom + down
        return self.right - down, self.top - across


def annotated_pdf(data: bytes, verdict: Verdict, file: str | None = None) -> bytes:
    """The bytes of the annotated document. Deterministic.

    Where the disclosure is of several files, ``file`` is the path of the one to be annotated; the first PDF of them
    also gets what has no place on a page. Raises ``UsageError`` (not-a-pdf, needs-pikepdf) and ``UnreadableError`` (damaged-file).
    """
    if not is_pdf(data):
        raise UsageError(
            "not-a-pdf",
            f"“{file or verdict.disclosure.path}”不是 PDF，没有可以加批注的页面，请改用 --format html 或 --format xlsx。",
        )
    try:
        import pikepdf
    except ImportError as error:
        raise UsageError(
            "needs-pikepdf",
            "给 PDF 加批注需要 pikepdf，请先安装：pip install 'mingzhang[report]'（或 pip install pikepdf）。",
        ) from error
    sheets = _sheets(data, verdict.disclosure.turned(file))
    try:
        with pikepdf.open(io.BytesIO(data)) as opened:
            unplaced = [f for f in verdict.findings if not _annotate(opened, sheets, verdict, f, file)]
            if file is not None:
                unplaced = [f for f in unplaced if file == _first_pdf(verdict) and not _is_placed(f)]
            _first_note(opened, sheets, verdict, unplaced)
            buffer = io.BytesIO()
            opened.save(buffer, deterministic_id=True)
            return buffer.getvalue()
    except pikepdf.PdfError as error:
        raise UnreadableError(
            "damaged-file", f"“{file or verdict.disclosure.path}”的结构已损坏，无法在其中加批注，请改用 --format html。"
        ) from error


def _sheets(data: bytes, turned: Mapping[int, int]) -> list[_Sheet]:
    """Every page as PDFium displays it, set upright as the reader saw it."""
    import pypdfium2  # type: ignore[import-untyped]

    file = pypdfium2.PdfDocument(data)
    try:
        found = []
        for number, page in enumerate(file, start=1):
            left, bottom, right, top = page.get_bbox()
            found.append(_Sheet(left, bottom, right, top, (page.get_rotation() + turned.get(number, 0)) % 360))
            page.close()
        return found
    finally:
        file.close()


def _first_pdf(verdict: Verdict) -> str | None:
    return next((file.path for file in verdict.disclosure.files if file.kind == "pdf"), None)


def _is_placed(finding: Finding) -> bool:
    return any(place.page is not None and place.bbox is not None for place in places_of(finding)[0])


def _annotate(file: pikepdf.Pdf, sheets: Sequence[_Sheet], verdict: Verdict, finding: Finding, own: str | None) -> bool:
    """Highlight the places of a finding; whether it has any on a page of this file."""
    framed = [place for place in places_of(finding)[0] if place.file == own]
    placed = False
    pages = dict.fromkeys(place.page for place in framed if place.page is not None and place.bbox is not None)
    for page in pages:
        if not 1 <= page <= min(len(sheets), len(file.pages)):
            continue
        boxes = [p.bbox for p in framed if p.page == page and p.bbox is not None]
        sheet = sheets[page - 1]
        _add(file, page - 1, _highlight([sheet.box(box) for box in boxes], finding, _told(verdict, finding), page))
        placed = True
    return placed


def _highlight(boxes: Sequence[Box], finding: Finding, text: str, page: int) -> pikepdf.Dictionary:
    import pikepdf

    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    corners = [
        number for left, low, right, high in boxes for number in (left, high, right, high, left, low, right, low)
    ]
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Highlight,
        Rect=_numbers((min(lefts), min(bottoms), max(rights), max(tops))),
        QuadPoints=_numbers(corners),
        C=_numbers(_COLOURS[finding.level]),
        Contents=pikepdf.String(text),
        T=pikepdf.String(_AUTHOR),
        NM=pikepdf.String(f"mingzhang-{finding.id}-{page}"),
        F=_PRINTED,
        CA=_number(0.6),
    )


def _first_note(file: pikepdf.Pdf, sheets: Sequence[_Sheet], verdict: Verdict, unplaced: Sequence[Finding]) -> None:
    """The conclusion, the coverage, and what has no place on a page, on the first page."""
    import pikepdf

    if not sheets or not len(file.pages):
        return
    lines = [f"结论：{conclusion(verdict)}"]
    if unplaced:
        lines += ["", "没有具体位置的问题："]
        lines += [f"{number}. {_told(verdict, finding)}" for number, finding in enumerate(unplaced, start=1)]
    lines += ["", "核对范围："]
    lines += [
        f"{statement.name}：{statement.text}" if statement.name else statement.text
        for statement in coverage_statements(verdict)
    ]
    sheet = sheets[0]
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Name=pikepdf.Name.Note,
        Rect=_numbers(sheet.box((12.0, 12.0, 12.0 + _NOTE_SIZE, 12.0 + _NOTE_SIZE))),
        C=_numbers(_COLOURS["error" if verdict.standing_errors() else "note"]),
        Contents=pikepdf.String("\n".join(lines)[:_LONGEST_NOTE]),
        T=pikepdf.String(_AUTHOR),
        NM=pikepdf.String("mingzhang-summary"),
        F=_PRINTED,
        Open=False,
    )
    _add(file, 0, note)


def _add(file: pikepdf.Pdf, index: int, annotation: pikepdf.Dictionary) -> None:
    """One annotation more on a page; those that are there stay."""
    import pikepdf

    page = file.pages[index].obj
    present = page.get("/Annots")
    kept = list(present) if isinstance(present, pikepdf.Array) else []
    page["/Annots"] = pikepdf.Array([*kept, file.make_indirect(annotation)])


def _told(verdict: Verdict, finding: Finding) -> str:
    """The note: level, sentence, what it should be, the arithmetic, what was decided."""
    lines = [f"【{LEVEL_WORDS[finding.level]}】{clean(finding.message)}"]
    if len(finding.sets) > 1:
        lines += [
            f"可能{number}：{'；同时'.join(suspect_told(suspect) for suspect in members)}"
            for number, members in enumerate(explanations(finding), start=1)
        ]
    elif told := correction(finding.reported, finding.expected, finding.slip):
        lines.append(told)
    _, against = places_of(finding)
    if listed := "、".join(dict.fromkeys(filter(None, (place_words(place) for place in against)))):
        lines.append(f"对照：{listed}")
    decision = verdict.decision_on(finding)
    if decision is not None:
        lines.append(decision_told(decision))
    lines.append(f"编号：{finding.id}")
    return "\n".join(lines)[:_LONGEST_NOTE]


def _numbers(values: Iterable[float]) -> pikepdf.Array:
    import pikepdf

    return pikepdf.Array([_number(value) for value in values])


def _number(value: float) -> object:
    from decimal import Decimal

    return Decimal(f"{value:.3f}")
