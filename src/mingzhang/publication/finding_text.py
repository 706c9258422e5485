"""``mingzhang check`` for people: what was found, where, what it should be, and how far the checking went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mingzhang.cube.decision import Changes
from mingzhang.cube.finding import LEVELS, Finding, Level, Suspect
from mingzhang.cube.verdict import Proof, RoundingDifference, Verdict
from mingzhang.publication.coverage_words import coverage_statements
from mingzhang.publication.places import place_words
from mingzhang.publication.terminal import Style, clean, padded
from mingzhang.publication.verdict_words import (
    LEVEL_WORDS,
    changes_told,
    conclusion,
    correction,
    decision_told,
    explanations,
    facts,
    suspect_told,
    title_of,
    tone,
)

_COLOURS: dict[Level, str] = {"error": "red", "warning": "yellow", "rounding": "dim", "style": "dim", "note": "dim"}
_BRIEF_DIFFERENCES = 5
_BRIEF_PLACES = 3
_BRIEF_DETAILS = 5
_BRIEF_SETS = 8


def verdict_text(verdict: Verdict, *, style: Style | None = None, verbose: bool = False) -> str:
    """The report in Chinese, ending with a line break. ``verbose`` leaves nothing out."""
    writer = _Writer(verdict, style or Style(), verbose)
    writer.head()
    if verdict.changes is not None:
        writer.changes(verdict.changes)
    for level in LEVELS:
        writer.findings(level, [finding for finding in verdict.findings if finding.level == level])
    writer.differences(verdict.proof)
    writer.coverage()
    return "\n".join(writer.lines) + "\n"


class _Writer:
    def __init__(self, verdict: Verdict, style: Style, verbose: bool) -> None:
        self.verdict = verdict
        self.style = style
        self.verbose = verbose
        self.lines: list[str] = []

    def head(self) -> None:
        title = title_of(self.verdict.disclosure)
        self.lines.append(self.style.paint("bold", title))
        self.lines += [f"{name}：{value}" for name, value in facts(self.verdict)]
        self.lines += ["", self.style.paint(tone(self.verdict), f"结论：{conclusion(self.verdict)}")]

    def changes(self, changes: Changes) -> None:
        self.lines += ["", f"与“{clean(changes.against)}”相比"]
        self._fact(
            "变化",
            changes_told(changes),
        )
        for name, gone in (("已消除", changes.fixed), ("无法确认", changes.unsure)):
            for index, finding in enumerate(gone):
                self._fact("" if index else name, clean(finding.message))

    def findings(self, level: Level, found: Sequence[Finding]) -> None:
        if not found:
            return
        self.lines += ["", self.style.paint(_COLOURS[level], f"{LEVEL_WORDS[level]}（{len(found)}处）")]
        told = 0
        for alike in self._alike(found):
            first, told = told + 1, told + len(alike)
            self._finding(f"{first:>3}. " if first == told else f"{first:>3}—{told}. ", alike)

    def _alike(self, found: Sequence[Finding]) -> list[list[Finding]]:
        """The findings in their order, those that say the very same of other places beside the first of them."""
        groups: dict[tuple[str | None, ...], list[Finding]] = {}
        for finding in found:
            said = self._novelty(finding), finding.message, finding.reported, finding.expected, finding.slip
            groups.setdefault((*said, *map(suspect_told, finding.suspects)), []).append(finding)
        return list(groups.values())

    def _finding(self, lead: str, alike: Sequence[Finding]) -> None:
        """One finding, or several that say the same of several places."""
        finding = alike[0]
        self.lines.append(f"{lead}{self._novelty(finding)}{clean(finding.message)}")
        indent = " " * len(lead)
        if len(finding.sets) > 1:
            self._explanations(indent, finding)
        elif len(finding.suspects) > 1:
            self.lines += [f"{indent}- {suspect_told(suspect)}" for suspect in finding.suspects]
        elif corrected := correction(finding.reported, finding.expected, finding.slip):
            numbers, slip, rest = corrected.partition("（") if finding.slip else (corrected, "", "")
            self.lines.append(f"{indent}{self.style.paint('bold', numbers)}{slip}{rest}")
        if finding.alternatives and self.verbose:
            self.lines.append(f"{indent}其他可能（涉及更多的数）：")
            self._numbered(indent, finding.alternatives)
        if self.verbose or any(self.verdict.decision_on(each) is not None for each in alike):
            for each in alike:
                self._one_by_one(indent, each)
            return
        counted = Counter(self._places(each) for each in alike)
        for (name, places), count in counted.items():
            if places:
                times = f"（{count}处）" if count > 1 else ""
                self.lines.append(self.style.paint("dim", f"{indent}{name}：{places}{times}"))

    def _one_by_one(self, indent: str, finding: Finding) -> None:
        name, places = self._places(finding)
        if places:
            self.lines.append(self.style.paint("dim", f"{indent}{name}：{places}"))
        decision = self.verdict.decision_on(finding)
        if decision is not None:
            self.lines.append(f"{indent}{decision_told(decision)}")
        if self.verbose:
            self.lines.append(self.style.paint("dim", f"{indent}编号：{finding.id}"))

    def _novelty(self, finding: Finding) -> str:
        changes = self.verdict.changes
        if changes is None:
            return ""
        return "【新】" if finding.id in changes.new else "【变】" if finding.id in changes.altered else ""

    def _explanations(self, indent: str, finding: Finding) -> None:
        """The tied explanations: any one of them would do."""
        sets = explanations(finding)
        shown = sets if self.verbose else sets[:_BRIEF_SETS]
        self.lines.append(f"{indent}有{len(sets)}种可能，请对照原始数据判断是哪一种：")
        self._numbered(indent, shown)
        self._rest(indent, len(sets) - len(shown), "种")

    def _numbered(self, indent: str, sets: Sequence[Sequence[Suspect]]) -> None:
        self.lines += [
            f"{indent}({number}) {'；同时'.join(suspect_told(suspect) for suspect in members)}"
            for number, members in enumerate(sets, start=1)
        ]

    def _places(self, finding: Finding) -> tuple[str, str]:
        """Where to look; where the suspects were listed with their places, what else takes part."""
        listed = [place_words(suspect.source) for suspect in finding.suspects]
        others = [place_words(place) for place in finding.places]
        if len(listed) > 1:
            name, found = "相关位置", [place for place in others if place not in listed]
        else:
            name, found = "位置", [*listed, *others]
        places = list(dict.fromkeys(filter(None, found)))
        if self.verbose or len(places) <= _BRIEF_PLACES:
            return name, "、".join(places)
        return name, f"{'、'.join(places[:_BRIEF_PLACES])}等{len(places)}处"

    def differences(self, proof: Proof) -> None:
        found: Sequence[RoundingDifference] = proof.rounding_differences
        if not found:
            return
        if proof.consistent and proof.verified_exactly:
            told = "均可由四舍五入解释，已逐一验证，不是差错"
        else:
            told = "单独看可由四舍五入解释"
        self.lines += ["", f"四舍五入差额（{len(found)}处，{told}）"]
        shown = found if self.verbose else found[:_BRIEF_DIFFERENCES]
        self.lines += [f"{number:>3}. {clean(item.message)}" for number, item in enumerate(shown, start=1)]
        self._rest("     ", len(found) - len(shown), "处")

    def coverage(self) -> None:
        self.lines += ["", "核对范围"]
        for statement in coverage_statements(self.verdict):
            self._fact(statement.name, statement.text)
            shown = statement.details if self.verbose else statement.details[:_BRIEF_DETAILS]
            for detail in shown:
                self._fact("", detail)
            self._rest(" " * 12, len(statement.details) - len(shown), "类")

    def _fact(self, name: str, text: str) -> None:
        self.lines.append(f"  {padded(name, 10)}{text}")

    def _rest(self, indent: str, count: int, measure: str) -> None:
        if count > 0:
            self.lines.append(
                self.style.paint("dim", f"{indent}其余{count}{measure}用 --verbose 或 --format json 查看")
            )
