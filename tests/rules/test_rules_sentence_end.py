"""Sentences without their full stop, and what has none because it is no sentence or is not over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_samples import disclosure

from mingzhang.cube import Paragraph, Source
from mingzhang.cube.disclosure import InputFile
from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Scan
from mingzhang.rules import run_rules

BODY = (
    "某市某局2024年收入预算100.00万元，比上年增加10.00万元。",
    "某市某局2024年支出预算100.00万元，比上年增加10.00万元。",
    "某市某局2024年没有使用政府性基金预算拨款安排的支出。",
    "某市某局2024年没有使用国有资本经营预算拨款安排的支出。",
    "某市某局2024年未安排购置车辆，未安排购置设备。",
    "截至2023年12月31日，某市某局共有车辆3辆。",
)
SIZE, LEFT, RIGHT = 12.0, 60.0, 540.0


def findings(*texts: str) -> list[Finding]:
    """Of the paragraphs, below others that end as they should; a title follows."""
    return of(disclosure(text=[(text, None) for text in (*BODY, "二、说明", *texts, "三、名词解释")]).text)


def of(paragraphs: tuple[Paragraph, ...]) -> list[Finding]:
    found = run_rules(replace(disclosure(), text=paragraphs))
    return [finding for finding in found if finding.rule == "sentence-end"]


def printed(text: str, top: float, left: float, right: float) -> Paragraph:
    """A paragraph of one line, or of several whose last ends at ``right``: where it begins and ends, and how wide it is."""
    first = Source(page=1, bbox=(left, top, left + SIZE, top + SIZE))
    wide = Source(page=1, bbox=(LEFT if right < left else left, top, RIGHT if right < left else right, top + SIZE))
    last = Source(page=1, bbox=(right - SIZE, top, right, top + SIZE))
    return Paragraph(text, first, ((0, first), (1, wide), (len(text) - 1, last)))


def on_a_page(text: str, right: float, next_left: float) -> list[Finding]:
    """Of a paragraph whose last line ends at ``right``, before one without a number that begins at ``next_left``."""
    indented = LEFT + 2 * SIZE
    others = [printed(body, 20.0 * row, indented, RIGHT) for row, body in enumerate(BODY)]
    flush = printed("某市某局按规定公开预算，接受监督。", 200.0, LEFT, RIGHT)
    following = printed("某市某局所属单位的预算一并公开，不另行说明。", 240.0, next_left, RIGHT)
    return of((*others, flush, printed(text, 220.0, indented, right), following))


@pytest.mark.parametrize(
    "text",
    [
        "某市某局2024年机关运行经费财政拨款预算12.00万元",
        "某市某局2024年没有使用一般公共预算安排的会议费",
        "单位价值100万元以上专用设备2023年末为0台（套）",
        "某市某局是某市人民政府的组成部门",
        "某市某局2024年会议费0.00万元，比上年下降100%",
        "某市某局按照全面实施预算绩效管理的要求，编制本年度绩效目标并公开",
    ],
)
def test_one_sentence_without_its_full_stop(text: str) -> None:
    (found,) = findings(text)
    assert (found.reported, found.expected) == (text[-6:], text[-6:] + "。")
    assert text[-6:] in found.message


@pytest.mark.parametrize(
    "text",
    [
        "某市某局2024年“三公”经费、会议费、培训费支出预算情况说明",
        "部门决算单位构成（仅有一个单位的部门，本部分为“机构设置”）情况",
        "附件：某市某局2024年部门预算公开表，共九张",
        "部门预算公开联系人：张某某，联系电话：010-00000000",
        "注：本表反映部门本年度收入支出情况，不含结转",
        "某市某局2024年预算支出主要用于以下几个方面，分别是",
        "（一）本年财政拨款收入841579.92万元",
        "某市某局无其他收入，也没有结转。（不涉及的不列）",
    ],
)
def test_what_is_no_sentence(text: str) -> None:
    assert not findings(text)


def test_a_document_that_ends_no_sentence() -> None:
    assert not of(disclosure(text=[(text.rstrip("。"), None) for text in BODY]).text)


def test_items_without_a_comma() -> None:
    items = [f"{number}.负责本市{what}管理和监督的具体工作。" for number, what in enumerate("甲乙丙丁", start=1)]
    (found,) = findings(*items[:2], items[2].rstrip("。"), items[3])
    assert "的具体工作”缺少句末标点" in found.message
    assert not findings(items[0], *(item.rstrip("。") for item in items[1:3]), items[3])


def test_an_item_of_a_list_whose_items_end_with_a_semicolon() -> None:
    items = [
        f"（{number}）负责本市{what}的管理，承担监督工作；" for number, what in zip("一二三四", "甲乙丙丁", strict=True)
    ]
    items[3] = items[3].rstrip("；") + "。"
    (found,) = findings(items[0], items[1].rstrip("；"), *items[2:])
    assert found.expected == "承担监督工作；"[-7:]


def test_a_heading_that_reads_like_a_sentence() -> None:
    heading = "（一）聚焦主责主业，全面提升本市社会保险服务水平"
    assert not findings(heading, BODY[0], heading.replace("一", "二", 1), BODY[1])


def test_the_last_line_ends_short_of_the_margin() -> None:
    text = "某市某局2024年未安排会议费，也未安排培训费"
    assert len(on_a_page(text, right=300.0, next_left=LEFT + 2 * SIZE)) == 1
    assert len(on_a_page(text, right=RIGHT, next_left=LEFT + 2 * SIZE)) == 1


def test_a_sentence_that_the_next_line_goes_on_with() -> None:
    text = "某市某局2024年未安排会议费，也未安排培训费"
    assert not on_a_page(text, right=RIGHT, next_left=LEFT)
    assert not on_a_page(text, right=300.0, next_left=LEFT)


def test_what_is_read_from_a_picture_may_have_lost_its_stop() -> None:
    picture = Source(page=1, scan=Scan(0.99))
    text = "某市某局2024年未安排会议费，也未安排培训费"
    body = tuple(Paragraph(words, Source(page=1)) for words in BODY)
    assert len(of((*body, Paragraph(text, Source(page=1))))) == 1
    assert not of((*body, Paragraph(text, picture)))


def test_a_paragraph_before_one_without_a_number_where_paragraphs_are_whole() -> None:
    lines = (*BODY, "某市某局2024年未安排会议费，也未安排培训费", "其中：本级未安排，所属单位也未安排。")
    text = tuple(Paragraph(words, Source(line=number)) for number, words in enumerate(lines, start=1))
    for kind, found in (("html", 1), ("docx", 1), ("txt", 0)):
        file = InputFile(f"示例.{kind}", "0" * 64, kind)
        findings = run_rules(replace(disclosure(), text=text, files=(file,)))
        assert len([finding for finding in findings if finding.rule == "sentence-end"]) == found, kind


@pytest.mark.parametrize(("right", "rule"), [(300.0, "sentence-end"), (RIGHT, "text-cut")])
def test_at_the_end_of_a_page_it_lacks_its_stop_or_more(right: float, rule: str) -> None:
    body = tuple(printed(text, 20.0 * row, LEFT + 2 * SIZE, RIGHT) for row, text in enumerate(BODY))
    last = printed("某市某局2024年未安排会议费，也未安排培训费", 200.0, LEFT + 2 * SIZE, right)
    following = Paragraph("二、名词解释", Source(page=2, bbox=(LEFT, 20.0, 200.0, 32.0)))
    found = run_rules(replace(disclosure(), text=(*body, last, following), pages=2))
    assert [finding.rule for finding in found if finding.rule in ("sentence-end", "text-cut")] == [rule]
