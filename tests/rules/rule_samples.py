"""Small disclosures made by hand: what recognition would hold, without a file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mingzhang.cube import Amount, Disclosure, Observation, Paragraph, Point, Row, Source, Table, Unread, unit_named

CODED = (("科目编码",), ("科目名称",), ("合计",))


def table(
    id: str,
    title: str,
    rows: Sequence[tuple[str, str] | None] = (),
    *,
    page: int | None = None,
    header: tuple[tuple[str, ...], ...] = CODED,
    form: str | None = None,
    amounts: bool = True,
) -> Table:
    """A table of codes and names; ``None`` stands for a subtotal. Every amount is the row's number."""
    made: list[Row] = []
    for number, row in enumerate(rows, start=1):
        source = Source(page=page, table=id, row=number, column=1)
        amount = f"{number}.00" if amounts else ""
        if row is None:
            made.append(Row(("", "小计", amount), "total", source, name="小计"))
        else:
            made.append(Row((*row, amount), "item", source, *row))
    return Table(id, title, unit_named("万元"), Source(page=page, table=id), form, header, tuple(made))


def weight(table: str, row: int, value: str, project: str | None, label: str = "补助按时到位率") -> Observation:
    """The weight of one indicator."""
    amount = Amount(value, unit_named("%"), Decimal(value), 0)
    point = Point(measure="weight", project=project, indicator=label)
    return Observation(point, amount, Source(table=table, row=row, column=3), label=label)


def money(table: str, row: int, value: str) -> Observation:
    """An amount in 万元."""
    amount = Amount(value, unit_named("万元"), Decimal(value or "0"), 2)
    return Observation(Point(), amount, Source(table=table, row=row, column=3), label="合计")


def disclosure(
    *tables: Table,
    observations: Sequence[Observation] = (),
    contents: Sequence[str] = (),
    text: Sequence[tuple[str, int | None]] = (),
    notes: Sequence[str] = (),
    unread: Sequence[Unread] = (),
    year: int | None = 2024,
) -> Disclosure:
    """A disclosure of a budget; ``text`` holds paragraphs with their pages."""
    paragraphs = tuple(
        Paragraph(words, Source(page=page, line=number)) for number, (words, page) in enumerate(text, start=1)
    )
    return Disclosure(
        path="某单位.pdf",
        sha256="",
        title="某单位2024年部门预算",
        agency="某单位",
        year=year,
        stage="budget",
        region=None,
        pages=None,
        tables=tables,
        text=paragraphs,
        observations=tuple(observations),
        unread=tuple(unread),
        contents=tuple(contents),
        notes=tuple(notes),
    )
