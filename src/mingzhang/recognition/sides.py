"""The sides of a table: what closes one, what a total of it takes in, whether its rows tell the carry-over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mingzhang.recognition.header import NUMBERING, Column, decimal_of, is_index_row, is_total_label
from mingzhang.recognition.labels import numbering
from mingzhang.recognition.matrix import Matrix
from mingzhang.recognition.rows import RowMeaning
from mingzhang.recognition.vocabulary import fold, parse_phrase

_DASH = re.compile(r"[-－—–―─]+\Z")
_NOUGHT = re.compile(r"0(?:\.0+)?\Z")


def reaching_over(blocks: list[list[Column]], meanings: list[RowMeaning], texts: Sequence[str]) -> list[RowMeaning]:
    """公用经费合计 over two blocks of classes: its amount stands at the end of the last of them."""
    settled = list(meanings)
    for index in range(1, len(blocks)):
        before, here = blocks[index - 1], blocks[index]
        bare = not any(texts[column.index] for column in here if column.role != "amount")
        filled = any(texts[column.index] for column in before if column.role == "amount")
        alike = [c.point for c in before if c.role == "amount"] == [c.point for c in here if c.role == "amount"]
        if bare and not filled and alike and parse_phrase(settled[index - 1].name or "").total:
            settled[index], settled[index - 1] = settled[index - 1], RowMeaning("note")
    return settled


def closings(matrix: Matrix, body: range, block: list[Column]) -> int:
    """How many rows close a side of the table: 小计 or 合计 of this year, and 总计 with the carry-over."""
    labels = [column.index for column in block if column.role in ("name", "label", "project")][:1]
    texts = [matrix.own_text(row, column) for column in labels for row in body]
    flows = (parse_phrase(text) for text in texts)
    whole = sum(p.understood and p.point.keys() == {"flow"} and p.point["flow"] in ("sources", "uses") for p in flows)
    return whole + sum(is_total_label(text) for text in texts)


def edges(matrix: Matrix, body: range) -> set[int]:
    """The first and the last row of several: there alone may a total stand without the word."""
    filled = [row for row in body if any(matrix.own[row]) and not is_index_row(matrix.own[row])]
    return {filled[0], filled[-1]} if len(filled) > 2 else set()


def preprinted(matrix: Matrix, body: range, block: list[Column]) -> frozenset[tuple[int, int]]:
    """Dashes in a numbered row that only heads those below it (一、机关运行经费 —): no figure belongs there.

    They are of the form where noughts are printed as such. Row and column of each.
    """
    labels = [column.index for column in block if column.role in ("name", "label", "project")][:1]
    sums = [column.index for column in block if column.role == "amount"]
    texts = [matrix.own_text(row, column) for row in body for column in sums]
    if not any(map(_DASH.match, texts)):
        return frozenset()
    untold = _untold(matrix, body, block)
    if not labels or not any(_NOUGHT.match(text) for text in texts):
        return untold
    named = [(row, numbering(text)[0]) for row in body if (text := matrix.text(row, labels[0]))]
    return untold | frozenset(
        (row, column)
        for (row, level), (_, below) in pairwise(named)
        if 0 < level < below
        for column in sums
        if _DASH.match(matrix.own_text(row, column))
    )


def _untold(matrix: Matrix, body: range, block: list[Column]) -> frozenset[tuple[int, int]]:
    """Dashes at one stage in all rows of a part of a table, where another stage has amounts: 年初预算 by economic class.

    Elsewhere the column has amounts, so that nought in all these rows would not add up to them.
    """
    amounts = [column for column in block if column.role == "amount"]
    found: set[tuple[int, int]] = set()
    for column in amounts:
        others = [each for each in amounts if each.point.get("stage") != column.point.get("stage")]
        if not others:
            continue
        runs: list[list[int]] = [[]]
        for row in body:
            if _DASH.match(matrix.own_text(row, column.index)):
                runs[-1].append(row)
            elif runs[-1] and any(matrix.own_text(row, each.index) for each in amounts):
                runs.append([])
        told = any(decimal_of(matrix.own_text(row, column.index)) for row in body)
        for run in runs:
            spent = sum(any(decimal_of(matrix.own_text(row, each.index)) for each in others) for row in run)
            if told and spent > 2:
                found |= {(row, column.index) for row in run}
    return frozenset(found)


def totals(matrix: Matrix, body: range, block: list[Column]) -> list[str]:
    """The labels of totals in a block."""
    return [
        fold(text)
        for column in block
        if column.role in ("name", "label", "project", "agency") or column.role.startswith("code")
        for row in range(matrix.height)
        if is_total_label(text := matrix.own_text(row, column.index))
    ]


def with_carry_over(matrix: Matrix, body: range, block: list[Column]) -> list[Column]:
    """A side of income with no row for 上年结转 nor for 本年收入: what was carried in is counted within each fund."""
    flows = {column.point.get("flow") for column in block if column.role == "amount"}
    if flows == {"sources"} and tells_carry_over(matrix, body, block):
        # 收入预算 over a side whose rows tell this year's income from the carry-over.
        return [
            replace(column, point={**column.point, "flow": "income"}) if column.role == "amount" else column
            for column in block
        ]
    if flows != {"income"} or tells_carry_over(matrix, body, block):
        return block
    return [
        replace(column, point={**column.point, "flow": "sources"}) if column.role == "amount" else column
        for column in block
    ]


def tells_carry_over(matrix: Matrix, body: range, block: list[Column]) -> bool:
    """Whether the rows of a side set this year's income apart from what was carried in."""
    if any("本年" in text for column in block for text in column.path):
        return True
    for column in block:
        if column.role in ("label", "name", "project"):
            for row in body:
                flow = parse_phrase(NUMBERING.sub("", matrix.own_text(row, column.index))).point.get("flow")
                if flow in ("carried_in", "balance_used", "income"):
                    return True
    return False
