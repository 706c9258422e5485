"""The words that all reports share: levels, marks, rulings, the conclusion, one suspect."""

from __future__ import annotations

from pathlib import PurePath

from mingzhang.cube.decision import Changes, Decision, Ruling
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import LEVELS, Finding, Level, Suspect
from mingzhang.cube.names import MEMBER_WORDS
from mingzhang.cube.verdict import Mark, Verdict
from mingzhang.publication.places import place_words
from mingzhang.publication.terminal import clean

LEVEL_WORDS: dict[Level, str] = {
    "error": "错误",
    "warning": "疑点",
    "rounding": "尾差",
    "style": "文字与格式",
    "note": "提示",
}
MARK_WORDS: dict[Mark, str] = {
    "proved": "相符：所参与的勾稽关系全部相等",
    "rounding": "尾差：差额可由四舍五入解释",
    "suspect": "存疑：可能印错的数",
    "involved": "牵连：参与了不符的关系，本身未被怀疑",
    "untied": "无可对照：没有其他数字可以核对它",
}
RULING_WORDS: dict[Ruling, str] = {
    "accept": "属实",
    "false-alarm": "误报",
    "fixed": "已改正",
    "withdrawn": "撤回",
}


def title_of(disclosure: Disclosure) -> str:
    """The title; of a document that prints none, the unit and the year, or else the file's name."""
    if disclosure.title:
        return clean(disclosure.title)
    if disclosure.agency and disclosure.year is not None:
        return clean(f"{disclosure.agency}{_period(disclosure)}")
    return clean(PurePath(disclosure.path).stem) or "（未识别出标题）"


def facts(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """What the document is, by name."""
    disclosure = verdict.disclosure
    files = "、".join(clean(file.path) for file in disclosure.files) or clean(disclosure.path)
    return (
        ("单位", clean(disclosure.agency or "") or "未识别"),
        ("年度", _period(disclosure) or "未识别"),
        *((("文件", files),) if files else ()),  # what was composed is in no file yet
    )


def _period(disclosure: Disclosure) -> str:
    stage = MEMBER_WORDS["stage"].get(disclosure.stage or "", "")
    return f"{disclosure.year}年{stage}" if disclosure.year is not None else stage


def checksums(disclosure: Disclosure) -> tuple[tuple[str, str], ...]:
    """The hash of each file of the disclosure."""
    if len(disclosure.files) < 2:
        return (("校验和", f"SHA-256 {disclosure.sha256}"),)
    return tuple(("校验和", f"SHA-256 {file.sha256}（{clean(PurePath(file.path).name)}）") for file in disclosure.files)


def conclusion(verdict: Verdict) -> str:
    """What was found, in one sentence."""
    counts = [(level, sum(f.level == level for f in verdict.findings)) for level in LEVELS]
    found = "、".join(f"{count}处{LEVEL_WORDS[level]}" for level, count in counts if count)
    dismissed = sum(
        (ruled := verdict.decision_on(finding)) is not None and ruled.ruling == "false-alarm"
        for finding in verdict.findings
    )
    aside = f"（其中{dismissed}处已判为误报）" if dismissed else ""
    return sums_told(verdict) + (f"发现{found}{aside}，见下。" if found else "未发现差错。")


def tone(verdict: Verdict) -> str:
    """How the conclusion is to be taken: ``red``, ``yellow`` or ``green``."""
    if verdict.standing_errors():
        return "red"
    if verdict.proof.consistent is False and not any(map(verdict.decision_on, verdict.findings)):
        return "yellow"
    return "green" if verdict.proof.consistent and verdict.coverage.observations else "yellow"


def sums_told(verdict: Verdict) -> str:
    """What was proved of the sums, in one clause."""
    proof, relations = verdict.proof, verdict.coverage.relations
    if not verdict.coverage.observations:
        return "没有读到印有数字的金额，未能核对勾稽关系；"
    if not relations.held + relations.rounding + relations.violated:
        return "没有可以核对的勾稽关系；"
    if proof.consistent is None:
        return "金额是否自洽未能判定；"
    if not proof.consistent and _only_last_digits(verdict):
        return "金额除尾差（只差末位一个单位，不是差错）外全部相符；"
    if not proof.consistent:
        return "金额不自洽，有差额不能由四舍五入解释；"
    count = len(proof.rounding_differences)
    if not count:
        return "金额自洽，所核对的勾稽关系全部相等；"
    verified = "已逐一验证" if proof.verified_exactly else "未能逐一验证"
    return f"金额自洽，{count}处差额均可由四舍五入解释（{verified}）；"


def _only_last_digits(verdict: Verdict) -> bool:
    """Whether all that does not agree is off by a unit of the last digit."""
    told = [f for f in verdict.findings if f.suspects or f.alternatives or f.workings]
    serious = any(f.level in ("error", "warning") for f in told)
    return not serious and any(f.level == "rounding" for f in told)


def correction(reported: str | None, expected: str | None, slip: str | None) -> str | None:
    """150.25 → 120.25（似为一位数字有误）, where both are known."""
    if reported is None or expected is None:
        return None
    return f"{clean(reported) or '空白'} → {clean(expected)}" + (f"（{clean(slip)}）" if slip else "")


def suspect_told(suspect: Suspect, *, with_place: bool = True) -> str:
    """One suspect: what is printed, what it should be, where."""
    reported = clean(suspect.reported) or "空白"
    should = (
        f"{reported} → {clean(suspect.expected)}" if suspect.expected else f"{reported}，{_within(suspect.implied)}"
    )
    slip = f"（{clean(suspect.slip)}）" if suspect.slip else ""
    where = place_words(suspect.source) if with_place else ""
    place = f"〔{where}〕" if where else ""
    return f"{clean(suspect.label)}：{should}{slip}{place}"


def decision_told(decision: Decision, *, still_found: bool = True) -> str:
    """已判为误报（张三，2024-03-01）：备注."""
    word = RULING_WORDS[decision.ruling]
    stays = "，但仍然存在" if decision.ruling == "fixed" and still_found else ""
    note = f"：{clean(decision.note)}" if decision.note else ""
    return f"已判为“{word}”{stays}（{clean(decision.by)}，{decision.on}）{note}"


def changes_told(changes: Changes) -> str:
    """How many findings are gone, stay, changed and are new."""
    unsure = f"无法确认{len(changes.unsure)}处，" if changes.unsure else ""
    return (
        f"已消除{len(changes.fixed)}处，{unsure}仍存在{len(changes.staying)}处，"
        f"数字变了但仍有问题{len(changes.altered)}处，新出现{len(changes.new)}处"
    )


def explanations(finding: Finding) -> list[list[Suspect]]:
    """The tied explanations, each the suspects that are wrong together."""
    return [[finding.suspects[index] for index in members] for members in finding.sets]


def _within(implied: tuple[str | None, str | None]) -> str:
    low, high = implied
    if low is not None and high is not None:
        return f"应为{low}" if low == high else f"应在{low}至{high}之间"
    if low is not None:
        return f"应不小于{low}"
    return f"应不大于{high}" if high is not None else "与其他数字不符"
