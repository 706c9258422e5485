"""Slips of a whole row, column or table: exchanged columns or rows, a lost or a surplus row, a table in the wrong unit.

One such slip breaks many relations at once, and no small set of cells explains it. Each hypothesis is tried on the
printed values in exact integers: it is taken if it mends nearly all that is broken around its table, and nothing else
does so as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, pairwise

from mingzhang.classification import gov_objects_of, objects_of
from mingzhang.cube.hierarchy import CODED_DIMENSIONS, ancestors
from mingzhang.cube.point import EVERYTHING
from mingzhang.reconciliation.assembly import Assembled
from mingzhang.reconciliation.changes import Cells, Exchanged, Interval, Scaled, is_broken, span
from mingzhang.reconciliation.derivation import Book, Tie
from mingzhang.reconciliation.hypothesis import Hypothesis, SlipOf, Structural
from mingzhang.reconciliation.nought import sums_left_out
from mingzhang.reconciliation.solver import Standing
from mingzhang.reconciliation.surplus import surplus_rows

_FEWEST_BROKEN = 2
_SHARE_LEFT = 0.2
_MOST_PAIRS = 400
_EXCHANGES = frozenset({"rows", "columns"})
_UNIT_FACTORS = (10_000, 1_000)
_SIMPLEST: tuple[SlipOf, ...] = ("missing_row", "surplus_rows", "unit", "columns", "rows")


def find_structural(
    book: Book, ties: tuple[Tie, ...], assembled: Assembled, standings: tuple[Standing, ...]
) -> Structural | None:
    """The structural slip that explains most, or ``None``. One at a time: mend it, then look again.

    Where the same slip in another table would explain as much, that table is named in ``rivals``; where rows of the one
    or columns of the other may be exchanged, the latter are among ``others``.
    """
    system = assembled.system
    intervals = [(v.value - v.half, v.value + v.half) if v.value is not None else None for v in system.variables]
    relations_of: dict[int, list[int]] = {}
    for number, relation in enumerate(system.relations):
        for _, variable in relation.terms:
            relations_of.setdefault(variable, []).append(number)
    broken_around = _broken_around(book, ties, standings)
    found: list[tuple[int, Structural]] = []
    for table in book.by_table:
        broken = broken_around.get(table, [])
        mended_by: list[tuple[int, Structural]] = []
        if broken and sums_left_out(book, ties, system.relations, broken, intervals):
            continue
        about = _About.of(book, ties, table, broken)
        for hypothesis in _hypotheses(book, ties, table, broken, intervals, assembled.steps) if broken else ():
            asked = about.relations(hypothesis.slip)
            left = 0
            for n in chain(asked, _touched(hypothesis, relations_of, broken)):
                if n not in hypothesis.excused:
                    left += is_broken(system.relations[n], intervals, hypothesis.changed)
                    if not _may_convince(len(asked), left):
                        break
            if _convinces(hypothesis.slip, len(asked), left):
                mended_by.append((len(asked) - left, replace(hypothesis.slip, broken=tuple(asked))))
        mended_by.sort(key=lambda item: (-item[0], _plainness(item[1])))
        if mended_by and (len(mended_by) == 1 or mended_by[0][0] > mended_by[1][0] or _simpler(mended_by)):
            found.append(mended_by[0])
    if not found:
        return None
    most = max(gain for gain, _ in found)
    best = _oddest(book, [slip for gain, slip in found if gain == most])
    rivals = tuple(slip.table for slip in best[1:] if slip.kind == best[0].kind)
    others = tuple(slip for slip in best[1:] if slip.kind != best[0].kind and {slip.kind, best[0].kind} <= _EXCHANGES)
    return replace(best[0], rivals=rivals, others=others)


@dataclass(frozen=True, slots=True)
class _About:
    """The broken relations around a table, with the rows and the columns of it that each speaks of."""

    broken: list[int]
    telling_of_units: list[int]
    lines: dict[int, tuple[frozenset[int], frozenset[int]]]

    @staticmethod
    def of(book: Book, ties: tuple[Tie, ...], table: str, broken: list[int]) -> _About:
        """For the broken relations around a table."""
        lines = {}
        for number in broken:
            places = [o.source for _, v in ties[number].terms if not book.is_latent(v) for o in [book.observations[v]]]
            inside = [place for place in places if place.table == table]
            lines[number] = (frozenset(p.row or 0 for p in inside), frozenset(p.column or 0 for p in inside))
        # In another unit a part is less than the whole whatever it is: that says nothing of units.
        return _About(broken, [n for n in broken if ties[n].kind != "fund_bound"], lines)

    def relations(self, slip: Structural) -> list[int]:
        """Those that the slip must mend: what is wrong elsewhere in the table does not speak against an exchange."""
        if slip.kind == "unit":
            return self.telling_of_units
        if slip.kind not in _EXCHANGES:
            return self.broken
        pair, axis = {slip.first, slip.second}, ("rows", "columns").index(slip.kind)
        found = [number for number in self.broken if not pair.isdisjoint(self.lines[number][axis])]
        return found if len(found) >= _FEWEST_BROKEN else self.broken


def _oddest(book: Book, slips: list[Structural]) -> list[Structural]:
    """Of tables that may be in the wrong unit, the one whose unit no other table has, if there is one."""
    units = Counter(table.unit.name for table in book.tables.values() if table.unit is not None)
    odd = []
    for slip in slips:
        unit = book.tables[slip.table].unit
        if slip.kind == "unit" and unit is not None and units[unit.name] == 1:
            odd.append(slip)
    return odd if len(odd) == 1 else slips


def _broken_around(book: Book, ties: tuple[Tie, ...], standings: tuple[Standing, ...]) -> dict[str, list[int]]:
    """For each table, the broken relations that speak of its amounts, or of a row that it lacks."""
    around: dict[str, list[int]] = {}
    for number, standing in enumerate(standings):
        if standing is not Standing.BROKEN:
            continue
        told = [book.observations[v] for _, v in ties[number].terms if not book.is_latent(v)]
        tables = {o.source.table for o in told if o.point.measure == "amount"}
        tables |= {ties[number].table} if ties[number].kind == "missing_row" else set()
        for table in tables:
            if table is not None and table in book.tables:
                around.setdefault(table, []).append(number)
    return around


def _touched(hypothesis: Hypothesis, relations_of: dict[int, list[int]], known: list[int]) -> Iterator[int]:
    """The relations whose numbers a hypothesis changes, each once, but for those already known."""
    seen = set(known)
    for variable in hypothesis.changed:
        for number in relations_of.get(variable, ()):
            if number not in seen:
                seen.add(number)
                yield number


def _may_convince(broken: int, left: int) -> bool:
    """Whether a slip that leaves so many broken can still be believed."""
    return left <= _SHARE_LEFT * broken if broken >= _FEWEST_BROKEN else left == 0


def _convinces(slip: Structural, broken: int, left: int) -> bool:
    """Whether what the slip mends is enough to believe it."""
    if not _may_convince(broken, left):
        return False
    return broken >= _FEWEST_BROKEN or (slip.kind == "columns" or (slip.kind == "missing_row" and bool(slip.amounts)))


def _simpler(mended_by: list[tuple[int, Structural]]) -> bool:
    """Of slips that mend equally much, one may be the simpler story: a lost row before exchanged ones, and neighbours."""
    return _plainness(mended_by[0][1]) < _plainness(mended_by[1][1])


def _plainness(slip: Structural) -> tuple[int, bool]:
    return _SIMPLEST.index(slip.kind), abs(slip.first - slip.second) > 1


def _hypotheses(
    book: Book, ties: tuple[Tie, ...], table: str, broken: list[int], intervals: list[Interval | None], steps: int
) -> Iterator[Hypothesis]:
    yield from _missing_rows(book, ties, table, broken, intervals)
    yield from surplus_rows(book, ties, table, broken, intervals)
    cells = Cells.of(book, table)
    for left, right in combinations(cells.columns, 2):
        yield Hypothesis(Structural("columns", table, left, right), Exchanged(cells, intervals, 1, left, right))
    if len(broken) < _FEWEST_BROKEN:
        return
    for side in _sides(book, cells):
        part = cells.within(side) if side else cells
        for upper, lower in _row_pairs(ties, broken, part):
            slip = Structural("rows", table, upper, lower, side=side)
            yield Hypothesis(slip, Exchanged(part, intervals, 0, upper, lower))
    for factor in (f * sign for f in _UNIT_FACTORS for sign in (1, -1)):
        yield Hypothesis(Structural("unit", table, factor=factor), Scaled(book, cells, intervals, factor, steps))


def _sides(book: Book, cells: Cells) -> list[tuple[int, ...]]:
    """The columns of income and those of expenditure, where a table has both side by side; else all (empty)."""
    sides: dict[bool, set[int]] = {}
    for (_, column), variable in cells.at.items():
        flow = book.observations[variable].point.flow
        sides.setdefault("sources" in (flow, *ancestors("flow", flow or "")), set()).add(column)
    apart = len(sides) == 2 and sides[True].isdisjoint(sides[False])
    return [tuple(sorted(side)) for side in sides.values()] if apart else [()]


def _row_pairs(ties: tuple[Tie, ...], broken: list[int], cells: Cells) -> list[tuple[int, int]]:
    """Pairs of rows that broken relations speak of; in a long table, only neighbours."""
    rows = cells.rows
    involved = {cells.places[v][0] for n in broken for _, v in ties[n].terms if v in cells.places}
    if len(involved) * len(rows) > _MOST_PAIRS:
        return [(a, b) for a, b in pairwise(rows) if a in involved or b in involved]
    return sorted({(min(a, b), max(a, b)) for a in involved for b in rows if a != b})


def _missing_rows(
    book: Book, ties: tuple[Tie, ...], table: str, broken: list[int], intervals: list[Interval | None]
) -> Iterator[Hypothesis]:
    """A lost row: a class that another table prints, or a class whose listed parts fall short in every column."""
    shown: dict[tuple[str, str], list[int]] = {}
    for number in broken:
        tie = ties[number]
        if tie.kind == "missing_row" and tie.table == table:
            point = book.observations[tie.terms[0][1]].point
            for dimension in sorted(CODED_DIMENSIONS):
                if point.get(dimension) is not None:
                    shown.setdefault((dimension, point.get(dimension)), []).append(number)
    for (dimension, code), numbers in shown.items():
        sums = [n for n in broken if ties[n].kind == "sum" and _is_above(book, ties[n], dimension, code)]
        amounts = tuple(ties[n].terms[0][1] for n in numbers)
        slip = Structural("missing_row", table, point=EVERYTHING.at(**{dimension: code}), amounts=amounts)
        yield Hypothesis(slip, {}, frozenset((*numbers, *sums)))
    yield from _short_sums(book, ties, table, broken, intervals)


def _short_sums(
    book: Book, ties: tuple[Tie, ...], table: str, broken: list[int], intervals: list[Interval | None]
) -> Iterator[Hypothesis]:
    """A lost row of a class whose listed parts fall short, and with it the classes above by as much."""
    short: dict[tuple[str, str], list[int]] = {}
    for number in broken:
        tie = ties[number]
        node = _coded_node(book, tie)
        if node is not None and tie.table == table and _falls_short(tie, intervals):
            short.setdefault(node, []).append(number)
    told: set[int] = set()
    # The deepest class that falls short is where the row is missing; 合计 alone falls short where rows have no class.
    for (dimension, above), numbers in sorted(
        short.items(), key=lambda item: (item[0][0] != "function", -len(item[0][1]))
    ):
        if told.issuperset(numbers):
            continue
        listed = (_listed_elsewhere(book, ties[number], dimension, intervals) for number in numbers)
        found = next((each for each in listed if each is not None), None)
        if found is None and above:
            found = _without_counterpart(book, ties[numbers[0]], dimension, above, intervals)
        code, amounts = found if found is not None else (above + "__", ())
        slip = Structural("missing_row", table, point=EVERYTHING.at(**{dimension: code}), amounts=amounts)
        wider = [
            other
            for (along, node), others in short.items()
            for other in others
            if other not in numbers
            and (
                # In another column only a class further up may be printed.
                (along == dimension and node in ("", *ancestors(dimension, above)) and bool(above))
                or any(_same_shortfall(book, ties, other, n, intervals) for n in numbers)
            )
        ]
        # One column falling short is more likely one wrong cell than a lost row: then the crosswalk must mend by itself.
        across = [n for n in broken if ties[n].kind == "crosswalk" and len(numbers) > 1]
        across = [n for n in across if _same_gap(ties[n], ties[numbers[0]], intervals)]
        told |= {*numbers, *wider}
        yield Hypothesis(slip, {}, frozenset((*numbers, *wider, *across)))


def _same_shortfall(
    book: Book, ties: tuple[Tie, ...], number: int, other: int, intervals: list[Interval | None]
) -> bool:
    """Whether the parts of two sums of one slice (a column) fall short by the same amount."""
    points = [book.observations[ties[n].terms[0][1]].point for n in (number, other)]
    slices = [point.at(**dict.fromkeys(CODED_DIMENSIONS)) for point in points]
    spans = [span(ties[n], intervals) for n in (number, other)]
    if slices[0] != slices[1] or spans[0] is None or spans[1] is None:
        return False
    (low, high), (least, most) = spans[0], spans[1]
    return low <= most and high >= least


def _same_gap(crosswalk: Tie, tie: Tie, intervals: list[Interval | None]) -> bool:
    """Whether the classes of the other side exceed the listed ones by what the parts fall short of their sum."""
    spans = [span(crosswalk, intervals), span(tie, intervals)]
    if spans[0] is None or spans[1] is None:
        return False
    (low, high), (least, most) = spans[0], spans[1]
    return (low <= most and high >= least) or (-high <= most and -low >= least)


def _is_above(book: Book, tie: Tie, dimension: str, code: str) -> bool:
    whole = tie.terms[0][1]
    if tie.dimension != dimension or book.is_latent(whole):
        return False
    node = book.observations[whole].point.get(dimension)
    return node is None or code.startswith(node)


def _coded_node(book: Book, tie: Tie) -> tuple[str, str] | None:
    """The class (``""``: all of them) whose parts a sum adds, if it is a sum over a classification."""
    whole = tie.terms[0][1]
    if tie.kind != "sum" or tie.dimension not in CODED_DIMENSIONS or book.is_latent(whole):
        return None
    return tie.dimension, book.observations[whole].point.get(tie.dimension) or ""


def _falls_short(tie: Tie, intervals: list[Interval | None]) -> bool:
    total = 0
    for coefficient, variable in tie.terms:
        interval = intervals[variable]
        if interval is None:
            return False
        total += coefficient * (interval[0] + interval[1])
    return total > 0


def _listed_elsewhere(
    book: Book, tie: Tie, dimension: str, intervals: list[Interval | None]
) -> tuple[str, tuple[int, ...]] | None:
    """The class that another table lists beside the parts of a sum, with the amount that they fall short of it."""
    parts = [book.observations[v].point for _, v in tie.terms[1:] if not book.is_latent(v)]
    here = {code for point in parts if (code := point.get(dimension)) is not None}
    rest = book.observations[tie.terms[0][1]].point.at(**{dimension: None})
    above = book.observations[tie.terms[0][1]].point.get(dimension) or ""
    fitting: dict[str, list[int]] = {}
    for listing in book.listings.get((dimension, rest), ()):
        beside = {c for c in listing.codes - here if c.startswith(above) and len(c) in {len(each) for each in here}}
        for code in sorted(beside) if listing.table != tie.table else ():
            variable = book.find(rest.at(**{dimension: code}), listing.table)
            if variable is not None and not book.is_zero(variable) and _equals_gap(tie, (variable,), intervals):
                fitting.setdefault(code, []).append(variable)
    return next(((code, tuple(found)) for code, found in fitting.items()), None) if len(fitting) == 1 else None


def _without_counterpart(
    book: Book, tie: Tie, dimension: str, node: str, intervals: list[Interval | None]
) -> tuple[str, tuple[int, ...]] | None:
    """The class that the crosswalk asks for: those of the other classification with the missing amount, no partner.

    The code ends in ``__`` where several classes below ``node`` could be the lost one.
    """
    whole = book.observations[tie.terms[0][1]].point
    other = {"object": "gov_object", "gov_object": "object"}.get(dimension)
    if other is None:
        return None
    rest = whole.at(**{dimension: None})
    listed = {code for known in book.listings.get((dimension, rest), ()) for code in known.codes}
    for listing in book.listings.get((other, rest), ()):
        lonely: dict[str, list[int]] = {}
        for code in sorted(listing.codes):
            variable = book.find(rest.at(**{other: code}), listing.table)
            ends = _partners(dimension, code)
            if variable is None or book.is_zero(variable) or ends & listed:
                continue
            inside = sorted(end for end in ends if end.startswith(node))
            if inside and _equals_gap(tie, (variable,), intervals):
                return inside[0] if len(inside) == 1 else node + "__", (variable,)
            for end in inside:
                lonely.setdefault(end, []).append(variable)
        fitting = {end: tuple(found) for end, found in lonely.items() if _equals_gap(tie, tuple(found), intervals)}
        if len(fitting) == 1:
            return next(iter(fitting.items()))
    return None


def _partners(dimension: str, code: str) -> set[str]:
    """The classes of ``dimension`` that the crosswalk joins with ``code`` of the other classification."""
    if dimension == "object":
        return {link.object for link in objects_of(code)}
    return {link.gov_object for link in gov_objects_of(code)}


def _equals_gap(tie: Tie, variables: tuple[int, ...], intervals: list[Interval | None]) -> bool:
    """Whether adding the variables to the parts would make the sum possible."""
    low = high = 0
    for coefficient, term in (*tie.terms, *((-1, variable) for variable in variables)):
        interval = intervals[term]
        if interval is None:
            return False
        low += coefficient * interval[0 if coefficient > 0 else 1]
        high += coefficient * interval[1 if coefficient > 0 else 0]
    return low <= 0 <= high
