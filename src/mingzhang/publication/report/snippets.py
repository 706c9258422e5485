"""Evidence without pictures: the rows around a cell with the cell marked, or the sentence with its words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang.cube.disclosure import Disclosure, Table
from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Source
from mingzhang.publication.places import place_words
from mingzhang.publication.report.crops import places_of
from mingzhang.publication.report.markup import tag, words
from mingzhang.publication.report.table_view import header_rows

_AROUND = 2
_MOST_ROWS = 16
_MOST_SNIPPETS = 3
_LONGEST = 400
_COLUMNS_AROUND = 9


def snippets(disclosure: Disclosure, finding: Finding) -> str:
    """The evidence as HTML; empty where the finding has no place in a table or a sentence."""
    framed, against = places_of(finding)
    tables = {table.id: table for table in disclosure.tables}
    made: list[str] = []
    for name in dict.fromkeys(p.table for p in (*framed, *against) if p.table in tables and p.row is not None):
        table = tables[name or ""]
        made.append(_rows(table, [p for p in framed if p.table == name], [p for p in against if p.table == name]))
    texts = [place for place in (*framed, *against) if place.table is None]
    made += _sentences(disclosure, texts)
    return "".join(made[:_MOST_SNIPPETS])


def _rows(table: Table, framed: Sequence[Source], against: Sequence[Source]) -> str:
    numbers = [row.source.row or 0 for row in table.rows]
    wanted = [place.row or 0 for place in (*framed, *against)]
    shown = [
        index
        for index, number in enumerate(numbers)
        if any(abs(number - row) <= (_AROUND if row == wanted[0] else 0) for row in wanted)
    ][:_MOST_ROWS]
    if not shown:
        return ""
    columns = _columns(table, [place.column or 1 for place in (*framed, *against)])
    red = {(place.row, place.column) for place in framed}
    blue = {(place.row, place.column) for place in against}
    body: list[str] = []
    for position, index in enumerate(shown):
        if position and index > shown[position - 1] + 1:
            body.append(tag("tr", tag("td", "⋮", colspan=str(len(columns)))))
        row = table.rows[index]
        cells = []
        for column in columns:
            place = (row.source.row, column)
            kind = "here" if place in red else "against" if place in blue else ""
            text = row.texts[column - 1] if column <= len(row.texts) else ""
            cells.append(tag("td", words(text), kind))
        body.append(tag("tr", "".join(cells)))
    heads = [table.header[c - 1][-1] if c <= len(table.header) and table.header[c - 1] else "" for c in columns]
    top = "".join(tag("th", words(head)) for head in heads) if header_rows(table) else ""
    caption = f"《{words(table.title) or '无题表格'}》，红框为所指的数" + ("，蓝色虚框为与之对照的数" if blue else "")
    return tag(
        "figure",
        tag("div", f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(body)}</tbody></table>", "snippet")
        + tag("figcaption", caption),
    )


def _columns(table: Table, wanted: Sequence[int]) -> list[int]:
    """All columns of a narrow table; of a wide one those that name the row and those around the cells."""
    width = max([len(table.header), *(len(row.texts) for row in table.rows)])
    if width <= _COLUMNS_AROUND + 3:
        return list(range(1, width + 1))
    kept = {1, 2, 3, *(column + step for column in wanted for step in (-1, 0, 1))}
    return [column for column in sorted(kept) if 1 <= column <= width]


def _sentences(disclosure: Disclosure, places: Sequence[Source]) -> Iterator[str]:
    for place in dict.fromkeys(places):
        if not place.quote:
            continue
        text = next(
            (
                paragraph.text
                for paragraph in disclosure.text
                if place.quote in paragraph.text
                and (paragraph.source.file, paragraph.source.page, paragraph.source.line)
                == (place.file, place.page, place.line)
            ),
            place.quote,
        )
        yield tag("blockquote", _marked(text, place.quote) + tag("div", words(place_words(place)), "where"))


def _marked(text: str, quote: str) -> str:
    start = text.find(quote)
    before, after = text[:start], text[start + len(quote) :]
    if len(before) > _LONGEST:
        before = "…" + before[-_LONGEST:]
    if len(after) > _LONGEST:
        after = after[:_LONGEST] + "…"
    shown = quote if len(quote) <= 2 * _LONGEST else quote[: 2 * _LONGEST] + "…"
    return words(before) + tag("mark", words(shown)) + words(after)
