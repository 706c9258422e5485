"""What one item lacks that all its neighbours have: its number, its full stop, its reason; and where that is no defect."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_samples import disclosure

from mingzhang.cube import Paragraph, Source
from mingzhang.cube.finding import Finding
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.rules import run_rules

HEAD = "某市某区社会保险中心2024年部门预算情况说明\n\n"


def findings(rule: str, *paragraphs: str) -> list[Finding]:
    text = HEAD + "\n\n".join(paragraphs) + "\n"
    read = recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64)))
    return [finding for finding in run_rules(read) if finding.rule == rule]


def test_two_items_that_are_both_the_first() -> None:
    (found,) = findings("numbering", "一、支出", "（一）人员经费8.00万元。", "（一）公用经费4.00万元。", "二、其他")
    assert "公用经费" in found.message
    assert "重复" in found.message


def test_the_first_twice_and_then_the_third() -> None:
    (found,) = findings("numbering", "一、负责登记。", "一、负责审核。", "三、负责稽核。", "四、负责宣传。")
    assert "负责审核" in found.message


def test_a_list_of_one_item_after_another_is_no_repetition() -> None:
    assert not findings("numbering", "（一）人员经费8.00万元。", "项目支出如下。", "（一）运行维护4.00万元。")
    assert not findings("numbering", "（一）人员经费，分为：", "（一）工资4.00万元。", "（二）奖金4.00万元。")
    assert not findings("numbering", "（一）人员经费。", "（一）工资4.00万元。", "（二）奖金4.00万元。")


def test_numbers_of_the_contents_page() -> None:
    entries = (
        "目录",
        "一、主要职责",
        "二、机构设置",
        "二、2024年预算构成",
        "第二部分 预算表",
        "一、收支总表",
        "三、支出总表",
    )
    body = ("一、主要职责", "负责审核。", "二、机构设置", "内设三个科室。", "三、2024年预算构成", "包括本级预算。")
    (found,) = findings("numbering", *entries, *body)
    assert found.message.startswith("目录中“二、2024年预算构成”的序号“二、”与上一项的序号重复")


def test_the_first_twice_over_a_page() -> None:
    items = ("（一）人员经费8.00万元。主要包括：工资。", "（一）公用经费4.00万元。主要包括：办公费。")
    pages = tuple(Paragraph(words, Source(page=page)) for page, words in enumerate(("一、支出", *items, "二、其他")))
    found = [f for f in run_rules(replace(disclosure(), text=pages)) if f.rule == "numbering"]
    assert len(found) == 1


GLOSSARY = (
    "财政拨款收入：指本级财政当年拨付的资金。",
    "事业收入：指开展专业业务活动取得的收入。",
    "基本支出：指为保障机构正常运转而发生的支出。",
    "项目支出：指为完成特定工作任务而发生的支出。",
)


def test_a_definition_without_its_full_stop() -> None:
    (found,) = findings("sentence-end", *GLOSSARY[:2], GLOSSARY[2].rstrip("。"), GLOSSARY[3])
    assert found.expected == "而发生的支出。"
    assert "正常运转而发生的支出" in found.message


def test_definitions_none_of_which_ends_with_a_stop() -> None:
    bare = [line.rstrip("。") for line in GLOSSARY]
    assert not findings("sentence-end", *bare)
    assert not findings("sentence-end", *GLOSSARY[:2], *bare[2:])


def test_the_last_of_several_duties_without_its_full_stop() -> None:
    duties = "负责本区社会保险登记。负责待遇审核和发放。承办区政府交办的其他事项"
    (found,) = findings("sentence-end", duties, "二、机构设置")
    assert "交办的其他事项" in found.message
    assert not findings("sentence-end", duties.replace("承办区政府交办的其他事项", "2024年预算公开表"), "二、机构设置")


PARTS = (
    "一般公共预算财政拨款支出300.00万元，比2023年增加30.00万元，其中：基本支出200.00万元，比2023年增加10.00万元{}；"
    "项目支出100.00万元，比2023年增加20.00万元，主要原因是{}。"
)


def test_a_part_without_its_reason_beside_one_that_has_it() -> None:
    (found,) = findings("reason-missing", PARTS.format("", "新增信息系统建设"))
    assert "“基本支出”比2023年增加10.00万元" in found.message
    assert "“项目支出”作了说明" in found.message


@pytest.mark.parametrize("own", ["，主要原因是人员增加", "，因人员增加"])
def test_a_whole_is_explained_by_its_parts(own: str) -> None:
    assert not findings("reason-missing", PARTS.format(own, "新增信息系统建设"))


def test_a_reason_of_both() -> None:
    assert not findings("reason-missing", PARTS.format("", "人员和项目均有增加"))


TRIPS = "1.因公出国（境）费4.00万元，比2023年增加2.00万元，原因是增加一个交流团组。"
MEALS = "2.公务接待费3.00万元，比2023年增加1.00万元。"
CARS = "3.公务用车运行维护费9.00万元，比2023年减少1.00万元。"
FOR_ALL = "“三公”经费与上年相比变动的主要情况：接待任务增多，一辆车停用。"


def test_parts_of_the_three_expenses_without_a_reason_beside_one_that_has_it() -> None:
    assert len(findings("reason-missing", "（一）“三公”经费", TRIPS, MEALS, CARS)) == 2


@pytest.mark.parametrize("where", ["head", "foot"])
def test_a_reason_for_all_that_the_section_lists(where: str) -> None:
    listed = [TRIPS, MEALS, CARS]
    assert not findings(
        "reason-missing", "（一）“三公”经费", *([FOR_ALL, *listed] if where == "head" else [*listed, FOR_ALL])
    )
    assert not findings("reason-missing", "（一）“三公”经费", *listed, "上述费用增减的原因是接待任务增多，一辆车停用。")


def test_a_reason_for_all_under_another_heading_or_of_one_of_them_is_none() -> None:
    listed = ("（一）“三公”经费", TRIPS, MEALS, CARS)
    assert len(findings("reason-missing", *listed, "（二）上年情况", FOR_ALL)) == 2
    assert len(findings("reason-missing", *listed, "“三公”经费中公务用车购置费增加，原因是车辆报废。")) == 2
    assert len(findings("reason-missing", *listed, "购置单价50万元以上设备，原因是业务需要。")) == 2


def test_a_reason_for_the_three_expenses_after_their_list_in_one_paragraph() -> None:
    listed = "“三公”经费16.00万元，其中：公务接待费3.00万元，比2023年增加1.00万元；公务用车运行维护费9.00万元，比2023年减少1.00万元。"
    assert not findings("reason-missing", listed + "“三公”经费下降的原因主要是一辆车停用。")


WHOLE = "“三公”经费安排16.00万元，比2023年减少4.00万元，主要原因是厉行节约。其中："
EACH = (
    "因公出国（境）费4.00万元，比2023年减少1.00万元{}；公务用车购置及运行维护费9.00万元，比2023年减少2.00万元{}；"
    "公务接待费3.00万元，比2023年减少1.00万元{}。"
)


def test_one_part_without_a_reason_where_every_other_has_its_own_beside_that_of_the_whole() -> None:
    own = ("，主要原因是减少一个团组", "，主要原因是一辆车停用", "")
    (found,) = findings("reason-missing", WHOLE + EACH.format(*own))
    assert "“公务接待费”比2023年减少1.00万元，没有说明原因" in found.message
    assert not findings("reason-missing", WHOLE + EACH.format("，主要原因是减少一个团组", "", ""))


def test_parts_none_of_which_has_a_reason() -> None:
    elsewhere = "2024年收入预算100.00万元，比2023年增加10.00万元，主要原因是人员增加。"
    (found,) = findings("reason-missing", elsewhere, "“三公”经费安排16.00万元。其中：" + EACH.format("", "", ""))
    assert "“因公出国（境）费”、“公务用车购置及运行维护费”、“公务接待费”有增减，都没有说明原因" in found.message
    assert len(found.places) == 3
    assert not findings("reason-missing", "“三公”经费安排16.00万元。其中：" + EACH.format("", "", ""))


CARS_WHOLE = "公务用车购置及运行费28.25万元，比2023年增加14.25万元，主要原因是需要新增购置公务用车。其中："


def test_a_part_that_moved_against_its_whole_needs_a_reason_of_its_own() -> None:
    bought = "公务用车购置费20.00万元，比2023年增加20.00万元；"
    (found,) = findings("reason-missing", CARS_WHOLE + bought + "公务用车运行费8.25万元，比2023年减少5.75万元。")
    assert "“公务用车运行维护费”比2023年减少5.75万元" in found.message
    assert not findings("reason-missing", CARS_WHOLE + bought + "公务用车运行费8.25万元，与2023年持平。")


def test_the_running_costs_of_the_agency_without_a_reason() -> None:
    elsewhere = "2024年收入预算100.00万元，比2023年增加10.00万元，主要原因是人员增加。"
    running = "机关运行经费支出184.65万元，比2023年增加2.55万元，增长1.40%。"
    (found,) = findings("reason-missing", elsewhere, running)
    assert "“机关运行经费”比2023年增加2.55万元" in found.message
    assert not findings("reason-missing", elsewhere, running, "增加的主要原因是更换照明设施。")
    assert findings("reason-missing", elsewhere, running + "执行中如有新增任务，按程序报批。")


def test_a_rate_that_cannot_be_given_is_no_reason_of_the_others() -> None:
    none_before = "1.因公出国（境）费4.00万元，比2023年增加4.00万元（基数为0，不可比）。"
    assert not findings("reason-missing", "（一）“三公”经费", none_before, MEALS, CARS)


SAME = "{}1,200.50万元，比上年{}万元，主要原因是新增项目。"


def test_a_change_that_differs_from_the_others_by_one_digit() -> None:
    told = ("增加85.72", "增加85.72", "增加83.72")
    (found,) = findings(
        "change-conflict", *(SAME.format(name, words) for name, words in zip("甲乙丙", told, strict=True))
    )
    assert found.expected == "增加85.72万元"
    assert found.reported == "增加83.72万元"


def test_a_change_that_differs_in_its_last_digit_is_rounding() -> None:
    (found,) = findings("change-conflict", SAME.format("甲", "增加85.72"), SAME.format("乙", "增加85.74"))
    assert found.level == "rounding"
    # Two amounts may print alike, and their changes a step apart.
    assert not findings("change-conflict", SAME.format("甲", "增加85.72"), SAME.format("乙", "增加85.73"))


def test_changes_of_other_years_or_amounts_are_not_held_together() -> None:
    assert not findings("change-conflict", SAME.format("甲", "增加85.72"), SAME.format("乙", "增加131.06"))
    small = "{}12.00万元，比上年{}万元。"
    assert not findings("change-conflict", small.format("甲", "增加1.50"), small.format("乙", "减少1.50"))


def test_a_sound_alike_whose_pair_is_usual_and_whose_phrase_is_not() -> None:
    usual = ("加强资金使用与管理。", "提高资产使用与管理水平。")
    (found,) = findings("wrong-character", *usual, "项目支出100.00万元，主要用与信息系统建设。")
    assert "“与”疑为“于”" in found.message
    assert not findings("wrong-character", "一、主要职能", "二、主要职责")


TABLE = """2024年某区部门支出预算总表

单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t10.00\t6.00\t4.00
206\t科学技术支出\t10.00\t6.00\t4.00
20605\t科技条件与服务\t10.00\t6.00\t4.00
2060502\t技术创新服务体系\t6.00\t6.00\t
2060599\t其他科技条件与服务支出\t4.00\t\t4.00"""


def test_a_path_that_begins_with_a_kuan_within_a_sentence() -> None:
    words = "减少的主要原因是项目调整至科技条件与服务（款）其他科技条件与服务{}（项）。"
    (found,) = findings("path-name", TABLE, words.format("经费"))
    assert "“其他科技条件与服务经费”有误" in found.message
    assert not findings("path-name", TABLE, words.format("支出"))


UNITS = """{}

单位：万元

科目编码\t科目名称\t总计
合计\t\t641.87
208\t社会保障和就业支出\t641.87
20801\t人力资源和社会保障管理事务\t641.87
2080109\t社会保险经办机构\t641.87
"""


def test_a_table_in_yuan_that_prints_the_figures_of_those_in_wan_yuan() -> None:
    titles = ("部门支出预算总表", "部门收入预算总表", "一般公共预算支出预算表")
    alike = [UNITS.format(f"2024年{title}") for title in titles]
    alike.append(UNITS.format("2024年部门政府性基金支出预算表").replace("641.87", "0.50"))
    listed = UNITS.format("2024年部门项目支出预算表").replace("万元", "元")
    (found,) = findings("table-unit-odd", *alike, listed)
    assert "同样的数字" in found.message
    assert found.expected == "万元"
    assert not findings("table-unit-odd", *alike, listed.replace("641.87", "6,418,700.00"))


def test_another_tables_statement_does_not_speak_for_an_empty_one() -> None:
    empty = "表{}\n\n2024年{}预算支出表\n\n单位：万元\n\n科目编码\t科目名称\t合计\n合计\t\t\n"
    filled = UNITS.format("2024年部门支出预算总表")
    funds = empty.format("八", "政府性基金")
    capital = empty.format("九", "国有资本经营")
    of_capital = "注：本部门2024年没有国有资本经营预算安排的支出，本表无数据。"
    of_funds = of_capital.replace("国有资本经营", "政府性基金")
    (found,) = findings("empty-table-unstated", filled, funds, capital, of_capital)
    assert "政府性基金" in found.message
    assert not findings("empty-table-unstated", filled, funds, of_funds, capital, of_capital)


FUNDS = """项目支出绩效目标填报表

单位：元

项目名称\t社保服务\t\t主管部门\t某市社会保险中心
项目资金\t资金申请总额\t{}\t\t
\t其中：财政资金\t6,351,000.00\t\t
\t其他资金\t0.00\t\t
绩效指标\t指标名称\t指标性质\t指标值\t计量单位
\t验收率\t≥\t90\t%
"""


def test_a_total_left_blank_over_its_parts() -> None:
    assert not findings("target-funds", FUNDS.format("6,351,000.00"))
    (found,) = findings("target-funds", FUNDS.format(""))
    assert found.expected == "6,351,000.00"
    assert "没有填写" in found.message
    assert not findings("target-funds", FUNDS.format("").replace("6,351,000.00", "0.00"))


def test_an_empty_sheet_of_targets_says_so() -> None:
    filled = UNITS.format("2024年部门支出预算总表")
    sheet = "2024年重点专项资金绩效目标表\n\n单位：万元\n\n项目名称\t\t\t主管部门\t\n当年预算\t\t\t市级支出\t{}\n"
    sheet += "绩效指标\t指标名称\t指标性质\t指标值\t计量单位\n"
    (found,) = findings("empty-table-unstated", filled, filled, sheet.format(""))
    assert "重点专项资金绩效目标表" in found.message
    assert not findings("empty-table-unstated", filled, filled, sheet.format("12.00"))
    assert not findings(
        "empty-table-unstated", filled, filled, sheet.format("") + "\n备注：本单位无重点专项资金，故此表无数据"
    )


def test_half_width_commas_are_commas() -> None:
    lines = [
        f"（{number}）{what}情况。2024年{what}已全部公开,共有8项。"
        for number, what in zip("一二三四", "甲乙丙丁", strict=True)
    ]
    assert not findings("sentence-end", *lines)
    (found,) = findings("sentence-end", *lines[:2], lines[2].rstrip("。"), lines[3])
    assert "共有8项" in found.message


def test_an_amount_in_yuan_has_no_more_than_two_decimals() -> None:
    fine = UNITS.replace("641.87", "641.870055")
    alike = [
        fine.format(f"2024年{title}") for title in ("部门支出预算总表", "部门收入预算总表", "一般公共预算支出预算表")
    ]
    alike.append(fine.format("2024年部门政府性基金支出预算表").replace("641.870055", "0.500055"))
    listed = fine.format("2024年部门项目支出预算表").replace("万元", "元").replace("641.870055", "52.250055")
    (found,) = findings("table-unit-odd", *alike, listed)
    assert "到分为止" in found.message
    assert not findings("table-unit-odd", *alike, listed.replace("52.250055", "522500.55"))


def test_traditional_characters_one_by_one_and_many_at_once() -> None:
    (one, other) = findings("traditional-character", "负责城鎮居民服務的管理。")
    assert one.message == "“负责城鎮居民服務的管理。”中的“鎮”是繁体字，应为“镇”。"
    assert (other.reported, other.expected) == ("務", "务")
    (all_of_them,) = findings("traditional-character", "負責城鎮居民服務的管理與監督。")
    assert "6个繁体字" in all_of_them.message


def test_no_number_is_cut_in_a_quotation() -> None:
    (found,) = findings("set-phrase", "项目支出增加，较上一度增加1133.95万元，其他支出增加。", "其他收入6.20万元。")
    assert "1133.95" in found.message
    (found,) = findings("set-phrase", "（二）公务车购置及运行费21.56万元，与上年持平。")
    assert "运行费21.56" in found.message


def test_a_set_phrase_with_a_space_in_it_is_whole() -> None:
    assert not findings("set-phrase", "一般公共预 算支出12.00万元，政府性基 金支出3.00万元，没有结转。")
    assert findings("set-phrase", "一般公共预支出12.00万元，没有结转。")


def test_no_word_is_called_for_by_a_choice_that_was_not_made_either() -> None:
    (one, other) = findings("template-choice", "本年支出12.00万元，比上年减少（增加）2.00万元，下降（增长）5%。")
    assert (one.expected, other.expected) == (None, None)


def test_the_same_slip_in_many_places_is_told_once() -> None:
    said = [f"{what}12.00万元，比上年增加（减少）2.00万元。" for what in ("收入", "支出", "基金", "结转", "结余")]
    (found,) = findings("template-choice", *said)
    assert found.message.endswith("没有选定；这样的地方共5处。")
    assert len(found.places) == 5
    assert len(findings("template-choice", *said[:4])) == 4


def test_what_is_left_in_the_head_of_a_table() -> None:
    (found,) = findings("markup-residue", UNITS.format("2024年部门支出预算总表").replace("科目名称", "科目<br>名称"))
    assert "<br>" in found.message


def test_what_is_left_on_the_contents_page() -> None:
    entries = ("目录", "一、主要职责........1", "二、机构设置 PAGEREF _Toc123456 \\h 错误！未定义书签。")
    (found,) = findings("markup-residue", *entries, "一、主要职责", "负责审核。", "二、机构设置", "内设三个科室。")
    assert "PAGEREF" in found.message


def test_the_end_of_the_sentence_is_marked() -> None:
    (found,) = findings("sentence-end", *GLOSSARY[:2], GLOSSARY[2].rstrip("。"), GLOSSARY[3])
    assert found.places[0].quote == "而发生的支出"
