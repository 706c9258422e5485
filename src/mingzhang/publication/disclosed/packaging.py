"""Zip packages without the clock in them: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile

_FIRST = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(package: bytes) -> bytes:
    """The package with every entry dated alike, in its order."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as read,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for entry in read.infolist():
            info = zipfile.ZipInfo(entry.filename, _FIRST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            written.writestr(info, read.read(entry))
    return buffer.getvalue()
