"""Tables of targets and lists of projects, as regions lay them out: amounts by their labels, units by their sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from recognition_samples import HEAD, figures, read

from mingzhang.cube.source import Source
from mingzhang.documents.model import Cell, Grid
from mingzhang.recognition.continuation import continues
from mingzhang.recognition.header import Column
from mingzhang.recognition.outline import headings
from mingzhang.recognition.rows import RowReader
from mingzhang.reconciliation import reconcile

INDICATORS = "一级指标\t二级指标\t三级指标\t实施周期指标值\t年度指标值\n产出指标\t数量指标\t检查次数\t12\t4\n"


def values(text: str) -> dict[str, str]:
    return {value: point for point, value in figures(read(text)) if "indicator" not in point}


def test_numbers_below_the_labels_of_their_columns() -> None:
    text = (
        HEAD + "部门整体支出绩效目标表\n单位：万元\n"
        "总体资金情况（万元）\t预算支出总额\t财政拨款\t基本支出\t项目支出\n"
        "\t300.00\t290.00\t200.00\t100.00\n" + INDICATORS
    )
    found = values(text)
    assert found["300.00"] == "flow=expenditure"
    assert found["290.00"] == "flow=expenditure,fund=fiscal"
    assert found["200.00"] == "flow=expenditure,nature=basic"
    assert found["100.00"] == "flow=expenditure,nature=project"


def test_the_amount_of_all_years_stands_beside_that_of_this_one() -> None:
    text = (
        HEAD + "财政项目支出绩效目标填报表\n单位：元\n项目名称\t修桥\n"
        "项目资金总额\t900.00\t年度资金申请总额\t300.00\n其中：财政资金\t900.00\t其中：当年财政拨款\t300.00\n"
        + INDICATORS
    )
    years = {str(o.amount.value): o.point.year for o in read(text).observations if o.point.project == "修桥"}
    assert (years["900.00"], years["300.00"]) == (None, 2024)


def test_what_an_amount_is_called_by_a_code_is_no_amount() -> None:
    text = HEAD + "部门整体支出绩效目标表\n单位：万元\n部门预算编码\t103\t资金总额\t50.00\n" + INDICATORS
    disclosure = read(text)
    assert [(u.printed, u.kind) for u in disclosure.unread if u.printed == "103"] == [("103", "identifier")]
    assert "50.00" in values(text)


def test_targets_of_the_period_are_not_those_of_the_year() -> None:
    text = HEAD + "部门整体支出绩效目标表\n单位：万元\n资金总额\t50.00\n" + INDICATORS
    targets = {str(o.amount.value): o.point.year for o in read(text).observations if o.point.measure == "target"}
    assert targets == {"12.0": None, "4.0": 2024}


def test_projects_whose_names_are_not_printed_are_not_the_whole() -> None:
    text = (
        HEAD + "项目支出绩效目标表\n单位：万元\n项目名称\t项目总额\t三级指标\t指标值\n"
        "\t65.50\t检查次数\t4\n\t29.70\t巡检次数\t5\n"
    )
    found = values(text)
    assert len({found["65.50"], found["29.70"]}) == 2
    assert all("project=#" in found[value] for value in ("65.50", "29.70"))


def test_a_heading_over_the_sentence_that_introduces_a_table_is_its_title() -> None:
    text = (
        HEAD
        + "七、重点项目预算绩效目标情况\n\n本部门重点项目绩效目标情况如下：\n\n项目\t预算数（单位：万元）\t绩效目标\n"
    )
    text += "河道清淤\t30.00\t改善水质，保障行洪。\n道路修补\t20.00\t保障道路畅通。\n"
    assert values(text) == {
        "30.00": "topic=performance,project=河道清淤",
        "20.00": "topic=performance,project=道路修补",
    }


LIST = "支出项目类别（资金使用单位）\t总计\t一般公共预算\n合计\t100.00\t100.00\n"


def test_units_are_told_by_their_sums_whatever_their_names() -> None:
    text = HEAD + "部门项目支出预算表\n单位：万元\n" + LIST
    text += "某局本级\t60.00\t60.00\n合作共建科学中心\t50.00\t50.00\n修缮\t10.00\t10.00\n"
    text += "第二水厂\t40.00\t40.00\n管网\t25.00\t25.00\n泵站\t15.00\t15.00\n"
    disclosure = read(text)
    units = {o.label for o in disclosure.observations if o.point.agency and not o.point.project}
    assert units == {"某局本级", "第二水厂"}
    assert reconcile(disclosure).certificate.consistent


def test_a_wrong_project_of_a_unit_is_seen() -> None:
    text = HEAD + "部门项目支出预算表\n单位：万元\n单位名称\t项目名称\t总计\n\t合计\t100.00\n"
    text += "某某局\t修缮\t60.00\n某某中心\t管网\t25.00\n某某中心\t泵站\t{}\n"
    assert reconcile(read(text.format("15.00"))).certificate.consistent
    assert reconcile(read(text.format("16.00"))).counts.violated == 1


def test_heads_of_groups() -> None:
    def rows(*amounts: int) -> list[tuple[Decimal, ...]]:
        return [(Decimal(amount),) for amount in amounts]

    step = Decimal("0.01")
    assert headings(rows(60, 50, 10, 40, 25, 15), [True] * 6, step) == frozenset({0, 3})
    assert headings(rows(60, 50, 11, 40, 25, 15), [True] * 6, step) is None
    assert headings([], [], step) is None


def test_a_total_without_the_word_stands_above_all_others() -> None:
    columns = [Column(0, ("项目名称",), "project"), Column(1, ("金额",), "amount")]
    assert RowReader(columns, {}, False, None).read(["", "9.00"], edge=True).kind == "total"
    assert RowReader(columns, {}, False, None).read(["", "9.00"]).reason
    assert RowReader(columns, {}, False, None, totalled=True).read(["", "9.00"], edge=True).reason


def test_units_by_their_codes_alone() -> None:
    text = (
        HEAD
        + "收入总表\n单位：万元\n单位编码\t合计\t事业收入\n015\t9.00\t9.00\n015001\t6.00\t6.00\n015002\t3.00\t3.00\n"
    )
    assert {o.point.agency for o in read(text).observations} == {"015", "015001", "015002"}


def test_a_class_that_is_printed_again_for_its_item_is_one_amount() -> None:
    text = HEAD + "部门支出预算总表\n单位：万元\n科目编码\t科目名称\t总计\n合计\t\t5.00\n"
    text += "219\t援助其他地区支出\t5.00\n21999\t其他支出\t5.00\n21999\t其他支出\t5.00\n"
    assert reconcile(read(text)).certificate.consistent


def ruled(rows: Sequence[Sequence[tuple[str, float, float]]], page: int) -> Grid:
    """A grid with places: each cell as text, left and right edge."""
    lefts = sorted({left for row in rows for _, left, _ in row})
    cells = [
        Cell(
            number,
            lefts.index(left),
            text,
            Source(page=page, bbox=(left, 20.0 * number, right, 20.0 * number + 20)),
            column_span=sum(left <= other < right for other in lefts),
        )
        for number, row in enumerate(rows)
        for text, left, right in row
    ]
    return Grid(len(rows), len(lefts), tuple(cells), Source(page=page, bbox=(0, 0, 100, 20.0 * len(rows))), True)


def test_a_total_alone_on_the_next_page_goes_on() -> None:
    edges = [(0.0, 10.0), (10.0, 20.0), (20.0, 30.0), (30.0, 60.0), (60.0, 100.0)]
    header = [(word, *edge) for word, edge in zip(("类", "款", "项", "名称", "金额"), edges, strict=True)]
    body = [(word, *edge) for word, edge in zip(("208", "01", "01", "行政运行", "5.00"), edges, strict=True)]
    last = [("合计", 0.0, 60.0), ("5.00", 60.0, 100.0)]
    assert continues(ruled([header, body], 1), ruled([last], 2), 0, 0) == 0
    assert continues(ruled([header, body], 1), ruled([[("合计", 0.0, 40.0), ("5.00", 40.0, 100.0)]], 2), 0, 0) is None


def test_labels_beside_blanks_are_no_header() -> None:
    edges = [(0, 25), (25, 50), (50, 75), (75, 100)]

    def line(*words: str) -> list[tuple[str, float, float]]:
        return [(word, *edge) for word, edge in zip(words, edges, strict=True)]

    first = ruled([line("项目", "决算数", "项目", "决算数"), line("本年收入合计", "9.00", "本年支出合计", "8.00")], 1)
    second = ruled([line("使用结余", "", "结余分配", ""), line("总计", "9.00", "总计", "9.00")], 2)
    assert continues(first, second, 0, 0) == 0
