"""``mingzhang check --format html``: one file that a reviewer reads from the top, prints, and keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang import __version__
from mingzhang.cube.disclosure import Table
from mingzhang.cube.finding import LEVELS, Finding, Suspect, Term, Working
from mingzhang.cube.verdict import Verdict
from mingzhang.publication.coverage_words import coverage_statements
from mingzhang.publication.places import listed_places, place_words
from mingzhang.publication.report.crops import Crops
from mingzhang.publication.report.markup import page, picture, table, tag, words
from mingzhang.publication.report.snippets import snippets
from mingzhang.publication.report.table_view import Marks, header_rows
from mingzhang.publication.verdict_words import (
    LEVEL_WORDS,
    MARK_WORDS,
    changes_told,
    checksums,
    conclusion,
    correction,
    decision_told,
    explanations,
    facts,
    suspect_told,
    title_of,
    tone,
)

_BRIEF = 72
_MOST_CELLS = 40_000
_MOST_SETS = 12
_EXPLAINED = {"＝": "应等于", "≥": "应不小于", "≤": "应不大于"}


def verdict_html(verdict: Verdict, crops: Crops | None = None) -> str:
    """The report. ``crops`` are the pictures of a PDF's pages; other documents show rows and sentences instead."""
    return _Report(verdict, crops or Crops()).whole()


class _Report:
    def __init__(self, verdict: Verdict, crops: Crops) -> None:
        self.verdict = verdict
        self.crops = crops
        self.disclosure = verdict.disclosure
        self.numbers = {finding.id: number for number, finding in enumerate(verdict.findings, start=1)}

    def whole(self) -> str:
        title = title_of(self.disclosure)
        parts = [
            *(self.head(title), "<main>", self.summary(), self.changes(), self.findings(), self.differences()),
            *(self.coverage(), self.tables(), "</main>", self.foot()),
        ]
        return page(f"核对报告：{title}", "\n".join(part for part in parts if part))

    # --- the summary ---

    def head(self, title: str) -> str:
        pages = [("页数", f"{self.disclosure.pages}页")] if self.disclosure.pages is not None else []
        told = [*facts(self.verdict), *pages, *checksums(self.disclosure)]
        listed = "".join(tag("dt", name) + tag("dd", words(value)) for name, value in told)
        links = [
            ("#findings", "发现的问题"),
            ("#rounding", "四舍五入差额"),
            ("#coverage", "核对范围"),
            ("#tables", "所读表格"),
        ]
        nav = "".join(tag("a", name, href=target) for target, name in links)
        return tag(
            "header",
            tag("p", "核对报告", "kind")
            + tag("h1", words(title))
            + tag("dl", listed, "facts")
            + tag("nav", nav, "page", **{"aria-label": "目录"}),
            "page",
        )

    def summary(self) -> str:
        verdict = self.verdict
        tiles = []
        for level in LEVELS:
            count = sum(finding.level == level for finding in verdict.findings)
            tiles.append(tag("li", f"<b>{count}</b>{LEVEL_WORDS[level]}", f"{level}{'' if count else ' none'}"))
        body = [
            tag("p", words(conclusion(verdict)), f"conclusion {tone(verdict)}", role="status"),
            tag("ul", "".join(tiles), "counts"),
            tag("p", f"<b>自洽证明：</b>{self._certificate()}", "certificate"),
            *(
                tag("p", f"<b>{words(statement.name)}：</b>{words(statement.text)}", "certificate")
                for statement in coverage_statements(verdict)
                if statement.name and statement.name != "说明"
            ),
        ]
        if verdict.findings:
            body.append(tag("h3", "问题一览") + self._index())
        return tag("section", "".join(body), id="summary")

    def _certificate(self) -> str:
        proof = self.verdict.proof
        count = len(proof.rounding_differences)
        exactly = "，并已用精确算术逐一验证" if proof.verified_exactly else "，尚未用精确算术验证"
        if proof.consistent is None:
            return "未能判定是否存在一组真实金额，使所有印出的数字同时成立。"
        if proof.consistent and not self.verdict.coverage.observations:
            return "没有读到印有数字的金额，没有可以证明的。"
        if proof.consistent:
            rounded = f"{count}处差额由四舍五入造成" if count else "没有要用四舍五入解释的差额"
            return f"存在一组真实金额，使所有参与核对的数字同时成立{exactly}；{rounded}。"
        return f"不存在任何一组真实金额能使所有印出的数字同时成立{exactly}：必有数字印错。"

    def _index(self) -> str:
        rows = []
        for finding in self.verdict.findings:
            number = self.numbers[finding.id]
            place = next((place_words(p) for p in (*(s.source for s in finding.suspects), *finding.places)), "")
            brief = finding.message if len(finding.message) <= _BRIEF else finding.message[: _BRIEF - 1] + "…"
            link = tag("a", str(number), href=f"#f-{finding.id}")
            rows.append([link, LEVEL_WORDS[finding.level], words(brief), words(place)])
        return table(["序号", "级别", "问题", "位置"], rows, columns=("n", "s", "", "at"))

    def changes(self) -> str:
        changes = self.verdict.changes
        if changes is None:
            return ""
        body = [tag("h2", "与上次相比"), tag("p", f"对照：{words(changes.against)}。{changes_told(changes)}。")]
        for name, gone in (("已消除", changes.fixed), ("无法确认（有关部分这次没有读到）", changes.unsure)):
            if gone:
                items = "".join(tag("li", words(finding.message)) for finding in gone)
                body.append(tag("h3", name) + tag("ul", items, "plain"))
        return tag("section", "".join(body), id="changes")

    # --- the findings ---

    def findings(self) -> str:
        found = self.verdict.findings
        body = [tag("h2", f"发现的问题（{len(found)}处）")]
        if not found:
            body.append(tag("p", "没有发现问题。没有发现不等于没有问题，请同时看“核对范围”。"))
        if self.crops.left_out:
            body.append(tag("p", f"为控制文件大小，{self.crops.left_out}处问题没有附页面截图。", "where"))
        for level in LEVELS:
            of_level = [finding for finding in found if finding.level == level]
            if of_level:
                body.append(tag("h3", f"{LEVEL_WORDS[level]}（{len(of_level)}处）"))
                body += [self._finding(finding) for finding in of_level]
        return tag("section", "".join(body), id="findings")

    def _finding(self, finding: Finding) -> str:
        decision = self.verdict.decision_on(finding)
        dismissed = decision is not None and decision.ruling == "false-alarm"
        body = [self._finding_head(finding), tag("p", words(finding.message), "sentence")]
        if decision is not None:
            body.append(tag("p", words(decision_told(decision)), "decision"))
        if len(finding.sets) > 1:
            body.append(tag("h4", f"有{len(finding.sets)}种可能，请对照原始数据判断是哪一种"))
            body.append(_sets(explanations(finding)))
        elif len(finding.suspects) > 1:
            items = "".join(tag("li", words(suspect_told(suspect))) for suspect in finding.suspects)
            body.append(tag("h4", "要同时改正的数") + tag("ul", items, "plain"))
        elif told := correction(finding.reported, finding.expected, None):
            slip = f" {tag('span', words(finding.slip), 'slip')}" if finding.slip else ""
            body.append(tag("p", words(told) + slip, "correction"))
        if finding.workings:
            body.append(tag("h4", "算式"))
            body += [_working(working) for working in finding.workings]
        crops = self.crops.of(finding)
        body += [self._picture(finding, position) for position in range(len(crops))]
        if not crops:
            body.append(snippets(self.disclosure, finding))
        if finding.alternatives:
            body.append(tag("h4", "其他可能（涉及更多的数）") + _sets(finding.alternatives))
        if listed := listed_places(finding.places):
            body.append(tag("p", f"位置：{words(listed)}", "where"))
        kind = f"{finding.level} dismissed" if dismissed else finding.level
        return tag("article", "".join(body), kind, id=f"f-{finding.id}")

    def _finding_head(self, finding: Finding) -> str:
        changes = self.verdict.changes
        new = ""
        if changes is not None and finding.id in (*changes.new, *changes.altered):
            new = tag("span", "新出现" if finding.id in changes.new else "数字变了但仍有问题", "badge new")
        return tag(
            "header",
            tag("b", f"{self.numbers[finding.id]}.")
            + tag("span", LEVEL_WORDS[finding.level], f"badge {finding.level}")
            + new
            + tag("span", f"规则 {words(finding.rule)}")
            + tag("span", f"编号 {words(finding.id)}"),
        )

    def _picture(self, finding: Finding, position: int) -> str:
        crop = self.crops.of(finding)[position]
        legend = "红框为所指的内容" if crop.framed else ""
        if crop.against:
            legend += ("，" if legend else "") + "蓝色虚框为与之对照的数"
        return picture(crop, f"{crop.where}局部：{finding.message}", f"原文{crop.where}，{legend}")

    # --- rounding, coverage, tables ---

    def differences(self) -> str:
        found = self.verdict.proof.rounding_differences
        proof = self.verdict.proof
        body = [tag("h2", f"四舍五入差额（{len(found)}处）")]
        if not found:
            body.append(tag("p", "没有需要用四舍五入解释的差额。"))
        else:
            proved = proof.consistent and proof.verified_exactly
            told = (
                "以下差额均可由四舍五入解释，已逐一验证，不是差错。" if proved else "以下差额单独看可由四舍五入解释。"
            )
            rows = [[str(n), words(item.message)] for n, item in enumerate(found, start=1)]
            body.append(tag("p", told) + table(["序号", "差额"], rows, columns=("n", "")))
        return tag("section", "".join(body), id="rounding")

    def coverage(self) -> str:
        rows = []
        for statement in coverage_statements(self.verdict):
            details = "".join(tag("li", words(detail)) for detail in statement.details)
            rows.append(
                [words(statement.name), words(statement.text) + (tag("ul", details, "plain") if details else "")]
            )
        body = tag("h2", "核对范围") + table(["项目", "说明"], rows, columns=("s", ""))
        return tag("section", body, id="coverage")

    def tables(self) -> str:
        marks = Marks.of(self.verdict)
        legend = "".join(
            tag("li", tag("span", "123.45", f"cell m-{mark}") + words(told))
            for mark, told in (*MARK_WORDS.items(), ("unread", "未读懂：没有参与核对"))
        )
        body = [
            tag("h2", f"所读表格（{len(self.disclosure.tables)}张）"),
            tag("p", "以下是程序从文件中读到的内容，每个数字后面的符号表示核对结果："),
            tag("ul", legend, "legend"),
        ]
        left = _MOST_CELLS
        for listed in self.disclosure.tables:
            shown = list(_rows_within(listed, left))
            left -= sum(len(listed.rows[index].texts) for index in shown)
            body.append(self._table(listed, marks, shown))
        return tag("section", "".join(body), id="tables")

    def _table(self, listed: Table, marks: Marks, shown: list[int]) -> str:
        head = "".join(
            tag(
                "tr",
                "".join(tag("th", words(cell.text), colspan=str(cell.columns), rowspan=str(cell.rows)) for cell in row),
            )
            for row in header_rows(listed)
        )
        body = []
        for index in shown:
            cells = []
            for cell in marks.row(listed, index):
                text = words(cell.text)
                if cell.findings:
                    text = tag("a", text or "空白", href=f"#f-{cell.findings[0]}")
                kind = f"m m-{cell.mark}" if cell.mark else "pointed" if cell.findings else ""
                cells.append(tag("td", text, kind))
            body.append(tag("tr", "".join(cells)))
        missing = len(listed.rows) - len(shown)
        more = tag("p", f"为控制文件大小，其余{missing}行没有列出。", "where") if missing else ""
        unit = f"单位：{listed.unit.name}" if listed.unit is not None else "没有标明单位"
        where = "，".join(part for part in (unit, words(place_words(listed.source))) if part)
        name = f"{words(listed.number or '')}《{words(listed.title) or '无题表格'}》（{where}）"
        grid = tag("table", f"<thead>{head}</thead><tbody>{''.join(body)}</tbody>", "asread")
        return tag("details", tag("summary", name) + tag("div", grid, "wide") + more, "table", open="open")

    def foot(self) -> str:
        return tag(
            "footer", f"由明账 {__version__} 生成。疑点和提示需要人工判断；处理意见用 mingzhang decide 登记。", "page"
        )


def _rows_within(listed: Table, cells: int) -> Iterator[int]:
    for index, row in enumerate(listed.rows):
        cells -= len(row.texts)
        if cells < 0:
            return
        yield index


def _sets(found: Sequence[Sequence[Suspect]]) -> str:
    items = "".join(
        tag("li", words("；同时".join(suspect_told(suspect) for suspect in members))) for members in found[:_MOST_SETS]
    )
    rest = tag("p", f"其余{len(found) - _MOST_SETS}种见 json 结果。", "where") if len(found) > _MOST_SETS else ""
    return tag("ol", items, "sets") + rest


def _working(working: Working) -> str:
    rows = [_term(term) for term in working.left]
    rows[0][0] = ""
    right = [_term(term) for term in working.right]
    if right:
        right[0][0] = f"{_EXPLAINED[working.relation]} {right[0][0]}".strip()
    rows += right
    if working.zeros:
        rows.append(["", f"另有{working.zeros}项为零或空白", "", ""])
    if working.total is not None:
        divides = any("÷" in term.sign or "×" in term.sign for term in working.right)
        rows.append(["得" if divides else "合计", "以上各项算得", "", tag("b", words(working.total))])
    if working.difference is not None:
        rows.append(["相差", "", "", tag("b", words(working.difference))])
    return table(["", "项", "位置", "印出的数"], rows, "working", ("s", "", "at", "n"))


def _term(term: Term) -> list[str]:
    place = place_words(term.source) if term.source is not None else ""
    return [words(term.sign), words(term.label), words(place), words(term.printed)]
