"""预算 without a word which: that of the beginning of the year, or the adjusted one, as the figures agree."""

from __future__ import annotations

import pytest
from recognition_samples import read

from mingzhang.checking import check
from mingzhang.cube.point import Point

HEAD = "某某县某某局2024年度部门决算公开\n\n"
TABLE = """财政拨款“三公”经费支出决算表

单位：万元

项目\t年初预算数\t全年预算数\t决算数
“三公”经费合计\t10.00\t8.00\t6.00
公务接待费\t10.00\t8.00\t6.00

"""
SAID = "公务接待费支出决算6.00万元，{words}。\n"


def stages(words: str) -> tuple[set[str | None], list[str]]:
    disclosure = read(HEAD + TABLE + SAID.format(words=words))
    rights = {claim.right.stage for claim in disclosure.claims if isinstance(claim.right, Point)}
    notes = [note for note in disclosure.notes if "哪个预算" in note]
    return rights, notes


@pytest.mark.parametrize(
    "words", ["比预算减少4.00万元", "比预算减少40.00%", "完成预算的60.00%", "比年初预算减少2.00万元"]
)
def test_it_is_that_of_the_beginning_where_that_agrees_or_is_said(words: str) -> None:
    assert stages(words) == ({"budget"}, [])


@pytest.mark.parametrize(
    "words", ["比预算减少2.00万元", "比预算减少25.00%", "完成预算的75.00%", "决算数小于预算数2.00万元"]
)
def test_it_is_the_adjusted_one_where_only_that_agrees(words: str) -> None:
    found, notes = stages(words)
    assert found == {"adjusted"}
    assert len(notes) == 1
    assert not [f for f in check(read(HEAD + TABLE + SAID.format(words=words))).findings if "预算减少" in f.message]


def test_where_neither_agrees_it_is_a_suspicion() -> None:
    disclosure = read(HEAD + TABLE + SAID.format(words="比预算减少3.00万元"))
    assert [f.level for f in check(disclosure).findings if f.rule == "change"] == ["warning"]
    said = read(HEAD + TABLE + SAID.format(words="比年初预算减少3.00万元"))
    assert [f.level for f in check(said).findings if f.rule == "change"] == ["error"]
