"""The same slip in many places: told once, with all its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mingzhang.cube.finding import Finding

_MOST = 4  # a reader looks at so many one by one; of more, an example does


def together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of one rule; those that report the same words and call for the same as one, if they are many."""
    alike: dict[tuple[str | None, str | None], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.reported, finding.expected), []).append(finding)
    for group in alike.values():
        if len(group) <= _MOST:
            yield from group
            continue
        yield replace(
            group[0],
            message=f"{group[0].message.rstrip('。')}；这样的地方共{len(group)}处。",
            key=(group[0].reported or "", group[0].expected or ""),
            places=tuple(place for finding in group for place in finding.places),
        )
