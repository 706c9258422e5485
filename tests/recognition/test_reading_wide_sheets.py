"""Sheets too wide and too long for a page: printed down, then over; the parts are one table."""

from __future__ import annotations

import pytest
from handmade import Page, make_pdf
from recognition_samples import named

from mingzhang.checking import check
from mingzhang.cube import Disclosure
from mingzhang.documents.pdf import read_pdf
from mingzhang.recognition import recognise

CLASSES = [
    ("207", "文化旅游体育与传媒支出", 90, 60),
    ("20701", "文化和旅游", 90, 60),
    ("2070101", "行政运行", 90, 0),
    ("2070199", "其他文化和旅游支出", 0, 60),
    ("208", "社会保障和就业支出", 30, 0),
    ("20801", "人力资源和社会保障管理事务", 30, 0),
    ("2080101", "行政运行", 30, 0),
    ("", "合计", 120, 60),
]
TOP, HIGH = 100.0, 20.0


def money(amount: float) -> str:
    return f"{amount:.2f}"


def heights(rows: int) -> list[float]:
    return [TOP + HIGH * row for row in range(rows + 1)]


def left(rows: list[tuple[str, str, int, int]], *, head: bool = True, numbers: bool = False) -> Page:
    """Codes, names, the total and the first column of 基本支出; the number of the table stands at the left."""
    xs = [50.0, 120.0, 320.0, 420.0, 520.0]
    page = Page().text(50, 60, "表3")
    body = [[code, name, money(b + p), money(b)] for code, name, b, p in rows]
    ys = heights(len(body) + (2 + numbers if head else 0))
    if head:
        page.line(xs[0], ys[0], xs[-1], ys[0])
        page.line(xs[3], ys[1], xs[-1], ys[1])
        for y in ys[2:]:
            page.line(xs[0], y, xs[-1], y)
        for x in xs:
            page.line(x, ys[0], x, ys[-1])
        for x, text in zip(xs, ("科目编码", "科目名称", "合计"), strict=False):
            page.text(x + 3, ys[1] + 5, text)
        page.text(xs[3] + 3, ys[1] - 6, "基本支")
        page.text(xs[3] + 3, ys[2] - 6, "小计")
        if numbers:
            page.rows(xs, ys[2:4], [["1", "2", "3", "4"]])
        return page.rows(xs, ys[2 + numbers :], body)
    return page.grid(xs, ys).rows(xs, ys, body)


def right(rows: list[tuple[str, str, int, int]], *, head: bool = True, numbers: bool = False) -> Page:
    """The rest of 基本支出, and 项目支出, which is not subdivided; title and unit stand here."""
    xs = [50.0, 150.0, 250.0, 350.0]
    page = Page().text(80, 60, "部门支出总表").text(260, 80, "单位：万元")
    body = [[money(b - 1 if b else 0), money(1 if b else 0), money(p)] for _, _, b, p in rows]
    ys = heights(len(body) + (2 + numbers if head else 0))
    if head:
        page.line(xs[0], ys[0], xs[-1], ys[0])
        page.line(xs[0], ys[1], xs[2], ys[1])
        for y in ys[2:]:
            page.line(xs[0], y, xs[-1], y)
        for x in (xs[0], xs[2], xs[3]):
            page.line(x, ys[0], x, ys[-1])
        page.line(xs[1], ys[1], xs[1], ys[-1])
        page.text(xs[0] + 3, ys[1] - 6, "出").text(xs[0] + 3, ys[2] - 6, "人员经费").text(
            xs[1] + 3, ys[2] - 6, "公用经费"
        )
        page.text(xs[2] + 3, ys[1] + 5, "项目支出")
        if numbers:
            page.rows(xs, ys[2:4], [["5", "6", "7"]])
        return page.rows(xs, ys[2 + numbers :], body)
    return page.grid(xs, ys).rows(xs, ys, body)


def read(*pages: Page) -> Disclosure:
    cover = Page().text(100, 100, "石塘县文化和旅游局2024年部门预算")
    return recognise(read_pdf(make_pdf(cover, *pages), "a.pdf", "0" * 64))


def told(disclosure: Disclosure) -> list[tuple[str, str]]:
    return [
        (" ".join(str(value) for value in named(each).values()), each.amount.printed)
        for each in disclosure.observations
        if each.amount.value
    ]


def wanted() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for code, _, basic, project in CLASSES:
        at = " ".join(filter(None, ("expenditure", code)))
        found += [(at, money(basic + project))]
        if basic:
            found += [(f"{at} basic", money(basic)), (f"{at} basic personnel", money(basic - 1))]
            found += [(f"{at} basic public", money(1))]
        found += [(f"{at} project", money(project))] if project else []
    return found


@pytest.mark.parametrize("numbers", [False, True])
@pytest.mark.parametrize("head", [False, True])
def test_down_then_over(head: bool, numbers: bool) -> None:
    upper, lower = CLASSES[:4], CLASSES[4:]
    disclosure = read(
        left(upper, numbers=numbers),
        left(lower, head=head, numbers=numbers and head),
        right(upper, numbers=numbers),
        right(lower, head=head, numbers=numbers and head),
    )
    assert [(table.title, table.number) for table in disclosure.tables] == [("部门支出总表", "表3")]
    assert told(disclosure) == wanted()
    assert not [item for item in disclosure.unread if item.kind == "amount"]


@pytest.mark.parametrize("shift", [0, 7])
def test_the_last_column_alone_on_its_page(shift: int) -> None:
    rows = [(c, n, b, p + shift if c == "2070199" else p) for c, n, b, p in CLASSES]
    xs = [50.0, 120.0, 320.0, 420.0, 520.0]
    ys = [TOP, *heights(len(CLASSES) + 2)[2:]]
    body = [["科目编码", "科目名称", "合计", "基本支出"], *([c, n, money(b + p), money(b)] for c, n, b, p in CLASSES)]
    strip = [["项目支出"], *([money(p)] for _, _, _, p in rows)]
    first = Page().text(50, 60, "部门支出总表").grid(xs, ys).rows(xs, ys, body)
    last = Page().text(50, 80, "单位：万元").grid(xs[:2], ys).rows(xs[:2], ys, strip)
    disclosure = read(first, last)
    if not shift:
        assert told(disclosure) == [item for item in wanted() if not item[0].endswith(("personnel", "public"))]
    found = [finding for finding in check(disclosure).findings if finding.level == "error"]
    assert [len(finding.suspects) for finding in found] == ([1] if shift else [])


@pytest.mark.parametrize("rest", ["出总表", "支出总表"])
def test_a_title_cut_by_the_edge_of_the_page(rest: str) -> None:
    """The character at the cut is on both pages, or on one."""
    pages = [left(CLASSES), right(CLASSES)]
    pages[0].text(477, 80, "部门支", size=14)
    pages[1].commands = [
        command for command in pages[1].commands if "部门支出总表".encode("utf-16-be").hex() not in command
    ]
    pages[1].text(50, 80, rest, size=14)
    disclosure = read(*pages)
    assert [(table.title, table.number) for table in disclosure.tables] == [("部门支出总表", "表3")]
    assert told(disclosure) == wanted()


def test_lines_at_one_height_that_make_no_title_stay() -> None:
    first, second = left(CLASSES), right(CLASSES)
    first.text(480, 80, "第1页")
    second.text(50, 80, "续前页")
    disclosure = read(first, second)
    assert {"第1页", "续前页"} <= {paragraph.text for paragraph in disclosure.text}
