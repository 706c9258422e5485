"""Tables of the region's set, blank pages: what is missing, and when nothing is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_samples import disclosure, table

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.forms import load_form_sets
from mingzhang.rules import run_rules

SET = next(found for found in load_form_sets() if sum(form.required for form in found) >= 6)
REQUIRED = [form for form in SET if form.required]


def of_rule(rule: str, found: Disclosure) -> list[Finding]:
    return [finding for finding in run_rules(found) if finding.rule == rule]


def document(left_out: int, *, notes: tuple[str, ...] = ()) -> Disclosure:
    """All required tables of a set but the last ``left_out``."""
    kept = REQUIRED[: len(REQUIRED) - left_out]
    return disclosure(
        *(
            table(f"t{number:02d}", form.titles[0], [("30201", "办公费")], form=form.id)
            for number, form in enumerate(kept)
        ),
        notes=notes,
    )


def test_a_table_of_the_set_that_is_missing_is_a_doubt() -> None:
    (finding,) = of_rule("table-missing", document(1))
    assert finding.level == "warning"
    assert finding.expected is not None
    assert finding.expected in REQUIRED[-1].titles[0]


@pytest.mark.parametrize(
    "whole",
    [document(0), document(len(REQUIRED) - 1), document(1, notes=("第3页为图像，未读取",))],
    ids=["all there", "another document", "unread"],
)
def test_nothing_is_missing_where_it_cannot_be_told(whole: Disclosure) -> None:
    assert of_rule("table-missing", whole) == []


def paged(pages: int, *used: int) -> Disclosure:
    return replace(disclosure(text=[("本部门按规定公开。", page) for page in used]), pages=pages)


def test_a_page_with_nothing_on_it_is_named() -> None:
    (finding,) = of_rule("page-blank", paged(4, 1, 2, 4))
    assert (finding.level, "第3页没有内容" in finding.message) == ("note", True)


def test_pages_that_were_not_read_are_not_called_blank() -> None:
    assert of_rule("page-blank", paged(3, 1, 2, 3)) == []
    assert of_rule("page-blank", replace(paged(4, 1, 2), notes=("第3—4页为图像，未读取",))) == []
