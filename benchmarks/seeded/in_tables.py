"""Errors planted in tables."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

from mingzhang.classification import by_code, children
from mingzhang.cube import Observation
from mingzhang.cube.source import Source
from mingzhang.documents.model import Grid, Line
from seeded.edits import At, is_plain_row, with_block, with_cells, with_words, without_row
from seeded.planted import Planted
from seeded.subject import Subject


def _in_cell(subject: Subject, at: At, text: str) -> Planted:
    return Planted(with_cells(subject.document, {at: text}), (subject.place(at),), f"{subject.text(at)} → {text}")


def _amount_in_cell(subject: Subject, at: At, text: str) -> Planted:
    planted = _in_cell(subject, at, text)
    return replace(
        planted, unopposed=not subject.figures.contradict(at, text), slight=subject.figures.is_slight(at, text)
    )


def digit(subject: Subject, chance: random.Random) -> Planted | None:
    """One digit of an amount is another one."""
    if not subject.amounts:
        return None
    observation, at = chance.choice(subject.amounts)
    return _amount_in_cell(subject, at, other_digit(observation.amount.printed, chance))


def other_digit(printed: str, chance: random.Random) -> str:
    """The number with one random digit changed; a leading one does not become 0."""
    places = [index for index, character in enumerate(printed) if character.isdigit()]
    place = chance.choice(places)
    digits = [d for d in "0123456789" if d != printed[place] and not (place == places[0] and d == "0")]
    return printed[:place] + chance.choice(digits) + printed[place + 1 :]


def transposition(subject: Subject, chance: random.Random) -> Planted | None:
    """Two neighbouring digits exchanged."""
    fit = [(at, m) for o, at in subject.amounts for m in re.finditer(r"[1-9](?=(\d))", o.amount.printed)]
    fit = [(at, m) for at, m in fit if m[0] != m[1] and m[1] != "0"]
    if not fit:
        return None
    at, match = chance.choice(fit)
    printed = subject.text(at).strip()
    return _amount_in_cell(subject, at, printed[: match.start()] + match[1] + match[0] + printed[match.start() + 2 :])


def unit_slip(subject: Subject, chance: random.Random) -> Planted | None:
    """One amount typed in 元 where the table is in 万元."""
    fit = [(o, at) for o, at in subject.amounts if o.amount.unit.name == "万元"]
    if not fit:
        return None
    observation, at = chance.choice(fit)
    return _amount_in_cell(subject, at, f"{observation.amount.value * 10000:.2f}")


def blanked(subject: Subject, chance: random.Random) -> Planted | None:
    """An amount left out."""
    if not subject.amounts:
        return None
    _, at = chance.choice(subject.amounts)
    return _amount_in_cell(subject, at, "")


def table_unit(subject: Subject, chance: random.Random) -> Planted | None:
    """A table in 万元 says 元."""
    fit: list[tuple[At, str]] = []
    for number, block in enumerate(subject.document.blocks):
        if isinstance(block, Line):
            fit += [
                (At(number, m.start(1), m.end(1)), "元") for m in re.finditer(r"单\s*位\s*[:：]\s*(万元)", block.text)
            ]
    if not fit:
        return None
    at, words = chance.choice(fit)
    grid = next((n for n in range(at.block, len(subject.document.blocks)) if _is_grid(subject, n)), None)
    if grid is None or not any(cell.block == grid for _, cell in subject.amounts):
        return None
    within = subject.tables_at(grid)
    governed = [(o, cell) for o, cell in subject.amounts if o.source.table in within]
    places = (subject.place(at), *(o.source for o, _ in governed))
    unopposed = not any(subject.figures.printed_apart(cell) for _, cell in governed)
    return Planted(with_words(subject.document, at, words), places, "单位：万元 → 元", unopposed=unopposed)


def _is_grid(subject: Subject, number: int) -> bool:
    return isinstance(subject.document.blocks[number], Grid)


def _item_rows(subject: Subject) -> list[tuple[int, int, list[tuple[Observation, At]]]]:
    """(block, row, its amounts) of rows that stand alone."""
    rows: dict[tuple[int, int], list[tuple[Observation, At]]] = {}
    for observation, at in subject.amounts:
        if observation.point.measure == "amount":
            rows.setdefault((at.block, subject.row(at)), []).append((observation, at))
    found = []
    for (block, row), amounts in rows.items():
        grid = subject.document.blocks[block]
        if isinstance(grid, Grid) and is_plain_row(grid, row):
            found.append((block, row, amounts))
    return found


def row_dropped(subject: Subject, chance: random.Random) -> Planted | None:
    """A row of a class or item left out."""
    fit = [(b, r, a) for b, r, a in _item_rows(subject) if a[0][0].point.function or a[0][0].point.object]
    if not fit:
        return None
    block, row, amounts = chance.choice(fit)
    label = amounts[0][0].label
    within = subject.tables_at(block)
    gone = {o.source for o, _ in amounts}
    table = [o.source for o, _ in subject.amounts if o.source.table in within and o.source not in gone]
    table += [table.source for table in subject.disclosure.tables if table.id in within]
    point = amounts[0][0].point
    code = point.function or point.object or ""
    unopposed = not any(subject.figures.contradict(at, "") for _, at in amounts)
    document = without_row(subject.document, block, row)
    return Planted(document, tuple(table), f"少一行 {label}", (label, code), unopposed)


def rows_exchanged(subject: Subject, chance: random.Random) -> Planted | None:
    """The amounts of two neighbouring rows exchanged, one of which stands elsewhere too, or is a sum of others."""
    printed = Counter(o.point for o in subject.disclosure.observations)
    rows = {(block, row): amounts for block, row, amounts in _item_rows(subject)}
    fit = []
    for (block, row), amounts in rows.items():
        below = rows.get((block, row + 1), [])
        columns = [subject.column(at) for _, at in amounts]
        if below and columns == [subject.column(at) for _, at in below]:
            pairs = list(zip(amounts, below, strict=True))
            if any(
                a.amount.value != b.amount.value and max(printed[a.point], printed[b.point]) > 1
                for (a, _), (b, _) in pairs
            ):
                fit.append(pairs)
    if not fit:
        return None
    pairs = chance.choice(fit)
    texts = {p: subject.text(q) for (_, a), (_, b) in pairs for p, q in ((a, b), (b, a))}
    differing = [at for (a, x), (b, y) in pairs if a.amount.value != b.amount.value for at in (x, y)]
    places = tuple(subject.place(at) for at in differing)
    names = "、".join(o.label for o, _ in (pairs[0][0], pairs[0][1]))
    return _exchanged(subject, texts, places, f"两行互换 {names}", whole=False)


def _exchanged(
    subject: Subject, texts: dict[At, str], places: tuple[Source, ...], change: str, *, whole: bool
) -> Planted:
    """Figures that stand where others did. Sums within ``whole`` columns hold as before: there only other blocks speak."""
    figures = subject.figures
    moved = [(at, text) for at, text in texts.items() if text != subject.text(at) and figures.at(at) is not None]
    against = any(figures.printed_apart(at) if whole else figures.contradict(at, text) for at, text in moved)
    return Planted(with_cells(subject.document, texts), places, change, unopposed=not against)


def columns_exchanged(subject: Subject, chance: random.Random) -> Planted | None:
    """The amounts of two columns exchanged, on all pages of the table."""
    columns: dict[tuple[str | None, int], dict[tuple[int, int], At]] = {}
    for observation, at in subject.amounts:
        place = at.block, subject.row(at)
        columns.setdefault((observation.source.table, subject.column(at)), {})[place] = at
    fit = []
    for (table, column), cells in columns.items():
        other = columns.get((table, column + 1))
        if other and len(set(cells) | set(other)) > 1:
            fit.append((column, sorted(set(cells) | set(other))))
    if not fit:
        return None
    column, rows = chance.choice(fit)
    texts: dict[At, str] = {}
    for block, row in rows:
        left, right = subject.cell_at(block, row, column), subject.cell_at(block, row, column + 1)
        if left is None or right is None:
            return None
        texts |= {left: subject.text(right), right: subject.text(left)}
    differing = [at for at, text in texts.items() if text != subject.text(at)]
    if not differing:
        return None
    places = tuple(subject.place(at) for at in differing)
    return _exchanged(subject, texts, places, f"第{column + 1}、{column + 2}列互换", whole=True)


def _classes(subject: Subject) -> list[tuple[str, str, At]]:
    """(code, name, cell of the name) of the rows that print a function code and its name in cells of their own."""
    rows = {(o.source.table, o.source.row): at for o, at in subject.amounts}
    found = []
    for table in subject.disclosure.tables:
        for row in table.rows:
            amount = rows.get((row.source.table, row.source.row))
            if row.point.function is None or row.code is None or row.name is None or amount is None:
                continue
            grid = subject.document.blocks[amount.block]
            assert isinstance(grid, Grid)
            name = re.sub(r"\s", "", row.name)
            for index, cell in enumerate(grid.cells):
                if cell.row == subject.row(amount) and re.sub(r"\s", "", cell.text) == name and len(name) > 3:
                    found.append((row.point.function, name, At(amount.block, index)))
    return found


def name_of_another(subject: Subject, chance: random.Random) -> Planted | None:
    """A class printed under the name of one of its siblings."""
    year = subject.disclosure.year
    fit = []
    for code, name, at in _classes(subject):
        siblings = {
            entry.name
            for sibling in (children("function", code[:-2], year) if len(code) > 3 else ())
            for entry in by_code("function", sibling, year)
            if sibling != code and entry.status == "verified"
        }
        fit += [(at, other) for other in sorted(siblings - {name}) if len(other) > 3][:3]
    if not fit:
        return None
    at, name = chance.choice(fit)
    return Planted(with_cells(subject.document, {at: name}), subject.row_places(at), f"{subject.text(at)} → {name}")


_WHOLE_WEIGHT = 100


def weight(subject: Subject, chance: random.Random) -> Planted | None:
    """The weight of an indicator is another one, so that they no longer add up to 100."""
    fit = []
    for observation in subject.disclosure.observations:
        if observation.origin == "table" and observation.point.measure == "weight" and observation.amount.value:
            at = subject.cell_of(observation.source, observation.amount.printed)
            if at is not None:
                fit.append((at, observation))
    if not fit:
        return None
    at, observation = chance.choice(fit)
    sheet = [
        o.source
        for o in subject.disclosure.observations
        if o.point.measure == "weight" and o.source.table == observation.source.table
    ]
    total = sum(o.amount.value for o in subject.disclosure.observations if o.source in sheet)
    more = [number for number in (5, 10) if total + number != _WHOLE_WEIGHT]
    text = f"{observation.amount.value + chance.choice(more)}"
    planted = _in_cell(subject, at, text)
    return Planted(planted.document, (*planted.places, *sheet), planted.change)


def markup(subject: Subject, chance: random.Random) -> Planted | None:
    """A line break of HTML left in a text of a table."""
    fit = [
        At(number, index)
        for number, block in enumerate(subject.document.blocks)
        if isinstance(block, Grid)
        for index, cell in enumerate(block.cells)
        if len(re.findall(r"[\u4e00-\u9fff]", cell.text)) > 12
    ]
    if not fit:
        return None
    at = chance.choice(fit)
    text = subject.text(at)
    planted = _in_cell(subject, at, text[:6] + chance.choice(("&nbsp;", "<br>", "</p>")) + text[6:])
    return Planted(planted.document, subject.row_places(at), planted.change)


def statement_lost(subject: Subject, chance: random.Random) -> Planted | None:
    """The statement below an empty table is left out."""
    printed = Counter(o.source.table for o in subject.disclosure.observations if o.amount.value)
    fit = []
    for table in subject.disclosure.tables:
        if printed[table.id]:
            continue
        said = [p for p in table.remarks if re.search(r"无|没有|空表|未安排|不涉及", p.text)]
        if len(said) == 1:
            fit += [
                (table, number)
                for number, block in enumerate(subject.document.blocks)
                if isinstance(block, Line) and block.text == said[0].text and block.source == said[0].source
            ]
    if not fit:
        return None
    table, number = chance.choice(fit)
    document = with_block(subject.document, number, None)
    # Where the narrative still says that there is nothing, only the form is wanting: a note.
    return Planted(document, (table.source,), "空表说明删去", (table.title,), also=("note",))


def table_lost(subject: Subject, chance: random.Random) -> Planted | None:
    """A table that the contents list is left out, with its title."""
    fit = []
    for table in subject.disclosure.tables:
        captions = {p.text for p in table.caption}
        numbers = [
            number
            for number, block in enumerate(subject.document.blocks)
            if (
                isinstance(block, Line)
                and block.text in captions
                and any(block.source == p.source for p in table.caption)
            )
        ]
        cells = {at.block for o, at in subject.amounts if o.source.table == table.id}
        if numbers and cells and any(table.title[-8:] in entry for entry in subject.disclosure.contents):
            fit.append((table, {*numbers, *cells}))
    if not fit:
        return None
    table, gone = chance.choice(fit)
    document = subject.document
    for number in sorted(gone, reverse=True):
        document = with_block(document, number, None)
    named = re.sub('[“”"]', "", table.title)  # as a contents page may have it
    return Planted(document, (), f"少一张表 {table.title}", (table.title, table.title[-8:], named))


TABLE_KINDS = {
    "一个数字录错": digit,
    "相邻数字颠倒": transposition,
    "单元格单位错（元）": unit_slip,
    "表的单位错（元）": table_unit,
    "漏填金额": blanked,
    "漏一行": row_dropped,
    "两行互换": rows_exchanged,
    "两列互换": columns_exchanged,
    "科目名称写成别的": name_of_another,
    "权重合计不为100": weight,
    "排版残留": markup,
    "空表说明丢失": statement_lost,
    "漏一张表": table_lost,
}
