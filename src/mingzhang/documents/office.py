"""Old Word and WPS documents (.doc, .wps, .rtf) → Document, through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from mingzhang.documents import refusals
from mingzhang.documents.docx import read_docx
from mingzhang.documents.model import Document
from mingzhang.documents.raw import RawFile

_PROGRAMS = ("soffice", "libreoffice")
# A document must neither run its macros nor fetch what it links to.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_legacy(raw: RawFile) -> Document:
    """Convert to docx in a folder of its own and read that; the hash stays that of the file itself.

    Raises ``UnreadableError``: needs-libreoffice, damaged-file, too-large, and what ``read_docx`` raises.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise refusals.needs_libreoffice(raw.path)
    with tempfile.TemporaryDirectory(prefix="mingzhang-", ignore_cleanup_errors=True) as folder:
        data = _converted(raw, program, Path(folder))
    document = read_docx(replace(raw, data=data))
    return replace(document, notes=("旧版 Word 或 WPS 文档，经 LibreOffice 转换后读取。", *document.notes))


def _converted(raw: RawFile, program: str, folder: Path) -> bytes:
    given = folder / ("given.rtf" if raw.data.startswith(b"{\\rtf") else "given.doc")
    given.write_bytes(raw.data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [
        *(program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile.as_uri()}"),
        *("--convert-to", "docx", "--outdir", str(folder / "made"), str(given)),
    ]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder)},
            start_new_session=True,
        )
    except OSError as error:
        raise refusals.needs_libreoffice(raw.path) from error
    try:
        process.wait(raw.limits.office_seconds)
    except subprocess.TimeoutExpired as error:
        raise refusals.too_large(
            raw.path, f"LibreOffice 转换超过 {raw.limits.office_seconds} 秒", "office_seconds"
        ) from error
    finally:
        # The program is a script that starts others: end them all.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    made = folder / "made" / "given.docx"
    if not made.is_file():
        raise refusals.damaged(raw.path, "LibreOffice 无法转换")
    if made.stat().st_size > raw.limits.file_bytes:
        raise refusals.too_large(raw.path, "转换后的文件过大", "file_bytes")
    return made.read_bytes()
