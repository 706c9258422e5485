"""The vocabulary: phrases to points, and one bad file a mistake."""

from __future__ import annotations

from typing import Any

import pytest

from mingzhang.errors import FormError
from mingzhang.recognition.vocabulary import expand, fold, load_vocabulary, parse_phrase, scan_title, vocabulary

MISTAKES = [
    ("not TOML", "[[term]\nwords = 3", ["坏.toml", "TOML"]),
    ("an unknown key", '[[term]]\nword = ["收入"]\n', ["坏.toml", "第1个词条", "word", "words"]),
    ("no words", '[[term]]\npoint = { fund = "general" }\n', ["第1个词条", "没有 words"]),
    ("empty words", "[[term]]\nwords = []\n", ["第1个词条", "没有 words"]),
    (
        "an unknown dimension",
        '[[term]]\nwords = ["收入"]\npoint = { found = "general" }\n',
        ["found = general", "fund"],
    ),
    ("an unknown member", '[[term]]\nwords = ["收入"]\npoint = { fund = "genral" }\n', ["fund = genral", "general"]),
    (
        "the second entry",
        '[[term]]\nwords = ["收入"]\npoint = { flow = "income" }\n[[term]]\nwords = ["支出"]\nrol = "x"\n',
        ["第2个词条", "rol", "role"],
    ),
]


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_in_the_file_says_where_and_what(text: str, words: list[str]) -> None:
    with pytest.raises(FormError) as caught:
        load_vocabulary(text, "坏.toml")
    for word in words:
        assert word in str(caught.value)


def test_a_good_file_is_a_trie() -> None:
    words = load_vocabulary('[[term]]\nwords = ["基本支出[预算]"]\npoint = { nature = "basic" }\n', "好.toml")
    term, end = words.longest("基本支出预算数", 0)
    assert term is not None
    assert (dict(term.point), end) == ({"nature": "basic"}, 6)
    assert words.longest("项目支出", 0) == (None, 0)


def test_the_shipped_file_loads() -> None:
    assert vocabulary().trie
    assert vocabulary().performance["weight"]


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("收入", ["收入"]),
        ("收入[数]", ["收入", "收入数"]),
        ("(收入|支出)[数|额]", ["收入", "收入数", "收入额", "支出", "支出数", "支出额"]),
    ],
)
def test_a_pattern_names_all_its_texts(pattern: str, texts: list[str]) -> None:
    assert expand(pattern) == texts


def test_what_does_not_matter_is_folded_away() -> None:
    assert fold("“三公”　经费（万元）：１") == "三公经费万元1"


@pytest.mark.parametrize(
    ("phrase", "point"),
    [
        ("基本支出", {"nature": "basic"}),
        ("一般公共预算财政拨款", {"fund": "general"}),
        ("政府性基金预算财政拨款收入", {"fund": "gov_fund"}),
        ("事业收入", {"fund": "business"}),
        ("事业单位经营收入", {"fund": "operating"}),
        ("2024年预算数", {"year": 2024, "stage": "budget"}),
        ("上年决算数", {"year": "last", "stage": "final"}),
        ("人员经费", {"nature": "basic", "staffing": "personnel"}),
        ("公务用车购置及运行费", {"topic": "vehicle"}),
        ("公务用车购置费", {"topic": "vehicle_purchase"}),
        ("公务用车运行维护费", {"topic": "vehicle_running"}),
        ("结转下年", {"flow": "carried_out"}),
        ("增减%", {"measure": "change_rate"}),
    ],
)
def test_a_phrase_names_a_point(phrase: str, point: dict[str, Any]) -> None:
    found = parse_phrase(phrase)
    assert found.understood
    assert found.point == point


@pytest.mark.parametrize("phrase", ["奇怪的钱", "基本支出奇", "x", ""])
def test_a_phrase_not_wholly_understood_says_so(phrase: str) -> None:
    assert not parse_phrase(phrase).understood


def test_a_title_may_hold_words_of_no_meaning() -> None:
    found = scan_title("2024年万盛经开区部门一般公共预算财政拨款基本支出预算表")
    assert found.point["fund"] == "general"
    assert found.point["nature"] == "basic"
    assert found.point["year"] == 2024


@pytest.mark.parametrize(
    ("text", "unit"), [("合计（万元）", "万元"), ("金额(单位：元)", "元"), ("占比（％）", "%"), ("合计", None)]
)
def test_the_unit_of_a_header(text: str, unit: str | None) -> None:
    assert parse_phrase(text).unit == unit
