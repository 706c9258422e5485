"""One bureau in two years, its accounts, and a department with its units, as text files with tabs."""

from __future__ import annotations

BUREAU = "某某市水务管理局"

ROWS_2023 = """\
合计\t\t140.00\t96.00\t44.00
208\t社会保障和就业支出\t96.00\t96.00\t
20805\t行政事业单位养老支出\t96.00\t96.00\t
2080501\t行政单位离退休\t96.00\t96.00\t
213\t农林水支出\t44.00\t\t44.00
21303\t水利\t44.00\t\t44.00
2130305\t水利工程建设\t44.00\t\t44.00
"""

BUDGET_2023 = f"""\
{BUREAU}2023年部门预算公开

部门一般公共预算财政拨款支出预算表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
{ROWS_2023}"""

BUDGET_2024 = f"""\
{BUREAU}2024年部门预算公开

部门一般公共预算财政拨款支出预算表
单位：万元

科目编码\t科目名称\t2023年预算数\t2024年预算数\t\t
\t\t\t小计\t基本支出\t项目支出
合计\t\t140.00\t150.00\t100.00\t50.00
208\t社会保障和就业支出\t96.00\t100.00\t100.00\t
20805\t行政事业单位养老支出\t96.00\t100.00\t100.00\t
2080501\t行政单位离退休\t96.00\t100.00\t100.00\t
213\t农林水支出\t44.00\t50.00\t\t50.00
21303\t水利\t44.00\t50.00\t\t50.00
2130305\t水利工程建设\t44.00\t50.00\t\t50.00
"""

SENTENCES_2024 = f"""\
{BUREAU}2024年部门预算情况说明

一、一般公共预算财政拨款支出情况
2024年一般公共预算财政拨款支出预算150.00万元，比2023年预算增加10.00万元，增长7.14%。
"""

BUDGET_2023_IN_YUAN = BUDGET_2023.replace("单位：万元", "单位：元")
for printed in ("140.00", "96.00", "44.00"):
    BUDGET_2023_IN_YUAN = BUDGET_2023_IN_YUAN.replace(f"\t{printed}", f"\t{int(float(printed) * 10_000) + 3}")

ACCOUNTS_2024 = f"""\
{BUREAU}2024年度部门决算公开

一般公共预算财政拨款支出决算表
单位：万元

科目编码\t科目名称\t年初预算数\t决算数
合计\t\t150.00\t158.30
208\t社会保障和就业支出\t100.00\t101.20
20805\t行政事业单位养老支出\t100.00\t101.20
2080501\t行政单位离退休\t100.00\t101.20
213\t农林水支出\t50.00\t57.10
21303\t水利\t50.00\t57.10
2130305\t水利工程建设\t50.00\t57.10
"""

STATION, OWN = "某某市水务管理局河道管理站", "某某市水务管理局本级"


def department(own: str = "110.00", station: str = "40.00") -> str:
    """The department's budget, with a table that lists its units."""
    return f"""\
{BUREAU}2024年部门预算公开

部门收入预算总表
单位：万元

单位名称\t合计\t一般公共预算
合计\t150.00\t150.00
{OWN}\t{own}\t{own}
{STATION}\t{station}\t{station}

部门一般公共预算财政拨款支出预算表
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


def unit(name: str, basic: str, project: str, total: str) -> str:
    """The budget of one unit."""
    return f"""\
{name}2024年单位预算公开

单位收入预算总表
单位：万元

项目\t合计\t一般公共预算
合计\t{total}\t{total}

单位一般公共预算财政拨款支出预算表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t{total}\t{basic}\t{project}
208\t社会保障和就业支出\t{basic}\t{basic}\t
20805\t行政事业单位养老支出\t{basic}\t{basic}\t
2080501\t行政单位离退休\t{basic}\t{basic}\t
213\t农林水支出\t{project}\t\t{project}
21303\t水利\t{project}\t\t{project}
2130305\t水利工程建设\t{project}\t\t{project}
"""
