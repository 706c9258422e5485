"""What stands beside the picture of a page: its tables, what their columns are, which numbers were not read, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang.publication.understanding import DrawnTable, Known, point_label

Panel = list[tuple[str, str]]
"""Texts, each with the name of its colour: plain, title, red, orange, grey."""

_LONGEST = 60
_MOST = 15  # numbers listed; the rest is counted


def panel_of(page: int, known: Known, tables: Sequence[DrawnTable], chinese: bool) -> Panel:
    """What is told beside a page, in Chinese, or in plain letters where there is no Chinese font."""
    lines: Panel = []
    for table in tables:
        lines += [*_table(table, chinese), ("", "plain")]
    lines += _counts(page, known, chinese)
    lines += _unread(page, known, chinese)
    return lines


def _table(drawn: DrawnTable, chinese: bool) -> Iterator[tuple[str, str]]:
    table = drawn.table
    if table is None:
        yield ("? 这一格没有识别为金额表" if chinese else "? no table of amounts"), "red"
        return
    going_on = "" if drawn.first else ("（续）" if chinese else " (continued)")
    title = table.title[:_LONGEST] + ("…" if len(table.title) > _LONGEST else "")
    yield f"{table.id}{going_on} {(title or '（无题）') if chinese else ''}".rstrip(), "title"
    if chinese and drawn.first:
        yield f"{table.unit.name if table.unit is not None else '无单位'}；{point_label(table.point)}", "plain"
        if table.form is not None:
            yield f"表样 {table.form}", "grey"
    for head in drawn.heads:
        yield (
            f"{head.column}  {head.words[0] if chinese else head.words[1]}",
            "red" if head.role == "unread" else "plain",
        )


def _counts(page: int, known: Known, chinese: bool) -> Panel:
    here = [o for key, o in known.observed.items() if key[0] == page]
    if not here:
        return []
    blank = sum(o.amount.is_blank for o in here)
    read = len(here) - blank
    return [(f"本页读入{read}个数，空白{blank}格" if chinese else f"{read} read, {blank} blank", "grey"), ("", "plain")]


def _unread(page: int, known: Known, chinese: bool) -> Panel:
    """The numbers that may be amounts and were not read, with the reason."""
    items = [item for key, item in known.unread.items() if key[0] == page and item.kind != "identifier"]
    items.sort(key=lambda item: item.source.bbox[1] if item.source.bbox is not None else 0.0)
    lines: Panel = []
    for item in items[:_MOST]:
        told = f"未读 {item.printed}：{item.reason}" if chinese else f"unread {item.printed}"
        lines.append((told, "red" if item.source.table is not None and item.kind == "amount" else "orange"))
    if len(items) > _MOST:
        rest = len(items) - _MOST
        lines.append((f"……另有{rest}个未读数字" if chinese else f"... {rest} more unread", "grey"))
    return lines
