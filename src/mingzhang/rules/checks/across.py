"""Catalogue entries of what several disclosures say of one amount: found in ``across``, not checked here."""

from __future__ import annotations

from mingzhang.rules.rule import Entry

_OWN = "两份材料自身的数字：同一单位、年度、阶段、资金、科目的金额是同一个数（四舍五入差额除外）。"
_FIX = "对照两份材料的原始数据，更正有误的一处；口径确有不同的，在说明中写明。"

ENTRIES = (
    Entry(
        id="across-years",
        title="上年数与上年已公开的材料一致",
        sentence="表中的上年数、说明中与上年的比较，应与上年已公开的同一阶段的数一致。",
        basis=_OWN + "上年数可能按新口径调整过，所以只作疑点。",
        why="上年数抄错，增减额、增减率和增减原因随之都错。",
        how_to_fix=_FIX,
        example="2024年预算说2023年预算数为45.00，已公开的2023年预算为44.00。",
        levels=("warning",),
    ),
    Entry(
        id="across-stages",
        title="决算的年初预算数与已公开的预算一致",
        sentence="决算的表和说明中的年初预算数，应是同年已公开的预算数。",
        basis=_OWN + "文件写明“年初预算”的作错误；只写“预算数”的可能是调整后的全年预算数，只作提示。",
        why="完成年初预算的百分比以它为基数。",
        how_to_fix=_FIX,
        example="决算“行政运行”的年初预算数为100.00，已公开的预算为103.00。",
        levels=("error", "warning", "note"),
        kinds=("final",),
    ),
    Entry(
        id="across-levels",
        title="部门的数与所属单位的数一致",
        sentence="部门的表中所列单位的一行，应与该单位自己公开的数一致；部门的财政拨款不小于其中任何一个单位的。",
        basis=_OWN + "部门预算由本级和所属单位的预算汇总而成。",
        why="单位或部门一方修改后另一方没有更新。",
        how_to_fix=_FIX,
        example="部门收入总表列某站41.00，该站自己的收入总表为40.00。",
        levels=("error", "warning"),
    ),
    Entry(
        id="across-units",
        title="部门的数等于所属各单位之和",
        sentence="部门的表列出全部所属单位、各单位的材料都在时，财政拨款各科目各单位之和等于部门的数。",
        basis="部门预算由本级和所属单位的预算汇总而成；单位之间的往来不涉及财政拨款。",
        why="汇总时漏了单位，或个别单位后来改过。",
        how_to_fix=_FIX,
        example="部门“农林水支出”为50.00，两个单位合计60.00。",
        levels=("warning",),
    ),
)
