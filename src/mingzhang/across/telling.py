"""Findings about two disclosures: one sentence with both numbers, both places, and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath

from mingzhang.across.confronting import Confrontation, Mismatch, words_at
from mingzhang.across.pairing import Kind
from mingzhang.across.points import Stand, View
from mingzhang.cube.amount import Amount
from mingzhang.cube.disclosure import Disclosure, Observation
from mingzhang.cube.finding import Finding, Level, Suspect, Term, Working
from mingzhang.cube.names import point_words
from mingzhang.cube.point import Point
from mingzhang.cube.source import Source
from mingzhang.reconciliation.reporting.wording import cell_name, format_number, shortened, table_name

_RULE: dict[Kind, str] = {"former": "across-years", "accounts": "across-stages", "within": "across-levels"}
_STATED = re.compile(r"年初")
_MANY, _MOST_APART = 6, 0.5
_SHOWN = 5
_FEWEST_AGREEING = 3


def findings_of(outcome: Confrontation, own: View, other: View) -> list[Finding]:
    """The findings of a pair. Where most of what can be compared differs, the scopes differ: that is one finding."""
    found = [_finding(mismatch, outcome, own.disclosure, other.disclosure) for mismatch in outcome.mismatches]
    apart = sum(1 + mismatch.above for mismatch in outcome.mismatches)
    if len(found) >= _MANY and apart > _MOST_APART * outcome.compared:
        return [_other_scope(found, outcome, other.disclosure)]
    return found


def unit_sum_finding(mismatch: Mismatch, parts: Sequence[Stand], own: View, units: Sequence[View]) -> Finding:
    """The units, all listed and all there, do not add up to their department."""
    department = own.disclosure
    assert mismatch.own is not None
    assert mismatch.other is not None  # both are printed: that is what was compared
    amount = mismatch.own.seen[0].amount
    name = _name(mismatch.own.seen[0], department)
    total, gap = _like(mismatch.other.middle, amount), _like(abs(mismatch.difference), amount)
    right: list[Term] = []
    places = [mismatch.own.seen[0].source]
    for stand in parts:
        unit = next(view.disclosure for view in units if any(o is stand.seen[0] for o in view.disclosure.observations))
        place = _foreign(stand.seen[0], unit)
        places.append(place)
        right.append(Term("＋" if right else "", f"“{_file(unit)}”", stand.seen[0].amount.printed or "空白", place))
    sentence = (
        f"{name}为{amount.printed or '空白'}，所属{len(units)}个单位的材料合计{total}，相差{gap}{amount.unit.name}"
    )
    return Finding(
        "across-units",
        "warning",
        f"{sentence}{_totals(mismatch)}；部门的表列出了全部单位，各单位之和应等于部门。",
        ("units", _key(mismatch.point), amount.printed),
        tuple(places),
        workings=(
            Working(sentence, (Term("", name, amount.printed or "空白", places[0]),), tuple(right), "＝", total, gap),
        ),
    )


def _finding(mismatch: Mismatch, outcome: Confrontation, own: Disclosure, other: Disclosure) -> Finding:
    kind = outcome.pair.kind
    level = _level(mismatch, outcome, own)
    ours = mismatch.own.seen if mismatch.own is not None else ()
    theirs = mismatch.other.seen if mismatch.other is not None else ()
    like = next(o.amount for o in reversed((*theirs, *ours)) if o.amount.unit.is_money)
    gap = f"{_like(abs(mismatch.difference), like)}{like.unit.name}"
    said, heard = _said(mismatch, own, mine=True), _said(mismatch, other, mine=False)
    message = f"{said}；“{_file(other)}”{heard}，相差{gap}{_totals(mismatch)}。{_ADVICE[kind if not mismatch.bound else 'bound']}"
    expected = _expected(mismatch, ours)
    places = [*(o.source for o in ours), *(_foreign(o, other) for o in theirs)]
    if mismatch.listing is not None:
        places.append(mismatch.listing.source if not ours else _abroad(mismatch.listing.source, other))
    suspects: tuple[Suspect, ...] = ()
    if ours:
        figure = ours[-1]  # where a comparison implies the amount: the stated change
        suspects = (Suspect(figure.source, _name(figure, own), figure.amount.printed, (expected, expected), expected),)
    return Finding(
        rule=_RULE[kind],
        level=level,
        message=message,
        key=(kind, f"{other.year},{other.stage}", _key(mismatch.point), *(o.amount.printed for o in ours)),
        places=tuple(dict.fromkeys(places)),
        reported=ours[-1].amount.printed if ours and expected else None,
        expected=expected if ours else None,
        suspects=suspects,
        sets=((0,),) if suspects else (),
        workings=(_working(mismatch, own, other, gap),),
    )


_ADVICE = {
    "former": "上年数按新口径调整过的，应在说明中写明；没有调整的，以已公开的上年材料为准。",
    "accounts": "年初预算数应是已公开的本年预算；列的是调整后全年预算数的，应在表中注明。",
    "within": "部门的表和单位自己的材料说的是同一个数。",
    "bound": "部门的数包含所属单位，不应小于其中一个单位的数。",
}


def _level(mismatch: Mismatch, outcome: Confrontation, own: Disclosure) -> Level:
    """Proved only where the document itself says that it is the same amount, and other amounts show one scope."""
    kind = outcome.pair.kind
    if kind == "within":
        return "warning" if mismatch.bound or not outcome.pair.certain else "error"
    if kind == "former" or mismatch.own is None:
        return "warning"
    if not _STATED.search(words_at(mismatch.own.seen[-1], own)):
        return "note"
    agreeing = outcome.compared - sum(1 + each.above for each in outcome.mismatches)
    return "error" if agreeing >= _FEWEST_AGREEING else "warning"


def _said(mismatch: Mismatch, disclosure: Disclosure, *, mine: bool) -> str:
    """What one of the two prints of the point."""
    stand = mismatch.own if mine else mismatch.other
    if stand is None:
        table = mismatch.listing
        code = mismatch.point.function or mismatch.point.object or mismatch.point.gov_object or ""
        lead = "本材料" if mine else ""
        return f"{lead}{table_name(table)}没有列出“{code}”，即为零" if table is not None else f"{lead}没有列出"
    observation = stand.seen[-1]
    name = _name(observation, disclosure)
    printed = observation.amount.printed or "空白"
    unit = observation.amount.unit.name
    if not stand.implied:
        return f"{name}印为{printed}{'' if printed == '空白' else unit}"
    this = stand.seen[0]
    derived = _like(stand.middle, this.amount)
    return f"{name}，由本年的{this.amount.printed}推得上年约为{derived}{this.amount.unit.name}"


def _expected(mismatch: Mismatch, ours: Sequence[Observation]) -> str | None:
    """What should stand in place of one's own figure, if the other is right."""
    if not ours or mismatch.bound:
        return None
    if mismatch.own is not None and mismatch.own.implied == "rate":
        return None
    if mismatch.own is not None and mismatch.own.implied:
        figure, this = ours[-1].amount, ours[0].amount
        other = mismatch.other.middle if mismatch.other is not None else Decimal(0)
        value = this.fen - other
        return _like(abs(value) if "-" not in figure.printed else value, figure)
    return _like(mismatch.other.middle if mismatch.other is not None else Decimal(0), ours[-1].amount)


def _working(mismatch: Mismatch, own: Disclosure, other: Disclosure, gap: str) -> Working:
    left: list[Term] = []
    if mismatch.own is None:
        left.append(Term("", "本材料没有列出，为零", "0", None))
    elif mismatch.own.implied:
        this, figure = mismatch.own.seen
        left.append(Term("", _name(this, own), this.amount.printed, this.source))
        sign = "按" if mismatch.own.implied == "rate" else "＋" if figure.amount.value < 0 else "－"
        left.append(Term(sign, _name(figure, own), figure.amount.printed, figure.source))
    else:
        observation = mismatch.own.seen[0]
        left.append(Term("", _name(observation, own), observation.amount.printed or "空白", observation.source))
    if mismatch.other is None:
        right = Term("", f"“{_file(other)}”没有列出，为零", "0", None)
    else:
        observation = mismatch.other.seen[0]
        label = f"“{_file(other)}”{_name(observation, other)}"
        right = Term("", label, observation.amount.printed or "空白", _foreign(observation, other))
    sentence = f"{point_words(mismatch.point)}：两份材料应一致" if not mismatch.bound else "部门应不小于所属单位"
    return Working(sentence, tuple(left), (right,), "≥" if mismatch.bound else "＝", None, gap)


def _other_scope(found: Sequence[Finding], outcome: Confrontation, other: Disclosure) -> Finding:
    shown = "；".join(finding.message.split("，相差")[0] for finding in found[:_SHOWN])
    rest = f"等{len(found)}处" if len(found) > _SHOWN else ""
    return Finding(
        rule=_RULE[outcome.pair.kind],
        level="warning",
        message=f"与“{_file(other)}”可比的{outcome.compared}个数多数不一致，两份材料的口径可能不同"
        f"（单位范围、是否含结转、是否调整过），请在说明中写明：{shown}{rest}。",
        key=(outcome.pair.kind, f"{other.year},{other.stage}", "scope"),
        places=tuple(dict.fromkeys(place for finding in found for place in finding.places)),
        workings=tuple(working for finding in found for working in finding.workings),
    )


def _totals(mismatch: Mismatch) -> str:
    return f"（同样的差额还见于包含它的{mismatch.above}个合计数）" if mismatch.above else ""


def _name(observation: Observation, disclosure: Disclosure) -> str:
    if observation.origin == "text":
        return f"文字“{shortened(observation.label)}”"
    table = next((table for table in disclosure.tables if table.id == observation.source.table), None)
    return f"{table_name(table)}{cell_name(observation, table)}"


def _file(disclosure: Disclosure) -> str:
    return PurePath(disclosure.path).name


def _foreign(observation: Observation, disclosure: Disclosure) -> Source:
    return _abroad(observation.source, disclosure)


def _abroad(source: Source, disclosure: Disclosure) -> Source:
    """A place in another disclosure: with its file, and without the table's id, which is of the other's tables."""
    return source._replace(file=source.file or disclosure.path, table=None)


def _like(fen: Decimal, amount: Amount) -> str:
    return format_number(Fraction(fen) / (amount.unit.fen or 1), amount.decimals)


def _key(point: Point) -> str:
    return ",".join(f"{name}={value}" for name, value in point.named().items())
