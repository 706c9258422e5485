"""The Chinese report: what it says first, what it leaves out, and that a pipe sees no colour."""

from __future__ import annotations

from dataclasses import replace

from verdict_samples import clean_verdict, verdict

from mingzhang.cube import Source
from mingzhang.cube.verdict import RelationCounts
from mingzhang.publication import Style, verdict_text
from mingzhang.publication.places import listed_places, place_words
from mingzhang.publication.terminal import clean, padded, width
from mingzhang.publication.verdict_words import title_of

REPORT = """\
某市某局2024年部门预算
单位：某市某局
年度：2024年年初预算
文件：预算.txt

结论：金额不自洽，有差额不能由四舍五入解释；发现1处错误、1处疑点，见下。

错误（1处）
  1. 下列数字中有一个不对。
     有2种可能，请对照原始数据判断是哪一种：
     (1) 《支出预算总表》第2行：1,396.07 → 1,396.08（似为一位数字有误）〔第5行〕
     (2) 《支出预算总表》第3行：1,396.07 → 1,396.09（似为一位数字有误）〔第6行〕
     相关位置：第1行

疑点（1处）
  1. 名称不一致。
     社会保障 → 社会保障和就业支出
     位置：第5行

四舍五入差额（6处，单独看可由四舍五入解释）
  1. 第1处相差0.01
  2. 第2处相差0.01
  3. 第3处相差0.01
  4. 第4处相差0.01
  5. 第5处相差0.01
     其余1处用 --verbose 或 --format json 查看

核对范围
  读到      1张表，3个数据（全文共5个数字，含编码、年份）
  核对      18条勾稽关系：相符10条，四舍五入可解释6条，不符2条
  未能核对  3条勾稽关系（所需的行、列或数字没有读到）
  无可对照  1个数据已读到，但没有其他数字可以与之核对
  未读懂    1个可能是金额的数字，没有参与核对
            没有认出这个数说的是什么：1个（如“88”，第7行）
  表格式    1张表对上了本地区的公开表格式
  说明      覆盖说明。
"""


def test_report_with_errors() -> None:
    assert verdict_text(verdict()) == REPORT


def test_findings_that_say_the_same_are_told_once_with_every_place() -> None:
    made = verdict()
    (name,) = [finding for finding in made.findings if finding.level == "warning"]
    places = [Source(line=line) for line in (5, 5, 9)]
    same = [replace(name, id=f"n{n}", places=(place,)) for n, place in enumerate(places)]
    other = replace(name, id="o", message="另一处名称不一致。", places=(Source(line=11),))
    text = verdict_text(replace(made, findings=(*same, other)))
    assert "疑点（4处）\n  1—3. 名称不一致。\n" in text
    assert "位置：第5行（2处）\n" in text
    assert "位置：第9行\n" in text
    assert "  4. 另一处名称不一致。\n" in text
    assert [line.strip() for line in verdict_text(replace(made, findings=tuple(same)), verbose=True).splitlines() if "编号" in line] == [
        "编号：n0", "编号：n1", "编号：n2",
    ]  # fmt: skip


def test_clean_report_states_the_proof() -> None:
    text = verdict_text(clean_verdict())
    assert "结论：金额自洽，6处差额均可由四舍五入解释（已逐一验证）；未发现差错。" in text
    assert "四舍五入差额（6处，均可由四舍五入解释，已逐一验证，不是差错）" in text
    assert "未读懂" not in text


def test_silence_is_never_a_pass() -> None:
    made = clean_verdict()
    nothing = replace(made, coverage=replace(made.coverage, relations=RelationCounts(0, 0, 0, 4)))
    assert "没有可以核对的勾稽关系" in verdict_text(nothing)
    blank = replace(made, coverage=replace(made.coverage, observations=0))
    assert "没有读到印有数字的金额" in verdict_text(blank)
    unknown = replace(made, proof=replace(made.proof, consistent=None))
    assert "金额是否自洽未能判定" in verdict_text(unknown)
    unproved = replace(made, proof=replace(made.proof, verified_exactly=False))
    assert "（未能逐一验证）" in verdict_text(unproved)


def test_what_is_missing_was_not_printed_blank() -> None:
    made = verdict()
    missing = replace(made.findings[1], reported=None)
    assert "社会保障和就业支出" not in verdict_text(replace(made, findings=(missing,)))
    blank = replace(made.findings[1], reported="")
    assert "空白 → 社会保障和就业支出" in verdict_text(replace(made, findings=(blank,)))


def test_verbose_leaves_nothing_out() -> None:
    text = verdict_text(verdict(), verbose=True)
    assert "第6处相差0.01" in text
    assert "其余" not in text
    assert "其他可能（涉及更多的数）：" in text
    assert "→ 7（似为一位数字有误）〔第5行〕；同时" in text


def test_colour_only_where_asked() -> None:
    assert "\x1b[31m结论" in verdict_text(verdict(), style=Style(colour=True))
    assert "\x1b[32m结论" in verdict_text(clean_verdict(), style=Style(colour=True))
    assert "\x1b" not in verdict_text(verdict())


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    made = verdict()
    hostile = replace(made, disclosure=replace(made.disclosure, title="标题\x1b[2J\n第二行\u202e"))
    first = verdict_text(hostile).splitlines()[0]
    assert first == "标题 [2J 第二行"
    assert clean("a\x00b\u2028c") == "a b c"


def test_places() -> None:
    assert place_words(Source(page=3, row=5, column=4)) == "第3页表内第5行第4列"
    assert place_words(Source(sheet="表三", cell="C7", row=7, column=3)) == "工作表“表三”C7单元格"
    assert place_words(Source(line=160, row=1)) == "第160行"
    assert place_words(Source(page=3)) == "第3页"
    assert place_words(Source()) == ""


def test_cells_one_below_the_other_are_told_as_one_place() -> None:
    column = [Source(page=1, table="t01", row=row, column=4) for row in (3, 4, 5, 7)]
    others = [Source(page=2, table="t01", row=8, column=4), Source(page=9), Source(page=9, bbox=(1, 2, 3, 4)), Source()]
    assert listed_places([*column, *others]) == (
        "第1页表内第3至5行第4列、第1页表内第7行第4列、第2页表内第8行第4列、第9页"
    )
    sheet = [Source(sheet="表三", cell=f"C{row}", table="t01", row=row, column=3) for row in (7, 8)]
    assert listed_places(sheet) == "工作表“表三”C7单元格、工作表“表三”C8单元格"
    assert listed_places([]) == ""


def test_a_document_without_a_title_goes_by_its_unit_and_year_or_its_name() -> None:
    made = replace(verdict().disclosure, title="")
    assert title_of(made) == "某市某局2024年年初预算"
    assert title_of(replace(made, agency=None)) == "预算"
    assert title_of(replace(made, title="某局预算")) == "某局预算"


def test_widths_count_wide_characters_twice() -> None:
    assert (width("读到ab"), width("（1）"), width("e\u0301")) == (6, 5, 1)
    assert padded("读到", 6) == "读到  "
