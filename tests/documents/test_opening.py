"""The door: kinds by content, and every refusal with its code and one clear sentence."""

from __future__ import annotations

import hashlib
import io
import random
import re
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from workbook_maker import MAIN, raw_package, worksheet

from mingzhang.documents import Limits, open_document
from mingzhang.errors import EXIT_UNREADABLE, EXIT_USAGE, MingzhangError, UnreadableError, UsageError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ONE_CELL = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')


def refused(place: Path, data: bytes, limits: Limits | None = None) -> MingzhangError:
    place.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        open_document(place, limits=limits or Limits())
    error = caught.value
    assert error.exit_status == EXIT_UNREADABLE
    assert str(place) in error.message
    assert error.message.count("。") == 1
    assert error.message.endswith("。")
    return error


def archive(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return buffer.getvalue()


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "无.txt", "a\0b"):
        with pytest.raises(UsageError) as caught:
            open_document(path)
        assert (caught.value.code, caught.value.exit_status) == ("no-such-file", EXIT_USAGE)
    with pytest.raises(UnreadableError) as refusal:
        open_document(tmp_path)
    assert refusal.value.code == "not-a-file"


def test_hash_path_and_wrong_extension(tmp_path: Path) -> None:
    place = tmp_path / "实为工作簿.pdf"
    place.write_bytes(raw_package(ONE_CELL))
    document = open_document(str(place))
    assert document.sha256 == hashlib.sha256(place.read_bytes()).hexdigest()
    assert document.path == str(place)
    assert document.notes == ("文件扩展名是“.pdf”，实际内容是 xlsx，已按实际内容读取。",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"  \n", "empty-file"),
        (random.Random(1).randbytes(3000), "unknown-format"),
        (b"PK\x03\x04 cut short", "damaged-file"),
        (raw_package(ONE_CELL)[:-40], "damaged-file"),
        (raw_package(ONE_CELL, workbook=None), "damaged-file"),
        (raw_package(ONE_CELL, workbook="<workbook"), "damaged-file"),
        (raw_package("<worksheet><sheetData><row r='x'/></sheetData></worksheet>"), "damaged-file"),
        (raw_package(worksheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')), "damaged-file"),
        (raw_package(worksheet("")), "empty-file"),
        (raw_package(ONE_CELL, sheet1=None), "empty-file"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "damaged-file"),
        (OLE + b"\0" * 600, "unknown-format"),
        (archive(word__document_dot_xml=b"<x/>"), "empty-file"),
        (archive(word__document_dot_xml=b"<x>"), "damaged-file"),
        (archive(word__styles_dot_xml=b"<x/>"), "damaged-file"),
        (archive(ppt__a=b""), "unsupported-kind"),
        (archive(OFD_dot_xml=b""), "unsupported-kind"),
        (archive(xl__workbook_dot_bin=b""), "unsupported-kind"),
        (archive(a=b""), "unsupported-kind"),
        (b"GIF89a....", "unsupported-kind"),
        (b"<!DOCTYPE html><html><body> </body></html>", "empty-file"),
        ("\ufeff<html><script>中文</script>".encode(), "empty-file"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "unsupported-kind"),
        (b"MIME-Version: 1.0\r\nX: y", "unsupported-kind"),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, code: str) -> None:
    assert refused(tmp_path / "文件", data).code == code


def test_xls_with_a_password_is_encrypted(tmp_path: Path) -> None:
    """A bare BIFF 8 stream: BOF, then FILEPASS."""
    records = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0) + struct.pack("<HH54x", 0x2F, 54)
    assert refused(tmp_path / "x.xls", records + struct.pack("<HH", 10, 0)).code == "encrypted"


def test_zip_entry_with_a_password_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(raw_package(ONE_CELL))
    for match in re.finditer(b"PK\x01\x02", bytes(data)):
        data[match.start() + 8] |= 1
    assert refused(tmp_path / "x.xlsx", bytes(data)).code == "encrypted"


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_bytes=100),
        Limits(unpacked_bytes=500),
        Limits(entries=3),
        Limits(ratio=2, ratio_floor_bytes=10_000),
        Limits(cells=10),
        Limits(merges=0),
    ],
)
def test_bombs_and_giants_are_too_large(tmp_path: Path, limits: Limits) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>1</v></c></row>' for n in range(1, 2000))
    data = raw_package(worksheet(rows, '<mergeCells><mergeCell ref="A3:B3"/></mergeCells>'))
    assert refused(tmp_path / "x.xlsx", data, limits).code == "too-large"


def test_two_cells_at_the_corners_of_a_sheet_cost_nothing(tmp_path: Path) -> None:
    place = tmp_path / "x.xlsx"
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    place.write_bytes(raw_package(worksheet(rows)))
    (block,) = open_document(place).blocks
    assert [cell.text for cell in block.cells] == ["1", "", "", "2"]  # type: ignore[union-attr]


@pytest.mark.parametrize("lead", [b"PK\x03\x04", b"<html>", b"%PDF-1.7", OLE])
def test_two_hundred_megabytes_are_refused_before_anything_is_parsed(tmp_path: Path, lead: bytes) -> None:
    place = tmp_path / "x"
    with place.open("wb") as stream:
        stream.write(lead)
        stream.truncate((200 << 20) + 1)
    with pytest.raises(UnreadableError) as caught:
        open_document(place)
    assert caught.value.code == "too-large"
    assert "200 MB" in caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["sheet1", "workbook", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str, encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!--x--><!DOCTYPE a [<!ENTITY b "bb">]><a {MAIN}>&b;</a>'
    buffer = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(raw_package(ONE_CELL, **{part: "BOMB"})))
    with source, zipfile.ZipFile(buffer, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            made.writestr(name, bomb.encode(encoding) if data == b"BOMB" else data)
    assert refused(tmp_path / "x.xlsx", buffer.getvalue()).code == "too-large"


def test_no_library_error_escapes(tmp_path: Path) -> None:
    """Damage at random places (fixed seed): a document or a refusal, never a traceback."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 30):
        sheet.append([f"甲{row}", row * 1.5, True])
    sheet.merge_cells("A1:B2")
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    chance = random.Random(20241124)
    place = tmp_path / "x.xlsx"
    outcomes: set[str] = set()
    for _ in range(300):
        changed = dict(parts)
        name = chance.choice(list(parts))
        data = bytearray(changed[name])
        for _ in range(chance.choice([1, 3, 30])):
            data[chance.randrange(len(data))] = chance.choice(b'09AZ<>"/ -=:\x00\xff')
        changed[name] = bytes(data)
        with zipfile.ZipFile(place, "w") as made:
            for part, content in changed.items():
                made.writestr(part, content)
        try:
            open_document(place)
            outcomes.add("read")
        except UnreadableError as error:
            outcomes.add(error.code)
    assert {"read", "damaged-file"} <= outcomes
