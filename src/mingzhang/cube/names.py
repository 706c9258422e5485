"""The field's Chinese terms for dimensions and their members; the glossary of the docs is kept by a test on these."""

from __future__ import annotations

from mingzhang.cube.point import Point

DIMENSION_WORDS: dict[str, str] = {
    "year": "年度",
    "stage": "阶段",
    "flow": "收支方向",
    "fund": "资金性质",
    "function": "支出功能分类",
    "object": "部门预算支出经济分类",
    "gov_object": "政府预算支出经济分类",
    "nature": "支出性质",
    "staffing": "经费类别",
    "topic": "专项口径",
    "purchase": "采购类别",
    "project": "项目",
    "agency": "单位",
    "indicator": "绩效指标",
    "measure": "计量对象",
}

MEMBER_WORDS: dict[str, dict[str, str]] = {
    "stage": {"budget": "年初预算", "adjusted": "调整预算", "executed": "执行数", "final": "决算"},
    "flow": {
        "sources": "收入总计",
        "income": "本年收入",
        "carried_in": "上年结转",
        "balance_used": "使用结余弥补收支差额",
        "uses": "支出总计",
        "expenditure": "本年支出",
        "carried_out": "结转下年",
        "distributed": "结余分配",
    },
    "fund": {
        "fiscal": "财政拨款",
        "general": "一般公共预算",
        "appropriation": "经费拨款",
        "non_tax": "纳入预算管理的非税收入",
        "gov_fund": "政府性基金预算",
        "state_capital": "国有资本经营预算",
        "special_account": "财政专户管理资金",
        "own": "单位资金",
        "business": "事业收入",
        "operating": "事业单位经营收入",
        "superior": "上级补助收入",
        "affiliated": "附属单位上缴收入",
        "other": "其他收入",
        "non_peer": "非同级财政拨款",
    },
    "nature": {
        "basic": "基本支出",
        "project": "项目支出",
        "to_superior": "上缴上级支出",
        "operating": "事业单位经营支出",
        "to_affiliated": "对附属单位补助支出",
        "reserved": "单位预留机动经费",
    },
    "staffing": {"personnel": "人员经费", "public": "公用经费"},
    "topic": {
        "three_public_and_meetings": "“三公”经费、会议费、培训费",
        "three_public": "“三公”经费",
        "meeting": "会议费",
        "training": "培训费",
        "abroad": "因公出国（境）费",
        "reception": "公务接待费",
        "vehicle": "公务用车购置及运行费",
        "vehicle_purchase": "公务用车购置费",
        "vehicle_running": "公务用车运行费",
        "domestic_reception": "国内公务接待费",
        "foreign_guests": "外宾接待费",
        "reception_abroad": "国（境）外公务接待费",
        "agency_running": "机关运行经费",
        "procurement": "政府采购",
        "small_business_contracts": "授予中小企业合同",
        "micro_business_contracts": "授予小微企业合同",
        "small_business_reserve": "面向中小企业预留采购",
        "micro_business_reserve": "面向小微企业预留采购",
        "performance": "绩效目标管理",
        "service_purchase": "政府购买服务",
        "new_assets": "新增资产配置",
        "net_of_construction": "扣除基建项目后",
        "current_year": "当年安排",
        "carried_spending": "上年结转安排",
        "advance_transfer": "提前通知转移支付安排",
        "operation_class": "运转类",
        "other_operation": "其他运转类",
        "target_class": "特定目标类",
        "ordinary_project": "一般性项目",
        "special_project": "专项资金项目",
        "administrative_project": "行政事业类项目",
        "construction_project": "基本建设类项目",
        "from_centre": "中央资金",
        "from_province": "省级资金",
        "from_city": "市级资金",
        "from_county": "县（区）级资金",
        "from_township": "乡镇资金",
        "own_level": "本级支出",
        "transfer": "补助下级支出",
    },
    "purchase": {"goods": "货物", "works": "工程", "services": "服务"},
    "measure": {
        "amount": "金额",
        "change": "增减额",
        "change_rate": "增减率",
        "share": "占比",
        "completion_rate": "完成率",
        "weight": "指标权重",
        "target": "指标值",
        "count": "数量",
    },
}


def point_words(point: Point) -> str:
    """A point in Chinese, for a number that is printed nowhere: 2023年一般公共预算本年支出基本支出."""
    words: list[str] = []
    for dimension, value in point.named().items():
        if dimension == "year":
            words.append(f"{value}年")
        elif dimension not in ("stage", "measure"):
            words.append(MEMBER_WORDS.get(dimension, {}).get(value, str(value)))
    return "".join(words)
