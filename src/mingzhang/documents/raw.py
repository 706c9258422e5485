"""The bytes of one file with what every reader needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file as read from disk: ``data`` whole, ``sha256`` in lower-case hex, the path as given."""

    data: bytes
    path: str
    sha256: str
    limits: Limits = DEFAULT_LIMITS

    @property
    def extension(self) -> str:
        """The lower-case extension with its dot, or the empty string."""
        name = self.path.replace("\\", "/").rpartition("/")[2]
        stem, dot, extension = name.rpartition(".")
        return dot + extension.lower() if dot and stem else ""
