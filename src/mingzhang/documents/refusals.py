"""Why a file is not read: each stable code with its one Chinese sentence (what, where, what to do)."""

from __future__ import annotations

from mingzhang.errors import UnreadableError, UsageError


def no_such_file(path: str) -> UsageError:
    return UsageError("no-such-file", f"找不到文件“{path}”，请检查路径和文件名是否写对。")


def not_a_file(path: str) -> UnreadableError:
    return UnreadableError("not-a-file", f"“{path}”不是普通文件（可能是文件夹），请指定其中的一个具体文件。")


def no_permission(path: str, reason: str) -> UnreadableError:
    return UnreadableError("no-permission", f"无法打开“{path}”（{reason}），请检查读取权限或文件是否被占用。")


def empty_file(path: str, reason: str = "文件没有任何内容") -> UnreadableError:
    return UnreadableError("empty-file", f"“{path}”无内容可读（{reason}），请重新导出或下载该文件。")


def unknown_format(path: str) -> UnreadableError:
    return UnreadableError(
        "unknown-format",
        f"无法识别“{path}”的内容：既不是文本，也不是 Excel、Word、PDF 文件，请确认文件未损坏并另存为这些格式之一。",
    )


def unsupported_kind(path: str, kind: str, advice: str) -> UnreadableError:
    return UnreadableError("unsupported-kind", f"“{path}”是{kind}，目前不能直接读取，请{advice}后重试。")


def needs_libreoffice(path: str) -> UnreadableError:
    return UnreadableError(
        "needs-libreoffice",
        f"“{path}”是旧版 Word 或 WPS 文档，读取它需要安装 LibreOffice，请安装后重试，或用 Word、WPS 另存为 .docx。",
    )


OCR_ADVICE = "读取扫描件需要先安装文字识别：pip install 'mingzhang[ocr]'"


def needs_ocr(path: str) -> UnreadableError:
    return UnreadableError(
        "needs-ocr", f"“{path}”是扫描件或图片，没有可以直接读取的文字；{OCR_ADVICE}，安装后重试，或改用原始的电子文件。"
    )


def unreadable_picture(path: str, reason: str) -> UnreadableError:
    return UnreadableError("damaged-file", f"图片“{path}”无法读取（{reason}），请重新扫描或导出。")


def encrypted(path: str) -> UnreadableError:
    return UnreadableError("encrypted", f"“{path}”设有打开密码，无法读取，请取消密码另存后重试。")


def damaged(path: str, reason: str) -> UnreadableError:
    return UnreadableError("damaged-file", f"“{path}”已损坏或不完整（{reason}），请重新下载，或用办公软件打开后另存。")


def too_large(path: str, reason: str, setting: str | None = None) -> UnreadableError:
    """``setting``: the field of ``Limits`` that the file goes beyond, if one would admit it."""
    return UnreadableError("too-large", f"“{path}”超出读取上限（{reason}），请确认是否选错文件，{_instead(setting)}。")


def too_many_pages(path: str, pages: int, most: int) -> UnreadableError:
    return UnreadableError(
        "too-many-pages",
        f"“{path}”有 {pages} 页，超过上限 {most} 页，请确认是否选错文件，{_instead('pdf_pages')}。",
    )


def no_pages(path: str) -> UnreadableError:
    return UnreadableError("no-pages", f"“{path}”中没有页面，请重新下载或导出。")


def _instead(setting: str | None) -> str:
    return f"或拆分后重试；确需读取时，可在设置文件中调高 {setting}" if setting else "或拆分后重试"
