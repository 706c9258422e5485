"""Whether a recognised document is a disclosure at all: refused before checking, so that silence is never a pass."""

from __future__ import annotations

import re

from mingzhang.cube.disclosure import Disclosure
from mingzhang.errors import UnreadableError

_UNREADABLE = re.compile("无法可靠读取|无法读取|识别失败|没有识别到文字|由OCR识别")
_NO_UNIT = "没有标明金额单位"


def refusal(disclosure: Disclosure) -> UnreadableError | None:
    """Why the document cannot be checked or read as a disclosure; ``None`` where it can.

    A table with any observation admits it; so do amounts in sentences, where the text says whether it is a budget or
    final accounts. Codes: ``not-a-disclosure``, ``no-unit`` (the amounts of the tables are in no known unit),
    ``nothing-read`` (it looks like a disclosure, but not one amount of its tables was understood; or pages of it could
    not be read, and what was read holds no amount).
    """
    if any(observation.origin == "table" for observation in disclosure.observations):
        return None
    if disclosure.stage is not None and any(o.amount.unit.is_money for o in disclosure.observations):
        return None
    path = disclosure.path
    if any(_NO_UNIT in item.reason for item in disclosure.unread):
        return UnreadableError(
            "no-unit",
            f"“{path}”的表格没有标明金额单位（元、万元等），无法确定金额大小，请在表头上方注明“单位：万元”后重试。",
        )
    if disclosure.tables and (disclosure.stage is not None or any(table.form for table in disclosure.tables)):
        return UnreadableError(
            "nothing-read",
            f"“{path}”看起来是预算或决算公开材料，但其中{len(disclosure.tables)}张表的金额一个也没有读懂，未作任何核对，"
            "请改用原始的 Excel 文件重试。",
        )
    unreadable = next((note for note in disclosure.notes if _UNREADABLE.search(note)), None)
    if unreadable is not None:
        return UnreadableError(
            "nothing-read",
            f"“{path}”中没有读出预算表格或预算金额（{unreadable.rstrip('。')}），未作任何核对，请改用原始的 Excel 或 Word 文件重试。",
        )
    return UnreadableError(
        "not-a-disclosure", f"“{path}”不是预算或决算公开材料：没有找到可识别的预算表格或预算金额，请确认是否选错文件。"
    )
