"""What the three kinds of file of the 检查表 say alike: the problems of a line, the foot of the form."""

from __future__ import annotations

from mingzhang.cube.finding import Finding
from mingzhang.publication.checklist.filling import Checklist, day_words
from mingzhang.publication.coverage_words import coverage_statements
from mingzhang.publication.places import place_words
from mingzhang.publication.report.crops import Crop, Crops, places_of
from mingzhang.publication.terminal import clean
from mingzhang.publication.verdict_words import LEVEL_WORDS, checksums, conclusion, correction, decision_told, facts

PICTURES_OF_ONE = 2


def problem(number: int, checklist: Checklist, finding: Finding) -> str:
    """One finding as a numbered sentence: level, what, what it should be, where, what was decided."""
    told = [f"{number}.【{LEVEL_WORDS[finding.level]}】{clean(finding.message)}"]
    said = finding.expected is not None and clean(finding.expected) in told[0]
    if not said and (corrected := correction(finding.reported, finding.expected, finding.slip)):
        told.append(corrected if corrected.endswith("。") else f"{corrected}。")
    first = next(iter(places_of(finding)[0]), None)
    if first is not None and (where := place_words(first)):
        told.append(f"（{where}）")
    decision = checklist.verdict.decision_on(finding)
    if decision is not None:
        told.append(f"〔{decision_told(decision)}〕")
    return "".join(told)


def shown(crops: Crops, finding: Finding) -> tuple[Crop, ...]:
    """The pictures of a finding in the form: those with something framed in red."""
    return tuple(crop for crop in crops.of(finding) if crop.framed)[:PICTURES_OF_ONE]


def caption(checklist: Checklist, crop: Crop) -> str:
    return f"原文{crop.where}，截图日期{day_words(checklist.publication.today)}"


def foot(checklist: Checklist) -> list[tuple[str, str]]:
    """The document, the conclusion and the coverage, under the form."""
    told = [*facts(checklist.verdict), *checksums(checklist.verdict.disclosure)]
    told.append(("核对结论", conclusion(checklist.verdict).replace("，见下。", "，见上表。")))
    for statement in coverage_statements(checklist.verdict):
        told.append((statement.name, statement.text))
        told += [("", detail) for detail in statement.details]
    return told


def signatures(checklist: Checklist) -> str:
    return f"检查人：                复核人：                检查日期：{day_words(checklist.publication.today)}"
