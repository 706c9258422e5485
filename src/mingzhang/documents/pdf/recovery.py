"""Whether the library that recovers damaged files comes to an end with this one.

A page tree that refers to itself keeps it busy for ever, inside one call that nothing in this process can break off. So
the file, which PDFium has refused, is first opened by another process.
"""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys, pdf_oxide
pdf_oxide.disable_logging()
pdf_oxide.PdfDocument.from_bytes(sys.stdin.buffer.read()).page_count()
"""


def opens_in_time(data: bytes, seconds: int) -> bool:
    """False where the library hangs or brings the process down; an error of its own comes back soon, and is no harm."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode >= 0
