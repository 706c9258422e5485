"""What a member is called in print: the classification's current name in that year, or the ledger's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mingzhang.classification import by_code
from mingzhang.classification.entry import DIMENSIONS, Dimension
from mingzhang.cube.names import MEMBER_WORDS


@dataclass(frozen=True, slots=True)
class Names:
    """The names of members. ``own`` are those that the ledger gives, by dimension and member; they go first."""

    year: int
    own: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    agency_codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, dimension: str, member: str) -> str:
        """The name of a member; the member itself where nothing names it."""
        given = self.own.get((dimension, member))
        if given is not None:
            return given
        for coded in DIMENSIONS:
            if coded == dimension:
                return self._classified(coded, member)
        return MEMBER_WORDS.get(dimension, {}).get(member, member)

    def agency_code(self, member: str) -> str:
        """The code of an agency, blank where the ledger has none."""
        return self.agency_codes.get(member, "")

    def _classified(self, dimension: Dimension, code: str) -> str:
        found = by_code(dimension, code, self.year) or by_code(dimension, code)
        return found[0].name if found else code
