"""Rows of a class or of its parts that are left out where every sum still holds."""

from __future__ import annotations

from mingzhang.cube.finding import Finding
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.rules import run_rules

HEAD = "某某县某某局2024年部门预算公开\n\n"
COLUMNS = "单位：万元\n\n类\t款\t项\t科目名称\t合计\n"
ROWS = (
    "213\t\t\t农林水支出\t10.00\n",
    "213\t01\t\t农业农村\t10.00\n",
    "213\t01\t05\t农垦运行\t10.00\n",
)
MORE = "208\t\t\t社会保障和就业支出\t4.00\n208\t05\t\t行政事业单位养老支出\t4.00\n208\t05\t05\t养老保险缴费\t4.00\n"


def table(title: str, *left_out: int, more: str = "") -> str:
    rows = "".join(row for number, row in enumerate(ROWS) if number not in left_out)
    return f"{title}\n\n{COLUMNS}{more}{rows}合计\t\t\t\t{'14.00' if more else '10.00'}\n\n"


def told(*tables: str) -> list[Finding]:
    disclosure = recognise(read_text(RawFile((HEAD + "".join(tables)).encode(), "示例.txt", "0" * 64)))
    return [f for f in run_rules(disclosure) if f.rule in ("code-parent-missing", "code-parts-missing")]


SOUND = (table("2024年部门支出预算总表"), table("2024年部门收入预算总表"))


def test_tables_that_list_every_level_are_silent() -> None:
    assert told(*SOUND, table("2024年一般公共预算支出表")) == []


def test_pieces_of_a_code_are_no_row_of_the_class() -> None:
    """类 is repeated in the rows of its 款 and 项: that prints no row of its own."""
    more = MORE + "210\t\t\t卫生健康支出\t0.00\n210\t11\t\t行政事业单位医疗\t0.00\n"
    (finding,) = told(table("2024年一般公共预算支出表", 0, more=more))
    assert (finding.rule, finding.expected) == ("code-parent-missing", "213")


def test_the_row_that_all_other_tables_print() -> None:
    for level, code in ((0, "213"), (1, "21301")):
        (finding,) = told(*SOUND, table("2024年一般公共预算支出表", level))
        assert (finding.rule, finding.expected) == ("code-parent-missing", code)
        assert "其他2张表都列出了这一上级" in finding.message


def test_a_table_of_the_lowest_level_alone_prints_no_classes() -> None:
    assert told(*SOUND, table("2024年一般公共预算支出表", 0, 1)) == []


def test_the_only_part_of_the_only_class() -> None:
    """The heads of the columns promise 项, and another table prints it."""
    (finding,) = told(SOUND[0], table("2024年一般公共预算支出表", 2))
    assert (finding.rule, finding.expected) == ("code-parts-missing", "2130105")
    assert "《部门支出预算总表》列有“2130105 农垦运行”" in finding.message


def test_a_class_that_has_no_parts_ends_rightly() -> None:
    ends = MORE + "219\t\t\t援助其他地区支出\t0.50\n219\t99\t\t其他支出\t0.50\n"
    assert told(table("2024年部门支出预算总表", more=ends)) == []
