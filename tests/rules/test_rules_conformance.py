"""Each rule has a document that obeys it and one that does not; the finding says what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.rules import all_rules, run_rules

CASES = Path(__file__).parent / "cases"

# Rule → level and words of the finding of its invalid case, in order.
EXPECTED: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "code-name": [("error", ("支出预算总表》中20801", "社会保险管理事务", "应为“人力资源和社会保障管理事务”"))],
    "code-name-within": [("warning", ("2080177", "社保卡应用推广", "基金监督检查"))],
    "contents-table-absent": [("error", ("目录列有“2024年某区部门政府采购预算明细表”，正文没有该表",))],
    "contents-table-unlisted": [("note", ("政府性基金预算财政拨款支出预算表》，目录没有列出",))],
    "indicator-weights": [
        ("warning", ("社保服务运维专项", "3项绩效指标权重合计90，应为100，少10", "预算执行率（10分）"))
    ],
    "zero-and-blank": [("note", ("支出预算总表", "零值写法不一致", "空白"))],
    "change-conflict": [("warning", ("1,200.50万元", "此处写“减少85.72万元”", "另一处写“增加85.72万元”"))],
    "rate-impossible": [("error", ("上年为0.00，本年25.00万元", "不会减少"))],
    "change-parts": [("warning", ("总的增加62.54万元", "“减少30.13万元”改为“增加”"))],
    "code-order": [("style", ("行次颠倒", "2080505", "排在“2080506"))],
    "row-duplicate": [("note", ("21999 其他支出", "连续印了两行"))],
    "table-unit-odd": [("warning", ("机关运行经费预算表》所标单位是“元”，其他3张表都是“万元”", "小得多"))],
    "code-parent-missing": [("warning", ("列有“2080505", "没有其上级科目“20805 行政事业单位养老支出”一行"))],
    "code-parts-missing": [("warning", ("“22102 住房改革支出”之下没有列出下级科目", "其他3个科目都列出了下级"))],
    "code-digits": [("style", ("“301 2”应为“301 02”",))],
    "empty-statement-contradicted": [("error", ("故本表为空表", "2个金额", "3.50万元"))],
    "agency-name-other": [("error", ("“某市规划和自然资源局”", "本文件的单位是“某市某区规划和自然资源局”"))],
    "agency-name-variant": [("error", ("“某市某区规划与自然资源局”", "名称应当前后一致"))],
    "body-word": [("style", ("“部门”：本文件是单位预算，应为“单位”",))],
    "date-impossible": [
        ("error", ("“2023年11月31日”没有这一天：11月只有30天",)),
        ("error", ("“2024年13月”没有这个月",)),
    ],
    "period-reversed": [("error", ("“2024年1月1日至2023年12月31日”的截止日期早于起始日期",))],
    "direction-contradicted": [("error", ("决算数小于预算数，文字却写作“决算数大于预算”",))],
    "empty-table-unstated": [("warning", ("政府性基金预算支出表》没有数据，表下没有说明",))],
    "level-word": [("style", ("写作“市级”", "应为“区级”"))],
    "listed-object": [("error", ("文字列有“奖金”", "该科目没有金额"))],
    "markup-residue": [("style", ("“<br>”是残留的网页标记",))],
    "none-stated-but-amounts": [("error", ("“没有政府性基金预算支出”", "2个金额（最大3.00万元）"))],
    "numbering": [("style", ("“三、”与上一项的序号重复",))],
    "path-name": [("error", ("款级科目“住房保障支出”有误", "下列有22102“住房改革支出”"))],
    "percent-missing": [("error", ("应为“10.00%”", "由前文金额算得"))],
    "placeholder": [
        ("style", ("“XX”是占位符",)),
        ("style", ("“占总支出 %”没有填写数字",)),
        ("style", ("“减少 万元”没有填写数字",)),
    ],
    "punctuation-doubled": [("style", ("标点重复：“，，”",))],
    "punctuation-unpaired": [("style", ("“（”不成对，缺少后一半",))],
    "purpose-copied": [("error", ("用途写作“行政单位医疗”", "第3项", "此处应为“住房公积金”"))],
    "reason-contradicted": [("error", ("事业单位离退休”减少，原因却写作“事业单位离退休经费增加”",))],
    "reason-copied": [("error", ("原因写作“行政单位医疗经费增加”", "第3项", "此处应为“住房公积金”"))],
    "reason-missing": [("warning", ("行政单位医疗”比2023年预算执行数增加20.00%，没有说明原因",))],
    "sentence-end": [("style", ("缺少句末标点，应为“。”",))],
    "set-phrase": [("style", ("“上一度”应为“上一年度”",))],
    "template-choice": [("style", ("“下降（增长）”是模板中的选择项", "按前文应为“下降”"))],
    "template-instruction": [("style", ("“列明”是模板中的填写要求",))],
    "traditional-character": [("style", ("中的“務”是繁体字，应为“务”",))],
    "word-twice": [("style", ("“主要用于”连续印了两次",))],
    "wrong-character": [("style", ("“士”疑为“土”之误",))],
    "year-stale": [("warning", ("“2021年”比较的应是上年", "应为2023年"))],
    "contents-section-absent": [("warning", ("目录列有“五、项目经费安排”", "正文没有这一部分"))],
    "matter-unexplained": [("warning", ("没有说到国有资产占有使用",))],
    "target-funds": [("error", ("合计350,000.00，不相等", "按总额应为300,000.00"))],
    "target-total": [("warning", ("2个、48.00万元", "合计50.00万元"))],
    "target-value-missing": [("warning", ("指标“差错情况”没有指标值",))],
    "unit-mixed": [("warning", ("减少1.00元”的单位是元", "减少1.00万元”"))],
    "count-conflict": [("warning", ("“公务用车保有量为9辆”，而“共有车辆7辆”",))],
    "none-stated-for-topic": [("error", ("文字说“未安排公务接待费”", "公务接待费却印为0.50万元"))],
    "item-left-out": [("warning", ("3项支出，没有说到2210201“住房公积金”7.00", "正是合计数80.00"))],
    "item-without-row": [("warning", ("文字列有“行政运行”3.00万元", "没有这一科目（2120101）"))],
    "indicator-unit": [("warning", ("指标“服务人次”的指标值都是27", "“万人次”", "却是“人次”"))],
    "quantity-sum": [("error", ("共有车辆7辆", "合计8辆（1＋4＋3）", "应为8"))],
    "three-public-counts": [("warning", ("“公务用车运行维护费2.00万元”与“共有车辆0辆”不合",))],
}
# What is absent has no place.
PLACELESS = {"contents-table-absent", "contents-section-absent", "matter-unexplained"}
# What a text file cannot show: these have their cases in tests of their own.
ELSEWHERE = {"page-blank", "table-missing", "text-cut"}


def read_case(rule: str, kind: str) -> Disclosure:
    return recognise(open_document(CASES / f"{rule}.{kind}.txt"))


def findings_of(rule: str, kind: str) -> list[Finding]:
    return [finding for finding in run_rules(read_case(rule, kind)) if finding.rule == rule]


def test_every_rule_has_its_two_cases_and_every_case_its_rule() -> None:
    ids = {rule.id for rule in all_rules()} - ELSEWHERE
    assert {path.name for path in CASES.iterdir()} == {
        f"{id}.{kind}.txt" for id in ids for kind in ("valid", "invalid")
    }
    assert set(EXPECTED) == ids


@pytest.mark.parametrize("rule", sorted(EXPECTED))
def test_a_valid_document_has_no_finding_of_any_rule(rule: str) -> None:
    assert run_rules(read_case(rule, "valid")) == ()


@pytest.mark.parametrize("rule", sorted(EXPECTED))
def test_an_invalid_document_has_its_finding_and_no_other(rule: str) -> None:
    found = run_rules(read_case(rule, "invalid"))
    assert [(finding.rule, finding.level) for finding in found] == [(rule, level) for level, _ in EXPECTED[rule]]
    for finding, (_, words) in zip(found, EXPECTED[rule], strict=True):
        assert all(word in finding.message for word in words), finding.message
        assert finding.message.endswith("。")
        assert finding.key
        assert finding.id


@pytest.mark.parametrize("rule", sorted(set(EXPECTED) - PLACELESS))
def test_findings_point_at_their_places(rule: str) -> None:
    for finding in findings_of(rule, "invalid"):
        assert finding.places
        assert all(place.line is not None for place in finding.places)


@pytest.mark.parametrize("rule", sorted(EXPECTED))
def test_fingerprints_survive_an_unrelated_edit(rule: str, tmp_path: Path) -> None:
    text = (CASES / f"{rule}.invalid.txt").read_text(encoding="utf-8")
    edited = tmp_path / "edited.txt"
    edited.write_text(text.replace("本部门按规定", "根据有关要求，\n\n本部门按规定"), encoding="utf-8")
    before = {finding.id for finding in findings_of(rule, "invalid")}
    after = {finding.id for finding in run_rules(recognise(open_document(edited)))}
    assert before == after


def test_words_that_overlap_in_a_list_are_not_printed_twice() -> None:
    text = (CASES / "word-twice.valid.txt").read_text(encoding="utf-8")
    text += "负责监测预测预警。负责监测预警、监测预警平台、监测预警体系。\n"
    disclosure = recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64)))
    assert [finding for finding in run_rules(disclosure) if finding.rule == "word-twice"] == []
