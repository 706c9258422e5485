"""The sheets of a ledger and their columns: national field names, what they hold, and the words that are allowed.

One declaration serves the template, the reading and the messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from mingzhang.cube.names import MEMBER_WORDS

Kind = Literal["year", "text", "code", "word", "money", "number", "yes_no"]


def _words(dimension: str, *members: str) -> dict[str, str]:
    return {MEMBER_WORDS[dimension][member]: member for member in members}


FUNDS: Mapping[str, str] = MappingProxyType(
    _words("fund", "general", "gov_fund", "state_capital", "special_account", "business", "operating", "superior")
    | _words("fund", "affiliated", "other", "own")
)
NATURES: Mapping[str, str] = MappingProxyType(
    _words("nature", "basic", "project", "to_superior", "operating", "to_affiliated", "reserved")
)
STAFFINGS: Mapping[str, str] = MappingProxyType(_words("staffing", "personnel", "public"))
PURCHASES: Mapping[str, str] = MappingProxyType(_words("purchase", "goods", "works", "services"))
FLOWS: Mapping[str, str] = MappingProxyType(
    _words("flow", "income", "carried_in", "balance_used", "carried_out", "distributed")
)
STAGES: Mapping[str, str] = MappingProxyType(_words("stage", "budget", "final"))
TOPICS: Mapping[str, str] = MappingProxyType(
    _words("topic", "abroad", "reception", "vehicle_purchase", "vehicle_running", "meeting", "training")
    | _words("topic", "agency_running", "procurement", "service_purchase", "own_level", "transfer")
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field name, its Chinese name, what it holds, and what a comment says of it.

    ``dimension`` is the classification that a code is of; ``words`` the words that are allowed.
    """

    field: str
    name: str
    kind: Kind
    required: bool = False
    dimension: str | None = None
    words: Mapping[str, str] | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """One sheet: its name, its columns, whether it must be there, and what it is for."""

    name: str
    columns: tuple[Column, ...]
    required: bool = False
    comment: str = ""

    def column(self, field: str) -> Column:
        return next(column for column in self.columns if column.field == field)


_YEAR = Column("FISCAL_YEAR", "预算年度", "year", True, comment="四位年份；上年的数也写在这里，用年份区分")
_STAGE = Column("STAGE", "阶段", "word", words=STAGES, comment="年初预算或决算；空着即与“基本信息”的公开种类相同")
_FUND = Column("FUND_TYPE_NAME", "资金性质", "word", True, words=FUNDS)
_AMOUNT = Column("AMT", "金额（元）", "money", True, comment="以元为单位，最多两位小数；冲减写负数")
_PROJECT = Column("PRO_NAME", "项目名称", "text", comment="项目支出填写；与“项目”表的名称一致")

BASICS = "基本信息"
LINES = "支出明细"
INCOME = "收入和结转"
PROJECTS = "项目"
INDICATORS = "绩效指标"
TOPIC_LINES = "专项口径"
COUNTS = "数量"
TEXTS = "文字"
PARAMETERS = "测算参数"
COSTING = "测算"

SHEETS: tuple[SheetForm, ...] = (
    SheetForm(
        LINES,
        (
            _YEAR,
            Column("EXP_FUNC_CODE", "支出功能分类科目编码", "code", True, "function", comment="填到项级（7位）"),
            Column(
                "DEP_BGT_ECO_CODE",
                "部门预算支出经济分类编码",
                "code",
                False,
                "object",
                comment="填到款级（5位）；上年数没有时可空",
            ),
            Column(
                "GOV_BGT_ECO_CODE",
                "政府预算支出经济分类编码",
                "code",
                False,
                "gov_object",
                comment="空着时按对照表和单位性质推出；推不出唯一一个时会要求填写",
            ),
            _FUND,
            Column("NATURE", "支出性质", "word", words=NATURES, comment="本年的行必须填写；上年的行没有时可空"),
            Column(
                "STAFFING",
                "经费类别",
                "word",
                words=STAFFINGS,
                comment="基本支出填写；空着时 301、303 类为人员经费，其余为公用经费",
            ),
            _PROJECT,
            Column("AGENCY_NAME", "单位名称", "text", comment="部门汇总时填所属单位，单位自己的可空"),
            Column("PURCHASE", "采购类别", "word", words=PURCHASES, comment="列入政府采购的填写"),
            Column("CARRIED", "上年结转资金", "yes_no", comment="用上年结转资金安排的填“是”"),
            _STAGE,
            _AMOUNT,
        ),
        True,
        "一行一笔支出。上年数同样逐行列出，只有年度不同。",
    ),
    SheetForm(
        INCOME,
        (
            _YEAR,
            Column("FLOW", "类别", "word", True, words=FLOWS),
            _FUND,
            Column("EXP_FUNC_CODE", "支出功能分类科目编码", "code", False, "function"),
            Column("AGENCY_NAME", "单位名称", "text"),
            _STAGE,
            _AMOUNT,
        ),
        comment="可以整张空着：收入即等于所安排的支出。有结转结余的须填全，收支两边应相等。",
    ),
    SheetForm(
        PROJECTS,
        (
            Column("PRO_CODE", "项目代码", "text"),
            Column("PRO_NAME", "项目名称", "text", True),
            Column("AGENCY_NAME", "主管部门", "text"),
            Column("EMPHASIS", "重点项目", "yes_no"),
            Column("PRO_DESC", "项目概况", "text"),
            Column("GOAL", "当年绩效目标", "text"),
        ),
        comment="一行一个项目。金额不填，由支出明细得出。",
    ),
    SheetForm(
        INDICATORS,
        (
            Column("PRO_NAME", "项目名称", "text", comment="空着的是部门（单位）整体绩效目标"),
            Column("FIRST", "一级指标", "text"),
            Column("SECOND", "二级指标", "text"),
            Column("THIRD", "三级指标", "text", True),
            Column("DIRECTION", "指标性质", "text", comment="≥、≤、＝、定性……"),
            Column("VALUE", "指标值", "text"),
            Column("UNIT", "计量单位", "text"),
            Column("WEIGHT", "权重", "number", comment="一个项目各项指标的权重合计为 100"),
            Column("CORE", "核心指标", "yes_no"),
        ),
    ),
    SheetForm(
        TOPIC_LINES,
        (
            _YEAR,
            Column("TOPIC", "口径", "word", True, words=TOPICS),
            _FUND,
            Column("PURCHASE", "采购类别", "word", words=PURCHASES),
            _PROJECT,
            _STAGE,
            _AMOUNT,
        ),
        comment="三公经费等不能由支出明细的经济科目得出时才填；填了的以此为准。",
    ),
    SheetForm(
        COUNTS,
        (
            Column(
                "KIND",
                "情形",
                "word",
                words=MappingProxyType({word: word for word in ("占有", "当年购置", "其他")}),
                comment="国有资产的占有和当年购置写进情况说明；空着为占有",
            ),
            Column("LABEL", "事项", "text", True, comment="机要通信用车、应急保障用车、单价100万元以上设备……"),
            Column("VALUE", "数量", "number", True),
            Column("UNIT", "单位", "text", True, comment="辆、台（套）……"),
        ),
        comment="国有资产占有使用和当年购置的数量，没有的写0。",
    ),
    SheetForm(
        TEXTS,
        (
            Column("KEY", "事项", "text", True, comment="职责、机构、联系人、联系电话，或“原因：科目编码或名称”"),
            Column("TEXT", "内容", "text", True),
        ),
        comment="算不出来、只能由单位写的文字。",
    ),
    SheetForm(
        PARAMETERS,
        (
            Column("NAME", "参数", "text", True),
            Column("VALUE", "数值", "number", True),
            Column("UNIT", "单位", "text"),
            Column("NOTE", "说明", "text"),
        ),
        comment="测算用的参数：缴费基数、补助标准、人数……改一个参数，各表随之改变。",
    ),
    SheetForm(
        COSTING,
        (
            _YEAR,
            Column("PRO_NAME", "项目名称", "text", True),
            Column("ITEM", "测算内容", "text", True),
            Column("EXP_FUNC_CODE", "支出功能分类科目编码", "code", True, "function"),
            Column("DEP_BGT_ECO_CODE", "部门预算支出经济分类编码", "code", True, "object"),
            Column("GOV_BGT_ECO_CODE", "政府预算支出经济分类编码", "code", False, "gov_object"),
            _FUND,
            Column("QUANTITY", "数量", "text", True, comment="数字，或用参数名写的算式，如：参保人数"),
            Column("RATE", "标准", "text", True, comment="数字或算式，如：平均工资*60%"),
            Column("MONTHS", "月数", "text", comment="空着为 1"),
            Column("SHARE", "负担比例", "text", comment="空着为 1；可写 1/2、2/3、15%"),
        ),
        comment="项目支出 = 数量 × 标准 × 月数 × 负担比例，四舍五入到分；结果作为项目支出计入。",
    ),
)

BASIC_FIELDS: tuple[Column, ...] = (
    Column("AGENCY_NAME", "单位名称", "text", True),
    Column("FISCAL_YEAR", "预算年度", "year", True),
    Column("KIND", "公开种类", "word", True, words=MappingProxyType({"预算": "budget", "决算": "final"})),
    Column(
        "AGENCY_KIND",
        "单位性质",
        "word",
        True,
        words=MappingProxyType({word: word for word in ("机关", "参公单位", "事业单位", "混合")}),
        comment="决定政府预算经济科目和机关运行经费；部门汇总且两类单位都有的填“混合”",
    ),
    Column("BODY", "公开主体", "word", words=MappingProxyType({"部门": "部门", "单位": "单位"})),
    Column("MOF_DIV_NAME", "财政区划名称", "text", comment="印在表名里的地名，如：示例区"),
    Column("LEVEL", "级次", "text", comment="市级、区级、县级……"),
    Column("GOAL", "整体绩效目标", "text"),
)
