"""Structural slips in the reader's words."""

from __future__ import annotations

from mingzhang.classification import by_code
from mingzhang.cube.finding import Finding
from mingzhang.reconciliation.derivation import Book, Tie
from mingzhang.reconciliation.hypothesis import Structural
from mingzhang.reconciliation.reconcile import Reconciliation
from mingzhang.reconciliation.reporting.explain import explain
from mingzhang.reconciliation.reporting.wording import Wording, column_name, row_name, table_name
from mingzhang.reconciliation.reporting.working import working

_MOST_REASONS = 2
_RULES = {
    "columns": "columns-exchanged",
    "rows": "rows-exchanged",
    "unit": "table-unit",
    "missing_row": "missing-row",
    "surplus_rows": "surplus-row",
    "label": "row-label",
}


def structural_finding(slip: Structural, outcome: Reconciliation) -> Finding:
    """The finding of one structural slip, found in the state ``outcome``."""
    wording = Wording(outcome.book, outcome.assembled.steps)
    book = outcome.book
    table = book.tables[slip.table]
    broken = _telling_first(slip, outcome)
    reasons = "；".join(explain(wording, outcome.assembled.system, tie) for tie in broken[:_MOST_REASONS])
    what, expected = _told(slip, outcome)
    other_ways = "".join(f"，或{_tables(other, outcome)}{_told(other, outcome)[0]}" for other in slip.others)
    more = f"等共{len(broken)}处不符" if len(broken) > _MOST_REASONS else ""
    involved = list(dict.fromkeys(v for tie in broken for _, v in tie.terms if not book.is_latent(v)))
    tables = (slip.table, *slip.rivals, *(other.table for other in slip.others))
    inside = [v for v in involved if book.observations[v].source.table in tables]
    if slip.kind == "label":
        inside = [*_row_of(slip, outcome), *slip.amounts]
    if slip.kind == "surplus_rows":
        inside = list(slip.amounts)
    inside.sort(key=lambda v: not _is_exchanged(slip, book, v))
    return Finding(
        rule=_RULES[slip.kind],
        level="error" if any(tie.strength == "definite" for tie in broken) else "warning",
        message=f"{_tables(slip, outcome)}{what}{other_ways}。依据：{reasons}{more}。",
        key=(table.title, slip.kind, *_names(slip, outcome)),
        # A lost row has no cell: the table that lacks it is the place to look at.
        places=(
            *([table.source] if slip.kind == "missing_row" else ()),
            *(book.observations[v].source for v in (inside or involved)),
        ),
        expected=expected,
        slip=what,
        workings=tuple(working(wording, outcome.assembled.system, tie) for tie in broken[:_MOST_REASONS]),
    )


def _is_exchanged(slip: Structural, book: Book, variable: int) -> bool:
    """Whether a number stands where columns or rows were exchanged, and the exchange makes it another one."""
    if slip.kind not in ("columns", "rows"):
        return False
    source = book.observations[variable].source
    here = source.column if slip.kind == "columns" else source.row
    if here not in (slip.first, slip.second) or (slip.side and source.column not in slip.side):
        return False
    there = slip.first + slip.second - here
    return any(
        book.observations[other].amount.value != book.observations[variable].amount.value
        for other in book.by_table.get(source.table or "", ())
        for place in [book.observations[other].source]
        if (place.row, place.column) == ((source.row, there) if slip.kind == "columns" else (there, source.column))
    )


def _telling_first(slip: Structural, outcome: Reconciliation) -> list[Tie]:
    """The broken relations, those that join two tables first: they show the slip best, but for rows too many."""
    book = outcome.book

    def within(number: int) -> bool:
        places = {book.observations[v].source.table for _, v in outcome.ties[number].terms if not book.is_latent(v)}
        return places <= {slip.table}

    inner = slip.kind == "surplus_rows"
    ordered = sorted(slip.broken, key=lambda number: (within(number) is not inner, number))
    return [outcome.ties[number] for number in ordered]


def _tables(slip: Structural, outcome: Reconciliation) -> str:
    """The table concerned, or the tables of which one is."""
    names = [table_name(outcome.book.tables[table]) for table in (slip.table, *slip.rivals)]
    return names[0] if len(names) == 1 else f"{'或'.join(names)}（其中一张）"


def _names(slip: Structural, outcome: Reconciliation) -> list[str]:
    """The rows or columns concerned, by name."""
    book = outcome.book
    table = book.tables[slip.table]
    if slip.kind == "missing_row":
        return [value for name, value in slip.point.named().items() if name != "measure"]
    if slip.kind == "surplus_rows":
        return list(dict.fromkeys(row_name(book.observations[v]) for v in slip.amounts))
    if slip.kind == "label":
        row = (book.observations[v] for v in _row_of(slip, outcome))
        return [next((row_name(o) for o in row if o.label), ""), slip.code]
    names: list[str] = []
    for position in (slip.first, slip.second):
        for variable in book.by_table[slip.table]:
            observation = book.observations[variable]
            if slip.kind == "columns" and observation.source.column == position:
                names.append(column_name(observation, table) or f"第{position}列")
                break
            beside = slip.side and observation.source.column not in slip.side
            if slip.kind == "rows" and observation.source.row == position and not beside:
                names.append(row_name(observation) or f"第{position}行")
                break
    return names


def _row_of(slip: Structural, outcome: Reconciliation) -> list[int]:
    """The non-zero amounts of the row under a wrong class (the other side of a two-sided table is not of it)."""
    named = slip.point.named()
    return [
        v
        for v in outcome.book.by_table[slip.table]
        for o in [outcome.book.observations[v]]
        if o.source.row == slip.first
        and o.amount.value
        and any(o.point.get(name) == value for name, value in named.items() if name != "measure")
    ]


def _told(slip: Structural, outcome: Reconciliation) -> tuple[str, str | None]:
    names = _names(slip, outcome)
    if slip.kind == "columns":
        return f"“{names[0]}”与“{names[1]}”两列的数字互换了", None
    if slip.kind == "rows":
        return f"“{names[0]}”与“{names[1]}”两行的数字互换了", None
    if slip.kind == "unit":
        table = outcome.book.tables[slip.table]
        unit = table.unit.name if table.unit else "所标单位"
        times = abs(slip.factor)
        size = "大" if slip.factor > 0 else "小"
        return f"的数字比其他各表{size}{times}倍，所标单位“{unit}”有误", None
    shown = [outcome.book.observations[variable] for variable in slip.amounts]
    if slip.kind == "surplus_rows":
        rows = f"“{names[0]}”一行" if len(names) == 1 else f"“{names[0]}”及其下共{len(names)}行"
        return f"多出{rows}（{shown[0].amount.printed}）：合计没有计入，其他各表和文字也没有这一科目", None
    if slip.kind == "label":
        right = next((row_name(o) for o in shown if o.label), slip.code)
        tables = "、".join(
            dict.fromkeys(table_name(outcome.book.tables[o.source.table]) for o in shown if o.source.table)
        )
        return f"“{names[0]}”一行的科目写错了：同样的金额{shown[0].amount.printed}在{tables}都列在“{right}”之下", right
    largest = max(shown, key=lambda o: abs(o.amount.value), default=None)
    amount = largest.amount.printed if largest is not None and largest.amount.value else None
    printed = f"（其他表印为{amount}）" if amount else ""
    code = slip.point.function or slip.point.object or slip.point.gov_object or ""
    if "_" in code:
        above = code.strip("_")
        return f"{f'“{above}”之下' if above else ''}似缺少一行或几行{printed}", amount
    name = next((row_name(o) for o in shown if o.label and code in row_name(o)), None)
    if name is None:
        known = by_code("object" if slip.point.object else "gov_object", code)
        name = f"{code} {known[0].name}" if known else code
    return f"缺少“{name}”一行{printed}", amount
