"""Sums: a point is the sum of its parts along one dimension, where the table lists the parts exhaustively."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from decimal import Decimal
from operator import attrgetter

from mingzhang.cube.disclosure import Table
from mingzhang.cube.hierarchy import CODED_DIMENSIONS, LEVELS, ancestors, frontier, listed_parts
from mingzhang.cube.point import DIMENSIONS, EVERYTHING, UNNAMED_AGENCY, Point
from mingzhang.reconciliation.derivation.book import TEXT, Book
from mingzhang.reconciliation.derivation.joint import joint_sums
from mingzhang.reconciliation.derivation.tie import Tie

# Inner splits first: a total that is printed only by its parts becomes latent for the sums above it.
_ORDER = (
    "project",
    "agency",
    "staffing",
    "purchase",
    "object",
    "gov_object",
    "function",
    "nature",
    "topic",
    "fund",
    "topic",
    "flow",
)

# The parts without which a list is not the whole of its node; anything further that is listed is added.
_NEEDED: dict[str, dict[str | None, frozenset[str]]] = {
    "staffing": {None: frozenset({"personnel", "public"})},
    "nature": {None: frozenset({"basic", "project"})},
    "purchase": {None: frozenset({"goods", "services"})},
    "flow": {"sources": frozenset({"income"}), "uses": frozenset({"expenditure"})},
    "topic": {
        None: frozenset({"current_year", "carried_spending"}),
        "three_public": frozenset({"abroad", "reception", "vehicle"}),
        "vehicle": frozenset({"vehicle_purchase", "vehicle_running"}),
        "three_public_and_meetings": frozenset({"three_public"}),
    },
}
# Other lists that are whole: 公务用车购置费 and 公务用车运行维护费 in place of both together.
_NEEDED_ELSE: dict[tuple[str, str | None], tuple[frozenset[str], ...]] = {
    ("topic", "three_public"): (frozenset({"abroad", "reception", "vehicle_purchase", "vehicle_running"}),),
    ("topic", None): (
        frozenset({"ordinary_project", "special_project"}),
        frozenset({"administrative_project", "construction_project"}),
    ),
}
# What the text leaves out where there is none: a list without it is customarily whole.
_LEFT_OUT: dict[tuple[str, str | None], frozenset[str]] = {
    ("topic", "three_public"): frozenset({"abroad", "reception", "vehicle_running"}),
}
_ORIGINS = frozenset({"current_year", "carried_spending", "advance_transfer"})
_FIRST_FURTHER = DIMENSIONS.index("fund") + 1  # what stands behind year, stage, flow and fund
_AT_LEAST_TWO = frozenset({"fund"})
_MAY_BE_LATENT = frozenset({"project", "agency", "staffing", "nature", "fund", "flow", "function"})


def sums(book: Book) -> Iterator[Tie]:
    """Every sum that a table states by listing a point and its parts; in sentences, only the fixed small splits."""
    for table in list(book.by_table):
        points = _points_of(book, table)
        if table != TEXT:
            yield from joint_sums(book, table, points)
        for dimension in _ORDER:
            if table == TEXT and dimension in (*CODED_DIMENSIONS, "agency", "fund", "flow"):
                continue
            yield from _along(book, table, dimension, points)


def _points_of(book: Book, table: str) -> dict[Point, int]:
    """The points of a table with their first observation; a row of 其中 takes no part in an exhaustive list."""
    points: dict[Point, int] = {}
    plain = _plain_rows(book, table)
    for index in book.by_table[table]:
        observation = book.observations[index]
        point = observation.point
        coded = point.function or point.object or point.gov_object
        # 其中 over a column takes nothing from the list of its rows: it adds up as the other columns do.
        if not (observation.of_which and coded and observation.source.row not in plain):
            points.setdefault(point, index)
    if table in book.tables:
        for hole in book.tables[table].holes:
            # Something stands there that is no number: neither zero nor known.
            points.setdefault(hole, book.find_or_latent(hole, table))
    return points


def _plain_rows(book: Book, table: str) -> frozenset[int | None]:
    """The rows of a table that do not stand under 其中 themselves."""
    known = book.tables.get(table)
    rows = known.rows if known is not None and len(_sides(known)) < 2 else ()
    return frozenset(row.source.row for row in rows if row.kind != "of_which")


def _sides(table: Table) -> set[str | None]:
    """The flows of a table's columns: two of them stand side by side, each with rows of its own."""
    return {point.flow for point in table.columns if point is not None}


def _along(book: Book, table: str, dimension: str, points: dict[Point, int]) -> Iterator[Tie]:
    value_of = attrgetter(dimension)
    values = {*map(value_of, points)}
    if values == {None} or not _may_exhaust(dimension, values):
        return
    groups: dict[Point, dict[str | None, int]] = {}
    for point, variable in points.items():
        if dimension == "flow" and not _is_total(point):
            # 收入总计 and 支出总计 are totals of a fund; within a class there is only expenditure.
            continue
        groups.setdefault(point.without(dimension), {})[value_of(point)] = variable
    told_finer = _funds_told_finer(points) if dimension == "fund" else {}
    for rest, members in groups.items():
        listed = [value for value in members if value is not None]
        if (
            not listed
            or not _may_exhaust(dimension, members.keys())
            or _says_nothing(book, table, dimension, rest, members)
        ):
            continue
        below = listed_parts(dimension, listed)
        for node in _nodes(dimension, members):
            parts = below.get(node, []) if node is None or node in members else frontier(dimension, node, listed)
            if dimension not in CODED_DIMENSIONS:
                # What stands under 其中 is within its neighbours, if these are the whole without it.
                plain = [part for part in parts if not book.is_of_which(members[part])]
                parts = plain if _exhaustive(dimension, node, plain) else parts
            customary = table == TEXT and frozenset(parts) == _LEFT_OUT.get((dimension, node))
            # 合计 | 中央资金 | 省级资金: of all levels, as a rule.
            customary = customary or (node is None and node in members and len(parts) > 1 and set(parts) <= LEVELS)
            if not (customary or _exhaustive(dimension, node, parts)):
                continue
            if dimension == "topic" and node is None and _funds_beside(points, rest, parts):
                continue
            whole = members.get(node)
            if dimension == "fund" and node is None and rest.topic is None and (whole is None or book.is_latent(whole)):
                # 专户 and 单位资金 of a unit's projects, whose 一般公共预算 is 本年拨款 and 结转, are not all of them.
                finer = told_finer.get((rest.agency, rest.nature), ())
                if any(set(parts).isdisjoint((fund, *ancestors("fund", fund))) for fund in finer):
                    continue
            if dimension == "agency" and whole is not None:
                units = _without_whole(book, whole, {part: members[part] for part in parts})
                for department in set(parts) - set(units):
                    # The department's own row is all of its units again.
                    yield Tie("sum", ((1, whole), (-1, members[department])), dimension=dimension, table=table)
                parts = units
            if whole is None:
                if not _may_be_latent(book, dimension, node, rest, points, {part: members[part] for part in parts}):
                    continue
                point = rest if node is None else rest.at(**{dimension: node})
                whole = book.find_or_latent(point, table)
                points.setdefault(point, whole)
            operands = [whole, *(members[part] for part in parts)]
            if len(set(operands)) == len(operands) and book.any_printed(operands):
                terms = ((1, whole), *((-1, members[part]) for part in parts))
                blocked = _blocked(book, table, operands)
                yield Tie(
                    "sum",
                    terms,
                    "customary" if customary else "definite",
                    dimension=dimension,
                    table=table,
                    blocked=blocked,
                )


def _says_nothing(book: Book, table: str, dimension: str, rest: Point, members: Mapping[str | None, int]) -> bool:
    """Whether what is listed at ``rest`` is no list of the parts of one whole."""
    if dimension == "project":
        return not _lists_projects(book, table, rest)
    if dimension == "agency":
        return rest.project is not None and None not in members  # the projects of each unit are added up by unit first
    # Which rows are of one unnamed unit is not known: only their sums over all units are.
    return dimension in CODED_DIMENSIONS and (rest.agency or "").startswith(UNNAMED_AGENCY)


def _may_be_latent(
    book: Book, dimension: str, node: str | None, rest: Point, points: dict[Point, int], parts: Mapping[str, int]
) -> bool:
    """Whether the whole of some parts is a point of its own where it is not printed."""
    if dimension == "project" and rest.agency is None:
        return False
    if dimension in CODED_DIMENSIONS and any(book.is_of_which(part) for part in parts.values()):
        return False  # a sum of amounts under 其中 is under 其中 too: it is no part beside the others
    if dimension == "agency" and not _lists_units(points, list(parts)):
        return False  # a table of one named unit, or of unknown scope, says nothing of the whole
    if dimension == "flow" and len(parts) < 2:
        return False
    return dimension in _MAY_BE_LATENT or (dimension == "topic" and node is None)


def _lists_projects(book: Book, table: str, rest: Point) -> bool:
    """Whether a table's projects at ``rest`` are all of them: not of a class, not those alone that have targets."""
    known = book.tables.get(table)
    targets = known is not None and known.point.topic == "performance"
    classified = any(rest.get(dimension) for dimension in CODED_DIMENSIONS)
    of_all = rest.topic is None or rest.topic in LEVELS or rest.topic in _ORIGINS
    return rest.nature == "project" and of_all and not targets and not classified


def _funds_beside(points: dict[Point, int], rest: Point, scopes: list[str]) -> bool:
    """Whether funds stand beside 本年拨款 and 结转 without being parted so: then these are not the whole of all funds."""
    if rest.fund is not None:
        return False
    parted = {point.fund for point in points if point.topic in scopes}
    return any(point.fund not in parted and point.topic is None for point in points if point.fund is not None)


def _funds_told_finer(points: Iterable[Point]) -> dict[tuple[str | None, str | None], set[str]]:
    """By unit and nature the funds that a table parts by where their money comes from (本年拨款, 结转)."""
    found: dict[tuple[str | None, str | None], set[str]] = {}
    for point in points:
        if point.fund is not None and point.topic is not None:
            found.setdefault((point.agency, point.nature), set()).add(point.fund)
    return found


def _lists_units(points: dict[Point, int], parts: list[str]) -> bool:
    """Whether a table's units are parts of a whole: it has a row for all of them, or counts them without names."""
    return any(point.agency is None for point in points) or all(part.startswith(UNNAMED_AGENCY) for part in parts)


def _without_whole(book: Book, whole: int, parts: dict[str | None, int]) -> list[str]:
    """The units to add up: a department's own row above its units repeats their total and is not added to them."""
    listed = [part for part in parts if part is not None]
    if book.is_latent(whole) or any(book.is_latent(v) for v in parts.values()):
        return listed
    amounts = {part: book.observations[parts[part]].amount for part in listed}
    total = book.observations[whole].amount
    rest = sum(amount.value for amount in amounts.values()) - total.value
    rounding = len(listed) * Decimal(1).scaleb(-total.decimals)
    # The others must make the total by themselves, but for rounding, and must not be nothing but rounding.
    if abs(rest) <= rounding or abs(rest - total.value) > rounding:
        return listed
    repeating = next((part for part in listed if amounts[part].value == total.value), None)
    return [part for part in listed if part != repeating]


def _blocked(book: Book, table: str, operands: list[int]) -> bool:
    """Whether parts may be missing: amounts of the table's rows (or columns) that were not read."""
    known = book.tables.get(table)
    if known is None or not (known.unread_rows or known.unread_columns):
        return False
    rows = {book.observations[v].source.row for v in operands if not book.is_latent(v)}
    return known.unread_columns if len(rows) == 1 else known.unread_rows


def _nodes(dimension: str, members: dict[str | None, int]) -> list[str | None]:
    """The nodes of a group that may have parts: those listed, and those that the dimension always has."""
    nodes: list[str | None] = list(members)
    fixed: list[str | None] = list(_NEEDED.get(dimension, {}))
    if dimension in _MAY_BE_LATENT and dimension not in _NEEDED:
        fixed.append(None)
    nodes += [node for node in fixed if node not in members]
    return nodes


def _is_total(point: Point) -> bool:
    """Whether a point names year, stage, flow and fund at most."""
    return point[_FIRST_FURTHER:] == EVERYTHING[_FIRST_FURTHER:]


def _may_exhaust(dimension: str, members: Set[str | None]) -> bool:
    """Whether some node of a group could have all its parts among the members: most groups are settled by that."""
    if dimension in _NEEDED:
        alternatives = [each for (place, _), sets in _NEEDED_ELSE.items() if place == dimension for each in sets]
        alternatives += [each for (place, _), each in _LEFT_OUT.items() if place == dimension]
        if dimension == "topic" and len(LEVELS & members) > 1:
            return True
        return any(needed <= members for needed in (*_NEEDED[dimension].values(), *alternatives))
    return dimension not in _AT_LEAST_TWO or len(members) - (None in members) >= 2


def _exhaustive(dimension: str, node: str | None, parts: list[str]) -> bool:
    if not parts:
        return False
    if dimension in _NEEDED:
        needed = (_NEEDED[dimension].get(node), *_NEEDED_ELSE.get((dimension, node), ()))
        return any(each is not None and each <= set(parts) for each in needed)
    if dimension in _AT_LEAST_TWO:
        # 财政拨款收入, 其中：政府性基金预算: without 一般公共预算 the list leaves out most of it.
        return len(parts) >= 2 and (node != "fiscal" or "general" in parts)
    return True
