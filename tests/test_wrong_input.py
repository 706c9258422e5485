"""Wrong input: one clear Chinese sentence, the right exit status, no traceback, nothing on stdout."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mingzhang.admission import refusal
from mingzhang.documents import open_document
from mingzhang.errors import EXIT_UNREADABLE, EXIT_USAGE
from mingzhang.recognition import recognise

NOVEL = """\
第一章 归途

1987年的雪下得很大，火车晚点了3个小时。他三十岁，口袋里只剩500元钱，一条旧毛毯，两封没有寄出的信。

“你还会回来吗？”她问。他没有回答，把12元的车票递了过去。站台上的灯一盏一盏灭了，只有风还在。

第二章 河岸

后来他常常想起那条河。河水涨了2米，村里的收入少了一半，邻居张老汉卖掉了3头牛，换回来800元。
"""
NO_UNIT = """\
某某市某某局2024年部门预算公开

部门支出预算总表

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t120.00\t100.00\t20.00
208\t社会保障和就业支出\t120.00\t100.00\t20.00
"""
NOTICE = """\
关于做好2024年部门预算公开工作的通知

各单位：请于2024年3月15日前，在门户网站公开2024年部门预算，联系电话12345678。
"""
TIMETABLE = """\
车次\t出发\t到达\t票价
K101\t8.30\t9.30\t120.00
K102\t8.40\t9.40\t130.00
"""
NOTHING_READ = """\
某某市某某局2024年部门预算公开

某某局2024年部门预算特别情况表
单位：万元

甲\t乙\t丙
子\t120.00\t100.00
丑\t130.00\t110.00
"""
# An OLE container whose directory names the stream of an encrypted package: a workbook with a password.
PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 400

CASES = [
    ("缺失.txt", None, EXIT_USAGE, "no-such-file", "找不到文件"),
    ("空.txt", b"", EXIT_UNREADABLE, "empty-file", "无内容可读"),
    ("乱码.xlsx", random.Random(7).randbytes(4000), EXIT_UNREADABLE, "unknown-format", "无法识别"),
    ("小说.txt", NOVEL.encode(), EXIT_UNREADABLE, "not-a-disclosure", "不是预算或决算公开材料"),
    ("通知.txt", NOTICE.encode(), EXIT_UNREADABLE, "not-a-disclosure", "不是预算或决算公开材料"),
    ("时刻表.txt", TIMETABLE.encode(), EXIT_UNREADABLE, "not-a-disclosure", "不是预算或决算公开材料"),
    ("无单位.txt", NO_UNIT.encode(), EXIT_UNREADABLE, "no-unit", "没有标明金额单位"),
    ("读不懂.txt", NOTHING_READ.encode(), EXIT_UNREADABLE, "nothing-read", "一个也没有读懂"),
    ("加密.xlsx", PASSWORD, EXIT_UNREADABLE, "encrypted", "设有打开密码"),
    ("坏.xlsx", b"PK\x03\x04 cut short", EXIT_UNREADABLE, "damaged-file", "已损坏或不完整"),
]


@pytest.mark.parametrize("command", ["check", "read"])
@pytest.mark.parametrize(("name", "data", "status", "code", "words"), CASES, ids=[case[3] + case[0] for case in CASES])
def test_wrong_input(
    tmp_path: Path, command: str, name: str, data: bytes | None, status: int, code: str, words: str
) -> None:
    place = tmp_path / name
    if data is not None:
        place.write_bytes(data)
    form = ["--format", "text"] if command == "check" else ["--format", "csv"]
    done = subprocess.run(
        [sys.executable, "-m", "mingzhang", command, str(place), *form],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith(f"mingzhang: 错误[{code}]：")
    assert words in done.stderr
    assert name in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("。\n")
    assert done.stderr.count("。") == 1
    assert "Traceback" not in done.stderr


def refused(tmp_path: Path, text: str) -> str | None:
    place = tmp_path / "a.txt"
    place.write_text(text, encoding="utf-8")
    error = refusal(recognise(open_document(place)))
    return error.code if error else None


def test_a_table_admits(tmp_path: Path) -> None:
    assert refused(tmp_path, NO_UNIT.replace("部门支出预算总表\n", "部门支出预算总表\n单位：万元\n")) is None


def test_amounts_in_sentences_admit_a_budget(tmp_path: Path) -> None:
    narrative = "某某局2024年部门预算情况说明\n\n2024年支出预算总额为120.00万元，其中基本支出100.00万元。\n"
    assert refused(tmp_path, narrative) is None


def test_amounts_in_sentences_do_not_admit_a_story(tmp_path: Path) -> None:
    assert refused(tmp_path, NOVEL + "\n1987年他的收入有500万元，支出是300万元。\n") == "not-a-disclosure"


def test_a_form_alone_does_not_make_it_read(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text(TIMETABLE, encoding="utf-8")
    disclosure = recognise(open_document(place))
    named = replace(disclosure, tables=tuple(replace(table, form="demo.t1") for table in disclosure.tables))
    error = refusal(named)
    assert error is not None
    assert error.code == "nothing-read"
