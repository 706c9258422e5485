"""Sections and parts of a form set + the amounts of a ledger → the paragraphs of the narrative."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.composition.amounts import Amounts
from mingzhang.composition.ledger import Count, Ledger
from mingzhang.composition.names import Names
from mingzhang.composition.narrative.wording import Sentence, Wording, pieces, wording
from mingzhang.composition.printing import Print
from mingzhang.composition.rows import numeral
from mingzhang.cube.amount import Amount, unit_named
from mingzhang.cube.composed import ComposedParagraph, Figure, Run
from mingzhang.cube.point import Point
from mingzhang.forms import NOTHING, FormSet, Fragment, SectionForm

_MONEY = Print(unit_named("万元"), 2, zero="0")
_PERCENT = unit_named("%")
_SCOPED = frozenset(
    {"three_public", "abroad", "reception", "vehicle", "vehicle_purchase", "vehicle_running", "meeting", "training"}
)
_NEARLY_ALL = 0.75
_LEVELS = {"类": 3, "款": 5, "项": 7}


@dataclass(frozen=True, slots=True)
class Written:
    """The narrative, and what only the unit can write and has not, in Chinese."""

    paragraphs: tuple[ComposedParagraph, ...]
    missing: tuple[str, ...]


def written(
    ledger: Ledger,
    forms: FormSet,
    amounts: Amounts,
    names: Names,
    words: Mapping[str, object],
    chosen: Mapping[tuple[Point, Decimal], int],
    shown: Iterable[Figure] = (),
) -> Written:
    """The narrative of a ledger. ``chosen`` are the prints that controlled rounding chose, ``shown`` what tables print."""
    scope = next((t.scope for t in forms if any(f.rest.topic in _SCOPED for f in t.fragments())), NOTHING)
    printed = frozenset((figure.point.year, figure.fen) for figure in shown if figure.amount.unit.is_money)
    writer = _Writer(ledger, amounts, names, words, chosen, wording(ledger.kind), scope, printed)
    paragraphs = [
        paragraph
        for number, section in enumerate(_sections(forms, writer.wording), start=1)
        for paragraph in writer.section(section, number)
    ]
    return Written(tuple(paragraphs), tuple(dict.fromkeys(writer.missing)))


def _sections(forms: FormSet, wording: Wording) -> list[SectionForm]:
    """The sections to write: not those that only hold the tables; a main section without parts gets the usual ones."""
    kept = [s for s in forms.sections if not any(s.title.endswith(word) for word in wording.skipped)]
    # What a part or section of the set is about is not written again in the usual parts.
    main = [s for s in kept if not s.parts and any(word in s.title for word in wording.main)]
    told = [wording.block(title) for s in kept if s not in main for title in (s.parts or (s.title,))]
    usual = tuple(part for part in wording.parts if wording.block(part) not in told)
    return [replace(section, parts=usual) if section in main else section for section in kept]


@dataclass(slots=True)
class _Writer:
    ledger: Ledger
    amounts: Amounts
    names: Names
    words: Mapping[str, object]
    chosen: Mapping[tuple[Point, Decimal], int]
    wording: Wording
    scope: Fragment
    printed: frozenset[tuple[int | None, int]]
    missing: list[str] = field(default_factory=list)
    all_owe: bool = False

    def section(self, section: SectionForm, number: int) -> Iterator[ComposedParagraph]:
        yield ComposedParagraph((f"{numeral(number)}、{section.title}",), heading=1)
        if not section.parts:
            yield from self.part(section.title)
        for place, part in enumerate(section.parts, start=1):
            yield ComposedParagraph((f"（{numeral(place)}）{part}",), heading=2)
            yield from self.part(part)

    def part(self, title: str) -> Iterator[ComposedParagraph]:
        own = self.ledger.texts.get(title)
        block = self.wording.block(title)
        if own is not None:
            yield from (ComposedParagraph((line,)) for line in own.splitlines() if line.strip())
            if block is None:
                return
        if block is None:
            self.missing.append(f"“{title}”的内容")
            yield ComposedParagraph((f"【请填写：{title}】",), missing=True)
            return
        for sentence in block.sentences:
            yield from self.sentence(sentence)

    def sentence(self, sentence: Sentence) -> Iterator[ComposedParagraph]:
        if sentence.when is not None and not self.fen(self.point(sentence.when)):
            return
        if sentence.unless is not None and self.fen(self.point(sentence.unless)):
            return
        if sentence.counted is not None and not self.counts(sentence.counted):
            return
        if sentence.uncounted is not None and self.counts(sentence.uncounted):
            return
        if any(sign == "#" and not self.listed(name, None, "") for sign, name in pieces(sentence.text)):
            return  # a list of nothing
        if sentence.each is None:
            yield self.paragraph(sentence.text, None, "")
            return
        dimension, _, level = sentence.each.partition("/")
        within = self.point(sentence.within or "")
        last = within.at(year=self.ledger.year - 1)
        lengths = (_LEVELS[level],) if level else ()
        found = {
            member: None for slice_ in (within, last) for member in self.amounts.members(dimension, slice_, lengths)
        }
        self.all_owe = self._nearly_all_owe([within.at(**{dimension: member}) for member in found])
        for number, member in enumerate(sorted(found), start=1):
            yield self.paragraph(f"{number}．{sentence.text}", within.at(**{dimension: member}), member)

    def paragraph(self, template: str, item: Point | None, member: str) -> ComposedParagraph:
        runs: list[Run] = []
        owed = len(self.missing)
        for sign, name in pieces(template):
            runs += _WRITERS[sign](self, name, item, member)
        return ComposedParagraph(tuple(_joined(runs)), missing=len(self.missing) > owed)

    # --- figures ---

    def point(self, name: str) -> Point:
        point = self.wording.figures[name]
        return point.at(year=self.ledger.year, stage=point.stage or self.ledger.stage)

    def fen(self, point: Point) -> int:
        # A sentence on 三公经费 speaks of the money that the set's own table speaks of.
        return self.amounts.at(self.scope.rest.merged(point) if point.topic in _SCOPED else point)

    def named(self, name: str, item: Point | None) -> Point:
        if name == "item":
            assert item is not None
            return item
        return self.point(name)

    def amount(self, name: str, item: Point | None, member: str) -> list[Run]:
        point = self.named(name, item)
        return [self.figure(point, self.fen(point)), "万元"]

    def figure(self, point: Point, fen: int) -> Figure:
        return _MONEY.figure(point, fen, self.chosen.get((point, _MONEY.quantum)))

    def change(self, name: str, item: Point | None, member: str) -> list[Run]:
        """比2023年预算增加…万元，增长…%; nothing where the ledger has no year before."""
        point = self.named(name, item)
        before = point.at(year=self.ledger.year - 1)
        if not self._knows(before):
            return []
        noun = "决算" if self.ledger.kind == "final" else "预算"
        than = f"，比{self.ledger.year - 1}年{noun}"
        this, last = self.figure(point, self.fen(point)), self.figure(before, self.fen(before))
        told_point = point.at(measure="change")
        change = this.amount.value - last.amount.value
        now, was = this.amount.value, last.amount.value
        chosen = self.chosen.get((told_point, _MONEY.quantum))
        if chosen is not None:
            change = Decimal(chosen).scaleb(-_MONEY.decimals)
            was = now - change  # what a reader takes for last year's, who is told the change
        elif not self.chosen and (before.year, last.fen) not in self.printed:
            # Nobody can subtract what is not printed: the exact change is rounded, and so is its rate.
            now, was = Decimal(this.fen), Decimal(last.fen)
            change = Decimal(_MONEY.steps(this.fen - last.fen)).scaleb(-_MONEY.decimals)
        if change == 0:
            # Less than a step of the print apart.
            return [f"，与{self.ledger.year - 1}年{noun}{'' if this.fen == last.fen else '基本'}持平"]
        size = _MONEY.amount(abs(int(change.scaleb(_MONEY.decimals))), this.fen - last.fen)
        told = Figure(told_point, this.fen - last.fen, Amount(size.printed, size.unit, change, size.decimals))
        runs: list[Run] = [than, "增加" if change > 0 else "减少", told, "万元"]
        if last.amount.value > 0 and was > 0:
            rate = _rate(point, now, was)
            runs += ["，", "增长" if change > 0 else "下降", rate, "%"]
        return runs

    def reason(self, name: str, item: Point | None, member: str) -> list[Run]:
        """，主要原因是…: the unit's words; marked as missing where a reason is due and none is given."""
        point = self.named(name, item)
        before = point.at(year=self.ledger.year - 1)
        if not self._knows(before):
            return []
        this, last = self.fen(point), self.fen(before)
        if not self._moved(point):
            return []
        label = self.names.of("function", member) if member else self.wording.names.get(name, name)
        own = next(
            (self.ledger.texts[key] for key in (f"原因：{member}", f"原因：{label}") if key in self.ledger.texts), None
        )
        if own is not None:
            return [f"，主要原因是{own.rstrip('。')}"]
        if not self._owes(point) and not (item is not None and self.all_owe):
            return []
        direction = "增加" if this > last else "减少"
        self.missing.append(f"{label}比上年{direction}的原因（在“文字”表填“原因：{member or label}”）")
        return [f"，主要原因是【请填写{direction}的原因】"]

    def _moved(self, point: Point) -> bool:
        last = self.fen(point.at(year=self.ledger.year - 1))
        return _MONEY.steps(self.fen(point)) != _MONEY.steps(last)

    def _owes(self, point: Point) -> bool:
        """Whether a point has moved so far from the year before that a reason is due."""
        this, last = self.fen(point), self.fen(point.at(year=self.ledger.year - 1))
        return self._moved(point) and (not last or abs(this - last) >= self.wording.reason_from * abs(last))

    def _nearly_all_owe(self, items: list[Point]) -> bool:
        """Whether so many items of a list give a reason that one without would look forgotten."""
        moved = [point for point in items if self._moved(point)]
        return sum(map(self._owes, moved)) >= _NEARLY_ALL * len(moved)

    def completion(self, name: str, item: Point | None, member: str) -> list[Run]:
        """完成年初预算的…%: the final amount against the budget of the same year."""
        point = self.named(name, item)
        budget = point.at(stage="budget")
        planned, done = self.fen(budget), self.fen(point)
        if planned <= 0:
            return ["，年初未安排预算"]
        share = _percent(Decimal(done) * 100 / Decimal(planned))
        rate = Figure(point.at(measure="completion_rate"), 0, share)
        return ["，年初预算为", self.figure(budget, planned), "万元，完成年初预算的", rate, "%"]

    def listed(self, name: str, item: Point | None, member: str) -> list[Run]:
        """Classes with their amounts, one after another: ``#expenditure/function/类``."""
        figure, dimension, level = name.split("/")
        within = self.point(figure)
        runs: list[Run] = []
        for code in self.amounts.members(dimension, within, (_LEVELS[level],)):
            point = within.at(**{dimension: code})
            runs += ["、" if runs else "", self.names.of(dimension, code), self.figure(point, self.fen(point)), "万元"]
        return runs

    def counts(self, kind: str) -> list[Count]:
        return [count for count in self.ledger.counts if count.kind == kind]

    def counted(self, name: str, item: Point | None, member: str) -> list[Run]:
        """The counts of a kind, one after another: 机要通信用车1辆、应急保障用车0辆."""
        return ["、".join(f"{count.label}{count.value.normalize():f}{count.unit}" for count in self.counts(name))]

    def text(self, name: str, item: Point | None, member: str) -> list[Run]:
        """The unit's own words, or their place, marked."""
        own = self.ledger.texts.get(name)
        if own is not None:
            return [own]
        self.missing.append(f"“{name}”（在“文字”表填写）")
        return [f"【请填写：{name}】"]

    def word(self, name: str, item: Point | None, member: str) -> list[Run]:
        if name == "path":
            return [self._path(member)]
        return [str(self.words[name])]

    def words_only(self, name: str, item: Point | None, member: str) -> list[Run]:
        return [name]

    def _path(self, code: str) -> str:
        """社会保障和就业支出（类）行政事业单位养老支出（款）…（项）."""
        parts = [(code[:3], "类"), (code[:5], "款"), (code[:7], "项")]
        return "".join(
            f"{self.names.of('function', part)}（{level}）" for part, level in parts if len(code) >= len(part)
        )

    def _knows(self, before: Point) -> bool:
        """Whether the ledger says all of the year before at the level that a point speaks of."""
        if before.topic is not None and self.fen(before):
            return True
        lines = [line.point for line in self.ledger.lines if line.fen]
        moment = [p for p in lines if (p.year, p.stage) == (before.year, before.stage)]
        of_kind = [p for p in moment if (p.topic is None) == (before.topic is None)]
        if before.nature is not None and any(p.nature is None and p.flow == "expenditure" for p in of_kind):
            return False
        return bool(of_kind)


_WRITERS: Mapping[str, Callable[[_Writer, str, Point | None, str], list[Run]]] = {
    "": _Writer.words_only,
    "word": _Writer.word,
    "=": _Writer.amount,
    "~": _Writer.change,
    "?": _Writer.reason,
    "%": _Writer.completion,
    "#": _Writer.listed,
    "@": _Writer.text,
    "+": _Writer.counted,
}


def _rate(point: Point, this: Decimal, last: Decimal) -> Figure:
    share = _percent(abs((this - last) * 100 / last))
    signed = share if this > last else Amount(share.printed, share.unit, -share.value, share.decimals)
    return Figure(point.at(measure="change_rate"), 0, signed)


def _percent(value: Decimal) -> Amount:
    rounded = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return Amount(f"{rounded:.2f}", _PERCENT, rounded, 2)


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Neighbouring words as one run."""
    words = ""
    for run in runs:
        if isinstance(run, str):
            words += run
            continue
        if words:
            yield words
            words = ""
        yield run
    if words:
        yield words
