"""A small disclosure and verdict, made by hand, that the tests of publication share."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mingzhang.cube import Amount, Disclosure, Observation, Paragraph, Point, Row, Source, Table, Unread, unit_named
from mingzhang.cube.decision import Changes, Decision
from mingzhang.cube.disclosure import InputFile
from mingzhang.cube.finding import Finding, Suspect, Term, Working, with_fingerprints
from mingzhang.cube.verdict import Coverage, Mark, Proof, RelationCounts, RoundingDifference, Verdict

WAN = unit_named("万元")
POINT = Point(year=2024, stage="budget", flow="expenditure", fund="general", function="208")
CELL = Source(line=5, table="t01", row=2, column=3)
SENTENCE = Source(line=1, quote="1,396.07")


def disclosure() -> Disclosure:
    """One table with one amount and one weight, one sentence, two unread numbers."""
    return Disclosure(
        files=(InputFile("预算.txt", "ab" * 32, "txt"),),
        path="预算.txt",
        sha256="ab" * 32,
        title="某市某局2024年部门预算",
        agency="某市某局",
        year=2024,
        stage="budget",
        region="某市",
        pages=None,
        tables=(
            Table(
                id="t01",
                title="支出预算总表",
                unit=WAN,
                source=Source(line=3, table="t01"),
                form="demo.t1",
                header=(("科目编码",), ("科目名称",), ("2024年", "总计")),
                rows=(
                    Row(("208", "社会保障", "1,396.07"), "item", Source(line=5, table="t01", row=2, column=1), "208"),
                ),
                number="表3",
            ),
        ),
        text=(Paragraph("支出1,396.07万元", Source(line=1)),),
        observations=(
            Observation(POINT, Amount("1,396.07", WAN, Decimal("1396.07"), 2), CELL, label="社会保障"),
            Observation(
                Point(year=2024, indicator="=群众满意度", measure="weight"),
                Amount("12.5", unit_named("%"), Decimal("12.5"), 1),
                Source(line=6, table="t01", row=3, column=3),
                of_which=True,
                label="=群众满意度",
            ),
            Observation(
                POINT, Amount("1,396.07", WAN, Decimal("1396.07"), 2), SENTENCE, "text", label="支出1,396.07万元"
            ),
        ),
        unread=(
            Unread("88", Source(line=7), "没有认出这个数说的是什么"),
            Unread("208", Source(line=5, table="t01", row=2, column=1), "科目编码", "identifier"),
        ),
        notes=("一条说明。",),
    )


def suspect(expected: str, *, row: int = 2) -> Suspect:
    return Suspect(
        CELL._replace(row=row, line=row + 3),
        f"《支出预算总表》第{row}行",
        "1,396.07",
        ("1396.065", "1396.075"),
        expected,
        "似为一位数字有误",
    )


def verdict() -> Verdict:
    """One error with two tied explanations, one warning, six rounding differences."""
    findings = with_fingerprints(
        [
            Finding(
                rule="sum-of-items",
                level="error",
                message="下列数字中有一个不对。",
                key=("支出预算总表", "208"),
                places=(CELL, SENTENCE),
                suspects=(suspect("1,396.08"), suspect("1,396.09", row=3)),
                sets=((0,), (1,)),
                alternatives=((suspect("7"), suspect("8", row=3)),),
                workings=(
                    Working(
                        "合计为1,396.07，而其下各科目之和为1,396.08＋0.01＝1,396.09，相差0.02",
                        (Term("", "合计", "1,396.07", CELL),),
                        (Term("", "社会保障", "1,396.08", SENTENCE), Term("＋", "其他支出", "0.01", None)),
                        total="1,396.09",
                        difference="0.02",
                    ),
                ),
            ),
            Finding(
                rule="name-differs",
                level="warning",
                message="名称不一致。",
                key=("208",),
                places=(CELL,),
                reported="社会保障",
                expected="社会保障和就业支出",
            ),
        ]
    )
    differences = tuple(RoundingDifference(f"第{number}处相差0.01", (CELL,)) for number in range(1, 7))
    coverage = Coverage(1, 3, 5, 1, RelationCounts(10, 6, 2, 3), ("覆盖说明。",))
    marks: tuple[Mark, ...] = ("suspect", "untied", "involved")
    return Verdict(disclosure(), coverage, Proof(False, differences, False), findings, marks)


def reviewed_verdict() -> Verdict:
    """The same after a review: the error ruled a false alarm, the warning new, one finding gone, one unsure."""
    made = verdict()
    error, warning = made.findings
    ruled = Decision(error.id, "false-alarm", "张三", "口径不同", "2024-03-01", error.rule, error.level, error.message)
    gone, lost = with_fingerprints(
        [Finding("x", "error", "旧的差错。", ("a",)), Finding("x", "error", "旧表差错。", ("b",))]
    )
    changes = Changes("旧.pdf", (gone,), (lost,), (error.id,), (), (warning.id,))
    return replace(made, decisions=(ruled,), changes=changes)


def clean_verdict() -> Verdict:
    """Nothing found; all differences proved to be rounding."""
    made = verdict()
    relations = RelationCounts(10, 6, 0, 0)
    return replace(
        made,
        proof=replace(made.proof, consistent=True, verified_exactly=True),
        findings=(),
        coverage=replace(made.coverage, relations=relations, unread=0),
    )
