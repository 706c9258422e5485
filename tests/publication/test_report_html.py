"""The HTML report: its structure, what it says and in which order, and that it stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from report_samples import verdict_on, write
from verdict_samples import clean_verdict, verdict

from mingzhang import cli
from mingzhang.cube import Source
from mingzhang.cube.finding import Finding, Term, Working, with_fingerprints
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREADABLE, EXIT_USAGE
from mingzhang.publication.report.crops import crops_of
from mingzhang.publication.report.html import verdict_html


def tree_of(text: str) -> Any:
    return lxml.html.fromstring(text)


def outline(text: str) -> list[str]:
    """Headings, findings and marked cells in order, pictures by their size."""
    tree = tree_of(text)
    told: list[str] = []
    for element in tree.iter("h1", "h2", "h3", "h4", "article", "img", "summary", "td"):
        kind = element.get("class") or ""
        if element.tag == "article":
            told.append(f"article {kind} {element.get('id')}")
        elif element.tag == "img":
            told.append(f"img {element.get('width')}x{element.get('height')}")
        elif element.tag == "td":
            if "m-" in kind or kind in ("here", "against"):
                told.append(f"td {kind} {element.text_content()}")
        else:
            told.append(f"{element.tag} {element.text_content()}")
    return told


def test_the_structure_is_kept(golden: Callable[[str, Any], None]) -> None:
    golden("report_outline.json", outline(verdict_html(verdict())))


def test_the_summary_comes_first() -> None:
    text = verdict_html(verdict())
    order = [text.index(f'id="{name}"') for name in ("summary", "findings", "rounding", "coverage", "tables")]
    assert order == sorted(order)
    assert "结论" not in text[: text.index("金额不自洽，有差额不能由四舍五入解释")]
    tree = tree_of(text)
    counts = [item.text_content() for item in tree.xpath('//ul[@class="counts"]/li')]
    assert counts == ["1错误", "1疑点", "0尾差", "0文字与格式", "0提示"]


def test_the_arithmetic_is_written_out_with_places() -> None:
    tree = tree_of(verdict_html(verdict()))
    (working,) = tree.xpath('//table[@class="working"]')
    rows = [[cell.text_content() for cell in row.iter("td")] for row in working.iter("tr")][1:]
    assert rows == [
        ["", "合计", "第5行", "1,396.07"],
        ["应等于", "社会保障", "第1行", "1,396.08"],
        ["＋", "其他支出", "", "0.01"],
        ["合计", "以上各项算得", "", "1,396.09"],
        ["相差", "", "", "0.02"],
    ]


def test_what_is_divided_is_no_sum() -> None:
    made = verdict()
    share = Working(
        "占比",
        (Term("", "占", "50.0%", None),),
        (Term("", "甲", "1.00", None), Term("÷", "乙", "3.00", None)),
        total="33.3%",
    )
    shown = replace(made, findings=(replace(made.findings[0], workings=(share,)),))
    (working,) = tree_of(verdict_html(shown)).xpath('//table[@class="working"]')
    assert [cell.text_content() for cell in list(working.iter("tr"))[-1]] == ["得", "以上各项算得", "", "33.3%"]


def test_a_document_without_numbers_proves_nothing() -> None:
    made = clean_verdict()
    empty = replace(made, coverage=replace(made.coverage, observations=0))
    assert "没有可以证明的" in verdict_html(empty)
    assert "没有可以证明的" not in verdict_html(made)


def test_it_stands_alone_and_runs_nothing() -> None:
    text = verdict_html(verdict())
    assert not re.search(r'(?:src|href)="(?!#|data:image/png)', text)
    assert "<script" not in text
    assert "url(" not in text
    assert "default-src 'none'" in text


def test_what_a_document_says_is_no_markup() -> None:
    bad = '<script>alert("1")</script>\u202e'
    made = verdict()
    disclosure = replace(made.disclosure, title=bad, agency=bad, path=bad, notes=(bad,))
    findings = with_fingerprints([Finding("x", "error", bad, ("k",), (Source(line=1, quote=bad),))])
    text = verdict_html(replace(made, disclosure=disclosure, findings=findings))
    assert "<script" not in text
    assert "\u202e" not in text


def test_every_link_has_its_place() -> None:
    tree = tree_of(verdict_html(verdict()))
    names = {element.get("id") for element in tree.xpath("//*[@id]")}
    assert {link.get("href")[1:] for link in tree.iter("a")} <= names


def test_a_clean_document_says_what_that_means() -> None:
    text = verdict_html(clean_verdict())
    assert "没有发现问题。没有发现不等于没有问题" in text
    assert "存在一组真实金额，使所有参与核对的数字同时成立，并已用精确算术逐一验证" in text


def test_marks_are_told_by_more_than_colour() -> None:
    text = verdict_html(verdict())
    style = text[text.index("<style>") : text.index("</style>")]
    marks = re.findall(r'\.m-(\w+)::after \{ content: "([^"]+)"', style)
    assert {name for name, _ in marks} == {"proved", "rounding", "suspect", "involved", "untied", "unread"}
    assert len({sign for _, sign in marks}) == 6


def test_a_pdf_shows_its_page(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    place = write(tmp_path)
    made = verdict_on(place)
    text = verdict_html(made, crops_of(place.read_bytes(), made.findings))
    tree = tree_of(text)
    suspected = next(f for f in made.findings if f.suspects)
    (article,) = tree.xpath(f'//article[@id="f-{suspected.id}"]')
    assert article.xpath(".//img[starts-with(@src, 'data:image/png;base64,')]")
    assert "原文第2页" in article.text_content()
    assert text == verdict_html(made, crops_of(place.read_bytes(), made.findings))


def test_three_hundred_findings(tmp_path: Path) -> None:
    made = verdict()
    many = with_fingerprints(
        replace(made.findings[index % 2], key=(str(index),), message="很长的名称" * 40, id="") for index in range(300)
    )
    text = verdict_html(replace(made, findings=many))
    assert text.count("<article") == 300
    assert len(text) < 2_000_000


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_the_report(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    place = write(tmp_path)
    output = tmp_path / "报告.html"
    assert cli.main(["check", str(place), "-o", str(output)]) == EXIT_FINDINGS
    assert output.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    again = tmp_path / "另.html"
    assert cli.main(["check", str(place), "--format", "html", "-o", str(again)]) == EXIT_FINDINGS
    assert again.read_bytes() == output.read_bytes()


def test_several_documents_make_a_folder_of_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("PIL")
    place = write(tmp_path)
    other = tmp_path / "空.txt"
    other.write_text("", encoding="utf-8")
    folder = tmp_path / "报告"
    arguments = ["check", str(place), str(other), "--format", "html"]
    assert cli.main([*arguments, "-o", str(folder)]) == EXIT_UNREADABLE
    assert sorted(item.name for item in folder.iterdir()) == ["汇总.xlsx", "预算.pdf.html"]
    told = capsys.readouterr()
    assert "错误[empty-file]" in told.err
    assert told.out.startswith("总览（共2份")
    assert cli.main(arguments) == EXIT_USAGE
    assert "错误[needs-output]" in capsys.readouterr().err
    assert cli.main([*arguments, "-o", str(other)]) == EXIT_USAGE
    assert "错误[cannot-write]" in capsys.readouterr().err


def test_a_report_goes_to_a_pipe(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    place = tmp_path / "预算.txt"
    place.write_text("某市某局2024年部门预算\n\n2024年支出预算120.00万元。\n", encoding="utf-8")
    assert cli.main(["check", str(place), "--format", "html"]) == EXIT_CLEAN
    assert capsysbinary.readouterr().out.startswith(b"<!DOCTYPE html>")
