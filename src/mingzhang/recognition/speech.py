"""What a paragraph is speaking of: the subject last named, what 其中 divides, and the point of each stated amount."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingzhang.cube.amount import Amount
from mingzhang.cube.claim import ClaimKind
from mingzhang.cube.point import Point
from mingzhang.documents.model import Line
from mingzhang.recognition import phrases
from mingzhang.recognition.phrases import Base
from mingzhang.recognition.stages import agrees
from mingzhang.recognition.subjects import moment_in, subject_of, under
from mingzhang.recognition.target_scope import target_scope
from mingzhang.recognition.vocabulary import strange_characters

if TYPE_CHECKING:
    from mingzhang.recognition.claims import ClaimReader

_WITHIN = ("year", "stage")
LAST_YEAR = Base("", None, None, True, 0)
NEITHER = Base("?", None, None, False, 0)
SEVERAL = 2
_AROUND = 300  # characters of a sentence on targets that may say which projects it is of
_WORDS_BETWEEN = 6  # strange characters after which a number without a subject may be of something else
_SIDES = {"income": ("income", "sources"), "sources": ("income", "sources"), "expenditure": ("expenditure", "uses")}
_BOTH_WAYS = ("income", "expenditure", "sources", "uses")
_RUNNING = frozenset({"agency_running", "three_public", "meeting", "training"})
_MOVES = re.compile(r"增[加长]|减少|下降|压减|压缩")
_CARRIED_IN = re.compile(r"年初|上年|以前年度")
_SPENT = re.compile(r"共?计?支出(?:金额)?共?计?[为约]?")
_TOTAL = re.compile(r"总计|合计|总额|总预算|总收入|总支出|本年")


@dataclass(frozen=True, slots=True)
class Outside:
    """What was spoken of where a bracket opened."""

    head: dict[str, Any] | None
    latest: dict[str, Any] | None
    divided: bool
    parts: int
    parts_compared: bool
    last_stated: int | None
    head_stated: int | None


@dataclass(slots=True)
class Speech:
    """The state within a paragraph: what was last spoken of, what 其中 divides, what is compared with.

    Subjects are parts of points by dimension; ``None`` where nothing understood was named. ``carried`` is what the
    sentence before spoke of, for sentences that only say 与上年相比增加….
    """

    reader: ClaimReader
    line: Line
    numbered: int | None = None  # the level of the line's own number
    taken: set[int] = field(default_factory=set)
    head: dict[str, Any] | None = None
    latest: dict[str, Any] | None = None
    carried: dict[str, Any] | None = None
    carried_stated: int | None = None
    divided: bool = False
    resumed: bool = False  # 其中 opened the sentence and divides what the sentence before spoke of
    astray: bool = False  # a comparison of something not understood: what goes on without a subject is of it too
    lost: bool = False
    moving: bool = False  # 减少了A经费80万元，其中B20万元: what is divided is what something moved by
    parts: int = 0
    outer: Outside | None = None
    said: frozenset[str] = frozenset()
    by_custom: bool = False  # custom, not the sentence, says where the amount last stated stands
    at: int = 0  # where in the line the number stands that is being read
    base: Base | None = None
    reason: bool = False
    gap: str = ""
    spoken: dict[Point, int] = field(default_factory=dict)
    last_stated: int | None = None
    head_stated: int | None = None
    first_stated: int | None = None
    shares: int = 0
    listing: bool = False
    parts_compared: bool = False
    present: bool = False  # under last year's accounts, this year has been named again
    parted: bool = False  # a semicolon stands between the parts
    compared: bool = False  # whether what was last stated has been compared
    contrast: dict[str, Any] | None = None  # what was last compared: 公务接待费较上年减少…，下降…%

    # --- where what is spoken of changes -----------------------------------------------------------------------------

    def _divide(self) -> None:
        """其中：what follows are parts of what was spoken of, be it in the sentence before."""
        if self.head is None and self.latest is None and self.carried is not None:
            self.head, self.head_stated, self.resumed = self.carried, self.carried_stated, True
        elif self.divided and self.latest is not None and self.parts == 1:
            # 其中A…，其中：what follows divides A.
            self.head, self.head_stated = self.latest, self.last_stated
        self.divided, self.parts = self.head is not None, 0
        self.listing = True
        self.reason = self.parts_compared = self.parted = False

    def _divide_named(self, text: str) -> None:
        """三公经费支出决算中，…占…: what follows are parts of what has been named, but not stated."""
        own = self._subject(text)
        if not own or self.reason:
            return
        whole = under(self.reader.governing() or {}, own)
        if own.keys() <= {"flow"} and (spoken := self.head or self.carried) is not None and "agency" not in spoken:
            # 财政拨款收支总预算…。收入包括：…; 支出包括：…
            whole = {**{name: value for name, value in spoken.items() if name not in _WITHIN}, **own}
        self.head, self.head_stated = {**whole, **moment_in(text)}, None
        self.divided, self.parts, self.listing, self.parts_compared = True, 0, True, False
        self.parted = False

    def _open_bracket(self) -> None:
        if self.outer is None:
            self.outer = Outside(
                self.head,
                self.latest,
                self.divided,
                self.parts,
                self.parts_compared,
                self.last_stated,
                self.head_stated,
            )

    def _close_bracket(self) -> None:
        """A（其中B）比上年…: past the bracket it is A again that is spoken of."""
        before = self.outer
        if before is not None:
            self.head, self.latest, self.divided, self.parts = before.head, before.latest, before.divided, before.parts
            self.last_stated, self.head_stated = before.last_stated, before.head_stated
            self.parts_compared = before.parts_compared
            self.outer, self.lost = None, False

    def _end_sentence(self) -> None:
        whole, stated = self.head or self.latest or self.carried, self.head_stated or self.carried_stated
        if self.divided and not self.parts and self.head_stated is None:
            whole, stated = self.carried, self.carried_stated  # 收入包括：A、B。 without amounts
        elif self.divided and self.parts_compared and not self.compared:
            whole, stated = self.latest, self.last_stated  # of the last part it is still to be said how it compares
        elif self.lost or (self.resumed and (self.parts_compared or self.parts < SEVERAL)):
            whole = stated = None
        self.carried, self.carried_stated = whole, stated
        self.head = self.latest = self.contrast = self.head_stated = None
        self.divided = self.resumed = self.lost = self.reason = self.listing = self.astray = self.moving = False

    # --- stated amounts ------------------------------------------------------------------------------------------------

    def _subject(self, text: str) -> dict[str, Any] | None:
        return subject_of(text, self.reader.context.agency, self.reader.above())

    def _stated(self, before: str) -> dict[str, Any] | None:
        """The point of a stated amount: its own subject, within what 其中 divides, under the headings."""
        compared = phrases.quoted_base(before)
        own = self._subject(before if compared is None else before[: compared.start])
        governing = self.reader.governing()
        if self.gap and "topic" in (governing or {}) and _SPENT.fullmatch(before.strip()):
            own = {}  # 公务接待费支出情况 over: 国内公务接待24批次，支出2万元
        self.said, self.by_custom = frozenset(own or ()), False
        dated = moment_in(before)
        if dated.get("year") == "last" and phrases.compares_first(before):
            del dated["year"]
        elif compared is not None and (compared.last or compared.year is not None):
            dated["year"] = "last" if compared.year is None else compared.year
        if "stage" not in dated and (stage := phrases.stage_before(before)) not in (None, self.reader.context.stage):
            dated["stage"] = stage
        if own is None or self.reason or (self.moving and self.divided):
            self.moving = self.moving or (own is None and _MOVES.search(before) is not None)
            return self._unknown(dated)
        divided = self.reader.divided_nature()
        if divided is not None and own.get("nature", divided) != divided:
            return self._unknown(dated)  # 项目支出…其中：1.经营支出…: that part of it, not what all units spend so
        if self.divided and (self.head or {}).get("topic") in _RUNNING and "nature" in own:
            self.head, self.divided = None, False  # 机关运行经费…，其中：…；项目支出…: no part of it
        if self.divided and self.head is not None:
            if self.parts and self.latest is not None and self._goes_on(self.latest, own, before, dated):
                point = {name: value for name, value in self.latest.items() if name not in _WITHIN}
            else:
                point = {**self.head, **own}
                if self.head.get("flow") == "carried_out" and _names_what_is_left(own, before):
                    point["flow"] = "carried_out"  # 年末结转和结余…（其中：项目支出结转和结余…）
                if "agency" in self.head and "topic" in own:
                    point.pop("agency")
        elif self.head is not None and self._goes_on(self.head, own, before):
            point = {name: value for name, value in (self.head or {}).items() if name not in _WITHIN}
        elif own.keys() <= {"flow"} and governing is None and self.head is None and self.carried is None:
            # 支出决算为… under an item whose name was not understood: it is that item's, not the total.
            if own and self.reader.under_section() and _TOTAL.search(before):
                point = dict(own)
            else:
                return self._unknown(dated)
        elif (not own or (governing is None and own.keys() <= {"flow"} and own["flow"] in _BOTH_WAYS)) and (
            self.head or self.carried
        ):
            # 2024年预算安排…: the same subject, of another year or stage.
            if not dated and self._strangers():
                return self._unknown(dated)
            within = self.head or self.carried or {}
            point = {name: value for name, value in within.items() if name not in _WITHIN}
        elif own:
            point = under(governing or {}, own)
        elif governing:
            if not dated and self._strangers():
                return self._unknown(dated)
            point = dict(governing)
        else:
            return self._unknown(dated)
        speaking = (self.latest or {}).get("topic")
        if speaking == "performance" and "topic" not in own:
            point = {**(self.latest or {}), **own}
        elif (governing or {}).get("topic") == "performance" and "topic" not in own:
            # Targets of some projects, of the whole unit, of evaluations: the sums under this heading differ in scope.
            scope = target_scope(*self._sentence_around())
            if scope is None:
                return self._unknown(dated)
            point, self.by_custom = {**scope, **({"fund": own["fund"]} if "fund" in own else {})}, True
        if "fund" in point and not point.keys() & {"flow", "topic", "agency"}:
            point["flow"] = "expenditure"  # 一般公共预算当年拨款…: granted and to be spent alike; unsaid which
        point.update(dated)
        accounts = self.reader.accounts()
        if "year" in dated:
            self.present = dated["year"] == self.reader.context.year
        if accounts and point.get("year") != self.reader.context.year:
            point = {**accounts, **point, **({"year": accounts["year"]} if point.get("year") == "this" else {})}
        self._speak_of(point, before)
        return point

    @staticmethod
    def _goes_on(spoken: dict[str, Any], own: dict[str, Any], before: str, dated: dict[str, Any] | None = None) -> bool:
        """支出决算为… after A年初预算为…: 支出 names no subject of its own where it is A's own flow.

        ``dated``: a year or stage alone goes on as well (其中：A年初预算…，决算数…).
        """
        if _TOTAL.search(before):
            return False
        if not own:
            return bool(dated)
        if own.keys() != {"flow"} or own["flow"] not in _BOTH_WAYS:
            return False
        return spoken.get("flow") == own["flow"] or "topic" in spoken or "agency" in spoken

    def _sentence_around(self) -> tuple[str, str]:
        """The words of the line before and after the number, as far as its sentence and a few hundred characters go."""
        text, first = self.line.text, max(0, self.at - _AROUND)
        begin = max(text.rfind(mark, first, self.at) + 1 for mark in "。；;")
        return text[max(begin, first) : self.at], text[self.at : self.at + _AROUND]

    def _strangers(self) -> bool:
        """Whether words stood between that may name what the number is of."""
        return len(strange_characters(self.gap)) > _WORDS_BETWEEN

    def _unknown(self, dated: dict[str, Any]) -> dict[str, Any]:
        """A subject that is not in the cube: what is said of it is checked within its own sentence only."""
        point = {**self.reader.unknown_scope(), **dated}
        self.latest, self.contrast, self.lost, self.astray = point, None, True, False
        self.parts += 1
        if not self.divided:
            self.head = point
        return point

    def _speak_of(self, point: dict[str, Any], before: str) -> None:
        self.lost = self.astray = self.compared = False
        if before.count("(") + before.count("（") > before.count(")") + before.count("）"):
            self._open_bracket()
        self.latest, self.contrast = point, None
        self.parts += 1
        base = phrases.base_in(before)
        if base is not None and (base.last or phrases.is_of_base(before, base)):
            # 较上年预算数1002.18万元增加480.16万元: what follows is of this year again.
            self.latest = {name: value for name, value in point.items() if name not in _WITHIN}
            self.base = base
        elif not self.divided and not self._is_beside(point):
            self.head = point

    def _goes_back(self, own: dict[str, Any]) -> bool:
        """2024年预算数80万元，其中：…。收入较2023年增加…: the total of the sentence before, of the same side."""
        carried = self.carried or {}
        return (
            own.keys() == {"flow"}
            and carried.keys() <= {"flow", "year", "stage"}
            and (carried.get("flow") in _SIDES.get(own["flow"], ()) and not of_another_year(self.reader, carried))
        )

    def _returns_to_head(self, own: dict[str, Any]) -> bool:
        """收入100万元，其中：A 80万元，B 20万元；收入比上年…: after several parts, none compared, the whole is meant again."""
        if not self.divided or self.head is None or self.parts_compared or self.parts < SEVERAL:
            return False
        return own.keys() == {"flow"} and self.head.get("flow") in _SIDES.get(own["flow"], ())

    def _still_open(self, point: Point) -> frozenset[str]:
        """比2017年1,817.82万元: what was left open of the amount spoken of is open of its other year."""
        if self.said or self.last_stated is None:
            return frozenset()
        spoken = self.reader.observations[self.last_stated]
        same = spoken.point.at(year=point.year, stage=point.stage) == point
        return spoken.unsaid if same else frozenset()

    def _unsaid_base(self, subject: str, amount: Amount) -> Base:
        """What 增加 alone compares with: last year, unless the sentence has just told the budget and what was spent.

        年初预算100万元，支出决算120万元，增加20万元: the budget, where that is by how much; else it is not known which.
        """
        last = self.reader.observations[self.last_stated] if self.last_stated is not None else None
        if last is None or subject.strip(" \t，,") or last.point.stage not in ("final", "executed"):
            return LAST_YEAR
        planned = [
            self.spoken[at] for stage in ("budget", "adjusted") if (at := last.point.at(stage=stage)) in self.spoken
        ]
        if not planned:
            return LAST_YEAR
        kind: ClaimKind = "change" if amount.unit.is_money else "change_rate"
        budget = self.reader.observations[planned[0]]
        fits = agrees(kind, amount, last.amount, budget.amount)
        return Base("", None, budget.point.stage, False, 0) if fits else NEITHER

    def _is_beside(self, point: dict[str, Any]) -> bool:
        """A支出80万元，年初预算为100万元。其中：…: what is divided is what the document is of, not what stands beside it."""
        own, context = self.head or {}, self.reader.context
        if _undated(own) != _undated(point) or own.get("year", context.year) != point.get("year", context.year):
            return False
        return own.get("stage", context.stage) == context.stage != point.get("stage", context.stage)


def of_another_year(reader: ClaimReader, point: dict[str, Any]) -> bool:
    year = point.get("year")
    return year == "last" or (isinstance(year, int) and year != reader.context.year)


def _names_what_is_left(own: dict[str, Any], words: str) -> bool:
    return own.get("flow") == "carried_in" and _CARRIED_IN.search(words) is None


def _undated(point: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in point.items() if name not in _WITHIN}
