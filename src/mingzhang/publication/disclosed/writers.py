"""Which writer makes which format, and what must be installed for it."""

from __future__ import annotations

from collections.abc import Callable

from mingzhang.cube.composed import Composition
from mingzhang.errors import UsageError
from mingzhang.publication.disclosed.parts import Properties


def _xlsx(composition: Composition, properties: Properties, formulas: bool) -> bytes:
    from mingzhang.publication.disclosed.workbook import workbook

    return workbook(composition, properties, formulas=formulas)


def _docx(composition: Composition, properties: Properties, formulas: bool) -> bytes:
    from mingzhang.publication.disclosed.word import word

    return word(composition, properties)


def _pdf(composition: Composition, properties: Properties, formulas: bool) -> bytes:
    from mingzhang.publication.disclosed.pdf import pdf

    return pdf(composition, properties)


def _html(composition: Composition, properties: Properties, formulas: bool) -> bytes:
    from mingzhang.publication.disclosed.webpage import webpage

    return webpage(composition, properties)


_WRITERS: dict[str, Callable[[Composition, Properties, bool], bytes]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
}
FORMATS = tuple(_WRITERS)


def published(composition: Composition, format: str, *, remark: str = "", formulas: bool = False) -> bytes:
    """The file of a composition. ``remark`` goes into its properties; ``formulas`` concerns workbooks only.

    ``UsageError``: the extra ``publish`` is not installed.
    """
    try:
        return _WRITERS[format](composition, Properties.of(composition, remark), formulas)
    except ModuleNotFoundError as missing:
        raise UsageError(
            "missing-extra", f"生成 {format} 需要 {missing.name}，请先安装：pip install 'mingzhang[publish]'"
        ) from None
