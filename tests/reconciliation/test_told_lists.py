"""Lists that the text tells: whole as nearly all are, so that one wrong digit is seen and a short list is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.checking import check
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

HEAD = "石塘县云溪学校2022年部门预算说明\n"
FUNDS = (
    "收入预算。2022年年初收入预算数4,395.07万元，其中：一般公共预算拨款3,300.69万元"
    "（经费拨款3,266.69万元，纳入预算管理的非税收入拨款34.00万元）；政府性基金预算拨款0万元；"
    "财政专户管理资金收入772.73万元；上级单位补助收入321.65万元。\n"
)
CLASSES = (
    "（二）支出预算：2022年年初预算数510.84万元，其中：教育支出1.99万元，文化旅游体育与传媒支出376.20万元，"
    "社会保障和就业支出97.55万元，卫生健康支出19.21万元，住房保障支出15.89万元。\n"
)
OFFICE = "2022年机关运行经费预算112.54万元，其中：办公费30.00万元，印刷费11.54万元，差旅费71.00万元。\n"
FISCAL = (
    "2022年财政拨款收入516.64万元，其中：一般公共预算财政拨款收入486.64万元，政府性基金预算财政拨款收入30.00万元。\n"
)
PURCHASES = "2022年政府采购预算总额45.24万元，其中：货物13.99万元，工程31.25万元。\n"
GUESTS = "2022年“三公”经费预算61.85万元，其中：公务接待费21.15万元，公务用车运行维护费40.70万元。\n"
SHORT = "（二）支出预算：2022年年初预算数510.84万元，其中：教育支出101.99万元，社会保障和就业支出97.55万元。\n"
ROUND = "2022年“三公”经费预算9.00万元，其中：公务接待费1.00万元，因公出国（境）费3.00万元。\n"
BESIDE = (
    "2022年本年收入合计806.50万元，其中：财政拨款收入606.40万元，其他收入200.10万元。此外，年初结转和结余91.60万元。\n"
)
AGAIN = (
    "2022年“三公”经费预算74.60万元，其中公务用车购置及运行费61.80万元，公务接待费12.80万元。"
    "公务用车购置费0万元，公务用车运行维护费61.80万元。\n"
)


def told(text: str, tmp_path: Path) -> list[Finding]:
    (tmp_path / "说明.txt").write_text(HEAD + text, encoding="utf-8")
    findings = check(recognise(open_document(tmp_path / "说明.txt"))).findings
    return [finding for finding in findings if finding.level in ("error", "warning")]


@pytest.mark.parametrize("text", [FUNDS, CLASSES, OFFICE, FISCAL, PURCHASES, GUESTS, SHORT, ROUND, BESIDE, AGAIN])
def test_lists_that_add_up_or_are_short_raise_nothing(text: str, tmp_path: Path) -> None:
    assert told(text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (FUNDS, "772.73", "572.73"),
        (FUNDS, "3,266.69", "3,166.69"),
        (FUNDS, "4,395.07", "4,398.07"),
        (CLASSES, "97.55", "99.55"),
        (CLASSES, "510.84", "510.34"),
        (OFFICE, "71.00", "91.00"),
        (FISCAL, "486.64", "488.64"),
        (PURCHASES, "31.25", "11.25"),
        (GUESTS, "21.15", "24.15"),
    ],
)
def test_one_wrong_digit_is_a_suspicion(text: str, old: str, new: str, tmp_path: Path) -> None:
    findings = told(text.replace(old, new), tmp_path)
    assert [finding.level for finding in findings] == ["warning"]
    assert any(suspect.reported == new and (suspect.expected or "").startswith(old) for suspect in findings[0].suspects)
