"""A PDF disclosure of two pages, made by hand, with one wrong number; and the verdict on it."""

from __future__ import annotations

from pathlib import Path

from handmade import Page, make_pdf

from mingzhang.checking import check
from mingzhang.cube.verdict import Verdict
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

XS = (40, 120, 270, 360, 450, 540)
YS = tuple(range(180, 300, 20))
ROWS = (
    ("科目编码", "科目名称", "总计", "基本支出", "项目支出"),
    ("", "合计", "125.00", "100.00", "25.00"),
    ("208", "社会保障和就业支出", "120.00", "100.00", "20.00"),
    ("20801", "人力资源和社会保障管理事务", "120.00", "100.00", "20.00"),
    ("2080101", "行政运行", "120.00", "100.00", "20.00"),
)
WRONG = ("125.00", "25.00")


def pages(rotate: int = 0) -> tuple[Page, Page]:
    cover = Page().text(150, 300, "某某市某某局2024年部门预算公开", 16).text(100, 500, "2024年支出预算120.00万元。")
    table = Page(rotate=rotate).text(200, 120, "部门支出预算总表", 14).text(440, 160, "单位：万元")
    return cover, table.grid(XS, YS).rows(XS, YS, ROWS)


def write(folder: Path, rotate: int = 0) -> Path:
    place = folder / "预算.pdf"
    place.write_bytes(make_pdf(*pages(rotate)))
    return place


def verdict_on(place: Path) -> Verdict:
    return check(recognise(open_document(str(place))))
