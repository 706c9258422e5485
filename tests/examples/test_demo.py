"""``make demo`` shows what it promises: the certificate, the real defects, and the planted digit located."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shown() -> str:
    done = subprocess.run(
        [sys.executable, "examples/demo.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_certificate_enumerates_the_rounding_differences(shown: str) -> None:
    before = shown.split("━━ 二、")[0]
    assert "金额自洽，13处差额均可由四舍五入解释（已逐一验证）" in before
    listed = before.split("四舍五入差额（13处")[1].split("核对范围")[0]
    assert len(re.findall(r"(?m)^ *\d+\. ", listed)) == 13
    assert "不符0条" in before


def test_the_real_defects_are_reported(shown: str) -> None:
    before = shown.split("━━ 二、")[0]
    for told in (
        "目录列有“2024年部门收入预算总表”，正文没有该表",
        "目录列有“2024年部门政府采购预算明细表”，正文没有该表",
        "人力资源和社会保险管理事务 → 人力资源和社会保障管理事务",
        "其他人力资源和社会保险管理事务支出 → 其他人力资源和社会保障管理事务支出",
        "7项绩效指标权重合计90，应为100",
        "9项绩效指标权重合计90，应为100",
    ):
        assert told in before


def test_the_planted_digit_is_located_and_explained(shown: str) -> None:
    after = shown.split("━━ 二、")[1]
    assert "发现1处错误" in after
    assert "38.56 → 33.56（似为一位数字有误）" in after
    assert "位置：工作表“表五”D25单元格" in after
    assert "38.56＋5.28＝43.84，相差5.00" in after


def test_the_commands_that_it_prints_work(shown: str, tmp_path: Path) -> None:
    commands = re.findall(r"(?m)^  \.venv/bin/mingzhang (check .+)$", shown)
    assert len(commands) == 2
    for command, located in zip(commands, ([], ["D25"]), strict=True):
        done = subprocess.run(
            [sys.executable, "-m", "mingzhang", *command.split(), "--format", "json"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
        )
        verdict: dict[str, Any] = json.loads(done.stdout)
        cells = [suspect["place"]["cell"] for finding in verdict["findings"] for suspect in finding["suspects"]]
        assert cells == located
        assert done.returncode == 1  # the example has defects of its own
        assert verdict["certificate"]["consistent"] is (not located)
