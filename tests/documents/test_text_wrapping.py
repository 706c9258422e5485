"""Text files whose sentences are broken at one width are read as their paragraphs; every sentence is made up."""

from __future__ import annotations

import pytest

from mingzhang.documents.model import Document, Grid, Line
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.documents.wrapping import columns, own_width

PARAGRAPHS = [
    "某某县某某局2024年部门预算情况说明",
    "一、部门收支预算总体情况",
    "2024年收入预算总额812.40万元，比上年增加22.40万元，增长2.8%，其中：一般公共预算拨款收入800.40万元，其他收入12.00万元。",
    "2024年支出预算总额812.40万元，其中：基本支出612.40万元，占支出预算总额的75.4%，同比增加10.20万元，项目支出200.00万元，"
    "占支出预算总额的24.6%，同比增加12.20万元，主要原因是新增一个信息系统建设项目。",
    "二、“三公”经费情况",
    "1.公务接待费3.00万元，比上年减少1.00万元，主要原因是厉行节约，压减公务接待的批次和人次，严格控制陪餐人数。",
    "2.公务用车运行维护费9.00万元，与上年持平，主要用于车辆的燃油、维修、保险和过路过桥等方面的支出。",
    "三、其他重要事项",
    "本部门机关运行经费安排60.20万元，比上年减少2.10万元，下降3.4%，主要包括办公费、印刷费、差旅费、会议费、培训费、"
    "办公用房水电费、物业管理费以及其他日常公用方面的经费。",
    "单位：万元",
    "一般公共预算支出表",
]


def wrapped(width: int, indent: str = "") -> list[str]:
    """The paragraphs, each broken before what does not fit the width; numbers are not broken, commas do not begin a line."""
    lines = []
    for paragraph in PARAGRAPHS:
        line = indent
        token = ""
        for sign, following in zip(paragraph, [*paragraph[1:], ""], strict=True):
            token += sign
            if (sign.isascii() and following.isascii() and following) or (following and following in "，。、；：”"):
                continue
            if columns(line + token) > width:
                lines.append(line)
                line = ""
            line, token = line + token, ""
        lines.append(line)
    return lines


def read(lines: list[str]) -> Document:
    return read_text(RawFile("\n".join(lines).encode(), "示例.txt", "0" * 64))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


@pytest.mark.parametrize("indent", ["", "    ", "\u3000\u3000"])
@pytest.mark.parametrize("width", [44, 52, 60, 70, 78])
def test_paragraphs_are_found_again(width: int, indent: str) -> None:
    lines = wrapped(width, indent)
    assert len(lines) > len(PARAGRAPHS) + 4
    assert texts(read(lines)) == PARAGRAPHS


def test_a_joined_paragraph_knows_the_line_of_every_number() -> None:
    lines = wrapped(52)
    document = read(lines)
    paragraph = next(b for b in document.blocks if isinstance(b, Line) and "机关运行经费" in b.text)
    at = paragraph.text.index("下降3.4%")
    source = paragraph.source_at(at, at + 6)
    assert source.line is not None
    assert "下降3.4%" in lines[source.line - 1] + lines[source.line]


def test_paragraphs_that_are_not_broken_have_no_width() -> None:
    assert own_width(PARAGRAPHS * 5) is None
    assert texts(read(PARAGRAPHS * 5)) == PARAGRAPHS * 5


ROWS = ["基本支出 612.40 602.20 10.20 1.7%", "项目支出 200.00 187.80 12.20 6.5%", "合计 812.40 790.00 22.40 2.8%"]


def test_rows_of_amounts_stay_apart_whatever_their_width() -> None:
    wide = [row.replace("支出", "支出（含上年结转，不含非税）") for row in ROWS]
    assert texts(read([*wrapped(44), *wide]))[-len(wide) :] == wide
    assert texts(read([*wrapped(44), "功能科目，经济科目 1.00 2.00", "合计 1.00 2.00"]))[-2:] == [
        "功能科目，经济科目 1.00 2.00",
        "合计 1.00 2.00",
    ]


def test_tables_between_broken_lines_stay_tables() -> None:
    document = read([*wrapped(52), "项目\t金额", "基本支出\t612.40", *wrapped(52)])
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert grid.rows == 2
    assert texts(document) == PARAGRAPHS * 2


def test_a_line_that_ends_with_a_comma_goes_on() -> None:
    assert texts(read(["2024年支出预算200.00万元，", "其中：基本支出150.00万元。"])) == [
        "2024年支出预算200.00万元，其中：基本支出150.00万元。"
    ]
    assert texts(read(["负责登记、", "2.负责审核。"])) == ["负责登记、", "2.负责审核。"]


def test_a_full_stop_at_the_edge_does_not_part_what_leans_on_it() -> None:
    line = "公务接待费支出预算安排共计12.00万元，比上年少。"
    lines = wrapped(columns(line))
    assert texts(read([*lines, line, "主要原因是厉行节约。"]))[-1] == line + "主要原因是厉行节约。"
    assert texts(read([*lines, line, "本部门没有车辆。"]))[-2:] == [line, "本部门没有车辆。"]


def test_what_divides_at_the_edge_goes_on_with_its_parts() -> None:
    line = "机关事业单位基本养老保险缴费支出15.00万元，其中："
    lines = wrapped(columns(line))
    assert (
        texts(read([*lines, line, "基本支出15.00万元，没有项目支出。"]))[-1]
        == line + "基本支出15.00万元，没有项目支出。"
    )
