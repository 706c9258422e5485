"""Headers and rows of provinces that the corpus does not hold; all names and figures are made up."""

from __future__ import annotations

from mingzhang.checking import check
from mingzhang.cube import Disclosure
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise

HEAD = "石塘县文史局2024年部门预算公开\n\n"
INCOME = (
    "部门收入总表\n单位：元\n项目\t2024年预算数\n一、一般公共预算拨款\t{whole}\n（一）经费拨款\t70000.00\n"
    "（二）纳入预算管理的非税收入安排\t20000.00\n二、政府性基金预算拨款\t5000.00\n收入总计\t95000.00\n"
)
RUNNING = (
    "财政拨款“三公”经费、行政参公单位机关运行经费情况表\n公开10表\n单位：万元\n项目\t行次\t预算数\t决算统计数\n"
    "一、“三公”经费支出\t1\t—\t—\n（一）支出合计\t2\t9.00\t8.00\n1.因公出国（境）费\t3\t0.00\t0.00\n"
    "2.公务用车购置及运行维护费\t4\t6.00\t5.00\n（1）公务用车购置费\t5\t0.00\t0.00\n（2）公务用车运转维护费\t6\t6.00\t5.00\n"
    "3.公务接待费\t7\t3.00\t{reception}\n（二）相关统计数\t8\t—\t—\n1.公务用车保有量（辆）\t9\t—\t4\n二、机构运行经费\t10\t—\t40.00\n"
)
BY_CLASS = (
    "一般公共预算基本支出表--人员经费（工资福利支出）（按部门预算经济分类）\n预算公开表09\n单位：万元\n科目编码\t科目名称\t总计\n"
    "207\t文化旅游体育与传媒支出\t50.00\n20701\t文化和旅游\t50.00\n2070101\t行政运行\t50.00\n\t合计\t50.00\n\n"
    "一般公共预算基本支出表--人员经费（对个人和家庭的补助）（按部门预算经济分类）\n预算公开表11\n单位：万元\n科目编码\t科目名称\t总计\n"
    "207\t文化旅游体育与传媒支出\t8.00\n20701\t文化和旅游\t8.00\n2070101\t行政运行\t8.00\n\t合计\t8.00\n"
)
PURCHASES = (
    "机构运行经费支出、国有资产占用情况及政府采购支出信息表\n公开12表\n单位：万元\n项目\t统计数\n一、机构运行经费\t40.00\n"
    "二、政府采购支出信息\t—\n（一）政府采购支出合计\t9.00\n1.政府采购货物支出\t6.00\n2.政府采购工程支出\t0.00\n3.政府采购服务支出\t3.00\n"
)


def read(text: str) -> Disclosure:
    return recognise(read_text(RawFile((HEAD + text).encode(), "石塘县文史局2024年部门预算.txt", "0" * 64)))


def errors(text: str) -> list[str]:
    return [finding.message for finding in check(read(text)).findings if str(finding.level) == "error"]


def shown(disclosure: Disclosure) -> list[tuple[str, str]]:
    left_out = ("year", "stage", "measure")
    return [
        (o.amount.printed, " ".join(v for k, v in o.point.named().items() if k not in left_out and isinstance(v, str)))
        for o in disclosure.observations
    ]


def test_funds_paid_out_and_receipts_are_parts_of_the_general_fund() -> None:
    assert errors(INCOME.format(whole="90000.00")) == []
    assert len(errors(INCOME.format(whole="93000.00"))) == 1
    assert ("70000.00", "sources appropriation") in shown(read(INCOME.format(whole="90000.00")))


def test_funds_paid_out_alone_are_the_general_fund() -> None:
    alone = "部门收入总表\n单位：元\n项目\t2024年预算数\n一、财政拨款\t70000.00\n（一）经费拨款\t70000.00\n收入总计\t70000.00\n"
    assert ("70000.00", "sources general") in shown(read(alone))


def test_a_dash_over_the_row_that_holds_the_figure_is_no_nought() -> None:
    assert errors(RUNNING.format(reception="3.00")) == []
    assert len(errors(RUNNING.format(reception="2.00"))) == 1
    printed = shown(read(RUNNING.format(reception="3.00")))
    assert ("8.00", "three_public") in printed
    assert ("5.00", "vehicle_running") in printed
    assert ("40.00", "agency_running") in printed


def test_a_title_whose_brackets_name_an_economic_class() -> None:
    assert errors(BY_CLASS) == []
    assert [point for printed, point in shown(read(BY_CLASS)) if printed == "50.00"][-1] == (
        "expenditure general 301 basic personnel"
    )


def test_purchases_beside_the_cost_of_running_the_agency() -> None:
    printed = shown(read(PURCHASES))
    assert ("40.00", "agency_running") in printed
    assert ("6.00", "procurement goods") in printed
