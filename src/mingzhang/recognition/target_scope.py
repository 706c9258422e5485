"""How far a sentence on performance targets reaches: all that the unit spends, all its projects, or some of them.

Under 绩效 a document gives sums of different scopes. Only those are tied to the cube that are said to be of everything:
整体支出…涉及…, 项目均…涉及…, …占项目支出总额的100%. Evaluations, and targets of some projects, are no amounts of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from mingzhang.recognition.vocabulary import vocabulary

_SHARE = re.compile(
    r"[^。；;]{0,45}?占[^。；;]{0,45}?(?:总额|总数|支出|预算|资金)的?(?:比例|比重|比率)?(?:为|达到?)?100(?:\.0+)?[%％]"
)


def target_scope(before: str, after: str) -> dict[str, Any] | None:
    """The part of a point that a sum of targets is of; ``None`` where it may be of some projects only.

    ``before`` and ``after`` are the words around the sum, within its sentence.
    """
    says = {name: pattern.search(before) is not None for name, pattern in _wording().items()}
    if not says["managed"] or says["evaluated"] or says["some"]:
        return None
    if says["whole"]:
        return {"flow": "expenditure"}
    if "项目" in before and (says["all"] or says["each"] or _SHARE.match(after)):
        return {"flow": "expenditure", "nature": "project"}
    return None


@lru_cache(maxsize=1)
def _wording() -> dict[str, re.Pattern[str]]:
    """What the vocabulary says of the scope of targets, one pattern a kind."""
    known = vocabulary().target_scope
    words = {name: "|".join(map(re.escape, known[name])) for name in known}
    return {name: re.compile(f"(?:{each})(?=[^，,]*绩效)" if name == "each" else each) for name, each in words.items()}
