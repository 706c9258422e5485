"""One bad file a mistake: the message names the place, what was found and what was probably meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mingzhang.errors import FormError
from mingzhang.forms import load_form_set, load_form_sets

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
EXAMPLE = DOCS.split("```toml\n")[1].split("```")[0]


def line_with(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def failure(tmp_path: Path, text: str) -> FormError:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as caught:
        load_form_set(path)
    return caught.value


# name, words of the example, their replacement, code, words of the message
MISTAKES = [
    ("set key", "region =", "regoin =", "unknown-key", "未知的键“regoin”，是否想写“region”？"),
    ("table key", "one_per =", "one_pre =", "unknown-key", "未知的键“one_pre”，是否想写“one_per”？"),
    ("column key", "header = [\"科目编码\"]", "heading = [\"科目编码\"]", "unknown-key", "是否想写“header”？"),
    ("top key", "[[section]]", "[[sections]]", "unknown-key", "未知的键“sections”，是否想写“section”？"),
    ("foreign key", 'layout = "single_row"', 'layout = "single_row"\nrows = {}', "unknown-key", "不用“rows”，只用：column"),
    ("no name", 'name = "示例公开套表"\n', "", "missing-key", "缺少“name”（应为文字）"),
    ("no header", 'header = ["科目编码"]\n', "", "missing-key", "缺少“header”"),
    ("empty header", 'header = ["科目编码"]', "header = []", "missing-key", "“header”不能为空"),
    ("no number", 'number = "表二"\n', "", "missing-key", "表 demo.t2）：缺少“number”"),
    ("no rows", 'rows = { dimension = "object", total = "合计" }\n', "", "missing-key", "缺少“rows”或“row”"),
    ("no row point", ', point = { flow = "sources" } }', " }", "missing-key", "第1块，“收入”，第1行）：缺少“point”"),
    ("no amounts", 'header = ["基本支出"], point = {}', 'header = ["注"], role = "note"', "missing-key", "没有一列写了“point”"),
    ("no indicator", 'role = "indicator"', 'role = "name"', "missing-key", "缺少 role = \"indicator\" 的列"),
    ("type", "required = false\nfield", 'required = "no"\nfield', "type", "“required”应为true 或 false，实为 'no'"),
    ("row type", '{ label = "合计", point = { flow = "uses" } },', '"合计",', "type", "“row”的第1项应为表（{ … }），实为 '合计'"),
    ("set id", 'id = "demo"', 'id = "Demo"', "id", "表样编号“Demo”应为小写字母"),
    ("table id", '"demo.t2"', '"dmo.t2"', "id", "表编号应写成“demo.”加小写字母、数字，实为“dmo.t2”"),
    ("kind", '"budget"\nyears', '"bugdet"\nyears', "unknown-kind", "未知的公开种类“bugdet”，是否想写“budget”？"),
    ("layout", '"two_sided"', '"twosided"', "unknown-layout", "未知的布局“twosided”，是否想写“two_sided”？"),
    ("role", 'role = "code"', 'role = "coed"', "unknown-role", "未知的列作用“coed”，是否想写“code”？"),
    ("field role", 'role = "unplaced"', 'role = "unplacd"', "unknown-role", "未知的项作用“unplacd”，是否想写“unplaced”？"),
    ("position", '"first" }', '"top" }', "unknown-position", "未知的合计行位置“top”，可以写：first、last"),
    ("numbering", 'levels = ["类"],', 'numbering = "1.",', "unknown-numbering", "未知的编号样式“1.”，可以写：一、、（一）"),
    ("level", 'levels = ["类"]', 'levels = ["目"]', "unknown-level", "维度“function”没有“目”这一级，只有：类、款、项"),
    ("dimension", 'dimension = "object"', 'dimension = "objcet"', "unknown-dimension", "未知的维度“objcet”，是否想写“object”？"),
    ("point dimension", 'nature = "basic" }\nrows', 'natrue = "basic" }\nrows', "unknown-dimension", "未知的维度“natrue”，是否想写“nature”？"),
    ("member", 'fund = "general"', 'fund = "genral"', "unknown-member", "维度“fund”没有成员“genral”，是否想写“general”？"),
    ("moved member", 'topic = "reception"', 'nature = "reception"', "unknown-member", "没有成员“reception”，它是维度“topic”的成员"),
    ("code", 'flow = "income" }', 'function = "20-5" }', "unknown-member", "维度“function”的值应为三位以上数字编码，实为“20-5”"),
    ("year word", 'year = "last"', 'year = "lats"', "year", "不能写“lats”，是否想写“last”？"),
    ("year number", 'year = "last"', "year = 204", "year", "204 不是预算年度"),
    ("year order", "first = 2024, last = 2025", "first = 2026, last = 2025", "year", "起始年度 2026 晚于终止年度 2025"),
    ("unit", "years =", 'unit = "辆"\nyears =', "unit", "“辆”不是金额单位"),
    ("decimals", "years =", "decimals = 9\nyears =", "unit", "小数位数应在 0 到 6 之间，实为 9"),
    ("placeholder", "{last_year}年预算数", "{lastyear}年预算数", "placeholder", "未知的占位符“lastyear”，是否想写“last_year”？"),
    ("brace", "{last_year}年预算数", "last_year}年预算数", "placeholder", "未知的占位符“}”"),
    ("no level words", 'level_words = ["市级", "县级"]\n', "", "placeholder", "没有在 [set] 写“level_words”"),
    ("no core", 'title = ["收支总表"]', 'title = ["{year}年{agency}"]', "placeholder", "认不出是哪张表"),
    ("role and point", 'role = "name"\n', 'role = "name"\npoint = {}\n', "conflict", "“role”（作用）与“point”（点位）只能二者选一"),
    ("no role nor point", 'role = "code"\n', "", "conflict", "“role”（作用）与“point”（点位）必须写其中一个"),
    ("rows and row", "empty_statement", "row = []\nempty_statement", "conflict", "“rows”与“row”只能二者选一"),
    ("position alone", 'total = "合计", total_position', "total_position", "conflict", "写了“total_position”却没有“total”"),
    ("column on rows", '"小计"]\npoint = {}', '"小计"]\npoint = { function = "205" }', "conflict", "行已按维度“function”展开"),
    ("column dimension", '"小计"]\npoint = {}', '"小计"]\npoint = {}\ndimension = "object"', "conflict", "金额列用“point”说明点位，不写“dimension”"),
    ("cell", 'role = "name"\n', 'role = "name"\ncell = "{name}"\n', "conflict", "只有 role = \"code_name\" 的列才写“cell”"),
    ("no cell", 'role = "name"\n', 'role = "code_name"\n', "missing-key", "缺少“cell”"),
    ("half a cell", 'role = "name"\n', 'role = "code_name"\ncell = "{name}"\n', "placeholder", "“cell”应各含一个 {code} 和 {name}"),
    ("row role", 'point = { flow = "carried_in" }', 'role = "note"', "conflict", "只能是 unplaced"),
    ("axis twice", 'exhaustive = true, total', 'across = [{ dimension = "function" }], total', "duplicate", "同一维度写了两次"),
    ("axis level", 'exhaustive = true, total', 'across = [{ dimension = "object", levels = ["项"] }], total', "unknown-level", "“object”没有“项”"),
    ("column on axis", 'exhaustive = true, total', 'across = [{ dimension = "nature" }], total', "conflict", "行已按维度“nature”展开"),
    ("one_per", 'one_per = "project"', 'one_per = "fund"', "conflict", "“fund”的成员是固定的"),
    ("table twice", '"demo.t2"', '"demo.t1"', "duplicate", "表编号“demo.t1”已经用过"),
    ("number twice", '"表二"', '"表一"', "duplicate", "表号“表一”与表 demo.t1 相同"),
    ("title twice", '"部门经济"]', '"政府经济"]', "duplicate", "表名“基本支出表”与表 demo.t3 无法区分"),
    ("header twice", '["科目名称"]', '["科目 编码"]', "duplicate", "列的表头与第1个相同"),
    ("column twice", '{ year = "last" }', "{}", "duplicate", "列的点位与第3个相同"),
    ("row twice", '{ flow = "carried_in" }', '{ flow = "income" }', "duplicate", "行的点位与第2个相同"),
    ("level twice", '["类", "款", "项"]', '["类", "款", "款"]', "duplicate", "同一级写了两次"),
    ("block twice", 'heading = "支出"', 'heading = "收入"', "duplicate", "块的标题和表头与第1个相同"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "words"), [case[1:] for case in MISTAKES], ids=[c[0] for c in MISTAKES])
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, code: str, words: str) -> None:
    assert old in EXAMPLE
    error = failure(tmp_path, EXAMPLE.replace(old, new, 1))
    assert error.code == f"form-{code}"
    assert error.message.startswith("bad.toml")
    assert words in error.message


def test_no_table(tmp_path: Path) -> None:
    error = failure(tmp_path, EXAMPLE.split("# Side by side")[0])
    assert error.message == "bad.toml：缺少“table”（一张表也没有）"


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('role = "code"', 'role = "coed"', 'role = "coed"'),
        ('{ header = ["公务接待费"]', '{ heeder = ["公务接待费"]', "heeder"),
        ('heading = "绩效指标"', 'headin = "绩效指标"', "headin ="),
        ('{ flow = "carried_out" }', '{ flwo = "carried_out" }', "flwo"),
    ],
)
def test_the_line_is_the_right_one(tmp_path: Path, old: str, new: str, at: str) -> None:
    text = EXAMPLE.replace(old, new, 1)
    assert f"bad.toml 第{line_with(text, at)}行（" in failure(tmp_path, text).message


def test_the_trail_names_table_and_column(tmp_path: Path) -> None:
    text = EXAMPLE.replace('point = { year = "last" }', 'point = { fucntion = "205" }')
    number = line_with(text, "fucntion")
    expected = f"bad.toml 第{number}行（表 demo.t2，第3列，fucntion）：未知的维度“fucntion”，是否想写“function”？"
    assert failure(tmp_path, text).message == expected


def test_toml_syntax_has_a_line(tmp_path: Path) -> None:
    text = EXAMPLE.replace('number = "表二"', "number = 表二")
    error = failure(tmp_path, text)
    assert error.code == "form-syntax"
    assert (
        f"bad.toml 第{line_with(text, 'number = 表二')}行第10列：不合 TOML 写法，此行是“number = 表二”" in error.message
    )


def test_a_file_cut_short(tmp_path: Path) -> None:
    error = failure(tmp_path, EXAMPLE[: EXAMPLE.index("]", EXAMPLE.index("column = ["))])
    assert error.code == "form-syntax"
    assert error.message.startswith("bad.toml 末尾：不合 TOML 写法")


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes("name = '表'".encode("gbk"))
    with pytest.raises(FormError, match=r"gbk\.toml：不是 UTF-8"):
        load_form_set(path)


def test_no_such_file_or_directory(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="读不到这个表样文件"):
        load_form_set(tmp_path / "absent.toml")
    with pytest.raises(FormError, match="没有这个表样目录"):
        load_form_sets([tmp_path / "absent"])


def test_two_files_with_one_id(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(EXAMPLE, encoding="utf-8")
    with pytest.raises(FormError, match=r"b\.toml：表样编号“demo”已在 a\.toml 中用过"):
        load_form_sets([tmp_path])


def test_every_code_is_documented_and_tested() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/mingzhang/forms").glob("*.py"))
    raised = set(re.findall(r"\.fail\(\s*\"([a-z-]+)\"", sources)) | set(re.findall(r"\"form-([a-z-]+)\"", sources))
    raised |= set(re.findall(r"\"(unknown-[a-z]+)\"", sources))
    documented = set(re.findall(r"`form-([a-z-]+)`", DOCS))
    assert raised == documented
    tested = {case[3] for case in MISTAKES} | {"syntax", "unreadable"}
    assert tested == raised
