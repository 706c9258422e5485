"""What a document is called: titles that the cover prints on one line or over several."""

from __future__ import annotations

import pytest

from mingzhang.recognition.identity import identify


@pytest.mark.parametrize(
    ("cover", "title"),
    [
        (["某某市某某局2026年部门预算", "目 录"], "某某市某某局2026年部门预算"),
        (["2026年度", "某某市某某局", "部门预算公开", "目 录"], "2026年度某某市某某局部门预算公开"),
        (["2026 年", "某某市某某监测", "与技术中心", "单位预算", "目 录"], "2026年某某市某某监测与技术中心单位预算"),
        (["某某省2018年度", "省级部门预算公开报表", "部 门：某某省某某厅"], "某某省2018年度省级部门预算公开报表"),
        (["2025年度", "某某县某某局", "部门决算", "目 录"], "2025年度某某县某某局部门决算"),
    ],
)
def test_title_of_a_cover(cover: list[str], title: str) -> None:
    assert identify([*cover, "第一部分 概况"], [], []).title == title


@pytest.mark.parametrize(
    "lines",
    [
        ["2026年2月", "某某市某某局", "目 录", "一、部门预算"],  # the contents are no part of the cover
        ["2026年，本局认真落实各项部署。", "部门预算"],
        ["2026年度", "第一部分 概况", "部门预算"],
        ["某某市某某局", "目 录"],
    ],
)
def test_no_title_is_made_up(lines: list[str]) -> None:
    assert identify(lines, [], []).title == ""
