"""What a search did not finish, for the coverage: nobody should take a list that was cut for all there is."""

from __future__ import annotations

from mingzhang.reconciliation.reconcile import Reconciliation

_UNFINISHED = "有{}处金额矛盾牵涉的数太多，查找到规定的工作量即停止：所列可疑的数都已验证，但可能不全。"
_INTERRUPTED = "金额核对中有一步超过了时间上限而中止：所列结果都已验证，但可能不全，再次核对时可能多于这次所列。"


def limits_of(outcome: Reconciliation) -> tuple[str, ...]:
    """A note for searches that ended with their work undone, and one for those that the clock ended."""
    unfinished = sum(located.cluster.status == "work-limit" for located in outcome.located)
    notes = [_UNFINISHED.format(unfinished)] if unfinished else []
    return (*notes, _INTERRUPTED) if outcome.interrupted else tuple(notes)
