"""Properties of reading and checking whatever document: nothing lost, nothing twice, no traceback."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.cube import Disclosure
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.reconciliation import findings_of, proof_of, reconcile

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Disclosure:
    return recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64)))


# --- an independent count ------------------------------------------------------------------------------------------------

_RUN = re.compile(r"[0-9０-９][0-9０-９.,．，]*")


def runs(text: str) -> list[str]:
    """The runs of digits, points and commas of a text, without what joins them: 1,482.34 is 148234."""
    folded = (unicodedata.normalize("NFKC", run) for run in _RUN.findall(text))
    return ["".join(filter(str.isdigit, run)) for run in folded]


def by_line(disclosure: Disclosure) -> dict[int, Counter[str]]:
    """The digits that were observed or listed, by line of the file."""
    found: dict[int, Counter[str]] = {}
    items = [(o.amount.printed, o.source.line) for o in disclosure.observations]
    items += [(item.printed, item.source.line) for item in disclosure.unread]
    for printed, line in items:
        digits = "".join(runs(printed))
        if digits:
            assert line is not None, printed
            found.setdefault(line, Counter()).update(digits)
    return found


def assert_each_number_once(text: str) -> Disclosure:
    disclosure = read(text)
    found = by_line(disclosure)
    for number, line in enumerate(text.split("\n"), start=1):
        assert found.get(number, Counter()) == Counter("".join(runs(line))), (number, line)
    for item in disclosure.unread:
        assert item.reason
        assert item.kind in ("amount", "quantity", "identifier")
    return disclosure


# --- documents -----------------------------------------------------------------------------------------------------------

WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
PLAIN = st.builds(
    lambda whole, places, style: _styled(whole, places, style),
    st.integers(0, 10**9),
    st.integers(0, 4),
    st.integers(0, 7),
)


def _styled(whole: int, places: int, style: int) -> str:
    text = f"{whole / 1:.0f}" if not places else f"{whole // 10**places}.{whole % 10**places:0{places}d}"
    if style & 1:
        text = f"{int(text.split('.')[0]):,}" + (f".{text.split('.')[1]}" if "." in text else "")
    if style & 2:
        text = text.translate(WIDE)
    return f"-{text}" if style == 7 else text


CELL = st.one_of(
    PLAIN,
    st.sampled_from(
        [
            "",
            "",
            "—",
            "0",
            "12.3x",
            "(3.21)",
            "（5）",
            "1.2.3",
            "3%",
            "约5",
            "1,23",
            "2024年",
            "无",
            "①",
            "5元",
            "1 200.00",
        ]
    ),
)
LABEL = st.sampled_from(
    [
        "合计",
        "小计",
        "社会保障和就业支出",
        "其中：行政运行",
        "一、本年支出",
        "（二）上年结转",
        "1、办公费2号",
        "奇怪的行",
        "备注：3项",
        "",
    ]
)
CODE = st.sampled_from(["208", "20801", "2080101", "301", "30101", "501", "999", "01", "", "208 01", "２０８", "合计"])
HEADERS = st.lists(
    st.sampled_from(
        ["科目编码", "科目名称", "项目", "总计", "合计", "基本支出", "项目支出", "2023年预算数", "2024年预算数", "人员经费",
         "奇怪的列3", "备注", "增减%", "序号", "金额（元）", "一般公共预算", "指标名称", "权重", "指标值", ""]
    ), min_size=2, max_size=6,
)  # fmt: skip
TITLES = st.sampled_from(
    ["部门支出预算总表", "表三 部门收支预算总表", "一般公共预算财政拨款支出预算表（2024年）", "“三公”经费支出表", "项目绩效目标表",
     "政府采购预算表", "第2部分 附件3", "没有意义的话"]
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> str:
    header = draw(HEADERS)
    lines = [
        draw(TITLES),
        draw(st.sampled_from(["单位：万元", "单位：元", "", "（万元）", "第12页"])),
        "\t".join(header),
    ]
    for _ in range(draw(st.integers(0, 7))):
        row = [draw(CODE if name == "科目编码" else LABEL if name in ("科目名称", "项目") else CELL) for name in header]
        row += [draw(CELL) for _ in range(draw(st.integers(0, 8)) // 8)]
        lines.append("\t".join(row))
    return "\n".join(line for line in lines if line)


SUBJECTS = st.sampled_from(
    ["支出预算", "其中：基本支出", "项目支出", "比上年增加", "较2023年减少", "增长", "“三公”经费", "公务接待费", "购置车辆", "第", "内设",
     "（一）收入预算：2024年预算数", "1.", "与上年持平", "人均", "从", "神秘事项", "单位价值"]
)  # fmt: skip
TAILS = st.sampled_from(
    ["万元", "元", "亿元", "%", "％", "辆", "个", "年", "万元以上", "号", "", " 万元", "万元/人", "倍", "-"]
)
MARKS = st.sampled_from(["，", "。", "；", "、", "（", "）", "：", ",", ".", " ", "-", ""])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    parts = [
        draw(SUBJECTS) + draw(PLAIN) + draw(TAILS) + draw(MARKS) for _ in range(draw(st.integers(1, 6)))
    ]  # fmt: skip
    return "".join(parts)


DOCUMENTS = st.lists(st.one_of(tables(), sentences()), min_size=1, max_size=4).map(
    lambda blocks: "某某县某某局2024年部门预算公开\n\n" + "\n\n".join(blocks) + "\n"
)


@FEW
@given(DOCUMENTS)
def test_every_number_is_observed_or_listed_exactly_once(text: str) -> None:
    assert_each_number_once(text)


@FEW
@given(st.text(alphabet="0123456789０１.,，．。：；-—（）()%年月万元预算支出比上增加基本\t\n 表", max_size=200))
def test_any_text_keeps_its_numbers(text: str) -> None:
    if text.strip() and text.replace("\t", "").strip():
        assert_each_number_once(f"某某局2024年预算\n\n{text}\n")


@FEW
@given(DOCUMENTS)
def test_whatever_was_read_can_be_checked_and_told(text: str) -> None:
    outcome = reconcile(read(text))
    for finding in findings_of(outcome):
        assert finding.message.endswith("。")
        assert finding.places
    proof_of(outcome)
    assert outcome.certificate.consistent is not None
    assert outcome.counts.held >= 0
    assert outcome.counts.rounding >= 0


@FEW
@given(DOCUMENTS)
def test_reading_twice_reads_the_same(text: str) -> None:
    assert read(text) == read(text)
