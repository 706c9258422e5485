"""Documents for the tests of reconciliation: text in, outcome and findings out; edits by table and row."""

from __future__ import annotations

import re
from collections.abc import Callable

from mingzhang.cube.finding import Finding
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.reconciliation import Reconciliation, findings_of, reconcile

HEAD = "某某县某某局2024年部门预算公开\n\n"
Rows = list[list[str]]


def check_text(text: str) -> tuple[Reconciliation, tuple[Finding, ...]]:
    """The outcome over the text of a file, and what is told of it."""
    outcome = reconcile(recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64))))
    return outcome, findings_of(outcome)


def findings(text: str) -> tuple[Finding, ...]:
    """What is told of the budget of that text, which wants its title."""
    return check_text(HEAD + text)[1]


def with_table(text: str, number: int, edit: Callable[[Rows], Rows]) -> str:
    """The text with the rows of its table of that number (the contents are 0) edited."""
    pieces = re.split(r"((?:^[^\n]*\t[^\n]*\n?)+)", text, flags=re.MULTILINE)
    place = 2 * number + 1
    rows = [line.split("\t") for line in pieces[place].rstrip("\n").split("\n")]
    pieces[place] = "\n".join("\t".join(row) for row in edit(rows)) + "\n"
    return "".join(pieces)


def without_row(label: str) -> Callable[[Rows], Rows]:
    """An edit: the row with that first cell is lost."""

    def edit(rows: Rows) -> Rows:
        assert sum(row[0] == label for row in rows) == 1, label
        return [row for row in rows if row[0] != label]

    return edit


def exchanged_columns(left: int, right: int, header: int) -> Callable[[Rows], Rows]:
    """An edit: the figures of two columns (from 0) stand under each other's header."""

    def edit(rows: Rows) -> Rows:
        for row in rows[header:]:
            row += [""] * (right + 1 - len(row))
            row[left], row[right] = row[right], row[left]
        return rows

    return edit


def exchanged_rows(upper: str, lower: str, first: int) -> Callable[[Rows], Rows]:
    """An edit: the figures (from column ``first``) of two rows stand on each other's row."""

    def edit(rows: Rows) -> Rows:
        one = next(row for row in rows if upper in row[:first])
        other = next(row for row in rows if lower in row[:first])
        one[first:], other[first:] = other[first:], one[first:]
        return rows

    return edit


def cell(label: str, column: int, new: str) -> Callable[[Rows], Rows]:
    """An edit: another text in one cell."""

    def edit(rows: Rows) -> Rows:
        row = next(row for row in rows if label in row[:2])
        assert row[column] != new
        row[column] = new
        return rows

    return edit
