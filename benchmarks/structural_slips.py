"""Slips of whole cells, rows, columns and tables, each planted at every place of the worked example that offers one.

``python benchmarks/structural_slips.py [--list]``; part of ``bench.py``. *Seen*: a finding that was not there before.
*Named*: it says what happened: this cell left blank, nought or in 元; this row lost; these rows or columns exchanged;
this table in the wrong unit. *Invisible*: what is printed remains consistent, proved exactly (two amounts that nothing
but their common sum speaks of are exchanged): no check of figures can see it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

import plain_checker
from mingzhang.checking import check
from mingzhang.cube import Disclosure, Observation
from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Source
from mingzhang.documents.model import Document, Grid
from mingzhang.recognition import recognise
from seeded.edits import At, is_plain_row, overlap, with_cells, with_words, without_row
from seeded.subject import Subject
from worked_example import example_document

Rows = dict[int, dict[int, tuple[Observation, At]]]


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip. It is named by a finding of ``rule`` (of any, if empty) that says all ``words``, or by the ``slip`` of a
    suspect at one of ``cells``."""

    kind: str
    change: str
    document: Document
    rule: str = ""
    words: tuple[str, ...] = ()
    cells: tuple[Source, ...] = ()
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one slip. ``consistent``: what is printed was proved consistent, exactly."""

    kind: str
    change: str
    seen: bool
    named: bool
    consistent: bool
    plain: bool
    told: tuple[str, ...] = ()


def slips(subject: Subject) -> Iterator[Slip]:
    """Every slip that the document offers a place for."""
    yield from _cells(subject)
    tables = _tables(subject)
    for block, rows in tables.items():
        yield from _rows(subject, block, rows)
        yield from _columns(subject, block, rows)
    yield from _units(subject, tables)


def _cells(subject: Subject) -> Iterator[Slip]:
    for observation, at in subject.amounts:
        if observation.point.measure != "amount":
            continue
        place = subject.place(at)
        name = f"{observation.label} {observation.amount.printed} ({place.describe()})"
        in_yuan = f"{observation.amount.value * 10_000:.2f}"
        for kind, text, words in (
            ("an amount left blank", "", "漏填"),
            ("an amount printed as 0.00", "0.00", "误作零"),
            ("an amount in 元 among 万元", in_yuan, "单位错用"),
        ):
            yield Slip(kind, name, with_cells(subject.document, {at: text}), cells=(place,), slip=words)


def _tables(subject: Subject) -> dict[int, Rows]:
    """For each grid its rows with amounts, and in each the amounts by column."""
    found: dict[int, Rows] = {}
    for observation, at in subject.amounts:
        if observation.point.measure == "amount":
            columns = found.setdefault(at.block, {}).setdefault(subject.row(at), {})
            columns[subject.column(at)] = (observation, at)
    return found


def _rows(subject: Subject, block: int, rows: Rows) -> Iterator[Slip]:
    grid = subject.document.blocks[block]
    assert isinstance(grid, Grid)
    plain = [row for row in sorted(rows) if is_plain_row(grid, row)]
    for row in plain:
        observation, _ = next(iter(rows[row].values()))
        point = observation.point
        code = point.function or point.object or point.gov_object
        if code is not None and len({o.point.flow for o, _ in rows[row].values()}) == 1:
            change = f"{observation.label} ({observation.source.table})"
            document = without_row(subject.document, block, row)
            # 缺少“30201 办公费”一行, 也可能是“302”之下缺少一行, 列有“30201”，却没有其上级科目“302”一行.
            yield Slip("a row left out", change, document, words=(code[:3], "缺少"))
    for upper, lower in pairwise(plain):
        for flow in {o.point.flow: None for row in (upper, lower) for o, _ in rows[row].values()}:
            one, other = (_on_side(rows[row], flow) for row in (upper, lower))
            if lower != upper + 1 or not one or not other:
                continue
            texts = _exchanged(subject, [((block, upper, c), (block, lower, c)) for c in sorted({*one, *other})])
            names = tuple(_name(next(iter(row.values()))[0]) for row in (one, other))
            if texts:
                change = f"{' / '.join(names)} ({next(iter(one.values()))[0].source.table})"
                document = with_cells(subject.document, texts)
                yield Slip("two rows exchanged", change, document, "rows-exchanged", names)


def _on_side(row: dict[int, tuple[Observation, At]], flow: str | None) -> dict[int, tuple[Observation, At]]:
    """The amounts of a row on one side of a table of income and expenditure."""
    return {column: found for column, found in row.items() if found[0].point.flow == flow}


def _name(observation: Observation) -> str:
    point = observation.point
    return point.function or point.object or point.gov_object or observation.label


def _exchanged(subject: Subject, pairs: list[tuple[tuple[int, int, int], tuple[int, int, int]]]) -> dict[At, str]:
    """The texts of cells (block, row, column) exchanged in pairs; nothing if that changes nothing."""
    texts: dict[At, str] = {}
    for left, right in pairs:
        one, other = subject.cell_at(*left), subject.cell_at(*right)
        if one is not None and other is not None:
            texts |= {one: subject.text(other), other: subject.text(one)}
    changes = any(text.strip() != subject.text(at).strip() for at, text in texts.items())
    return texts if changes else {}


def _columns(subject: Subject, block: int, rows: Rows) -> Iterator[Slip]:
    columns = sorted({column for row in rows.values() for column in row})
    for left, right in combinations(columns, 2):
        flows = {row[column][0].point.flow for row in rows.values() for column in (left, right) if column in row}
        texts = _exchanged(subject, [((block, row, left), (block, row, right)) for row in rows])
        if texts and len(flows) == 1:
            change = f"{_table_of(rows)}: columns {left + 1} and {right + 1}"
            yield Slip("two columns exchanged", change, with_cells(subject.document, texts), "columns-exchanged")


def _units(subject: Subject, tables: dict[int, Rows]) -> Iterator[Slip]:
    """The unit above each table that prints amounts: 元 in place of 万元."""
    blocks = subject.document.blocks
    for block in tables:
        for number in range(block - 1, -1, -1):
            line = blocks[number]
            if isinstance(line, Grid):
                break
            if "万元" in line.text and "位" in line.text:
                start = line.text.index("万元")
                document = with_words(subject.document, At(number, start, start + 2), "元")
                title = next(t.title for t in subject.disclosure.tables if t.id == _table_of(tables[block]))
                places = tuple(subject.place(at) for row in tables[block].values() for _, at in row.values())
                yield Slip(
                    "a table of 万元 headed 元", title, document, "table-unit", (title[-8:],), places, "单位错用"
                )
                break
        else:
            continue


def _table_of(rows: Rows) -> str | None:
    return next(iter(next(iter(rows.values())).values()))[0].source.table


def outcome_of(slip: Slip, subject: Subject) -> Outcome:
    """Read, checked and compared with the document as it was."""
    disclosure = recognise(slip.document)
    verdict = check(disclosure)
    new = [f for f in verdict.findings if f.level != "note" and (f.rule, f.key, f.message) not in subject.known]
    named = any(_names(finding, slip) for finding in new)
    proof = verdict.proof
    told = tuple(f"[{finding.rule}] {finding.message}" for finding in new[:3])
    plain = _sums(disclosure) - _sums(subject.disclosure)
    consistent = proof.consistent is True and proof.verified_exactly
    return Outcome(slip.kind, slip.change, bool(new), named, consistent, bool(plain), told)


def _sums(disclosure: Disclosure) -> frozenset[tuple[tuple[object, Decimal], ...]]:
    """The alarms of the plain checker, by what is printed where: a lost row moves all that follow it."""
    return frozenset(
        tuple((disclosure.observations[c].point, disclosure.observations[c].amount.value) for c in alarm.cells)
        for alarm in plain_checker.alarms(disclosure)
    )


def _names(finding: Finding, slip: Slip) -> bool:
    if slip.words and finding.rule.startswith(slip.rule) and all(word in finding.message for word in slip.words):
        return True
    if slip.rule == finding.rule and not slip.words:
        return True
    return any(
        overlap(suspect.source, cell) and slip.slip in (suspect.slip or "")
        for suspect in finding.suspects
        for cell in slip.cells
    )


def of_share(document: Document, share: int, shares: int) -> list[Outcome]:
    """Every ``shares``-th slip, in a process of its own."""
    subject = Subject("", document)
    return [outcome_of(slip, subject) for number, slip in enumerate(slips(subject)) if number % shares == share]


def study(document: Document, listed: bool = False) -> None:
    """All slips, a line a kind; with ``listed`` those that are not seen, or not named."""
    shares = os.cpu_count() or 1
    with ProcessPoolExecutor(shares) as pool:
        parts = list(pool.map(of_share, [document] * shares, range(shares), [shares] * shares))
    outcomes = [outcome for part in parts for outcome in part]
    print("\nslips of whole cells, rows, columns and tables, at every place of the worked example")
    print(f"  {'':<28}{'planted':>8}{'invisible':>11}{'seen':>10}{'named':>10}{'plain sees':>12}")
    for kind in dict.fromkeys(outcome.kind for outcome in sorted(outcomes, key=lambda o: o.kind)):
        of_kind = [outcome for outcome in outcomes if outcome.kind == kind]
        hidden = [o for o in of_kind if not o.seen and o.consistent]
        visible = [o for o in of_kind if o.seen or not o.consistent]
        seen, named, plain = (sum(flags) for flags in zip(*((o.seen, o.named, o.plain) for o in visible), strict=True))
        count = len(visible) or 1
        print(
            f"  {kind:<28}{len(of_kind):>8}{len(hidden):>11}{seen / count:>10.2%}{named / count:>10.2%}"
            f"{plain / count:>12.2%}"
        )
        for outcome in of_kind if listed else ():
            if not outcome.seen or not outcome.named:
                state = (
                    "invisible"
                    if not outcome.seen and outcome.consistent
                    else "NOT SEEN"
                    if not outcome.seen
                    else "not named"
                )
                print(f"      {state}: {outcome.change}")
                for told in outcome.told:
                    print(f"          {told[:220]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="those that are not seen, or not named")
    study(example_document(), parser.parse_args().list)
