"""Makes docs/glossary.md: ``python tests/docs/glossary_page.py``. A test holds the page to what this makes."""

from __future__ import annotations

from pathlib import Path

from mingzhang.cube.names import DIMENSION_WORDS, MEMBER_WORDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"

# Main types: where they live, the Chinese word, what it means in one line.
TYPES: tuple[tuple[str, str, str], ...] = (
    ("mingzhang.cube.amount.Amount", "金额", "印出的数、单位、印出精度；精确，不取整"),
    ("mingzhang.cube.amount.Unit", "单位（计量）", "元、千元、万元、亿元……；不计量金额的单位也在此"),
    ("mingzhang.cube.point.Point", "点", "一个金额在预算立方体里的位置：每个维度至多一个值，未写的维度表示合计"),
    ("mingzhang.cube.disclosure.Observation", "观测", "材料里印出的一个数，落在一个点上，带出处"),
    ("mingzhang.cube.disclosure.Unread", "未读数字", "没有成为观测的数，带原因"),
    ("mingzhang.cube.disclosure.Table", "表", "读懂的一张表：表题、单位、表头、行、对应的表样"),
    ("mingzhang.cube.disclosure.Disclosure", "公开材料", "一个单位一年的预算公开或决算公开，读出的全部内容"),
    ("mingzhang.cube.disclosure.InputFile", "材料文件", "一份材料的一个文件：路径、校验和、类型、页数"),
    ("mingzhang.cube.compared.Comparison", "对比", "两份材料都说了的点：前、后、增减、新出现和不再有金额的科目"),
    ("mingzhang.across.pairing.Pair", "对照", "说同一个数的两份材料：上年与本年，预算与决算，部门与所属单位"),
    ("mingzhang.across.joining.Joint", "合并", "几个文件是一份材料，以及依据"),
    ("mingzhang.cube.source.Source", "出处", "文件、页、工作表、单元格、行列、原文"),
    ("mingzhang.cube.finding.Finding", "发现", "一处问题：一句话、位置、程度、应为多少"),
    ("mingzhang.cube.finding.Suspect", "疑点数字", "可能有误的一个数，以及其余各数推出它应在的区间"),
    ("mingzhang.cube.verdict.Verdict", "核对结果", "一份材料的核对范围、证明、发现"),
    ("mingzhang.cube.verdict.Coverage", "核对范围", "读到多少、核对多少、多少未能核对"),
    ("mingzhang.cube.verdict.Proof", "自洽证明（报告用）", "是否自洽；四舍五入差额逐一列出；是否经精确验证"),
    ("mingzhang.cube.finding.Working", "算式", "一条不符的关系逐项写出：符号、名称、印出的数、出处"),
    ("mingzhang.cube.decision.Decision", "处理意见", "某人对一处发现的判断：属实、误报、已改正"),
    ("mingzhang.cube.decision.Changes", "变化", "与上次核对相比：已消除、仍存在、数字变了、新出现"),
    ("mingzhang.decisions.book.Book", "处理意见簿", "材料旁边的文件：全部处理意见，和登记时的发现"),
    (
        "mingzhang.publication.checklist.filling.Checklist",
        "检查表",
        "检查内容、项目、符合要求、问题四列的表，按式样填好",
    ),
    ("mingzhang.publication.checklist.layout.Layout", "检查表式样", "有哪些行，标题和规则怎样归到各行"),
    ("mingzhang.publication.report.crops.Crop", "截图", "页面的一块，红框标出所指的数"),
    ("mingzhang.documents.model.Document", "文件（读入后）", "文字行与格子，按阅读顺序，尚不解释含义"),
    ("mingzhang.documents.model.Grid", "格子", "画出来的一张表：单元格、合并、位置"),
    ("mingzhang.forms.model.FormSet", "套表", "一个地区、一类公开、若干年的全部表样"),
    ("mingzhang.forms.model.TableForm", "表样", "一张表的声明：表题、列对应的点、行的维度；不写任何合计"),
    ("mingzhang.classification.entry.Entry", "科目", "某年某类某代码的名称、曾用名和证据"),
    ("mingzhang.reconciliation.derivation.tie.Tie", "勾稽关系", "由各数的位置推出的一条线性关系"),
    ("mingzhang.reconciliation.solver.system.System", "方程组", "整数、区间、线性关系；不知道预算"),
    ("mingzhang.reconciliation.solver.certificate.Certificate", "自洽证明", "一组满足全部关系的精确值，另行验证"),
    ("mingzhang.reconciliation.solver.system.Conflict", "矛盾组", "放在一起必然不能同时成立的一组关系"),
    ("mingzhang.reconciliation.solver.localise.Cluster", "错误组", "一处错误的全部最小解释"),
    ("mingzhang.reconciliation.reconcile.Reconciliation", "勾稽结果", "关系、证明、定位的全部结果"),
    ("mingzhang.rules.rule.Rule", "规则", "不属于算术的一条检查：依据、适用年份、程度"),
)
STRENGTHS = (("definite", "必然", "由材料自身推出"), ("customary", "惯常", "由编制惯例推出，只能提示疑点"))
LEVELS = (("error", "错误"), ("warning", "疑点"), ("rounding", "尾差"), ("style", "文字与格式"), ("note", "提示"))


def page() -> str:
    """The glossary as Markdown."""
    lines = [
        "# Glossary 中文 ↔ identifier",
        "",
        "Made by `python tests/docs/glossary_page.py`; a test holds this page to the program. Do not edit by hand.",
        "",
        "## Dimensions of the cube 维度",
        "",
        "| 中文 | identifier | members 取值 |",
        "|---|---|---|",
    ]
    for name, word in DIMENSION_WORDS.items():
        members = "见下" if name in MEMBER_WORDS else "代码、名称或年份"
        lines.append(f"| {word} | `{name}` | {members} |")
    for dimension, members_of in MEMBER_WORDS.items():
        lines += ["", f"### {DIMENSION_WORDS[dimension]} `{dimension}`", "", "| 中文 | identifier |", "|---|---|"]
        lines += [f"| {word} | `{name}` |" for name, word in members_of.items()]
    lines += ["", "## Levels of a finding 发现的程度", "", "| 中文 | identifier |", "|---|---|"]
    lines += [f"| {word} | `{name}` |" for name, word in LEVELS]
    lines += ["", "## Strength of a tie 关系的强度", "", "| 中文 | identifier | 含义 |", "|---|---|---|"]
    lines += [f"| {word} | `{name}` | {meaning} |" for name, word, meaning in STRENGTHS]
    lines += ["", "## Main types 主要类型", "", "| 中文 | identifier | 含义 |", "|---|---|---|"]
    lines += [f"| {word} | `{path}` | {meaning} |" for path, word, meaning in TYPES]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
