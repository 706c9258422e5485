"""Ledger + form set → composition: every table of the set, laid out and rounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from mingzhang.composition.amounts import Amounts
from mingzhang.composition.context import Context
from mingzhang.composition.layout import lay_out
from mingzhang.composition.ledger import Ledger
from mingzhang.composition.names import Names
from mingzhang.composition.narrative import written
from mingzhang.composition.printing import reprinted
from mingzhang.composition.rounding import Key, Rounding, control
from mingzhang.cube.composed import ComposedTable, Composition
from mingzhang.cube.hierarchy import ancestors
from mingzhang.cube.names import MEMBER_WORDS, point_words
from mingzhang.forms import FormSet


def compose(ledger: Ledger, forms: FormSet, *, controlled: bool = False) -> Composition:
    """The disclosure of a ledger in the shape of a form set, conventionally rounded unless ``controlled``."""
    context = Context(ledger, forms, Amounts.of(ledger), Names(ledger.year), words_of(ledger, forms))
    tables = tuple(made for table in forms for made in lay_out(table, context))
    made = _composed(context, tables, {})
    if not controlled:
        return made
    rounding = control(made, context.amounts)
    chosen = _composed(context, tuple(reprinted(table, rounding.steps) for table in tables), rounding.steps)
    return replace(chosen, notes=(*chosen.notes, *_told(rounding)))


def words_of(ledger: Ledger, forms: FormSet) -> Mapping[str, object]:
    """The values of the placeholders that forms may name."""
    return MappingProxyType(
        {
            "year": ledger.year,
            "last_year": ledger.year - 1,
            "agency": ledger.agency,
            "place": ledger.place,
            "body": ledger.body,
            "level": ledger.level or (forms.level_words[0] if forms.level_words else ""),
        }
    )


def _composed(context: Context, tables: tuple[ComposedTable, ...], chosen: Mapping[Key, int]) -> Composition:
    """The tables with their narrative; ``chosen`` are the prints that controlled rounding chose."""
    ledger, forms = context.ledger, context.forms
    shown = (cell.figure for table in tables for row in table.body for cell in row if cell.figure is not None)
    told = written(ledger, forms, context.amounts, context.names, context.words, chosen, shown)
    noun = "决算" if ledger.kind == "final" else "预算"
    return Composition(
        f"{ledger.agency}{ledger.year}年{'度' if ledger.kind == 'final' else ''}{ledger.body}{noun}",
        ledger.agency,
        ledger.body,
        ledger.year,
        ledger.stage,
        forms.id,
        tables,
        told.paragraphs,
        (*ledger.notes, *_without_column(ledger, forms)),
        told.missing,
    )


def _without_column(ledger: Ledger, forms: FormSet) -> Iterator[str]:
    """Funds of the ledger that no cell of the set names: their money stands in the totals only."""
    named = {fragment.rest.fund for table in forms for fragment in table.fragments()}
    spent = dict.fromkeys(line.point.fund for line in ledger.lines if line.fen and line.point.fund)
    for fund in spent:
        if named.isdisjoint((fund, *ancestors("fund", fund))):
            word = MEMBER_WORDS["fund"][fund]
            yield f"“{forms.name}”没有{word}的栏目，这部分资金只计入合计数，合计与各栏之和因此不等；请换用有此栏目的套表。"


def _told(rounding: Rounding) -> tuple[str, ...]:
    told = [
        f"采用控制舍入：{rounding.relations}条勾稽关系"
        + ("全部" if not rounding.open else f"中{rounding.relations - rounding.open}条")
        + f"按印出的数字精确成立，{len(rounding.departures)}个数字与四舍五入的结果相差一个末位单位。"
    ]
    why = "没有一种进舍能使全部关系成立（已逐一试尽）" if rounding.proved else "没有找到能使全部关系成立的进舍"
    told += [
        f"{point_words(point)}所印数字与实际金额相差一个末位单位或更多，因为{why}。" for point, _ in rounding.further
    ]
    return tuple(told)
