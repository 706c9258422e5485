"""How far a sentence on performance targets reaches: all that the unit spends, all its projects, or some of them.

Under 绩效 a document gives sums of different scopes. Only those are tied to the cube that are said to be of everything:
整体支出…涉及…, 项目均…涉及…, …占项目支出总额的100%. Evaluations, and targets of some projects, are no amounts of it.
"""

from __future__ import annotations

import re
from typing import Any

_MANAGED = re.compile(r"绩效(?:目标|管理)")
_EVALUATED = re.compile(r"自评|评价|评估|跟踪|监控|监测|评审")
_WHOLE = re.compile(r"整体(?:支出)?(?:均|全部|已|也)?(?:纳入|编[制报]|填报|设[定置]|实[行施]|进行)")
_PROJECTS = re.compile(r"项目")
_ALL = re.compile(
    r"均(?=[^，,]*绩效)|全部(?:项目|纳入|实[行施]|编|设|进行)|所有(?:的)?(?:预算)?项目|全面(?:实[行施]|编|设)"
)
_SOME = re.compile(r"以上|以下|重点|部分|其中|抽取|选取|万元|专项资金|新增|转移支付")
_WHOLLY = re.compile(
    r"[^。；;]{0,45}?占[^。；;]{0,45}?(?:总额|总数|支出|预算|资金)的?(?:比例|比重|比率)?(?:为|达到?)?100(?:\.0+)?[%％]"
)


def target_scope(before: str, after: str) -> dict[str, Any] | None:
    """The part of a point that a sum of targets is of; ``None`` where it may be of some projects only.

    ``before`` and ``after`` are the words around the sum, within its sentence.
    """
    if _MANAGED.search(before) is None or _EVALUATED.search(before) or _SOME.search(before):
        return None
    if _WHOLE.search(before):
        return {"flow": "expenditure"}
    if _PROJECTS.search(before) and (_ALL.search(before) or _WHOLLY.match(after)):
        return {"flow": "expenditure", "nature": "project"}
    return None
