"""Which of the defects verified by hand in ``../shared/corpus/labels.md`` a check finds, where, and with which value.

    python tools/labels.py [labels.md]

A label is a row: id, level, place, what is reported, what it should be. It may hold several parts (parted by ``;``, or
names parted by commas). A part is *found* by a finding on one of its pages that shares a figure or a word of it; its
*level* is right if A is told as an error or a doubt, B as rounding and nothing more, C as style (or more); its *value* is
right if the finding gives what it should be. The documents named clean must have no error.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingzhang.checking import check
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

LABELS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "labels.md"
_PAGES = re.compile(r"\bP(\d+)(?:\s*[-–]\s*(\d+))?")
_NOISE = re.compile(r"\bP\d+(?:\s*[-–]\s*\d+)?|\bT\d+|\bx\d+\b|\bitems?\s*[\d, and]+|[（(]?medium confidence[)）]?")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORDS = re.compile(r"[\u4e00-\u9fff（）]{2,}")
_NOTHING = re.compile(r"^(?:-|drop|delete|no note|持平|statement|…)?$")
_ENGLISH = {
    "empty, no statement": "没有数据，表下没有说明",
    "no 。": "缺少句末标点",
    "end with": "结尾",
    "not closed": "不成对",
}
_LEVELS = {"A": ("error", "warning"), "B": ("rounding",), "C": ("style", "warning", "error")}


@dataclass(frozen=True, slots=True)
class Part:
    """One defect: its pages, what is printed there, what should be."""

    pages: frozenset[int]
    reported: str
    expected: str


@dataclass(frozen=True, slots=True)
class Label:
    """One row of the table."""

    id: str
    level: str
    document: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a label: how many parts were found, told at the right level, given the right value."""

    label: Label
    found: int
    level: int
    value: int
    by: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Every part found, at its level, with its value."""
        return self.found == self.level == self.value == len(self.label.parts)


def read_labels(text: str) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """The labels by document, and the documents that are named clean."""
    clean = tuple(re.findall(r"sixth document, `([^`]+)`", text))
    labels: list[Label] = []
    document = ""
    for english, chinese in _ENGLISH.items():
        text = text.replace(english, chinese)
    for line in text.splitlines():
        if line.startswith("## "):
            document = line[3:].strip()
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if document and line.startswith("|") and len(cells) == 5 and re.match(r"[A-Z]\d+-\d+$", cells[0]):
            labels.append(Label(cells[0], cells[1][0], document, tuple(_parts(*cells[1:]))))
    return tuple(labels), clean


def _parts(level: str, place: str, reported: str, expected: str) -> Iterator[Part]:
    pages = _pages(place)
    if reported == "-" or ";" in place:
        first = _pages(place.partition(";")[0])  # goes for the pieces after it that name neither a page nor a table
        for index, piece in enumerate(place.split(";")):
            own = _pages(piece) or (first if not re.search(r"T\d", piece) else frozenset())
            for part in _listed(piece):
                yield Part(own, part, expected if not index else "-")
        return
    pieces, wanted = reported.split(";"), expected.split(";")
    for index, piece in enumerate(pieces):
        said = piece if _tokens(piece)[0] or _tokens(piece)[1] else f"{place} {piece}"
        yield Part(pages, said, wanted[index] if len(wanted) == len(pieces) else expected)


def _listed(piece: str) -> list[str]:
    """lists 甲, 乙, 丙 are three parts; anything else is one."""
    names = piece.partition("lists ")[2].split(",")
    return [name.strip() for name in names] if len(names) > 1 else [piece]


def _pages(text: str) -> frozenset[int]:
    found: set[int] = set()
    for match in _PAGES.finditer(text):
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(found)


def _tokens(text: str) -> tuple[set[str], set[str]]:
    """The figures (more than one digit) and the words of a text."""
    plain = _NOISE.sub(" ", unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）"))
    figures = {match.replace(",", "") for match in _FIGURE.findall(plain)}
    return {figure for figure in figures if len(figure) > 1}, set(_WORDS.findall(plain))


def judge(label: Label, findings: Sequence[Finding]) -> Outcome:
    """How the findings of the label's document answer to it."""
    found = level = value = 0
    by: list[str] = []
    for part in label.parts:
        fitting = [finding for finding in findings if _fits(part, finding)]
        right = [finding for finding in fitting if finding.level in _LEVELS[label.level]]
        if label.level == "B" and any(finding.level == "error" and _accuses(part, finding) for finding in fitting):
            right = []
        valued = [finding for finding in right if _says(finding, part.expected)]
        found, level, value = found + bool(fitting), level + bool(right), value + bool(valued)
        by += [f"{finding.rule}({finding.level})" for finding in (valued or right or fitting)[:1]]
    return Outcome(label, found, level, value, tuple(dict.fromkeys(by)))


def _fits(part: Part, finding: Finding) -> bool:
    pages = {place.page for place in finding.places} | {suspect.source.page for suspect in finding.suspects}
    if part.pages and not part.pages & pages:
        return False
    figures, words = _tokens(part.reported)
    said_figures, _ = _tokens(_told(finding))
    if figures and figures & said_figures:
        return True
    told = _plain(_told(finding))
    return any(_plain(word) in told or _shares(_plain(word), told) for word in words)


def _told(finding: Finding) -> str:
    suspects = " ".join(f"{suspect.reported} {suspect.expected or ''}" for suspect in finding.suspects)
    return f"{finding.message} {finding.reported or ''} {finding.expected or ''} {suspects}"


def _plain(text: str) -> str:
    return re.sub(r"[\s（）()，,。；;“”\"]", "", unicodedata.normalize("NFKC", text))


def _shares(word: str, told: str) -> bool:
    """Whether five characters in a row of the word stand in what is told."""
    return any(word[at : at + 5] in told for at in range(len(word) - 4))


def _accuses(part: Part, finding: Finding) -> bool:
    """Whether the finding calls one of the part's figures wrong, not only takes it for right in accusing another."""
    accused = " ".join([finding.reported or "", *(suspect.reported for suspect in finding.suspects)]).strip()
    accused = accused or finding.message
    return bool(_tokens(part.reported)[0] & _tokens(accused)[0])


def _says(finding: Finding, expected: str) -> bool:
    if _NOTHING.match(expected.strip()):
        return True
    figures, words = _tokens(expected)
    said, _ = _tokens(_told(finding))
    if figures:
        return bool(figures & said)
    told = _plain(_told(finding))
    return not words or any(_plain(word)[:4] in told for word in words)


def run(labels_file: Path) -> tuple[tuple[Outcome, ...], dict[str, int]]:
    """The outcome of every label, and the number of errors of each clean document."""
    labels, clean = read_labels(labels_file.read_text(encoding="utf-8"))
    folder = labels_file.parent
    findings: dict[str, tuple[Finding, ...]] = {}
    for name in dict.fromkeys([*(label.document for label in labels), *clean]):
        verdict = check(recognise(open_document(folder / name)))
        explained = (
            Finding("rounding-difference", "rounding", difference.message, (difference.message,), difference.places)
            for difference in verdict.proof.rounding_differences
        )
        findings[name] = (*verdict.findings, *explained)
    outcomes = tuple(judge(label, findings[label.document]) for label in labels)
    return outcomes, {name: sum(finding.level == "error" for finding in findings[name]) for name in clean}


def report(outcomes: Sequence[Outcome], clean: dict[str, int]) -> str:
    """The table and the score."""
    lines = ["| ID | L | parts | found | level | value | by |", "|---|---|---|---|---|---|---|"]
    for outcome in outcomes:
        label = outcome.label
        by = "、".join(outcome.by) or "–"
        lines.append(
            f"| {label.id} | {label.level} | {len(label.parts)} | {outcome.found} | {outcome.level} | {outcome.value} | {by} |"
        )
    lines.append("")
    for level in "ABC":
        mine = [outcome for outcome in outcomes if outcome.label.level == level]
        parts = sum(len(outcome.label.parts) for outcome in mine)
        right = sum(outcome.value for outcome in mine)
        lines.append(
            f"{level}: {sum(outcome.whole for outcome in mine)} of {len(mine)} labels whole; {right} of {parts} parts right"
        )
    lines += [f"clean: {name}: {errors} errors" for name, errors in clean.items()]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print the table; status 1 if the labels are not there."""
    labels_file = Path(arguments[0]) if arguments else LABELS
    if not labels_file.exists():
        print(f"no labels at {labels_file}", file=sys.stderr)
        return 1
    print(report(*run(labels_file)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
