"""Whether relations hold exactly as printed: plain arithmetic beside the program's own, for the benches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mingzhang.composition.as_read import as_read
from mingzhang.cube.composed import Composition
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation import Book, Tie, derive

Prints = Mapping[tuple[Point, Decimal], Decimal]
"""What is printed of a point to a quantum, both in 分."""


class Relations:
    """What a reader of a composition would check, and whether given prints of its figures satisfy it exactly.

    A relation between prints of several units (表 in 元, 文字 in 万元) is exact where it is off by no more than half a step
    of the coarsest. An amount printed to several units counts as it is printed finest; ``repeated`` tells how the same
    relations stand among the coarser repetitions. Rates are apart: they are no sums.
    """

    def __init__(self, composition: Composition) -> None:
        book = Book.of(as_read(composition))
        self.ties = [tie for tie in derive(book).ties if tie.owner is None]
        self.quanta = [(o.point, o.amount.quantum) for o in book.observations]
        self.finest: dict[Point, Decimal] = {}
        for point, quantum in self.quanta:
            self.finest[point] = min(quantum, self.finest.get(point, quantum))

    def inexact(self, prints: Prints) -> list[Tie]:
        """The relations that do not hold as printed."""
        return list(self._failing(prints, [self.finest[point] for point, _ in self.quanta]))

    def repeated(self, prints: Prints) -> list[Tie]:
        """The relations that do not hold if every print is taken for itself."""
        return list(self._failing(prints, [quantum for _, quantum in self.quanta]))

    def _failing(self, prints: Prints, quanta: list[Decimal]) -> Iterator[Tie]:
        keys = [(point, quantum) for (point, _), quantum in zip(self.quanta, quanta, strict=True)]
        values = {number: prints[key] for number, key in enumerate(keys) if key in prints}  # a rate is no amount
        self._latent(values)
        for tie in self.ties:
            if any(variable not in values for _, variable in tie.terms):
                yield tie  # nothing printed says what stands here
                continue
            total = sum((factor * values[variable] for factor, variable in tie.terms), Decimal(0))
            own = {quanta[variable] for _, variable in tie.terms if variable < len(quanta)}
            room = max(own) / 2 if len(own) > 1 else Decimal(0)
            if {tie.lower, tie.upper} - {0, None}:
                room = max(own)  # what may hide under a printed 0.00 is less than one step
            below = tie.lower is not None and total < tie.lower - room
            if below or (tie.upper is not None and total > tie.upper + room):
                yield tie

    def _latent(self, values: dict[int, Decimal]) -> None:
        """The amounts that are printed nowhere, from the first equality that leaves only one of them open."""
        waiting = [tie for tie in self.ties if tie.lower == tie.upper and any(v not in values for _, v in tie.terms)]
        while waiting:
            left: list[Tie] = []
            for tie in waiting:
                unknown = [(factor, variable) for factor, variable in tie.terms if variable not in values]
                if len(unknown) > 1:
                    left.append(tie)
                elif unknown:
                    factor, variable = unknown[0]
                    known = sum((f * values[v] for f, v in tie.terms if v in values), Decimal(0))
                    values[variable] = (Decimal(tie.lower or 0) - known) / factor
            if len(left) == len(waiting):
                return
            waiting = left
