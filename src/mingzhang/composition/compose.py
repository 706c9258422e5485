"""Ledger + form set → composition: every table of the set, laid out and rounded."""

from __future__ import annotations

from types import MappingProxyType

from mingzhang.composition.amounts import Amounts
from mingzhang.composition.layout import Context, lay_out
from mingzhang.composition.ledger import Ledger
from mingzhang.composition.names import Names
from mingzhang.cube.composed import Composition
from mingzhang.forms import FormSet


def compose(ledger: Ledger, forms: FormSet) -> Composition:
    """The disclosure of a ledger in the shape of a form set, conventionally rounded."""
    words = {
        "year": ledger.year,
        "last_year": ledger.year - 1,
        "agency": ledger.agency,
        "place": ledger.place,
        "body": ledger.body,
        "level": ledger.level or (forms.level_words[0] if forms.level_words else ""),
    }
    names = Names(ledger.year)
    context = Context(ledger, forms, Amounts.of(ledger), names, MappingProxyType(words))
    tables = tuple(made for table in forms for made in lay_out(table, context))
    noun = "决算" if ledger.kind == "final" else "预算"
    return Composition(
        f"{ledger.agency}{ledger.year}年{'度' if ledger.kind == 'final' else ''}{ledger.body}{noun}",
        ledger.agency,
        ledger.body,
        ledger.year,
        ledger.stage,
        forms.id,
        tables,
    )
