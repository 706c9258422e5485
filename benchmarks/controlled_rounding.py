"""How controlled rounding does over many departments, and on a large one: ``make bench-rounding``.

Every choice is proved afresh: the composition is read as a reader would read it, and its relations are checked.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from time import process_time

from departments import department
from mingzhang.checking import check
from mingzhang.composition import compose
from mingzhang.composition.as_read import as_read
from mingzhang.cube.composed import Composition
from mingzhang.forms import AxisForm, FormSet, RowForm, RowsForm, load_form_sets

UNITS, ITEMS, LIMIT = 60, 20, 10.0


def main() -> int:
    """Print the counts; the status is 1 where a relation is not exact, a cell is further, or the large one is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=1000)
    count = parser.parse_args().departments
    sets = {forms.id: forms for forms in load_form_sets() if forms.kind == "budget"}
    right = many(count, [sets["cq2024"], sets["national2026"], sets["shanghai_department"]])
    return 0 if large(sets["cq2024"]) and right else 1


def many(count: int, sets: list[FormSet]) -> bool:
    """Departments one after another, the sets in turn."""
    told: Counter[str] = Counter()
    seconds = 0.0
    for number in range(count):
        ledger, forms = department(number), sets[number % len(sets)]
        started = process_time()
        composed = compose(ledger, forms, controlled=True)
        seconds += process_time() - started
        told += counted(composed)
        verdict = check(as_read(composed))
        relations = verdict.coverage.relations
        told["relations"] += relations.held + relations.rounding + relations.violated
        told["not exact"] += len(verdict.proof.rounding_differences) + relations.violated
        told["departments"] += 1
    share = told["departing"] / told["cells"]
    print(
        f"{told['departments']}个部门：{told['cells']}个非零金额，{told['departing']}个（{share:.2%}）与四舍五入不同；"
        f"{told['further']}个与实际金额相差一个末位单位或更多；"
        f"{told['relations']}条勾稽关系，{told['not exact']}条不精确成立；控制舍入用时{seconds:.1f}秒（处理器时间）。"
    )
    return not told["not exact"]


def counted(composed: Composition) -> Counter[str]:
    """The cells of a composition: all that are not nought, those printed otherwise than usual, those further off."""
    figures = [figure for figure in composed.figures() if figure.fen and figure.amount.unit.is_money]
    return Counter(
        {
            "cells": len(figures),
            "departing": sum(figure.departs for figure in figures),
            "further": sum(abs(figure.amount.fen - figure.fen) >= figure.amount.quantum for figure in figures),
        }
    )


def large(forms: FormSet) -> bool:
    """One department whose tables list every 项 of every unit."""
    ledger = department(7, most_items=ITEMS, units=UNITS, lines_each=2)
    wide = replace(forms, tables=tuple(replace(table, body=tuple(map(by_unit, table.body))) for table in forms))
    started = process_time()
    composed = compose(ledger, wide, controlled=True)
    seconds = process_time() - started
    told = counted(composed)
    cells = sum(1 for _ in composed.figures())
    verdict = check(as_read(composed))
    relations = verdict.coverage.relations
    print(
        f"{UNITS}个单位的部门：{len(ledger.lines)}行底账，{cells}格（{told['cells']}个非零金额），"
        f"编表并控制舍入{seconds:.1f}秒（处理器时间），{told['departing'] / told['cells']:.2%}与四舍五入不同；"
        f"{relations.held}条勾稽关系精确成立，{len(verdict.proof.rounding_differences) + relations.violated}条不精确。"
    )
    for note in composed.notes:
        print(f"  {note}")
    return not verdict.proof.rounding_differences and not relations.violated and seconds <= LIMIT


def by_unit(part: RowForm | RowsForm) -> RowForm | RowsForm:
    """A list of functions as a list of units, each with its functions."""
    if not isinstance(part, RowsForm) or part.dimension != "function" or part.across or len(part.levels) < 2:
        return part
    return replace(part, dimension="agency", levels=(), across=(AxisForm("function", part.levels),), subtotals=True)


if __name__ == "__main__":
    sys.exit(main())
