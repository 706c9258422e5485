"""What is no disclosure is refused; what is one, however little of it there is, is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.admission import refusal
from mingzhang.cube import Disclosure
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

NOT_DISCLOSURES = {
    "青禾省文史厅2025年部门预算.html": (
        "<html><body><nav>首页 政务公开 预决算公开</nav><h1>青禾省文史厅2025年部门预算公开</h1><p>浏览次数：325</p>"
        "<p><a href='a.pdf'>附件：青禾省文史厅2025年部门预算.pdf</a></p></body></html>"
    ),
    "云渡市教育局2025年部门预算.txt": (
        "云渡市财政局关于编制2025年部门预算的通知\n\n各部门：\n\n现将有关事项通知如下：\n\n一、“三公”经费压减5%，会议费人均不超过450元。\n\n"
        "二、单项预算500万元以上的项目须提交绩效评估报告。\n\n三、台式计算机不超过5000元。\n"
    ),
    "石塘县2025年部门预算.txt": (
        "石塘县人民政府关于印发惠企政策的通知\n\n对符合条件的企业，一次性给予50万元奖励；对新增贷款按2%贴息，最高不超过100万元。\n"
    ),
    "2024年度部门决算.html": (
        "<html><body><table><tr><td>序号</td><td>单位名称</td><td>公开时间</td></tr>"
        "<tr><td>1</td><td>青禾省文史厅2024年度部门决算</td><td>2025-08-20</td></tr>"
        "<tr><td>2</td><td>青禾省水利厅2024年度部门决算</td><td>2025-08-21</td></tr>"
        "<tr><td>3</td><td>青禾省财政厅2024年度部门决算</td><td>2025-08-22</td></tr></table></body></html>"
    ),
}
TABLE = "一般公共预算支出表\n单位：万元\n科目编码\t科目名称\t2025年预算数\n207\t文化旅游体育与传媒支出\t120.00\n合计\t\t120.00\n"
TOLD = (
    "石塘县文化馆2024年度单位决算情况说明\n\n2024年度收入总计120.50万元，支出总计120.50万元。\n\n"
    "2024年度“三公”经费财政拨款支出决算为1.20万元，其中：公务接待费支出决算为1.20万元。\n"
)


def read(folder: Path, name: str, text: str) -> Disclosure:
    (folder / name).write_text(text, encoding="utf-8")
    return recognise(open_document(folder / name))


@pytest.mark.parametrize("name", NOT_DISCLOSURES)
def test_what_is_no_disclosure_is_refused_whatever_its_name(name: str, tmp_path: Path) -> None:
    error = refusal(read(tmp_path, name, NOT_DISCLOSURES[name]))
    assert error is not None
    assert error.code == "not-a-disclosure"


@pytest.mark.parametrize("text", [TABLE, TOLD, TOLD + "\n" + TABLE], ids=["one table", "no table", "both"])
def test_little_of_a_disclosure_is_one(text: str, tmp_path: Path) -> None:
    assert refusal(read(tmp_path, "公开.txt", text)) is None


def test_the_year_is_told_by_the_columns_where_nothing_else_tells_it(tmp_path: Path) -> None:
    disclosure = read(tmp_path, "公开.txt", TABLE)
    assert (disclosure.year, disclosure.stage) == (2025, "budget")
    assert any("2025" in note and "推断" in note for note in disclosure.notes)
    last = TABLE.replace("2025年预算数", "2024年预算数\t2025年预算数").replace("120.00", "110.00\t120.00")
    assert read(tmp_path, "公开.txt", last).year == 2025
    assert read(tmp_path, "公开.txt", TABLE.replace("2025年", "")).year is None
    assert read(tmp_path, "2026年部门预算.txt", TABLE.replace("2025年", "")).year == 2026


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("某某省水利厅2025年部门预算.txt", []),
        ("某省水利厅2025年预算公开.txt", []),
        ("某某省水利厅2024年部门预算.txt", ["文件名写的是2024年，材料是2025年的。"]),
        ("某某省水利厅2025年部门决算.txt", ["文件名写的是决算，材料是预算。"]),
        ("某某省民政厅2025年部门预算.txt", ["文件名写的是“某某省民政厅”，材料是“某某省水利厅”的。"]),
        ("附件1.txt", []),
    ],
)
def test_a_file_name_of_another_year_kind_or_unit_is_told(name: str, told: list[str], tmp_path: Path) -> None:
    disclosure = read(tmp_path, name, "某某省水利厅2025年部门预算公开\n\n" + TABLE)
    assert [note for note in disclosure.notes if "文件名" in note] == told
    assert (disclosure.agency, disclosure.year, disclosure.stage) == ("某某省水利厅", 2025, "budget")


def test_the_unit_is_told_by_the_file_name_where_nothing_else_tells_it(tmp_path: Path) -> None:
    disclosure = read(tmp_path, "a__某某省水利厅2025年度部门预算报表.txt", TABLE)
    assert (disclosure.agency, disclosure.region) == ("某某省水利厅", "某某省")
    assert "正文没有写明单位，按文件名中的“某某省水利厅”读取（推断）。" in disclosure.notes
    assert read(tmp_path, "部门预算表.txt", TABLE).agency is None


def test_a_name_over_several_lines_of_the_cover(tmp_path: Path) -> None:
    cover = "2025年度\n\n某某市生态环境监测\n\n与应急技术保障中心\n\n单位预算\n\n"
    disclosure = read(tmp_path, "a.txt", cover + TABLE)
    assert (disclosure.agency, disclosure.region) == ("某某市生态环境监测与应急技术保障中心", "某某市")
