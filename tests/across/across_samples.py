"""Disclosures in parts and in several years, as text files with tabs: written anew for each test."""

from __future__ import annotations

from pathlib import Path

NARRATIVE = """\
某某市水务管理局2024年部门预算情况说明

一、部门职责
本部门负责全市水务管理工作，贯彻执行有关法律、法规和政策，组织编制并实施全市水务发展规划。
负责水资源的统一管理和保护，负责防汛抗旱的日常工作，承办上级交办的其他事项，并对所属单位的工作进行指导和监督。
二、机构设置
本部门内设办公室、计划财务处、水资源处等五个处室，没有下属单位，人员编制按照上级主管部门的批复执行。
三、收支总体情况
2024年收入预算150.00万元，其中：一般公共预算拨款收入150.00万元。
2024年支出预算150.00万元，其中：基本支出100.00万元，项目支出50.00万元。
四、其他重要事项
本部门严格执行中央八项规定精神，厉行节约，压减一般性支出，并按要求公开预算信息，接受社会各界的监督检查和评议。
本部门按照全面实施预算绩效管理的要求，对全部项目设定绩效目标，并在执行中开展监控，在年度终了后组织评价和运用结果。
"""

SUMMARY = """\
部门收支预算总表
单位：万元

收入项目\t预算数\t支出项目\t预算数
一般公共预算拨款收入\t150.00\t社会保障和就业支出\t100.00
\t\t农林水支出\t50.00
收入总计\t150.00\t支出总计\t150.00
"""

EXPENDITURE = """\
部门支出预算总表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t150.00\t100.00\t50.00
208\t社会保障和就业支出\t100.00\t100.00\t
20805\t行政事业单位养老支出\t100.00\t100.00\t
2080501\t行政单位离退休\t100.00\t100.00\t
213\t农林水支出\t50.00\t\t50.00
21303\t水利\t50.00\t\t50.00
2130305\t水利工程建设\t50.00\t\t50.00
"""


def write(folder: Path, name: str, text: str) -> str:
    """A file of that text; its path."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return str(place)
