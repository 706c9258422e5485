"""The 检查表 as a page that stands alone."""

from __future__ import annotations

import itertools

from mingzhang.publication.checklist.filling import Checklist, Line
from mingzhang.publication.checklist.words import caption, foot, problem, shown, signatures
from mingzhang.publication.report.crops import Crops
from mingzhang.publication.report.markup import page, picture, table, tag, words
from mingzhang.publication.report.snippets import snippets


def checklist_html(checklist: Checklist, crops: Crops) -> str:
    """The form with its pictures; of documents that are no PDF, with the rows and sentences instead."""
    head = "".join(tag("th", words(name), scope="col") for name in checklist.layout.columns)
    body: list[str] = []
    for group, lines in itertools.groupby(checklist.lines, key=lambda line: line.group):
        members = list(lines)
        for position, line in enumerate(members):
            first = tag("th", words(group), scope="rowgroup", rowspan=str(len(members))) if not position else ""
            body.append(tag("tr", first + _cells(line, checklist, crops)))
    form = tag("table", f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody>", "checklist")
    told = table(["项目", "说明"], [[words(name), words(text)] for name, text in foot(checklist)], columns=("s", ""))
    return page(
        checklist.title,
        tag("header", tag("h1", words(checklist.title)), "page")
        + tag("main", form + tag("p", words(signatures(checklist)), "signatures") + tag("h2", "核对范围") + told)
        + tag("footer", "由明账生成。“未核对”的各项须人工核对。", "page"),
    )


def _cells(line: Line, checklist: Checklist, crops: Crops) -> str:
    layout = checklist.layout
    kind = {layout.yes: "yes", layout.no: "no"}.get(line.answer, "open")
    problems: list[str] = [tag("p", words(line.basis), "where")] if line.basis else []
    for number, finding in enumerate(line.findings, start=1):
        told = problem(number, checklist, finding)
        pictures = [picture(crop, told, words(caption(checklist, crop))) for crop in shown(crops, finding)]
        evidence = "".join(pictures) or snippets(checklist.verdict.disclosure, finding)
        problems.append(tag("p", words(told)) + evidence)
    return tag("td", words(line.name)) + tag("td", words(line.answer), f"answer {kind}") + tag("td", "".join(problems))
