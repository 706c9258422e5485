"""How what we compose from the example's ledger differs from what was published: ``make example-diff``.

Tables: every amount of the published workbook against ours at the same point. Text, where the corpus is beside the
checkout: every number that the published narrative states against ours with the same subject. The ledger carries nothing
over, so that its 收入总计 and its 本年收入 are one subject.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from mingzhang.composition import compose
from mingzhang.composition.as_read import as_read
from mingzhang.cube import Disclosure, Observation, Point
from mingzhang.cube.names import point_words
from mingzhang.documents import open_document
from mingzhang.forms import load_form_sets
from mingzhang.ledgers import read_ledger
from mingzhang.recognition import recognise

ROOT = Path(__file__).resolve().parents[1]
WORKBOOK = ROOT / "examples" / "social_insurance_centre_2024.xlsx"
LEDGER = ROOT / "examples" / "social_insurance_centre_2024_ledger.xlsx"
CORPUS = ROOT.parent / "shared" / "corpus"


def composed() -> Disclosure:
    """What the example's ledger composes to."""
    forms = next(forms for forms in load_form_sets() if forms.id == "cq2024")
    return as_read(compose(read_ledger(LEDGER), forms))


def nothing_carried() -> bool:
    """Whether the ledger carries nothing in or out: all there is to spend is then the income of the year."""
    flows = {line.point.flow for line in read_ledger(LEDGER).lines if line.fen}
    return not flows & {"carried_in", "carried_out", "balance_used"}


def same_subject(point: Point) -> Point:
    """The point under which one subject is compared: without carry-over, 收入总计 is 本年收入."""
    return point.at(flow="income") if point.flow == "sources" else point


def money(disclosure: Disclosure, origin: str) -> Iterator[Observation]:
    """The amounts and changes of money of one origin."""
    for observation in disclosure.observations:
        if observation.origin == origin and observation.amount.unit.is_money:
            yield observation


def differences(published: Iterable[Observation], ours: Disclosure) -> list[tuple[Observation, Decimal | None]]:
    """The published amounts that ours does not have at the same point with the same value; ours, where it has one."""
    subject = same_subject if nothing_carried() else lambda point: point
    known: dict[Point, set[Decimal]] = {}
    for observation in ours.observations:
        known.setdefault(subject(observation.point), set()).add(observation.amount.value)
    found: list[tuple[Observation, Decimal | None]] = []
    for observation in published:
        values = known.get(subject(observation.point))
        if values is None and observation.amount.value == 0:
            continue
        if values is None or observation.amount.value not in values:
            found.append((observation, min(values) if values else None))
    return found


def main() -> int:
    """Print the differences; the status is 1 where there are any."""
    ours = composed()
    published = list(money(recognise(open_document(str(WORKBOOK))), "table"))
    tables = differences(published, ours)
    print(f"表格：已公布的{len(published)}个金额，{len(published) - len(tables)}个相同，{len(tables)}个不同。")
    _print(tables)
    source = next(CORPUS.glob("chongqing__*2024*.txt"), None)
    if source is None:
        print("文字：没有 ../shared/corpus，未比较。")
        return int(bool(tables))
    stated = list(money(recognise(open_document(str(source))), "text"))
    text = differences(stated, ours)
    print(f"文字：已公布的{len(stated)}个金额，{len(stated) - len(text)}个有同一事项的相同数字，{len(text)}个没有。")
    _print(text)
    return int(bool(tables or text))


def _print(found: list[tuple[Observation, Decimal | None]]) -> None:
    for observation, value in found:
        what = point_words(observation.point) + ("增减额" if observation.point.measure == "change" else "")
        print(f"  {what}：公布{observation.amount.printed}，编出{'没有' if value is None else value}")


if __name__ == "__main__":
    sys.exit(main())
