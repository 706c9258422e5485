"""A violated relation in the reader's words, with its numbers: what is printed, what the others make, by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from mingzhang.reconciliation.derivation import Tie
from mingzhang.reconciliation.reporting.wording import Wording, format_number, table_name
from mingzhang.reconciliation.solver import System

_MOST_ADDENDS = 12


def explain(wording: Wording, system: System, tie: Tie) -> str:
    """One clause on one relation: 《…》“合计”为1,482.34，而其下各项之和 697.48＋784.87＝1,482.35，相差0.01."""
    maker = _BY_KIND.get(tie.kind, _sum)
    return maker(wording, system, tie)


def _parts(tie: Tie) -> list[int]:
    return [variable for _, variable in tie.terms[1:]]


def _total(wording: Wording, system: System, terms: Sequence[tuple[int, int]]) -> Fraction:
    return Fraction(sum(c * (system.variables[v].value or 0) for c, v in terms))


def _sum(wording: Wording, system: System, tie: Tie) -> str:
    whole = tie.terms[0][1]
    parts = _parts(tie)
    if any(wording.book.is_latent(variable) for variable in (whole, *parts)):
        names = "、".join(wording.name(part) + wording.number(part) for part in parts)
        return f"{wording.name(whole)}{wording.number(whole)}应等于{names}之和"
    return f"{wording.name(whole)}为{wording.number(whole)}，而{_of(wording, tie)}{_addition(wording, system, tie)}"


def _of(wording: Wording, tie: Tie) -> str:
    """What is added: the rows below, or the columns beside."""
    words = {
        "nature": "基本支出、项目支出等",
        "staffing": "人员经费、公用经费",
        "purchase": "货物、工程、服务",
        "fund": "各资金性质",
        "flow": "其组成各项",
        "topic": "其组成各项",
        "agency": "各单位",
        "project": "所列各项",
    }
    return words.get(tie.dimension or "", "其下各科目")


def _addition(wording: Wording, system: System, tie: Tie) -> str:
    """之和 a＋b＝c，相差 d; zero and blank parts are left out, a long list is cut with its count."""
    whole = tie.terms[0][1]
    terms = [(-c, v) for c, v in tie.terms[1:]]
    shown = [v for _, v in terms if not wording.book.is_zero(v)] or [v for _, v in terms[:1]]
    total = _total(wording, system, terms)
    difference = abs(_total(wording, system, tie.terms))
    listed = "＋".join(wording.number(v) for v in shown[:_MOST_ADDENDS])
    if len(shown) > _MOST_ADDENDS:
        listed += f"＋…（共{len(shown)}项）"
    equals = f"＝{wording.value(total, whole)}" if len(shown) > 1 else ""
    gap = f"，相差{wording.value(difference, whole)}" if difference else ""
    return f"之和为{listed}{equals}{gap}" if len(shown) > 1 else f"为{listed}{gap}"


def _same(wording: Wording, system: System, tie: Tie) -> str:
    (_, left), (_, right) = tie.terms
    return f"{wording.name(left)}为{wording.number(left)}，而{wording.name(right)}为{wording.number(right)}"


def _balance(wording: Wording, system: System, tie: Tie) -> str:
    return f"收入总计与支出总计不等：{_same(wording, system, tie)}"


def _carried_over(wording: Wording, system: System, tie: Tie) -> str:
    (_, left), (_, carried_in), (_, income), (_, spent) = tie.terms
    sums = "＋".join(map(wording.number, (carried_in, income))) + f"－{wording.number(spent)}"
    makes = wording.value(_total(wording, system, ((1, carried_in), (1, income), (-1, spent))), left)
    return f"{wording.name(left)}为{wording.number(left)}，而年初结转和结余＋本年收入－本年支出为{sums}＝{makes}"


def _closure(wording: Wording, system: System, tie: Tie) -> str:
    if len(tie.terms) == 2:
        return _same(wording, system, tie) + "（本单位没有其他资金来源）"
    return _sum(wording, system, tie)


def _part_of_fund(wording: Wording, system: System, tie: Tie) -> str:
    (_, whole), (_, part) = tie.terms
    return f"{wording.name(part)}为{wording.number(part)}，大于{wording.name(whole)}{wording.number(whole)}，部分不能大于全部"


def _staffing(wording: Wording, system: System, tie: Tie) -> str:
    variable = tie.terms[0][1]
    usual = "公用经费" if wording.book.observations[variable].point.staffing == "personnel" else "人员经费"
    return f"{wording.name(variable)}为{wording.number(variable)}，而这类支出属于{usual}"


def _missing_row(wording: Wording, system: System, tie: Tie) -> str:
    whole = tie.terms[0][1]
    listing = table_name(wording.book.tables.get(tie.table or ""))
    return f"{wording.name(whole)}为{wording.number(whole)}，而{listing}没有列出这一科目"


def _crosswalk(wording: Wording, system: System, tie: Tie) -> str:
    left = [v for c, v in tie.terms if c > 0]
    right = [v for c, v in tie.terms if c < 0]
    sides = []
    for side, word in ((left, "政府预算经济科目"), (right, "对应的部门预算经济科目")):
        names = "、".join(wording.name(v, with_table=position == 0) for position, v in enumerate(side))
        numbers = "＋".join(wording.number(v) for v in side)
        total = _total(wording, system, [(1, v) for v in side])
        equals = f"＝{wording.value(total, left[0])}" if len(side) > 1 else ""
        sides.append(f"{word}{names}为{numbers}{equals}")
    difference = abs(_total(wording, system, tie.terms))
    return f"{sides[0]}，{sides[1]}，相差{wording.value(difference, left[0])}"


def _topic(wording: Wording, system: System, tie: Tie) -> str:
    whole, parts = tie.terms[0][1], _parts(tie)
    named = "、".join(f"{wording.name(v)}{wording.number(v)}" for v in parts)
    if all(not wording.book.is_latent(v) and wording.book.observations[v].point.object for v in parts):
        named = f"经济科目{named}"
    if tie.kind == "topic":
        return f"{wording.name(whole)}为{wording.number(whole)}，与{named}不符"
    together = "之和" if len(parts) > 1 else ""
    return f"{wording.name(whole)}为{wording.number(whole)}，小于其中的{named}{together}"


def _projects(wording: Wording, system: System, tie: Tie) -> str:
    whole = tie.terms[0][1]
    total = _total(wording, system, [(-c, v) for c, v in tie.terms[1:]])
    # Where the list is held to be whole, it may also fall short.
    apart = "超过" if total > (system.variables[whole].value or 0) else "少于"
    return f"所列{len(tie.terms) - 1}个项目合计{wording.value(total, whole)}，{apart}{wording.name(whole)}{wording.number(whole)}"


def _change(wording: Wording, system: System, tie: Tie) -> str:
    (_, change), (_, this), (_, last) = tie.terms
    stated = system.variables[change].value or 0
    words = "增加" if stated > 0 else "减少" if stated < 0 else "持平"
    said = f"{wording.name(change)}称比上年{words}{wording.number(change) if stated else ''}"
    if wording.book.is_latent(this) or wording.book.is_latent(last):
        return f"{said}，而{wording.name(this)}{wording.number(this)}、{wording.name(last)}{wording.number(last)}"
    difference = _total(wording, system, ((1, this), (-1, last)))
    return f"{said}，而{wording.number(this)}－{wording.number(last)}＝{wording.value(difference, change)}"


def _grown(wording: Wording, system: System, tie: Tie) -> str:
    (_, this), (_, change) = tie.terms
    return f"{wording.name(change)}称增加{wording.number(change)}，而本年只有{wording.number(this)}"


def _rate(wording: Wording, system: System, tie: Tie) -> str:
    (_, this), (_, last) = tie.terms
    owner = tie.owner if tie.owner is not None else this
    stated = wording.book.observations[owner].amount
    actual = actual_rate(system, tie)
    real = f"，实为{format_number(actual, stated.decimals)}%" if actual is not None else ""
    now, before = wording.number(this), wording.number(last)
    if tie.kind == "share":
        return f"{wording.name(owner)}称占{stated.printed}%，而{now}÷{before}{real}"
    if tie.kind == "completion":
        return f"{wording.name(owner)}称完成{stated.printed}%，而决算（执行）{now}、预算{before}{real}"
    same_year = _year(wording, this) == _year(wording, last)
    what = ("决算（执行）", "预算") if same_year else ("本年", "上年")
    return f"{wording.name(owner)}称变动{stated.printed}%，而{what[0]}{now}、{what[1]}{before}{real}"


def _year(wording: Wording, variable: int) -> int | None:
    known = wording.book.observations
    return known[variable].point.year if variable < len(known) else None


def _stated_rate(wording: Wording, system: System, tie: Tie) -> str:
    (_, this), (_, change) = tie.terms
    owner = tie.owner if tie.owner is not None else this
    stated = wording.book.observations[owner].amount
    grown = (system.variables[change].value or 0) >= 0
    now, by = wording.number(this), wording.number(change).lstrip("-－−")
    before = f"{now}{'－' if grown else '＋'}{by}"
    actual = actual_rate(system, tie)
    real = f"，实为{format_number(abs(actual), stated.decimals)}%" if actual is not None else ""
    base = "上年" if _is_of_last_year(wording, this, owner) else "基数"
    words = (
        f"{wording.name(owner)}称变动{stated.printed}%，而{'增加' if grown else '减少'}{by}÷{base}（{before}）{real}"
    )
    turned = Fraction(stated.value) * (actual or 0) < 0
    return f"{words}，方向也相反" if turned else words


def _is_of_last_year(wording: Wording, this: int, owner: int) -> bool:
    """Whether a rate is told to be of last year, not of the year's own budget (较年初预算数减少…)."""
    spent, rate = wording.book.observations[this].point.stage, wording.book.observations[owner].point.stage
    return not (spent in ("final", "executed") and rate in ("budget", "adjusted"))


def actual_rate(system: System, tie: Tie, corrected: Mapping[int, Fraction] | None = None) -> Fraction | None:
    """The rate in per cent that the two printed amounts of a ratio make; ``corrected``: what some of them should be."""
    (_, this), (_, last) = tie.terms
    known = corrected or {}
    now = known.get(this, Fraction(system.variables[this].value or 0))
    before = known.get(last, Fraction(system.variables[last].value or 0))
    if tie.kind == "stated_rate":  # its second amount is the change
        return 100 * before / (now - before) if now != before else None
    if not before:
        return None
    return 100 * (now - before if tie.kind == "change_rate" else now) / before


_BY_KIND = {
    "sum": _sum,
    "same_point": _same,
    "balance": _balance,
    "carried_over": _carried_over,
    "fund_closure": _closure,
    "fund_bound": _part_of_fund,
    "staffing": _staffing,
    "missing_row": _missing_row,
    "crosswalk": _crosswalk,
    "topic": _topic,
    "topic_bound": _topic,
    "project_bound": _projects,
    "change": _change,
    "grown": _grown,
    "change_rate": _rate,
    "stated_rate": _stated_rate,
    "share": _rate,
    "completion": _rate,
}
