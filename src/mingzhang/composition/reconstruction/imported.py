"""A published disclosure → a ledger: this year's lines at the detail that it shows, last year's for the comparisons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mingzhang.classification.topics import CONSTRUCTION_CLASS
from mingzhang.composition.ledger import Ledger, Line
from mingzhang.composition.reconstruction.agencies import with_agencies
from mingzhang.composition.reconstruction.corrected import corrected
from mingzhang.composition.reconstruction.families import at_or_below
from mingzhang.composition.reconstruction.government import agency_kind, with_government_classes
from mingzhang.composition.reconstruction.projects import indicators_of, projects_of, texts_of, with_projects
from mingzhang.composition.reconstruction.reconstruct import ContradictoryError, Departure, Told, lines_of
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.names import MEMBER_WORDS
from mingzhang.cube.point import Point


def imported(disclosure: Disclosure, last: Disclosure | None = None) -> Ledger:
    """The ledger of a disclosure; ``last`` is the same unit's of the year before, where it was read too.

    What could not be taken over is told in the ledger's notes. Where amounts contradict each other, those that must be
    wrong are left out; raises ``ContradictoryError`` where the rest still contradicts itself.
    """
    try:
        return _imported(disclosure, last)
    except ContradictoryError as contradiction:
        better, found = corrected(disclosure)
        better_last, found_last = corrected(last) if last is not None else (None, ())
        if not found and not found_last:
            raise
        try:
            ledger = _imported(better, better_last)
        except ContradictoryError:
            told = found or found_last
            raise ContradictoryError(
                contradiction.code,
                f"“{disclosure.path}”的金额互相矛盾，没有一套明细能同时得出各表数字，核对发现{len(told)}处，例如：{told[0]}"
                "请先用 mingzhang check 查看全部，改正（缺行的补上缺少的行）以后再导入。",
            ) from None
    notes = [f"公开的数字有误，底账没有照用：{message}" for message in (*found, *found_last)]
    return replace(ledger, notes=(*notes, *ledger.notes))


def _imported(disclosure: Disclosure, last: Disclosure | None) -> Ledger:
    year = disclosure.year or 0
    stage = disclosure.stage or "budget"
    made = lines_of(disclosure, year, stage)
    lines, unplaced = with_projects(made.lines, disclosure, year, stage)
    body = _body(disclosure)
    kind = agency_kind(disclosure, body)
    lines, supposed = with_government_classes(lines, disclosure, kind)
    lines, undivided = with_agencies(lines, disclosure, year, stage)
    lines, worked_out = _without_worked_out(lines)
    before = lines_of(last or disclosure, year - 1, stage, tuple(_told_before(disclosure, lines, year, stage)))
    earlier_lines, _ = _without_worked_out(before.lines)
    earlier = (*_with_natures(earlier_lines, lines), *_topics_before(disclosure, year, stage))
    budget = lines_of(disclosure, year, "budget").lines if stage == "final" else ()
    notes = [
        "各表只分别列出功能分类和经济分类的，两者的对应关系是推定的：各分类的合计数与公开表一致，交叉明细请按实际改正。",
        *(_told(departure) for departure in (*made.departures, *before.departures)),
        *(
            f"{MEMBER_WORDS['nature'][nature]}列在“其中”之下，是其他支出的一部分，底账没有单列。"
            for nature in made.within
        ),
        *worked_out,
        *unplaced,
        *supposed,
        *undivided,
    ]
    return Ledger(
        agency=disclosure.agency or "",
        year=year,
        kind="final" if stage == "final" else "budget",
        agency_kind=kind,
        body=body,
        lines=(*lines, *budget, *earlier),
        projects=projects_of(disclosure),
        goal=texts_of(disclosure).get((None, "goal"), ""),
        indicators=indicators_of(disclosure),
        notes=tuple(notes),
    )


def _without_worked_out(lines: Sequence[Line]) -> tuple[tuple[Line, ...], list[str]]:
    """The lines less 扣除基建项目后, which a ledger does not state: it is its projects but for their construction."""
    stated = [line for line in lines if line.point.topic == _NET]
    if not stated:
        return tuple(lines), []
    funds = {line.point.fund for line in stated}
    projects = [p for p in lines if p.point.topic is None and p.point.nature == "project" and p.point.fund in funds]
    left = sum(p.fen for p in projects if not (p.point.object or "").startswith(CONSTRUCTION_CLASS))
    printed = sum(line.fen for line in stated)
    told = "扣除基建项目后的项目支出由底账的项目支出减去资本性支出（基本建设）得出，没有单列"
    differs = (
        f"：公开的是{printed / 100:,.2f}元，得出的是{left / 100:,.2f}元，请核对各项目的经济分类"
        if left != printed
        else ""
    )
    return tuple(line for line in lines if line.point.topic != _NET), [f"{told}{differs}。"]


def _with_natures(before: Sequence[Line], lines: Sequence[Line]) -> Iterator[Line]:
    """Last year's lines with the nature that this year's have of the same function, where there is just one."""
    natures = _natures(lines)
    for line in before:
        only = natures.get(line.point.function, set())
        fits = line.point.flow == "expenditure" and line.point.nature is None and len(only) == 1
        yield replace(line, point=line.point.at(nature=next(iter(only)))) if fits else line


def _natures(lines: Sequence[Line]) -> Mapping[str | None, set[str | None]]:
    """The natures of each function's lines."""
    found: defaultdict[str | None, set[str | None]] = defaultdict(set)
    for line in lines:
        if line.point.flow == "expenditure" and line.point.topic is None:
            found[line.point.function].add(line.point.nature)
    return found


def _told_before(disclosure: Disclosure, lines: Sequence[Line], year: int, stage: str) -> Iterator[Told]:
    """What last year's amount by nature was, told only by how much this year's is more or less.

    Only where every function has one nature: only then do last year's functions tell theirs.
    """
    natures = _natures(lines)
    shown = {o.point for o in disclosure.observations if o.origin == "table"}
    if any(len(kinds) != 1 for kinds in natures.values()):
        return
    for observation in disclosure.observations:
        point, amount = observation.point, observation.amount
        plain = Point(year=year, stage=stage, flow="expenditure", fund=point.fund, nature=point.nature)
        if point.at(measure="amount") != plain or point.measure != "change" or point.nature is None:
            continue
        if not amount.unit.is_money or plain.at(year=year - 1) in shown:
            continue
        functions = frozenset(code for code, kinds in natures.items() if code and kinds == {point.nature})
        spent = [line for line in lines if line.point.function in functions and line.point.topic is None]
        this = sum(line.fen for line in spent if at_or_below("fund", line.point.fund, point.fund))
        yield Told(functions, point.fund, int(this - amount.fen), max(int(amount.quantum / 2) - 1, 0))


def _topics_before(disclosure: Disclosure, year: int, stage: str) -> Iterator[Line]:
    """The customary scopes of last year that only sentences tell: this year's less the change that is stated."""
    amounts = {o.point: o for o in disclosure.observations if o.amount.unit.is_money and o.point.measure == "amount"}
    seen: set[str] = set()
    for observation in disclosure.observations:
        point = observation.point
        if point.measure != "change" or point.topic is None or point.topic in _SUMS or point.topic in seen:
            continue
        plain = Point(year=year, stage=stage, topic=point.topic)
        if point.at(measure="amount") != plain or plain not in amounts:
            continue
        seen.add(point.topic)
        fen = int(amounts[plain].amount.fen - observation.amount.fen)
        if fen:
            yield Line(plain.at(year=year - 1, fund="general"), fen)


_NET = "net_of_construction"
_SUMS = frozenset({"three_public", "vehicle", "three_public_and_meetings", "procurement"})


def _told(departure: Departure) -> str:
    printed = departure.observation.amount
    return (
        f"{departure.observation.source.describe()}的{printed.printed or '空白'}{printed.unit.name}与其他各数不能同时成立（尾差），"
        f"底账得出的是{departure.fen / 100:,.2f}元。"
    )


def _body(disclosure: Disclosure) -> str:
    """Whose tables they are, as their titles say: of a unit if any names one and none a department."""
    titles = [table.title.replace("部门预算经济", "").replace("部门预算支出经济", "") for table in disclosure.tables]
    department = any("部门" in title for title in titles)
    return "单位" if not department and any("单位" in title for title in titles) else "部门"
