"""Two disclosures → what changed: every point that both know, by code, with what appeared and what vanished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.across.agencies import same_agency
from mingzhang.across.code_names import are_two_names, means_another, name_of, printed_name
from mingzhang.across.own_amounts import OwnAmounts, own_amounts
from mingzhang.across.points import Stand, View
from mingzhang.across.profile import profile_of
from mingzhang.across.scopes import overview_of, scope_words
from mingzhang.classification import Dimension, by_code, loose_key
from mingzhang.cube.compared import Basis, ComparedLine, ComparedSection, ComparedSide, Comparison, State
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.hierarchy import parent
from mingzhang.cube.names import MEMBER_WORDS
from mingzhang.cube.point import Point

_DIMENSIONS: tuple[Dimension, ...] = ("function", "object", "gov_object")
_HEADLINES = (
    Point(flow="expenditure"),
    Point(flow="uses"),
    Point(flow="expenditure", fund="fiscal"),
    Point(flow="expenditure", fund="general"),
    Point(flow="income"),
    Point(flow="sources"),
)

Amounts = dict[Point, Stand]


def compare(left: Disclosure, right: Disclosure) -> Comparison:
    """What changed from ``left`` to ``right``, each in its own year and stage."""
    owns = own_amounts(View.of(left)), own_amounts(View.of(right))
    before, after = owns[0].stands, owns[1].stands
    basis, sides = _sides(left, right)
    lines = _lines(owns, renames=basis != "agencies")
    sections, notes = _sections(lines, before, after, moves=basis != "agencies")
    totals = {line.point: line for line in lines if line.code is None and _is_there(line)}
    headline = next((totals[point] for point in _HEADLINES if point in totals), None)
    decimals = _decimals([*before.values()], [*after.values()])
    return Comparison(
        basis,
        *sides,
        headline,
        tuple(sections),
        decimals,
        _precision(sides, before, after, decimals),
        (*_warnings(left, right, basis), *notes),
    )


def _lines(owns: tuple[OwnAmounts, OwnAmounts], *, renames: bool) -> list[ComparedLine]:
    """Every comparable point; a code that was given to something else is two lines, one that vanished, one that appeared."""
    before, after = owns[0].stands, owns[1].stands
    years = owns[0].view.disclosure.year, owns[1].view.disclosure.year
    lines: list[ComparedLine] = []
    for point in dict.fromkeys((*after, *before)):
        old, new = before.get(point), after.get(point)
        if old is None and not owns[0].leaves_out(point):
            continue
        if new is None and not owns[1].leaves_out(point):
            continue
        dimension = _dimension(point)
        if dimension is None:
            lines.append(_line(point, old, new, None, scope_words(point), None))
            continue
        code = str(point.get(dimension))
        names = [printed_name(stand) for stand in (old, new)]
        former = names[0] if renames and names[0] and names[1] and are_two_names(names[0], names[1]) else None
        name = name_of(dimension, code, names[1], years[1])
        gone = name_of(dimension, code, names[0], years[0])
        if former is not None and means_another(dimension, code, former, years[1]):
            lines += [_line(point, old, None, code, gone, None), _line(point, None, new, code, name, None)]
        else:
            told = name if new is not None and (new.middle or not names[0]) else gone
            lines.append(_line(point, old, new, code, told, former))
    return lines


def _line(
    point: Point, old: Stand | None, new: Stand | None, code: str | None, name: str, former: str | None
) -> ComparedLine:
    before = old.middle if old is not None else Decimal(0)
    after = new.middle if new is not None else Decimal(0)
    state: State = "changed"
    if before == after or (old is not None and new is not None and old.meets(new)):
        state = "same"
    elif code is not None and not (before and after):
        state = "vanished" if before else "appeared"
    return ComparedLine(
        point=point,
        code=code,
        name=name,
        before=before,
        after=after,
        slack=sum(((stand.high - stand.low) / 2 for stand in (old, new) if stand is not None), Decimal(0)),
        state=state,
        before_place=old.seen[0].source if old is not None else None,
        after_place=new.seen[0].source if new is not None else None,
        former_name=former,
    )


def _dimension(point: Point) -> Dimension | None:
    return next((name for name in _DIMENSIONS if point.get(name) is not None), None)


def _is_there(line: ComparedLine) -> bool:
    return bool(line.before or line.after)


def _sections(
    lines: Sequence[ComparedLine], before: Amounts, after: Amounts, *, moves: bool
) -> tuple[list[ComparedSection], list[str]]:
    """The overview first, then each classification by its widest scope, then the narrower scopes."""
    plain = [line for line in lines if line.code is None and _is_there(line)]
    totals = {line.point: line for line in lines if line.code is None}
    found = [ComparedSection(title, None, _ordered(chosen)) for title, chosen in overview_of(plain)]
    main: list[ComparedSection] = []
    rest: list[ComparedSection] = []
    notes: list[str] = []
    for dimension in _DIMENSIONS:
        made: list[ComparedSection] = []
        for base in _bases(dimension, lines):
            chosen = [
                line for line in lines if line.point.get(dimension) and line.point.at(**{dimension: None}) == base
            ]
            chosen = [line for line in chosen if _is_there(line)]
            title = f"{scope_words(base)}，按{_CLASSES[dimension]}"
            if chosen:
                chosen = _with_moves(chosen) if moves else chosen
                made.append(
                    ComparedSection(
                        title,
                        dimension,
                        _ordered(_told_apart(chosen, dimension)),
                        totals.get(base),
                        main=False,
                    )
                )
        told = _without_repeats(made)
        main += [replace(section, main=True) for section in told[:1]]
        rest += told[1:]
        notes += _one_sided(dimension, before, after, told)
    return [*found, *main, *rest], notes


def _without_repeats(made: Sequence[ComparedSection]) -> list[ComparedSection]:
    """Of scopes with one total, the one that is told in most detail comes first; what only repeats another is left out."""
    if not made:
        return []
    alike = [section for section in made if _same_total(section, made[0])]
    first = max(alike, key=lambda section: len(section.leaves))
    told = [first]
    for section in made:
        if not any(_same_figures(section, other) for other in told):
            told.append(section)
    return told


def _same_total(one: ComparedSection, other: ComparedSection) -> bool:
    (before, after, slack), (was, became, room) = _total(one), _total(other)
    return abs(before - was) <= slack + room and abs(after - became) <= slack + room


def _total(section: ComparedSection) -> tuple[Decimal, Decimal, Decimal]:
    """The total before, after, and its slack: as printed, else as the outermost codes add up."""
    lines = [section.total] if section.total is not None else section.tops
    return (
        sum((line.before for line in lines), Decimal(0)),
        sum((line.after for line in lines), Decimal(0)),
        sum((line.slack for line in lines), Decimal(0)),
    )


_CLASSES: dict[str, str] = {
    "function": "支出功能分类科目",
    "object": "部门预算支出经济分类科目",
    "gov_object": "政府预算支出经济分类科目",
}


def _bases(dimension: str, lines: Sequence[ComparedLine]) -> list[Point]:
    """What the codes of a dimension are listed under: expenditure before income, the widest scope first."""
    counted: Counter[Point] = Counter()
    size: Counter[Point] = Counter()
    for line in lines:
        point = line.point
        others = [name for name in _DIMENSIONS if name != dimension and point.get(name)]
        if point.get(dimension) and not others:
            base = point.at(**{dimension: None})
            counted[base] += 1
            size[base] += int(abs(line.before) + abs(line.after))
    return sorted(
        counted,
        key=lambda base: (base.flow != "expenditure", sum(1 for _ in base.named()), -size[base], str(base)),
    )


def _same_figures(one: ComparedSection, other: ComparedSection) -> bool:
    """Whether a narrower scope only repeats what a wider one has told: the unit has no other money."""
    wide = {line.code: (line.before, line.after) for line in other.lines}
    return all(wide.get(line.code) == (line.before, line.after) for line in one.lines)


def _ordered(lines: Sequence[ComparedLine]) -> tuple[ComparedLine, ...]:
    """The largest change first; by code where equal."""
    return tuple(sorted(lines, key=lambda line: (line.state == "same", -abs(line.change), line.code or "")))


def _with_moves(lines: Sequence[ComparedLine]) -> list[ComparedLine]:
    """A name that left one code and stands under one other now has moved there: that is one line, at the new code."""
    gone: dict[tuple[str, int], list[ComparedLine]] = {}
    come: dict[tuple[str, int], list[ComparedLine]] = {}
    for line in lines:
        key = (loose_key(line.name), len(line.code or ""))
        if line.state == "vanished":
            gone.setdefault(key, []).append(line)
        elif line.state == "appeared":
            come.setdefault(key, []).append(line)
    moved: dict[str | None, ComparedLine] = {}
    for key, left in gone.items():
        there = come.get(key, [])
        if len(left) == len(there) == 1:
            moved[there[0].code] = left[0]
    left_behind = {line.code for line in moved.values()}
    kept = [line for line in lines if not (line.state == "vanished" and line.code in left_behind)]
    return [
        _joined(moved[line.code], line) if line.state == "appeared" and line.code in moved else line for line in kept
    ]


def _joined(former: ComparedLine, line: ComparedLine) -> ComparedLine:
    slack = former.slack + line.slack
    return replace(
        line,
        before=former.before,
        before_place=former.before_place,
        slack=slack,
        state="same" if abs(line.after - former.before) <= slack else "changed",
        moved=former.code,
    )


def _told_apart(lines: Sequence[ComparedLine], dimension: Dimension) -> list[ComparedLine]:
    """行政运行 stands under many classes: a name that several codes bear is told with the class above it."""
    borne = Counter((line.name, len(line.code or "")) for line in lines)
    names = {line.code: line.name for line in lines}
    told: list[ComparedLine] = []
    for line in lines:
        above = parent(dimension, line.code) if line.code is not None else None
        if above is not None and borne[line.name, len(line.code or "")] > 1:
            known = by_code(dimension, above)
            whose = names.get(above) or (known[0].name if known else above)
            line = replace(line, name=f"{line.name}（{whose}）")
        told.append(line)
    return told


def _one_sided(dimension: str, before: Amounts, after: Amounts, told: Sequence[ComparedSection]) -> Iterator[str]:
    """A classification that only one of the two publishes."""
    listed = [any(point.get(dimension) and stand.middle for point, stand in side.items()) for side in (before, after)]
    if not told and any(listed):
        which = "前一份" if listed[0] else "后一份"
        told_of = "两份材料都" if all(listed) else f"只有{which}"
        yield f"{told_of}列有{_CLASSES[dimension]}" + ("，但口径不同，没有比较。" if all(listed) else "，没有比较。")


def _sides(left: Disclosure, right: Disclosure) -> tuple[Basis, tuple[ComparedSide, ComparedSide]]:
    profiles = profile_of(left), profile_of(right)
    one, other = profiles[0].agency, profiles[1].agency
    same = one is not None and other is not None and same_agency(one, other)
    names = [
        p.agency.key + ("本级" if p.agency.own_level else "") if p.agency is not None else p.name for p in profiles
    ]
    stages = [MEMBER_WORDS["stage"].get(d.stage or "", "").removeprefix("年初") for d in (left, right)]
    years = [f"{d.year}年" if d.year is not None else "" for d in (left, right)]
    basis: Basis = "drafts"
    if one is not None and other is not None and not same:
        basis = "agencies"
    elif left.stage != right.stage:
        basis = "stages"
    elif left.year != right.year:
        basis = "years"
    labels = []
    for number in (0, 1):
        label = f"{years[number]}{stages[number]}" if basis != "agencies" or left.year != right.year else ""
        if basis == "agencies":
            label = names[number] + label
        if basis == "drafts":
            label = ("前一份", "后一份")[number]
        labels.append(label or names[number])
    sides = [
        ComparedSide(d.path, d.title, d.agency or profile.name, d.year, d.stage, label)
        for d, profile, label in zip((left, right), profiles, labels, strict=True)
    ]
    return basis, (sides[0], sides[1])


def _warnings(left: Disclosure, right: Disclosure, basis: Basis) -> Iterator[str]:
    if basis == "agencies" and left.year != right.year:
        yield "两份材料的单位和年度都不同。"
    bodies = {profile_of(left).body, profile_of(right).body}
    if bodies == {"department", "unit"} and basis != "agencies":
        yield "一份是部门的，一份是单位的，范围不同。"


def _decimals(*sides: Sequence[Stand]) -> int:
    """The decimals of 万元 that the usual print of both sides bears."""
    quanta = []
    for stands in sides:
        counted = Counter(stand.seen[0].amount.quantum for stand in stands if not stand.seen[0].amount.is_blank)
        if counted:
            quanta.append(max(counted, key=lambda quantum: (counted[quantum], -quantum)))
    coarsest = max(quanta, default=Decimal(1))
    return 2 if coarsest <= 10_000 else 1 if coarsest <= 100_000 else 0


def _precision(sides: tuple[ComparedSide, ComparedSide], before: Amounts, after: Amounts, decimals: int) -> str:
    told = []
    for side, amounts in zip(sides, (before, after), strict=True):
        printed = (stand.seen[0].amount for stand in amounts.values() if not stand.seen[0].amount.is_blank)
        counted = Counter((amount.unit.name, amount.decimals) for amount in printed)
        if counted:
            (unit, places), _ = max(counted.items(), key=lambda pair: (pair[1], pair[0]))
            told.append(f"“{side.label}”以{unit}印出" + (f"、{places}位小数" if places else "、不带小数"))
    return (
        f"金额统一换算为万元、{decimals}位小数；{'，'.join(told)}。原材料四舍五入，增减额可能有1个末位的尾差；"
        "差额不超过尾差的视为没有变化。"
    )
