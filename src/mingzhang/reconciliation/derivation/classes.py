"""Ties through the classifications: the crosswalk of economic classes, and the topics made of object codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Literal

from mingzhang.classification import Link, gov_objects_of, groups, objects_of
from mingzhang.classification.topics import TOPIC_OBJECTS
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation.book import Book, Listing
from mingzhang.reconciliation.derivation.tie import Tie

_CLASS_LENGTH = 5
_TOPIC_CODES = {topic: TOPIC_OBJECTS[topic] for topic in ("abroad", "reception", "vehicle_running", "vehicle_purchase")}
_PUBLIC_INSTITUTION = "505"


def crosswalks(book: Book) -> Iterator[Tie]:
    """Department classes against government classes of the same slice, by connected group of the crosswalk."""
    for (dimension, rest), listings in list(book.listings.items()):
        if dimension != "object":
            continue
        for left in listings:
            for right in book.listings.get(("gov_object", rest), ()):
                yield from _crosswalk(book, rest, left, right)


def _crosswalk(book: Book, rest: Point, left: Listing, right: Listing) -> Iterator[Tie]:
    all_objects, all_gov_objects = _classes(book, rest, left), _classes(book, rest, right)
    objects = {code: v for code, v in all_objects.items() if not book.is_zero(v)}
    gov_objects = {code: v for code, v in all_gov_objects.items() if not book.is_zero(v)}
    if not objects or not gov_objects:
        return
    # Classes printed as zero join no groups, but belong to a group if nothing else could hold them: one of them may
    # have lost its amount.
    for group in groups(tuple(objects), tuple(gov_objects)):
        if not group.complete:
            continue
        left_codes = [*group.objects, *_idle(all_objects, objects, group.gov_objects, gov_objects, gov_objects_of)]
        right_codes = [*group.gov_objects, *_idle(all_gov_objects, gov_objects, group.objects, objects, objects_of)]
        terms = (
            *((1, all_gov_objects[code]) for code in right_codes),
            *((-1, all_objects[code]) for code in left_codes),
        )
        strength: Literal["definite", "customary"] = "definite" if group.verified else "customary"
        lost = _unnamed(left, group.objects, group.gov_objects) or _unnamed(right, group.gov_objects, group.objects)
        yield Tie("crosswalk", terms, strength, dimension="gov_object", table=right.table, blocked=lost)


def _unnamed(listing: Listing, own: tuple[str, ...], across: tuple[str, ...]) -> bool:
    """Whether a row of unknown code (301__) was lost among the classes of a group."""
    nodes = [code.rstrip("_") for code in listing.codes if code.endswith("_")]
    if not nodes:
        return False
    links = [
        link
        for code in across
        for link in (objects_of(code) if listing.dimension == "object" else gov_objects_of(code))
    ]
    ends = [link.object if listing.dimension == "object" else link.gov_object for link in links]
    return any(code.startswith(node) for node in nodes for code in (*own, *ends))


def _idle(
    listed: dict[str, int],
    held: dict[str, int],
    group: tuple[str, ...],
    across: dict[str, int],
    links_of: Callable[[str], tuple[Link, ...]],
) -> list[str]:
    """The codes printed as zero whose only counterparts with an amount are in ``group``."""
    found: list[str] = []
    for code in listed:
        if code not in held:
            ends = {end for link in links_of(code) for end in (link.object, link.gov_object) if end in across}
            if ends and ends <= set(group):
                found.append(code)
    return found


def _classes(book: Book, rest: Point, listing: Listing) -> dict[str, int]:
    """The 款 that a listing prints, in order of their codes."""
    found: dict[str, int] = {}
    for code in sorted(listing.codes):
        if len(code) == _CLASS_LENGTH and code.isdecimal():
            point = rest.at(**{listing.dimension: code})
            index = book.find(point, listing.table)
            if index is None:
                # Something stands there that is no number: neither zero nor known.
                index = book.latent.get(point)
            if index is not None:
                found[code] = index
    return found


def topics(book: Book) -> Iterator[Tie]:
    """三公经费 by object codes, 机关运行经费 by 公用经费, 绩效 within 项目支出: customary, since scopes can differ."""
    for point in list(book.by_point):
        if point.topic is None or point.measure != "amount" or point.agency is not None:
            continue
        if point.project is not None or point.indicator is not None:
            continue
        topic = book.find(point)
        if topic is None:
            continue
        if point.topic in _TOPIC_CODES:
            yield from _by_codes(book, point, topic)
        elif point.topic == "agency_running":
            yield from _running(book, point, topic)
        elif point.topic == "performance":
            slice_ = Point(year=point.year, stage=point.stage, flow="expenditure", fund=point.fund, nature="project")
            spent = book.find(slice_)
            if spent is not None and book.any_printed((topic, spent)) and not _is_passed_down(book, topic):
                # Targets are set for all projects or for some of them; never for more than there are.
                yield Tie("topic_bound", ((1, spent), (-1, topic)), "customary", upper=None)


def _by_codes(book: Book, point: Point, topic: int) -> Iterator[Tie]:
    for fund in ("general", "fiscal"):
        spent = Point(year=point.year, stage=point.stage, flow="expenditure", fund=point.fund or fund)
        parts: list[int] = []
        seen = {"basic": False, "project": False}
        for nature in seen:
            for code in _TOPIC_CODES[point.topic or ""]:
                at = spent.at(nature=nature, object=code)
                found = book.find(at)
                if found is not None:
                    parts.append(found)
                    seen[nature] = True
                elif book.listing_without(at) is not None:
                    seen[nature] = True
        if not seen["basic"] or not book.any_printed((topic, *parts)):
            continue
        terms = ((1, topic), *((-1, part) for part in parts))
        if seen["project"] and _administrative(book, spent.at(nature="basic")):
            yield Tie("topic", terms, "customary")
        elif parts:
            yield Tie("topic_bound", terms, "customary", upper=None)
        return


def _running(book: Book, point: Point, topic: int) -> Iterator[Tie]:
    slice_ = Point(year=point.year, stage=point.stage, flow="expenditure", fund=point.fund or "general", nature="basic")
    public = book.find(slice_.at(staffing="public"))
    if public is None or not book.any_printed((topic, public)):
        return
    administrative = _administrative(book, slice_)
    if administrative:
        yield Tie("topic", ((1, topic), (-1, public)), "customary")
    else:
        yield Tie("topic_bound", ((1, public), (-1, topic)), "customary", upper=None)


def _administrative(book: Book, slice_: Point) -> bool:
    """Only 机关 classes are printed and none of 事业单位: then 公用经费 is 机关运行经费 exactly."""
    codes = {code for listing in book.listings.get(("gov_object", slice_), ()) for code in listing.codes}
    return "501" in {code[:3] for code in codes} and _PUBLIC_INSTITUTION not in {code[:3] for code in codes}


def project_bounds(book: Book) -> Iterator[Tie]:
    """The projects that are listed with their amounts are part of the unit's project expenditure."""
    if any(point.topic == "transfer" for point in book.by_point):
        # Targets are published for money passed down too, which is not in the unit's own expenditure.
        return
    wholes: dict[tuple[int | None, str | None], list[int]] = {}
    besides: set[tuple[int | None, str | None]] = set()  # where some may be of the unit's own and may not
    for point, indices in book.by_point.items():
        if point.project and point == Point(
            year=point.year, stage=point.stage, flow="expenditure", nature="project", project=point.project
        ):
            if _is_passed_down(book, indices[0]):
                besides.add((point.year, point.stage))
            else:
                wholes.setdefault((point.year, point.stage), []).append(indices[0])
    for (year, stage), projects in wholes.items():
        whole = book.find(Point(year=year, stage=stage, flow="expenditure", nature="project"))
        if whole is None:
            continue
        terms = ((1, whole), *((-1, project) for project in projects))
        # Where the listed projects make up all project expenditure, or would but for one slip of the pen, they are all.
        complete = _adds_up(book, whole, projects, but_for_a_slip=(year, stage) not in besides)
        yield Tie("project_bound", terms, "customary", upper=0 if complete else None)


def _is_passed_down(book: Book, index: int) -> bool:
    """Whether its name, or the title of its sheet, says that it is money for the governments below."""
    observation = book.observations[index]
    table = book.tables.get(observation.source.table or "")
    return "转移支付" in (observation.point.project or "") or (table is not None and "转移支付" in table.title)


def _adds_up(book: Book, whole: int, parts: list[int], *, but_for_a_slip: bool) -> bool:
    """Whether the parts make the whole, or would if one digit of one of them (or of the whole) were another."""
    amounts = [book.observations[index].amount for index in (whole, *parts)]
    unit, decimals = amounts[0].unit, amounts[0].decimals
    if any(amount.unit != unit or amount.decimals != decimals for amount in amounts):
        return False
    step = Decimal(1).scaleb(-decimals)
    gap = amounts[0].value - sum(amount.value for amount in amounts[1:])
    exact = abs(gap) <= step * (len(parts) + 1) / 2
    if exact or not but_for_a_slip:
        return exact
    wanted = [amounts[0].value - gap, *(amount.value + gap for amount in amounts[1:])]
    return any(_one_digit_apart(a.value, w, step) for a, w in zip(amounts, wanted, strict=True))


def _one_digit_apart(left: Decimal, right: Decimal, step: Decimal) -> bool:
    """Whether two positive numbers of as many digits differ in one digit only."""
    if left <= 0 or right <= 0:
        return False
    digits, others = str(int(left / step)), str(int(right / step))
    return len(digits) == len(others) and sum(a != b for a, b in zip(digits, others, strict=True)) == 1


def levels(book: Book) -> Iterator[Tie]:
    """A project's amount is what the unit spends itself (本级支出) and what it passes down (补助下级), where listed."""
    for point in list(book.by_point):
        if point.topic == "transfer" and point.project and book.find(point.at(topic="own_level")) is None:
            project, part = book.find(point.at(topic=None)), book.find(point)
            if project is not None and part is not None:
                yield Tie("topic_bound", ((1, project), (-1, part)), "customary", upper=None)
        if point.topic != "own_level" or point.measure != "amount":
            continue
        whole, own = book.find(point.at(topic=None)), book.find(point)
        passed = book.find(point.at(topic="transfer"))
        if whole is None or own is None:
            continue
        parts = [own] if passed is None else [own, passed]
        if book.any_printed((whole, *parts)):
            yield Tie("sum", ((1, whole), *((-1, part) for part in parts)), "customary", dimension="topic")
