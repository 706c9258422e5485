"""How controlled rounding does over many departments, and on a large one: ``make bench-rounding``.

Beside it, on the same departments: conventional rounding, and the largest remainder (the total is rounded, each part goes
down, and those that lost most go up until they make the total; one sum after another, the largest first). Every relation
is judged afresh, in plain arithmetic, as a reader of the print would derive it (``exactness.py``).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from time import process_time

from departments import department
from exactness import Prints, Relations
from mingzhang.collector import uncollected
from mingzhang.composition import compose
from mingzhang.cube.composed import Composition
from mingzhang.cube.point import Point
from mingzhang.forms import AxisForm, FormSet, RowForm, RowsForm, load_form_sets

UNITS, ITEMS, LIMIT = 60, 20, 10.0
Told = Counter[tuple[str, str]]
WAYS = ("控制舍入", "四舍五入", "最大余数")


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
    told: Told = Counter()
    seconds = 0.0
    for number in range(count):
        ledger = department(number)
        started = process_time()
        composed = uncollected(compose)(ledger, sets[number % len(sets)], controlled=True)
        seconds += process_time() - started
        told += judged(composed)
    print(f"{count}个部门，编表并控制舍入共{seconds:.1f}秒（处理器时间），每个{seconds / count:.2f}秒。")
    return tell(told)


def large(forms: FormSet) -> bool:
    """One department whose tables list every 项 of every unit."""
    ledger = department(7, most_items=ITEMS, units=UNITS, lines_each=2)
    wide = replace(forms, tables=tuple(replace(table, body=tuple(map(by_unit, table.body))) for table in forms))
    started = process_time()
    composed = uncollected(compose)(ledger, wide, controlled=True)
    seconds = process_time() - started
    cells = sum(1 for _ in composed.figures())
    print(f"{UNITS}个单位的部门：{len(ledger.lines)}行底账，{cells}格，编表并控制舍入{seconds:.1f}秒（处理器时间）。")
    return tell(judged(composed)) and seconds <= LIMIT


def judged(composed: Composition) -> Told:
    """How each way of rounding does: relations, those not exact, cells, those printed otherwise than usual, further off."""
    relations = Relations(composed)
    figures = [f for f in composed.everywhere() if f.amount.unit.is_money]
    exact = {(f.point, f.amount.quantum): f.fen for f in figures}
    usual = {key: rounded(fen, key[1]) for key, fen in exact.items()}
    ways = (
        {(f.point, f.amount.quantum): f.amount.fen for f in figures},
        usual,
        largest_remainders(relations, exact, usual),
    )
    cells = Counter((f.point, f.amount.quantum) for f in composed.figures() if f.fen and f.amount.unit.is_money)
    told: Told = Counter()
    for way, prints in zip(WAYS, ways, strict=True):
        told[way, "relations"] = len(relations.ties)
        told[way, "inexact"] = len(relations.inexact(prints))
        told[way, "repeated"] = len(relations.repeated(prints))
        told[way, "cells"] = cells.total()
        told[way, "departing"] = sum(n for key, n in cells.items() if prints[key] != usual[key])
        told[way, "further"] = sum(n for key, n in cells.items() if abs(prints[key] - exact[key]) >= key[1])
    return told


def tell(told: Told) -> bool:
    """Print what was counted; whether controlled rounding left nothing inexact and no cell further off."""
    first = WAYS[0]
    print(f"  {told[first, 'relations']}条勾稽关系，{told[first, 'cells']}个非零金额：")
    for way in WAYS:
        exact = told[way, "relations"] - told[way, "inexact"]
        print(
            f"  {way}：{exact}条（{exact / told[way, 'relations']:.2%}）精确成立，{told[way, 'inexact']}条不精确；"
            f"{told[way, 'departing']}个金额（{told[way, 'departing'] / told[way, 'cells']:.2%}）与四舍五入不同，"
            f"{told[way, 'further']}个差一个末位单位或更多；"
            f"文字以更粗的单位重复时，{told[way, 'repeated'] - told[way, 'inexact']}条按文字本身的数字差末位。"
        )
    return not told[first, "inexact"] and not told[first, "further"]


def rounded(fen: int, quantum: Decimal) -> Decimal:
    """Conventional rounding, half away from nought, in 分."""
    return (fen / quantum).to_integral_value(ROUND_HALF_UP) * quantum


def largest_remainders(relations: Relations, exact: dict[tuple[Point, Decimal], int], usual: Prints) -> Prints:
    """One sum after another, from the largest total: what was rounded before stays, the rest make up the total."""
    chosen: dict[tuple[Point, Decimal], Decimal] = {}
    printed = len(relations.quanta)
    sums: list[tuple[tuple[Point, Decimal], list[tuple[Point, Decimal]]]] = []
    for tie in relations.ties:
        if tie.kind == "sum" and all(variable < printed for _, variable in tie.terms):
            whole, *parts = dict.fromkeys(relations.quanta[variable] for _, variable in tie.terms)
            if {quantum for _, quantum in parts} == {whole[1]}:
                sums.append((whole, parts))
    for whole, parts in sorted(sums, key=lambda one: -abs(exact[one[0]])):
        quantum = whole[1]
        total = chosen.setdefault(whole, usual[whole])
        free = [part for part in parts if part not in chosen]
        floors = {part: (exact[part] / quantum).to_integral_value(ROUND_FLOOR) * quantum for part in free}
        missing = total - sum(chosen[part] for part in parts if part in chosen) - sum(floors.values())
        for part in sorted(free, key=lambda one: floors[one] - exact[one]):
            up = missing >= quantum and floors[part] != exact[part]
            chosen[part] = floors[part] + (quantum if up else 0)
            missing -= quantum if up else 0
    return {key: chosen.get(key, usual[key]) for key in exact}


def by_unit(part: RowForm | RowsForm) -> RowForm | RowsForm:
    """A list of functions as a list of units, each with its functions."""
    if not isinstance(part, RowsForm) or part.dimension != "function" or part.across or len(part.levels) < 2:
        return part
    return replace(part, dimension="agency", levels=(), across=(AxisForm("function", part.levels),), subtotals=True)


if __name__ == "__main__":
    sys.exit(main())
