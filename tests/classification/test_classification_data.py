"""The data files: what the script makes of the reference, whole and sane; a mistake says where it is."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mingzhang.classification import by_code, doubted, entries, orphans, revenue_rows
from mingzhang.classification.crosswalk import read_links
from mingzhang.classification.entry import DIMENSIONS, Dimension
from mingzhang.classification.files import ENTRY_COLUMNS, FOLDER, read_entries
from mingzhang.classification.revenue import read_revenue
from mingzhang.errors import FormError

REPOSITORY = Path(__file__).resolve().parents[2]
HEADER = ",".join(ENTRY_COLUMNS)


def script() -> ModuleType:
    path = REPOSITORY / "tools" / "build_classification.py"
    spec = importlib.util.spec_from_file_location("build_classification", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_committed_data_are_what_the_script_makes() -> None:
    tool = script()
    if not tool.SOURCE.is_dir():
        pytest.skip(f"NOT CHECKED: the reference facts are not here ({tool.SOURCE}); the data may differ from them")
    made = tool.build(tool.SOURCE)
    assert sorted(made) == sorted(path.name for path in FOLDER.glob("*.csv"))
    for name, text in made.items():
        assert (FOLDER / name).read_bytes().decode("utf-8") == text, f"{name}: run tools/build_classification.py"


def test_no_row_is_lost() -> None:
    counts = {dimension: len(entries(dimension)) + len(doubted(dimension)) for dimension in DIMENSIONS}
    assert counts == {"function": 1516, "object": 181, "gov_object": 123}
    assert len(read_links(FOLDER / "crosswalk.csv")) == 167
    assert len(revenue_rows()) == 36


def test_the_orphans_are_known() -> None:
    """20698 and 20707 are missing from the gathered facts; nothing else hangs in the air."""
    found = {dimension: orphans(dimension) for dimension in DIMENSIONS}
    assert found == {"function": ("2069803", "2070799"), "object": (), "gov_object": ()}


def test_fragments_of_project_names_are_kept_apart() -> None:
    assert {dimension: len(doubted(dimension)) for dimension in DIMENSIONS} == {
        "function": 6,
        "object": 9,
        "gov_object": 34,
    }
    assert by_code("gov_object", "51647") == ()
    assert by_code("function", "21093") == ()


def test_a_code_and_name_stand_together_once() -> None:
    for dimension in DIMENSIONS:
        pairs = [(entry.code, entry.name) for entry in entries(dimension)]
        assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_links_are_between_known_codes(dimension: Dimension) -> None:
    if dimension == "function":
        return
    known = {entry.code for entry in entries(dimension)}
    assert {getattr(link, dimension) for link in read_links(FOLDER / "crosswalk.csv")} <= known


def test_loading_is_fast() -> None:
    """In a fresh process; generous against a busy machine (measured 14 ms for all three, the promise is 30)."""
    code = (
        "import time, mingzhang.classification as c\n"
        "start = time.process_time()\n"
        "for d in ('function', 'object', 'gov_object'): c.entries(d)\n"
        "print(time.process_time() - start)"
    )
    best = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3))
    assert best < 0.1


BAD_ENTRIES = [
    ("code,name\n201,一般公共服务支出\n", "第1行", "表头"),
    (f"{HEADER}\n30101,基本工资,款,2018,,verified,1\n", "第2行", "9 列，实有 7 列"),
    (f"{HEADER}\n3O101,基本工资,款,2018,,verified,1,x,\n", "第2行", "以 3 开头的 3、5 位编码，实为“3O101”"),
    (f"{HEADER}\n20101,人大事务,款,2018,,verified,1,x,\n", "第2行", "以 3 开头"),
    (f"{HEADER}\n3010,基本工资,款,2018,,verified,1,x,\n", "第2行", "3、5 位编码"),
    (f"{HEADER}\n30101, ,款,2018,,verified,1,x,\n", "第2行", "非空的科目名称"),
    (f"{HEADER}\n30101,基本工资,类,2018,,verified,1,x,\n", "第2行", "级次“款”"),
    (f"{HEADER}\n30101,基本工资,款,18,,verified,1,x,\n", "第2行", "四位年度或空，实为“18”"),
    (f"{HEADER}\n30101,基本工资,款,2020,2018,verified,1,x,\n", "第2行", "起始年度不晚于终止年度"),
    (f"{HEADER}\n301,工资福利支出,类,,,verified,1,x,\n30101,基本工资,款,,,sure,1,x,\n", "第3行", "状态"),
    (f"{HEADER}\n30101,基本工资,款,2018,,verified,-1,x,\n", "第2行", "非负整数"),
]


@pytest.mark.parametrize(("text", "line", "expected"), BAD_ENTRIES)
def test_a_mistake_names_file_line_and_what_was_expected(tmp_path: Path, text: str, line: str, expected: str) -> None:
    path = tmp_path / "object.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as caught:
        read_entries(path, "object")
    assert caught.value.code == "classification-data"
    for part in ("object.csv", line, expected):
        assert part in caught.value.message


def test_a_file_that_cannot_be_read_is_a_form_error(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"object\.csv 无法读取"):
        read_entries(tmp_path / "object.csv", "object")
    (tmp_path / "gbk.csv").write_bytes(f"{HEADER}\n301,工资福利支出,类,,,verified,1,x,\n".encode("gbk"))
    with pytest.raises(FormError, match=r"gbk\.csv 无法读取"):
        read_entries(tmp_path / "gbk.csv", "object")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("301,50101,机关,verified,1,x", "以 3 开头的五位编码"),
        ("30101,30101,机关,verified,1,x", "以 5 开头的五位编码"),
        ("30101,50101,企业,verified,1,x", "单位类型"),
        ("30101,50101,机关,certain,1,x", "状态"),
        ("30101,50101,机关,verified,many,x", "非负整数"),
        ("30101,50101,机关,verified,1,x\n30101,50101,机关,verified,2,y", "不重复的对照关系"),
    ],
)
def test_a_bad_link_is_a_form_error(tmp_path: Path, row: str, expected: str) -> None:
    path = tmp_path / "crosswalk.csv"
    path.write_text(f"object,gov_object,agency_type,status,disclosures,source\n{row}\n", encoding="utf-8")
    with pytest.raises(FormError, match=expected):
        read_links(path)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",事业收入,款,own,business,income,x,", "非空的编码与名称"),
        ("REV06,事业收入,款,own,busyness,income,x,", "fund 为"),
        ("REV06,事业收入,款,own,business,inflow,x,", "flow 为"),
        ("REV06,事业收入,款,own,business,,x,", "同行的 flow"),
    ],
)
def test_a_bad_revenue_row_is_a_form_error(tmp_path: Path, row: str, expected: str) -> None:
    path = tmp_path / "revenue.csv"
    path.write_text(f"code,name,level,group,fund,flow,source,note\n{row}\n", encoding="utf-8")
    with pytest.raises(FormError, match=expected):
        read_revenue(path)
