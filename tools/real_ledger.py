"""Published ledgers → the tables that were published beside them: ``make real-ledger``.

Some disclosures print their whole ledger: a table of every combination of function, government class and department
class by nature, to the 分. That table is taken as the ledger, with the totals of the income table; every other table of
the same form set is composed from it and compared with the published one, cell by cell. What the ledger does not tell
is never guessed: of what fund a line is follows where only one fund is spent, or where the whole function is of one fund;
elsewhere a cell has bounds, and is counted apart. So it has where the table's own total is more than its rows: what is
not listed may be anywhere. Procurement, projects and units are not in such a ledger at all.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mingzhang.checking import check
from mingzhang.composition import Ledger, Line, compose
from mingzhang.composition.amounts import Amounts
from mingzhang.composition.as_read import as_read
from mingzhang.cube import Disclosure, Observation, Point
from mingzhang.cube.finding import Finding
from mingzhang.cube.hierarchy import ancestors
from mingzhang.cube.names import MEMBER_WORDS, point_words
from mingzhang.documents import open_document
from mingzhang.forms import FormSet, load_form_sets
from mingzhang.recognition import recognise

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
_CLASSES = ("function", "gov_object", "object")
_PERSONNEL = ("301", "303")
_NOT_TOLD = ("project", "agency", "purchase", "indicator")
_FISCAL_TOPICS = frozenset({"three_public", "abroad", "reception", "vehicle", "vehicle_purchase", "vehicle_running"})
_TOLD_TOPICS = _FISCAL_TOPICS | {None, "net_of_construction"}
_MOST_LINES = 6
_NAMED = (*_CLASSES, "staffing", "topic")


@dataclass(frozen=True, slots=True)
class Published:
    """One published amount (分): a cell of a table, or the cells of all units there added up (``cells``)."""

    table: str
    point: Point
    fen: int
    cells: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A published amount beside what the ledger makes of it (分): ``low`` is ``high`` where the ledger tells it."""

    published: Published
    low: int
    high: int

    @property
    def told(self) -> bool:
        return self.low == self.high

    @property
    def agrees(self) -> bool:
        return self.low <= self.published.fen <= self.high


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything compared of one document, with the table that was its ledger.

    ``taken`` counts published cells that were taken as the ledger or to tell its funds, ``outside`` those of which no
    such ledger says anything; ``unpublished`` are amounts of ours at points that no published cell has; ``unlisted`` is
    what the ledger's own total has beyond its rows, by nature (分).
    """

    ledger: Ledger
    table: str
    cells: tuple[Compared, ...]
    taken: int
    outside: int
    unpublished: tuple[tuple[Point, int], ...]
    unlisted: Mapping[str, int]


def ledger_table(disclosure: Disclosure) -> str | None:
    """The table that lists combinations of all three classifications by nature; ``None`` where there is none."""
    rows = Counter(
        o.source.table for o in disclosure.observations if all(o.point.get(name) is not None for name in _CLASSES)
    )
    return rows.most_common(1)[0][0] if rows else None


def published_amounts(disclosure: Disclosure) -> list[Published]:
    """The amounts of all tables; where a table lists units one under another and never their sum, the units added up."""
    groups: defaultdict[tuple[str, Point], list[Observation]] = defaultdict(list)
    for o in disclosure.observations:
        if o.origin == "table" and o.amount.unit.is_money:
            groups[o.source.table or "", o.point.at(agency=None)].append(o)
    found: list[Published] = []
    for (table, point), cells in groups.items():
        agencies = [o.point.agency for o in cells]
        if None in agencies or point.project is not None:
            found += [Published(table, o.point, int(o.amount.fen), (o,)) for o in cells]
            continue
        finest = [o for o in cells if not any(_is_above(o.point.agency, other) for other in agencies)]
        found.append(Published(table, point, sum(int(o.amount.fen) for o in finest), tuple(cells)))
    return found


def _is_above(agency: str | None, other: str | None) -> bool:
    """Whether the code of a department begins that of a unit."""
    return bool(agency and other and other != agency and agency[0] != "#" and other.startswith(agency))


def compare(disclosure: Disclosure, table: str, forms: FormSet) -> Comparison:
    """Compose from the ledger's table and compare every other one."""
    every = published_amounts(disclosure)
    funds = _Funds.of(every, table)
    listed = tuple(_lines(every, table, funds))
    unlisted = _unlisted(every, table, listed)
    moment = Point(year=disclosure.year, stage=disclosure.stage)
    lines = (*listed, *(_nowhere(moment, nature, fen, funds) for nature, fen in unlisted.items()))
    ledger = Ledger(
        disclosure.agency or "",
        disclosure.year or 0,
        "final" if disclosure.stage == "final" else "budget",
        "混合",
        lines=(*lines, *_flows(every, moment, sum(line.fen for line in lines))),
    )
    low = Amounts.of(ledger)
    scopes = {form.id: form.scope.resolve(ledger.year) for form in forms}
    forms_of = {t.id: t.form for t in disclosure.tables}
    highs: dict[str | None, Amounts] = {None: low}
    cells: list[Compared] = []
    outside = taken = 0
    for amount in every:
        point = amount.point
        if amount.table == table or amount in funds.taken:
            taken += len(amount.cells)
            continue
        if point.topic not in _TOLD_TOPICS or any(point.get(name) for name in _NOT_TOLD):
            outside += len(amount.cells)
            continue
        wanted = scopes.get(forms_of.get(amount.table) or "", Point()).merged(point)
        fund = "fiscal" if wanted.topic in _FISCAL_TOPICS and wanted.fund is None else wanted.fund
        if fund not in highs:
            highs[fund] = Amounts.of(_all_of(ledger, funds, fund))
        more = _more(wanted, unlisted)
        cells.append(Compared(amount, low.at(wanted), highs[fund].at(wanted) + more))
    shown = {amount.point for amount in every}
    ours = as_read(compose(ledger, forms)).observations
    missing = dict.fromkeys(
        (o.point, int(o.amount.fen))
        for o in ours
        if o.origin == "table" and o.amount.value and o.amount.unit.is_money and o.point not in shown
    )
    return Comparison(ledger, table, tuple(cells), taken, outside, tuple(missing), unlisted)


@dataclass(frozen=True, slots=True)
class _Funds:
    """The fund of each function's lines, where it is told; else the funds that it may be of."""

    sure: Mapping[str, str]
    possible: Mapping[str, frozenset[str]]
    every: frozenset[str]
    taken: frozenset[Published]

    @staticmethod
    def of(published: Iterable[Published], table: str) -> _Funds:
        every = _spending_funds(published)
        if len(every) == 1:
            return _Funds({}, {}, every, frozenset())
        whole: Counter[str] = Counter()
        by_fund: defaultdict[str, dict[str, int]] = defaultdict(dict)
        taken: set[Published] = set()
        for amount in published:
            if amount.table == table and amount.point.function and amount.point.nature is None:
                whole[amount.point.function] += amount.fen
        for amount in published:
            point = amount.point
            plain = Point(
                year=point.year, stage=point.stage, flow="expenditure", fund=point.fund, function=point.function
            )
            if point == plain and point.fund in every and point.function in whole:
                by_fund[point.function][point.fund or ""] = amount.fen
                taken.add(amount)
        shown = {fund for told in by_fund.values() for fund in told}
        sure: dict[str, str] = {}
        possible: dict[str, frozenset[str]] = {}
        for code, fen in whole.items():
            told = by_fund.get(code, {})
            only = next((fund for fund, amount in told.items() if amount == fen), None)
            if only is not None:
                sure[code] = only
            else:
                possible[code] = frozenset({*told, *(every - shown)})
        return _Funds(sure, possible, every, frozenset(taken))

    def fund(self, function: str) -> str | None:
        return next(iter(self.every)) if len(self.every) == 1 else self.sure.get(function)

    def may_be(self, function: str | None, fund: str) -> bool:
        members = self.possible.get(function or "", self.every)
        return any(fund in (member, *ancestors("fund", member)) for member in members)


def _spending_funds(published: Iterable[Published]) -> frozenset[str]:
    """The finest funds that any income or carry-over of the year is of."""
    named = {
        amount.point.fund
        for amount in published
        if amount.point.flow in ("income", "carried_in") and amount.point.fund and amount.fen
    }
    above = {higher for fund in named for higher in ancestors("fund", fund)}
    return frozenset(named - above) | frozenset(named & {"own"})


def _lines(published: Iterable[Published], table: str, funds: _Funds) -> Iterator[Line]:
    """A line for every row and nature of the ledger's table. Basic lines of 301 and 303 are 人员经费.

    Columns of parts (其中：经营支出) are left out where basic and project expenditure are the whole already.
    """
    own = [amount for amount in published if amount.table == table]
    whole: defaultdict[Point, Counter[str]] = defaultdict(Counter)
    for amount in own:
        whole[amount.point.at(nature=None)][amount.point.nature or ""] += amount.fen
    for amount in own:
        point = amount.point
        if point.nature is None or not amount.fen or any(point.get(name) is None for name in _CLASSES):
            continue
        sums = whole[point.at(nature=None)]
        if point.nature not in ("basic", "project") and sums["basic"] + sums["project"] == sums[""]:
            continue
        staffing = None
        if point.nature == "basic":
            staffing = "personnel" if (point.object or "").startswith(_PERSONNEL) else "public"
        yield Line(point.at(fund=funds.fund(point.function or ""), staffing=staffing), amount.fen)


def _unlisted(published: Iterable[Published], table: str, lines: Iterable[Line]) -> dict[str, int]:
    """What the total row has beyond the rows, by nature."""
    sums: Counter[str | None] = Counter()
    for line in lines:
        sums[line.point.nature] += line.fen
    return {
        amount.point.nature: amount.fen - sums[amount.point.nature]
        for amount in published
        if amount.table == table
        and amount.point.nature in ("basic", "project")
        and all(amount.point.get(name) is None for name in (*_CLASSES, "agency"))
        and amount.fen != sums[amount.point.nature]
    }


def _nowhere(moment: Point, nature: str, fen: int, funds: _Funds) -> Line:
    """What is not listed, as a line without classes."""
    return Line(moment.at(flow="expenditure", nature=nature, fund=funds.fund("")), fen)


def _more(point: Point, unlisted: Mapping[str, int]) -> int:
    """What a point may have beyond what the rows say, of what is not listed."""
    if point.flow not in (None, "expenditure") or not any(point.get(name) for name in _NAMED):
        return 0
    return sum(fen for nature, fen in unlisted.items() if point.nature in (None, nature))


def _flows(published: Iterable[Published], moment: Point, spent: int) -> Iterator[Line]:
    """The totals of income and carry-over by fund, once each; what is not spent is carried out."""
    seen: dict[Point, int] = {}
    for amount in published:
        point = amount.point
        if point.flow not in ("income", "carried_in") or not amount.fen or point.fund in (None, "fiscal"):
            continue
        if point == moment.at(flow=point.flow, fund=point.fund):
            seen.setdefault(point, amount.fen)
    yield from (Line(point, fen) for point, fen in seen.items())
    left = sum(seen.values()) - spent
    if left:
        yield Line(moment.at(flow="carried_out"), left)


def _all_of(ledger: Ledger, funds: _Funds, fund: str | None) -> Ledger:
    """The ledger in which every line that may be of a fund is."""
    finest = fund if fund != "fiscal" else "general"
    lines = [
        replace(line, point=line.point.at(fund=finest))
        if line.point.fund is None and fund is not None and funds.may_be(line.point.function, fund)
        else line
        for line in ledger.lines
    ]
    return replace(ledger, lines=tuple(lines))


def main() -> int:
    """Compare every document that prints its ledger; the status is 1 where a told cell differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="disclosures; the corpus beside the checkout by default")
    files = parser.parse_args().files or sorted(CORPUS.glob("*.pdf"))
    if not files:
        print("没有 ../shared/corpus，也没有给出文件。")
        return 0
    sets = {table.id: forms for forms in load_form_sets() for table in forms}
    told = equal = differing = 0
    for path in files:
        disclosure = recognise(open_document(str(path)))
        table = ledger_table(disclosure)
        form = next((t.form for t in disclosure.tables if t.id == table), None)
        if table is None or form not in sets:
            continue
        compared = compare(disclosure, table, sets[form])
        _print(path, disclosure, compared)
        sure = [cell for cell in compared.cells if cell.told]
        told += len(sure)
        equal += sum(cell.agrees for cell in sure)
        differing += sum(not cell.agrees for cell in compared.cells) + len(compared.unpublished)
    share = f"{100 * equal / told:.2f}%" if told else "—"
    print(f"合计：底账能确定的{told}格，{equal}格相同（{share}）；不同的共{differing}处。")
    return int(bool(differing))


def _print(path: Path, disclosure: Disclosure, compared: Comparison) -> None:
    tables = {t.id: f"{t.number or ''}《{t.title}》" for t in disclosure.tables}
    print(f"{path.name}\n  底账：{tables[compared.table]}，{len(compared.ledger.lines)}行")
    for nature, fen in compared.unlisted.items():
        word = MEMBER_WORDS["nature"][nature]
        print(f"  这张表没有列全：{word}的合计比各行之和多{fen / 1e6:,.6f}万元，这部分属于哪个科目无从得知。")
    for id, name in tables.items():
        own = [cell for cell in compared.cells if cell.published.table == id]
        if not own:
            continue
        sure, bounded = [c for c in own if c.told], [c for c in own if not c.told]
        text = f"  {name}：{len(sure)}个数确定，{sum(c.agrees for c in sure)}个相同"
        if bounded:
            text += f"；{len(bounded)}个只有上下限，{sum(c.agrees for c in bounded)}个在限内"
        print(text)
    print(f"  另有{compared.taken}格作为底账取用，{compared.outside}格与支出明细无关（项目、采购、绩效）。")
    differing = [cell for cell in compared.cells if not cell.agrees]
    findings = check(disclosure).findings if differing else ()
    for cell in differing:
        first = cell.published.cells[0]
        where = f"{tables[cell.published.table]}{first.source.describe()}" + (
            "等处" if len(cell.published.cells) > 1 else ""
        )
        ours = f"{cell.low / 1e6:,.6f}" + ("" if cell.told else f" 至 {cell.high / 1e6:,.6f}")
        shown = f"{cell.published.fen / 1e6:,.6f}" if cell.published.fen else first.amount.printed or "空白"
        print(f"    不同：{where} {point_words(cell.published.point)}：公布 {shown}，底账 {ours}")
        for line in _evidence(cell, compared.ledger, findings):
            print(f"      {line}")
    for point, fen in compared.unpublished:
        print(f"    公布的表中没有：{point_words(point)} {fen / 1e6:,.6f}")


def _evidence(cell: Compared, ledger: Ledger, findings: Iterable[Finding]) -> Iterator[str]:
    """Whose the difference is: what the published ledger lists there, and what a check says of the published cell."""
    wide = cell.published.point.at(topic=None, fund=None)
    lines = [line for line in ledger.lines if wide.function and _within(line.point, wide)]
    for line in lines[:_MOST_LINES]:
        codes = "-".join(line.point.get(name) or "" for name in _CLASSES)
        print_of = MEMBER_WORDS["nature"].get(line.point.nature or "", "")
        yield f"公布的底账所列：{codes} {print_of} {line.fen / 1e6:,.6f}"
    sources = {o.source for o in cell.published.cells}
    for finding in findings:
        if any(suspect.source in sources for suspect in finding.suspects):
            yield f"核对公布件的结论：{finding.message}"


def _within(point: Point, wide: Point) -> bool:
    return all(
        wanted is None or (value is not None and wanted in (value, *ancestors(name, value)))
        for name, value, wanted in ((name, point.get(name), wide.get(name)) for name in ("flow", "nature", *_CLASSES))
    )


if __name__ == "__main__":
    sys.exit(main())
