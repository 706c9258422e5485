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
KINDS = "2022年支出预算总额为656.60万元，其中：工资福利支出562.50万元，商品和服务支出88.90万元，资本性支出5.20万元。\n"
PURCHASES = "2022年政府采购预算总额45.24万元，其中：货物13.99万元，工程31.25万元。\n"
GUESTS = "2022年“三公”经费预算61.85万元，其中：公务接待费21.15万元，公务用车运行维护费40.70万元。\n"
LEFT_OUT = CLASSES.replace("卫生健康支出19.21万元", "卫生健康支出9.21万元")  # 10.00 may have been left out
SHORT = "（二）支出预算：2022年年初预算数510.84万元，其中：教育支出101.99万元，社会保障和就业支出97.55万元。\n"
ROUND = "2022年“三公”经费预算9.00万元，其中：公务接待费1.00万元，因公出国（境）费3.00万元。\n"
BESIDE = (
    "2022年本年收入合计806.50万元，其中：财政拨款收入606.40万元，其他收入200.10万元。此外，年初结转和结余91.60万元。\n"
)
AGAIN = (
    "2022年“三公”经费预算74.60万元，其中公务用车购置及运行费61.80万元，公务接待费12.80万元。"
    "公务用车购置费0万元，公务用车运行维护费61.80万元。\n"
)
BOTH_SIDES = (
    "2022年一般公共预算财政拨款收入4,378.41万元，一般公共预算财政拨款支出4,378.41万元。\n"
    "2022年收入预算4,883.63万元。\n2022年支出预算4,883.63万元。\n"
)
CHANGES = (
    "（一）收入预算：2022年年初预算数23,362.02万元，其中：一般公共预算拨款23,112.02万元，上年结转收入250.00万元。"
    "收入预算较上年减少10,292.87万元，主要是一般公共预算拨款较上年减少10,542.87万元，上年结转收入较上年增加250.00万元。\n"
)
SOME_CHANGES = "2022年“三公”经费预算57.90万元，比上年增加2.50万元。其中：因公出国（境）费比上年增加1.70万元，公务接待费比上年增加2.00万元。\n"
VEHICLES = (
    "2022年“三公”经费预算502.40万元，比上年增加1.15万元。其中：因公出国（境）费0万元，比上年增加0万元；公务用车购置及运行费500.00万元"
    "（公务用车购置费100.00万元，比上年增加0万元；公务用车运行维护费400.00万元，比上年增加3.25万元）比上年增加3.25万元；"
    "公务接待费2.40万元，比上年减少2.10万元。\n"
)
ALONE = (
    "2022年收入预算615,447.25元。\n二、收入预算情况说明：一般公共预算财政拨款461,250.25元，"
    "政府性基金预算财政拨款95,000.00元，事业收入59,197.00元。\n"
)
ONE = "2022年本年收入合计3,315.32万元，其中：财政拨款收入3,315.32万元，占100%。\n"
ELSEWHERE = (
    "2022年“三公”经费预算合计40.14万元。\n公务接待费9.21万元。\n2022年“三公”经费较上年减少2.97万元，下降6.89%。\n"
)


def told(text: str, tmp_path: Path) -> list[Finding]:
    (tmp_path / "说明.txt").write_text(HEAD + text, encoding="utf-8")
    findings = check(recognise(open_document(tmp_path / "说明.txt"))).findings
    return [finding for finding in findings if finding.level in ("error", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        FUNDS,
        CLASSES,
        OFFICE,
        FISCAL,
        PURCHASES,
        KINDS,
        GUESTS,
        SHORT,
        LEFT_OUT,
        ROUND,
        BESIDE,
        AGAIN,
        BOTH_SIDES,
        CHANGES,
        SOME_CHANGES,
        VEHICLES,
        ALONE,
        ONE,
        ELSEWHERE,
    ],
)
def test_lists_that_add_up_or_are_short_raise_nothing(text: str, tmp_path: Path) -> None:
    assert told(text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (FUNDS, "772.73", "972.73"),
        (FUNDS, "3,266.69", "3,366.69"),
        (FUNDS, "4,395.07", "4,392.07"),
        (CLASSES, "97.55", "99.55"),
        (CLASSES, "510.84", "510.34"),
        (OFFICE, "71.00", "91.00"),
        (FISCAL, "486.64", "488.64"),
        (PURCHASES, "31.25", "31.55"),
        (KINDS, "562.50", "582.50"),
        (GUESTS, "21.15", "24.15"),
        (CHANGES, "10,542.87", "10,542.27"),
        (ALONE, "461,250.25", "461,280.25"),
        (ONE, "财政拨款收入3,315.32", "财政拨款收入3,318.32"),
    ],
)
def test_one_wrong_digit_is_a_suspicion(text: str, old: str, new: str, tmp_path: Path) -> None:
    findings = told(text.replace(old, new), tmp_path)
    assert [finding.level for finding in findings] == ["warning"]
    old, new = (words.lstrip("财政拨款收入") for words in (old, new))
    assert any(suspect.reported == new and (suspect.expected or "").startswith(old) for suspect in findings[0].suspects)


def test_the_sides_of_a_budget_are_one_amount(tmp_path: Path) -> None:
    for wrong in (
        BOTH_SIDES.replace("支出4,378.41", "支出4,378.71"),
        BOTH_SIDES.replace("支出预算4,883.63", "支出预算4,883.13"),
    ):
        assert [(f.rule, f.level) for f in told(wrong, tmp_path)] == [("balance", "warning")]
    other = BOTH_SIDES.replace("支出4,378.41", "支出4,578.41")
    assert told(other, tmp_path) == []  # what was carried over may be spent as well


ACCOUNTS = """石塘县云溪学校2022年度部门决算情况说明
一、收入支出决算总体情况说明
2022年度收入总计802.13万元，支出总计802.13万元。
2022年度收入合计710.44万元，年初结转和结余91.69万元。
2022年度支出合计700.11万元，年末结转和结余102.02万元。
"""


def test_accounts_with_what_is_carried_over(tmp_path: Path) -> None:
    def findings(text: str) -> list[tuple[str, str]]:
        (tmp_path / "说明.txt").write_text(text, encoding="utf-8")
        found = check(recognise(open_document(tmp_path / "说明.txt"))).findings
        return [(f.rule, f.level) for f in found if f.level in ("error", "warning")]

    assert findings(ACCOUNTS) == []
    assert findings(ACCOUNTS.replace("91.69", "91.19")) == [("sum", "warning")]
    assert findings(ACCOUNTS.replace("700.11", "700.91")) == [("sum", "warning")]
    assert findings(ACCOUNTS.replace("91.69", "61.69")) == []  # 使用非财政拨款结余 may not have been told


def test_a_rate_of_what_is_printed_elsewhere(tmp_path: Path) -> None:
    findings = told(ELSEWHERE.replace("6.89%", "6.39%"), tmp_path)
    assert [(f.rule, f.level) for f in findings] == [("stated-rate", "warning")]
