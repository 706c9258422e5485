"""A place in the document as a person points at it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePath

from mingzhang.cube.source import Source
from mingzhang.publication.terminal import clean


def place_words(source: Source) -> str:
    """第3页表内第5行第4列, 工作表“表三”C7单元格, 第160行."""
    parts: list[str] = [f"“{clean(PurePath(source.file).name)}”"] if source.file else []
    if source.sheet is not None:
        parts.append(f"工作表“{clean(source.sheet)}”" + (f"{source.cell}单元格" if source.cell else ""))
    elif source.line is not None:
        parts.append(f"第{source.line}行")
    else:
        page = f"第{source.page}页" if source.page is not None else ""
        row = f"第{source.row}行" if source.row is not None else ""
        column = f"第{source.column}列" if source.column is not None else ""
        cell = f"表内{row}{column}" if row or column else ""
        parts.append(f"{page}{cell}")
    return " ".join(part for part in parts if part)


def listed_places(places: Iterable[Source]) -> str:
    """Places one after the other, each once: 第1页表内第3至27行第4列、第24页."""
    found = [place for place in dict.fromkeys(places) if place_words(place)]
    runs: list[list[Source]] = [found[:1]] if found else []
    for before, place in pairwise(found):
        if _follows(before, place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return "、".join(dict.fromkeys(_run_words(run) for run in runs))


def _follows(before: Source, place: Source) -> bool:
    """Whether a cell is the one below, in a table that a person points at by row and column."""
    if place.row is None or before.row is None or place.sheet is not None or place.line is not None:
        return False
    where = [(each.file, each.page, each.table, each.column) for each in (before, place)]
    return where[0] == where[1] and place.row == before.row + 1


def _run_words(run: list[Source]) -> str:
    first, last = place_words(run[0]), run[-1].row
    return first if len(run) == 1 else first.replace(f"第{run[0].row}行", f"第{run[0].row}至{last}行", 1)
