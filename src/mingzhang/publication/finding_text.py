"""``mingzhang check`` for people: what was found, where, what it should be, and how far the checking went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingzhang.cube.disclosure import Disclosure, Unread
from mingzhang.cube.finding import LEVELS, Finding, Level, Suspect
from mingzhang.cube.names import MEMBER_WORDS
from mingzhang.cube.source import Source
from mingzhang.cube.verdict import Coverage, Proof, RoundingDifference, Verdict
from mingzhang.publication.terminal import Style, clean, padded

_LEVEL_WORDS: dict[Level, tuple[str, str]] = {
    "error": ("错误", "red"),
    "warning": ("疑点", "yellow"),
    "rounding": ("尾差", "dim"),
    "style": ("文字与格式", "dim"),
    "note": ("提示", "dim"),
}
_BRIEF_DIFFERENCES = 5
_BRIEF_PLACES = 3
_BRIEF_REASONS = 5
_BRIEF_SETS = 8


def verdict_text(verdict: Verdict, *, style: Style | None = None, verbose: bool = False) -> str:
    """The report in Chinese, ending with a line break. ``verbose`` leaves nothing out."""
    writer = _Writer(style or Style(), verbose)
    writer.head(verdict.disclosure)
    writer.conclusion(verdict)
    for level in LEVELS:
        writer.findings(level, [finding for finding in verdict.findings if finding.level == level])
    writer.differences(verdict.proof)
    writer.coverage(verdict.coverage, verdict.disclosure.unread)
    return "\n".join(writer.lines) + "\n"


def place_words(source: Source) -> str:
    """A place as a person points at it: 第3页第5行第4列, 工作表“表三”C7单元格, 第160行."""
    parts: list[str] = [clean(source.file)] if source.file else []
    if source.sheet is not None:
        parts.append(f"工作表“{clean(source.sheet)}”" + (f"{source.cell}单元格" if source.cell else ""))
    elif source.line is not None:
        parts.append(f"第{source.line}行")
    else:
        page = f"第{source.page}页" if source.page is not None else ""
        row = f"第{source.row}行" if source.row is not None else ""
        column = f"第{source.column}列" if source.column is not None else ""
        cell = f"表内{row}{column}" if row or column else ""
        parts.append(f"{page}{cell}")
    return " ".join(part for part in parts if part)


class _Writer:
    def __init__(self, style: Style, verbose: bool) -> None:
        self.style = style
        self.verbose = verbose
        self.lines: list[str] = []

    def head(self, disclosure: Disclosure) -> None:
        title = clean(disclosure.title) or "（未识别出标题）"
        self.lines.append(self.style.paint("bold", title))
        stage = MEMBER_WORDS["stage"].get(disclosure.stage or "", "")
        facts = (
            ("单位", clean(disclosure.agency or "") or "未识别"),
            ("年度", f"{disclosure.year}年{stage}" if disclosure.year is not None else stage or "未识别"),
            ("文件", clean(disclosure.path)),
        )
        self.lines += [f"{name}：{value}" for name, value in facts]

    def conclusion(self, verdict: Verdict) -> None:
        counts = [(level, sum(f.level == level for f in verdict.findings)) for level in LEVELS]
        errors = sum(count for level, count in counts if level == "error")
        found = "、".join(f"{count}处{_LEVEL_WORDS[level][0]}" for level, count in counts if count)
        if errors or verdict.proof.consistent is False:
            colour = "red" if errors else "yellow"
        else:
            colour = "green" if verdict.proof.consistent and verdict.coverage.observations else "yellow"
        listed = f"发现{found}，见下。" if found else "未发现差错。"
        self.lines += ["", self.style.paint(colour, f"结论：{_sums(verdict)}{listed}")]

    def findings(self, level: Level, found: Sequence[Finding]) -> None:
        if not found:
            return
        name, colour = _LEVEL_WORDS[level]
        self.lines += ["", self.style.paint(colour, f"{name}（{len(found)}处）")]
        for number, finding in enumerate(found, start=1):
            self._finding(number, finding)

    def _finding(self, number: int, finding: Finding) -> None:
        lead = f"{number:>3}. "
        self.lines.append(f"{lead}{clean(finding.message)}")
        indent = " " * len(lead)
        if len(finding.sets) > 1:
            self._explanations(indent, finding)
        elif len(finding.suspects) > 1:
            self.lines += [f"{indent}- {_told(suspect)}" for suspect in finding.suspects]
        elif finding.reported is not None and finding.expected is not None:
            slip = f"（{clean(finding.slip)}）" if finding.slip else ""
            reported = clean(finding.reported) or "空白"
            self.lines.append(f"{indent}{self.style.paint('bold', f'{reported} → {clean(finding.expected)}')}{slip}")
        if finding.alternatives and self.verbose:
            self.lines.append(f"{indent}其他可能（涉及更多的数）：")
            self._numbered(indent, finding.alternatives)
        name, places = self._places(finding)
        if places:
            self.lines.append(self.style.paint("dim", f"{indent}{name}：{places}"))

    def _explanations(self, indent: str, finding: Finding) -> None:
        """The tied explanations: any one of them would do."""
        sets = [[finding.suspects[index] for index in members] for members in finding.sets]
        shown = sets if self.verbose else sets[:_BRIEF_SETS]
        self.lines.append(f"{indent}有{len(sets)}种可能，请对照原始数据判断是哪一种：")
        self._numbered(indent, shown)
        self._rest(indent, len(sets) - len(shown), "种")

    def _numbered(self, indent: str, sets: Sequence[Sequence[Suspect]]) -> None:
        self.lines += [
            f"{indent}({number}) {'；同时'.join(_told(suspect) for suspect in members)}"
            for number, members in enumerate(sets, start=1)
        ]

    def _places(self, finding: Finding) -> tuple[str, str]:
        """Where to look; where the suspects were listed with their places, what else takes part."""
        listed = [place_words(suspect.source) for suspect in finding.suspects]
        others = [place_words(place) for place in finding.places]
        if len(listed) > 1:
            name, found = "相关位置", [place for place in others if place not in listed]
        else:
            name, found = "位置", [*listed, *others]
        places = list(dict.fromkeys(filter(None, found)))
        if self.verbose or len(places) <= _BRIEF_PLACES:
            return name, "、".join(places)
        return name, f"{'、'.join(places[:_BRIEF_PLACES])}等{len(places)}处"

    def differences(self, proof: Proof) -> None:
        found: Sequence[RoundingDifference] = proof.rounding_differences
        if not found:
            return
        if proof.consistent and proof.verified_exactly:
            told = "均可由四舍五入解释，已逐一验证，不是差错"
        else:
            told = "单独看可由四舍五入解释"
        self.lines += ["", f"四舍五入差额（{len(found)}处，{told}）"]
        shown = found if self.verbose else found[:_BRIEF_DIFFERENCES]
        self.lines += [f"{number:>3}. {clean(item.message)}" for number, item in enumerate(shown, start=1)]
        self._rest("     ", len(found) - len(shown), "处")

    def coverage(self, coverage: Coverage, unread: Iterable[Unread]) -> None:
        relations = coverage.relations
        total = relations.held + relations.rounding + relations.violated
        self.lines += ["", "核对范围"]
        self._fact(
            "读到",
            f"{coverage.tables}张表，{coverage.observations}个数据（全文共{coverage.numbers}个数字，含编码、年份）",
        )
        self._fact(
            "核对",
            f"{total}条勾稽关系：相符{relations.held}条，四舍五入可解释{relations.rounding}条，"
            f"不符{relations.violated}条",
        )
        if relations.not_evaluable:
            self._fact("未能核对", f"{relations.not_evaluable}条勾稽关系（所需的行、列或数字没有读到）")
        if coverage.unread:
            self._fact("未读懂", f"{coverage.unread}个可能是金额的数字，没有参与核对")
            self._reasons([item for item in unread if item.kind == "amount"])
        for index, note in enumerate(coverage.notes):
            self._fact("" if index else "说明", clean(note))

    def _fact(self, name: str, text: str) -> None:
        self.lines.append(f"  {padded(name, 10)}{text}")

    def _reasons(self, items: Sequence[Unread]) -> None:
        grouped: dict[str, list[Unread]] = {}
        for item in items:
            grouped.setdefault(item.reason, []).append(item)
        ranked = sorted(grouped.items(), key=lambda pair: -len(pair[1]))
        shown = ranked if self.verbose else ranked[:_BRIEF_REASONS]
        for reason, group in shown:
            where = place_words(group[0].source)
            example = f"如“{clean(group[0].printed)}”" + (f"，{where}" if where else "")
            self._fact("", f"{clean(reason)}：{len(group)}个（{example}）")
        self._rest(" " * 12, len(ranked) - len(shown), "类原因")

    def _rest(self, indent: str, count: int, measure: str) -> None:
        if count > 0:
            self.lines.append(
                self.style.paint("dim", f"{indent}其余{count}{measure}用 --verbose 或 --format json 查看")
            )


def _sums(verdict: Verdict) -> str:
    """What was proved of the sums, in one clause."""
    proof, relations = verdict.proof, verdict.coverage.relations
    if not verdict.coverage.observations:
        return "没有读到印有数字的金额，未能核对勾稽关系；"
    if not relations.held + relations.rounding + relations.violated:
        return "没有可以核对的勾稽关系；"
    if proof.consistent is None:
        return "金额是否自洽未能判定；"
    if not proof.consistent:
        return "金额不自洽，有差额不能由四舍五入解释；"
    count = len(proof.rounding_differences)
    if not count:
        return "金额自洽，所核对的勾稽关系全部相等；"
    verified = "已逐一验证" if proof.verified_exactly else "未能逐一验证"
    return f"金额自洽，{count}处差额均可由四舍五入解释（{verified}）；"


def _told(suspect: Suspect) -> str:
    """One suspect: what is printed, what it should be, where."""
    reported = clean(suspect.reported) or "空白"
    should = (
        f"{reported} → {clean(suspect.expected)}" if suspect.expected else f"{reported}，{_within(suspect.implied)}"
    )
    slip = f"（{clean(suspect.slip)}）" if suspect.slip else ""
    where = place_words(suspect.source)
    place = f"〔{where}〕" if where else ""
    return f"{clean(suspect.label)}：{should}{slip}{place}"


def _within(implied: tuple[str | None, str | None]) -> str:
    low, high = implied
    if low is not None and high is not None:
        return f"应为{low}" if low == high else f"应在{low}至{high}之间"
    if low is not None:
        return f"应不小于{low}"
    return f"应不大于{high}" if high is not None else "与其他数字不符"
