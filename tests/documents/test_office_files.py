"""Old Word files: through LibreOffice where it is installed, else one clear sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from docx_maker import docx, p, tbl, tr
from test_opening import OLE, refused
from workbook_maker import grids, lines, texts

from mingzhang.documents import Limits, open_document
from mingzhang.errors import UnreadableError

DOC = OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le")
REAL = shutil.which("soffice") or shutil.which("libreoffice")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A program named soffice that does as ``script`` says; ``$8`` is the output folder."""
    place = folder / "bin"
    place.mkdir()
    program = place / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return program


@pytest.mark.parametrize("data", [DOC, b"{\\rtf1 x}"])
def test_without_libreoffice_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = refused(tmp_path / "旧.doc", data)
    assert error.code == "needs-libreoffice"
    assert "LibreOffice" in error.message


def test_the_converted_file_is_read_as_docx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(docx(p("甲") + tbl(tr("乙", "1"), tr("丙", "2"))))
    log = tmp_path / "log"
    stand_in(tmp_path, monkeypatch, f'echo "$@" > {log}; mkdir -p "$8"; cp {made} "$8/given.docx"')
    place = tmp_path / "旧.wps"
    place.write_bytes(DOC)
    document = open_document(place)
    assert lines(document)[0].text == "甲"
    assert document.path == str(place)
    assert document.notes == ("旧版 Word 或 WPS 文档，经 LibreOffice 转换后读取。",)
    assert "-env:UserInstallation=file:///" in log.read_text()


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("exit 1", "damaged-file"),
        ("sleep 60", "too-large"),
        ('mkdir -p "$8"; head -c 5000 /dev/zero > "$8/given.docx"', "too-large"),
        ('mkdir -p "$8"; echo PK > "$8/given.docx"', "damaged-file"),
    ],
)
def test_conversions_that_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, code: str) -> None:
    stand_in(tmp_path, monkeypatch, script)
    limits = Limits(office_seconds=1, file_bytes=4000)
    assert refused(tmp_path / "旧.doc", DOC, limits).code == code


def test_a_conversion_that_hangs_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pid = tmp_path / "pid"
    stand_in(tmp_path, monkeypatch, f"sleep 60 & echo $! > {pid}; wait")
    refused(tmp_path / "旧.doc", DOC, Limits(office_seconds=1))
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid.read_text().strip()], capture_output=True, text=True)
    assert state.stdout.strip() in ("", "Z", "Zs", "ZN")


@pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed: real .doc files are not tested")
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_real_old_files(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "源.html"
    rows = "<tr><td>乙<td>1,234.50<tr><td>丙<td>2"
    source.write_text(f"<html><meta charset=utf-8><p>某某局2024年部门预算</p><table>{rows}</table>", encoding="utf-8")
    folder = tmp_path.as_posix()
    subprocess.run(
        [
            *(str(REAL), "--headless", f"-env:UserInstallation=file://{folder}/p"),
            *("--infilter=HTML (StarWriter)", "--convert-to", kind, "--outdir", folder, str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    document = open_document(tmp_path / f"源.{kind}")
    assert lines(document)[0].text == "某某局2024年部门预算"
    assert texts(grids(document)[0]) == [["乙", "1,234.50"], ["丙", "2"]]


@pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed: real .doc files are not tested")
def test_a_damaged_old_file(tmp_path: Path) -> None:
    place = tmp_path / "坏.doc"
    place.write_bytes(DOC)
    with pytest.raises(UnreadableError) as caught:
        open_document(place)
    assert caught.value.code in ("damaged-file", "empty-file")
