"""PDFium's functions as cheap as Python can call them: plain addresses, and the lock is kept (each takes a microsecond).

pypdfium2's own bindings type every pointer, which costs more than the work itself when it is done for every character.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_INT, _ADDRESS = ctypes.c_int, ctypes.c_void_p

_SIGNATURES: dict[str, tuple[Any, ...]] = {
    # name: (result, arguments …)
    "FPDFText_CountChars": (_INT, _ADDRESS),
    "FPDFText_GetText": (_INT, _ADDRESS, _INT, _INT, _ADDRESS),
    "FPDFText_GetUnicode": (ctypes.c_uint, _ADDRESS, _INT),
    "FPDFText_IsGenerated": (_INT, _ADDRESS, _INT),
    "FPDFText_GetLooseCharBox": (_INT, _ADDRESS, _INT, _ADDRESS),
    "FPDFText_GetCharOrigin": (_INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS),
    "FPDFText_GetMatrix": (_INT, _ADDRESS, _INT, _ADDRESS),
    "FPDFText_GetFontSize": (ctypes.c_double, _ADDRESS, _INT),
    "FPDFText_GetTextObject": (_ADDRESS, _ADDRESS, _INT),
    "FPDFTextObj_GetFont": (_ADDRESS, _ADDRESS),
    "FPDFFont_GetIsEmbedded": (_INT, _ADDRESS),
    "FPDFPageObj_GetClipPath": (_ADDRESS, _ADDRESS),
    "FPDFClipPath_CountPaths": (_INT, _ADDRESS),
    "FPDFClipPath_CountPathSegments": (_INT, _ADDRESS, _INT),
    "FPDFClipPath_GetPathSegment": (_ADDRESS, _ADDRESS, _INT, _INT),
    "FPDFPathSegment_GetPoint": (_INT, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPathSegment_GetType": (_INT, _ADDRESS),
    "FPDFPathSegment_GetClose": (_INT, _ADDRESS),
    "FPDFPage_CountObjects": (_INT, _ADDRESS),
    "FPDFPage_GetObject": (_ADDRESS, _ADDRESS, _INT),
    "FPDFPageObj_GetType": (_INT, _ADDRESS),
    "FPDFPageObj_GetMatrix": (_INT, _ADDRESS, _ADDRESS),
    "FPDFPageObj_GetBounds": (_INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPageObj_GetFillColor": (_INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPageObj_GetStrokeColor": (_INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPath_GetDrawMode": (_INT, _ADDRESS, _ADDRESS, _ADDRESS),
    "FPDFPath_CountSegments": (_INT, _ADDRESS),
    "FPDFPath_GetPathSegment": (_ADDRESS, _ADDRESS, _INT),
    "FPDFFormObj_CountObjects": (_INT, _ADDRESS),
    "FPDFFormObj_GetObject": (_ADDRESS, _ADDRESS, ctypes.c_ulong),
}


class Calls:
    """One attribute a function, named as in PDFium."""

    def __init__(self, raw: Any) -> None:
        for name, (result, *arguments) in _SIGNATURES.items():
            address = ctypes.cast(getattr(raw, name), _ADDRESS).value
            if address is None:
                raise ImportError(f"PDFium without {name}")
            setattr(self, name, ctypes.PYFUNCTYPE(result, *arguments)(address))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AttributeError(name)


@cache
def calls() -> Calls:
    """The functions of the PDFium that pypdfium2 brings; loaded once."""
    import pypdfium2.raw  # type: ignore[import-untyped]

    return Calls(pypdfium2.raw)


def address_of(handle: Any) -> int:
    """The address behind one of pypdfium2's handles."""
    return int(ctypes.cast(handle, _ADDRESS).value or 0)


def addresses(array: NDArray[Any], place: int = 0) -> range:
    """Where the number at a place of each row of an array lies in memory."""
    first = array.ctypes.data + place * array.itemsize
    return range(first, first + len(array) * array.strides[0], array.strides[0])


def call_each(function: Callable[..., Any], *arguments: Iterable[Any]) -> None:
    """Calls a function of the library for each row of arguments, as fast as Python can."""
    deque(map(function, *arguments), maxlen=0)
