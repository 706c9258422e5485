"""A finding: what is wrong in one Chinese sentence, where, how sure, and what it should be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mingzhang.cube.source import Source

Level = Literal["error", "warning", "rounding", "style", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "rounding", "style", "note")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A printed number that may be wrong: what was printed, and the interval that all the rest implies for it.

    ``implied`` holds the bounds in the unit of the print, as text; ``None`` where the rest gives no bound.
    """

    source: Source
    label: str
    reported: str
    implied: tuple[str | None, str | None]
    expected: str | None = None
    slip: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One operand of a working: the sign before it, what it is, what is printed; ``source`` is None if nowhere."""

    sign: str
    label: str
    printed: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Working:
    """One relation written out: the operands of ``left`` against those of ``right``.

    ``relation`` is what should stand between the sides. ``total`` is what the right side makes where it has several
    operands, ``difference`` how far the sides are apart; ``zeros`` counts operands left out because they are zero.
    """

    sentence: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: Literal["＝", "≥", "≤"] = "＝"
    total: str | None = None
    difference: str | None = None
    zeros: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``key`` says what it is about without line or row numbers; ``id`` is the fingerprint made of it.

    ``suspects`` are the members of the smallest sets of numbers that must be wrong (``sets`` indexes them, one tuple a
    set); ``alternatives`` further sets that cost a little more (several copies of one figure wrong together).
    ``workings`` are the relations that show it, operand by operand.
    """

    rule: str
    level: Level
    message: str
    key: tuple[str, ...]
    places: tuple[Source, ...] = ()
    reported: str | None = None
    expected: str | None = None
    slip: str | None = None
    suspects: tuple[Suspect, ...] = ()
    sets: tuple[tuple[int, ...], ...] = ()
    alternatives: tuple[tuple[Suspect, ...], ...] = ()
    workings: tuple[Working, ...] = ()
    id: str = ""


def with_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with their ids: stable across runs and across edits of other parts of the document.

    Two findings of one key are numbered in the order of the document.
    """
    seen: dict[str, int] = {}
    named: list[Finding] = []
    for finding in findings:
        digest = hashlib.sha256("\x1f".join((finding.rule, *finding.key)).encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        named.append(replace(finding, id=digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"))
    return tuple(named)


def on_scans(finding: Finding) -> Finding:
    """A finding that rests on numbers read from a scan says so; one that may be a misreading is no error."""
    resting = [source for source in finding.places if source.scan is not None]
    if not resting:
        return finding
    accused = [suspect.source for suspect in finding.suspects] or resting
    doubtful = [source for source in accused if source.scan is not None and source.scan.is_doubtful]
    pages = "、".join(str(page) for page in sorted({source.page or 0 for source in doubtful or resting}))
    if not doubtful:
        return replace(finding, message=f"{finding.message}（依据的数字在扫描件第{pages}页，由OCR识别，请对照原件。）")
    level: Level = "warning" if finding.level == "error" else finding.level
    note = f"（可能是识别错误：扫描件第{pages}页的数字识别置信度低，请先对照原件。）"
    return replace(finding, level=level, message=finding.message + note)


def ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Most serious first, then in the order of the document."""
    return tuple(sorted(findings, key=lambda finding: (LEVELS.index(finding.level), _position(finding))))


def _position(finding: Finding) -> tuple[str, int, int, str, int, int]:
    source = finding.places[0] if finding.places else Source()
    return (
        source.file or "",
        source.page or 0,
        source.line or 0,
        source.table or "",
        source.row or 0,
        source.column or 0,
    )
