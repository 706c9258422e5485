"""The rows of a table: labels, codes and names become points; headings such as 二、上年结转 govern what follows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal

from mingzhang.classification import Dimension, by_name, dimension_of
from mingzhang.recognition.header import CODE, Column, is_total_label
from mingzhang.recognition.labels import OF_WHICH, numbering, split_code
from mingzhang.recognition.unit_names import is_unit_name
from mingzhang.recognition.vocabulary import fold, parse_phrase, vocabulary

RowKind = Literal["total", "item", "of_which", "note", "index"]
_NOTE = re.compile(r"\s*(?:备注|注|说明)\s*\d?\s*[:：]")
_PATH = re.compile(r"\s*[-－—→>/]\s*")
_CODE_PART = re.compile(r"\d{2}\Z")
# Tables of these topics list items of their own naming (goods, projects): each row is one.
_LISTS_OF_ITEMS = frozenset({"procurement", "performance", "service_purchase", "new_assets"})
_LABELS = frozenset({"name", "label", "project", "agency", "agency_code"})
QUANTITY = "该行是数量，不是金额"
_COUNTED = re.compile(
    r"[(（]\s*(?:单位[:：])?\s*(?:个|辆|台|套|人|人次|批|批次|次|团组|台套|辆次|平方米|㎡|家|项)(?:[/、](?:套|台|次))?\s*[)）]\Z"
)
_MANAGED = re.compile(r"^按项目(?:支出)?管理的")
_SIDES = {"income": "sources", "sources": "sources", "expenditure": "uses", "uses": "uses"}


@dataclass(frozen=True, slots=True)
class RowMeaning:
    """What one row of one block names. ``reason`` says in Chinese why it names nothing."""

    kind: RowKind
    point: dict[str, Any] = field(default_factory=dict)
    code: str | None = None
    name: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one block from top to bottom; keeps the heading that governs them.

    ``base`` is the point of the table and block; ``two_sided`` whether 合计 closes a side (收入总计, 支出总计);
    ``dimension`` is the classification announced by title or header; ``names_units`` whether the header says that
    units are among the labels: their classes and projects then follow below them; ``subtotals`` whether 小计 stands
    for a part of the rows only; ``totalled`` whether some row of the block is called a total; ``closings`` how many
    rows close the side: the last is the whole.
    """

    columns: list[Column]
    base: dict[str, Any]
    two_sided: bool
    dimension: str | None
    names_units: bool = False
    fund_flow: str | None = None
    subtotals: bool = False
    totalled: bool = False
    year: int | None = None
    closings: int = 0
    _counted: int = 0  # the depth of the numbering of the row whose parts are counted
    _agency: str | None = None
    _leads: bool = False
    _purchase: dict[str, Any] = field(default_factory=dict)
    _heads: bool | None = None
    _nature: dict[str, Any] = field(default_factory=dict)
    _within: bool = False
    _closed: int = 0
    _begun: bool = False
    _fund: str | None = None  # of the last row that stands under no 其中
    _flow: str | None = None
    _carries_out: bool = False
    _section: dict[str, Any] = field(default_factory=dict)
    _section_level: int = 0
    _codes: list[str] = field(default_factory=list)
    _above: dict[int, list[str]] = field(default_factory=dict)
    _code_places: list[int] = field(init=False)
    _label_places: list[tuple[int, str]] = field(init=False)
    _code_runs: list[tuple[int, int]] = field(init=False)  # first and past the last of the code columns side by side

    def __post_init__(self) -> None:
        roles = [column.role for column in self.columns]
        self._code_places = [position for position, role in enumerate(roles) if role.startswith("code")]
        self._label_places = [(position, role) for position, role in enumerate(roles) if role in _LABELS]
        self._code_runs = []
        for position in self._code_places:
            if self._code_runs and self._code_runs[-1][1] == position:
                self._code_runs[-1] = (self._code_runs[-1][0], position + 1)
            else:
                self._code_runs.append((position, position + 1))

    def read(self, texts: list[str], *, edge: bool = False, heads: bool | None = None) -> RowMeaning:
        """The meaning of one row; ``texts`` holds the block's texts by position of ``columns``.

        ``edge``: it is the first or the last of the table; ``heads``: the amounts say whether it heads those below it.
        """
        self._heads = heads
        codes = [texts[position] for position in self._code_places]
        labels = [(role, text) for position, role in self._label_places if (text := texts[position])]
        self._leads = bool(self._label_places) and bool(texts[self._label_places[0][0]])
        beside = self._codes_beside(texts)
        if beside:
            return self._coded_together(beside)
        code = self._code(codes)
        label = next((text for role, text in labels if role in ("name", "label")), "")
        if not label and labels:
            labels.sort(key=lambda item: item[0] == "agency_code")
            label = labels[0][1]
        if not label:
            # 合计 often stands in the code column, merged over the name.
            label = next((text for text in codes if text and not CODE.match(text)), "")
        if not label and not code:
            return RowMeaning("note") if not any(texts) else self._nameless(texts, edge)
        if _NOTE.match(label):
            return RowMeaning("note")
        level = numbering(label)[0]
        if _COUNTED.search(label):
            self._counted = self._counted if 0 < self._counted < level else level
            return RowMeaning("note", name=label, reason=QUANTITY)
        if not 0 < self._counted < level:
            self._counted = 0
        elif not parse_phrase(numbering(label)[1]).understood:
            return RowMeaning("note", name=label, reason=QUANTITY)  # 车辆数合计（辆）: its parts are counted too
        outer = next((text for _, text in labels if not is_total_label(text)), None)
        if is_total_label(labels[-1][1] if labels else "") and outer is not None and code is None:
            # 一般公共预算资金 | 小计: the sum of what the outer label names.
            return self._labelled(outer, [("label", outer)])
        if self.subtotals and any(fold(text) == "小计" for text in (label, *codes)):
            return RowMeaning("note", name=label, reason="“小计”没有说明是哪些行之和")
        if is_total_label(label) or any(is_total_label(text) for text in codes):
            self._closed += 1
            total = self._total()
            if self._begun and self._closed < self.closings:
                total = {}  # 小计 before 上年结转 and 总计: this year's
            return RowMeaning("total", total, name=label)
        self._begun = True
        if code is not None:
            self._codes.append(code)
            return self._coded(code, label)
        # [201]名称 may stand in the column of the codes, and leave that of the names empty.
        named = [text for role, text in labels if role in ("name", "label")] or ([] if labels else [label])
        prefixed = [split_code(text) for text in named]
        coded = [part for part in prefixed if part is not None]
        if coded:
            return self._coded_together(coded)
        return self._labelled(label, labels)

    @property
    def lists_under_units(self) -> bool:
        """Whether the labels are units, with their classes or projects below them."""
        return self.names_units and self.base.get("nature") is not None

    def _codes_beside(self, texts: list[str]) -> list[tuple[str, str]]:
        """Codes of several classifications beside each other, each in its own columns and followed by its name."""
        if len(self._code_runs) < 2:
            return []
        found: list[tuple[str, str]] = []
        for position, end in self._code_runs:
            code = self._code(texts[position:end], position)
            named = end < len(self.columns) and self.columns[end].role in ("name", "label")
            found += [(code, texts[end] if named else "")] if code is not None else []
        places = {place.dimension for code, _ in found if (place := dimension_of(code)) is not None}
        return found if len(found) > 1 and len(places) == len(found) else []

    def _coded_together(self, coded: list[tuple[str, str]]) -> RowMeaning:
        """One or several classifications in a row, each as 编码-名称: the row is at the point that all of them name."""
        meanings = [self._coded(code, name) for code, name in coded]
        refused = next((meaning for meaning in meanings if meaning.reason is not None), None)
        if refused is not None:
            return refused
        point = {name: value for meaning in meanings for name, value in meaning.point.items()}
        return RowMeaning(meanings[0].kind, point, meanings[0].code, "/".join(m.name or "" for m in meanings))

    def _nameless(self, texts: list[str], edge: bool) -> RowMeaning:
        """A row without a label: the single row of a table that has no label column names nothing of its own.

        Above or below all the others, where none is called a total, it is the total.
        """
        if edge and not self.totalled and not self.two_sided:
            return RowMeaning("total", self._total())
        if any(column.role in ("name", "label", "code", "code1", "project", "agency") for column in self.columns):
            return RowMeaning("item", reason="该行没有科目名称或项目名称")
        return RowMeaning("total")

    def _code(self, codes: list[str], first: int = 0) -> str | None:
        """One code from one, two or three code columns (from ``first`` on); a part printed once for the rows below it is
        carried down.
        """
        folded = ["".join(unicodedata.normalize("NFKC", text).split()) if text else "" for text in codes]
        if len(folded) == 1 and CODE.match(folded[0]):
            self._above[first] = folded
            return folded[0]
        if sum(bool(CODE.match(text)) for text in folded) > 1:
            return None  # whole codes beside each other: of several classifications
        if not any(folded) or any(is_total_label(text) for text in folded):
            return None
        deepest = max(position for position, text in enumerate(folded) if text)
        parts = [
            text or (self._above.get(first, [])[position : position + 1] or [""])[0]
            for position, text in enumerate(folded)
        ]
        parts = parts[: deepest + 1]
        if CODE.match(parts[0]) and all(_CODE_PART.match(part) for part in parts[1:]):
            self._above[first] = parts
            return "".join(parts)
        return None

    def _total(self) -> dict[str, Any]:
        self._section, self._nature, self._within, self._purchase = {}, {}, False, {}
        side = _SIDES.get(self.base.get("flow", ""))
        return {"flow": side} if self.two_sided and side is not None else {}

    def _coded(self, code: str, label: str) -> RowMeaning:
        place = dimension_of(code)
        name = "".join(label.split()) or None
        if place is None:
            return RowMeaning("item", code=code, name=name, reason=f"科目编码“{code}”不属于任何一类科目")
        of_which = bool(OF_WHICH.match(label))
        return RowMeaning("of_which" if of_which else "item", {place.dimension: code}, code, name)

    def _labelled(self, label: str, labels: list[tuple[str, str]]) -> RowMeaning:
        level, bare = numbering(label)
        # What stands under 其中 goes on until a numbered row, or one that closes the side.
        phrase = parse_phrase(bare)
        closing = self.two_sided and phrase.understood and phrase.point.keys() == {"flow"}  # 年末结转和结余
        self._within = bool(OF_WHICH.match(label)) or (self._within and level == 0 and not closing)
        kind: RowKind = "of_which" if self._within else "item"
        if phrase.understood and phrase.total and not phrase.point:
            return RowMeaning("total", self._total(), name=bare)
        part = vocabulary().project_classes.get(fold(bare)) if self._nature.get("nature") == "project" else None
        if part is not None:
            return RowMeaning(kind, {**self._nature, "topic": part}, name=bare)
        listed = {role: fold(text) for role, text in labels if role in ("agency", "project")}
        if len(listed) == 2 and (self.base.get("topic") not in _LISTS_OF_ITEMS or "nature" in self.base):
            return RowMeaning(kind, dict(listed), name=next(text for role, text in labels if role == "project"))
        if self.lists_under_units:
            return self._under_unit(kind, bare, self._heads)
        if self.base.get("topic") in _LISTS_OF_ITEMS and not (
            phrase.understood and phrase.point.keys() <= {"purchase", "fund"}
        ):
            return self._item(kind, bare, labels)
        if self.base.get("flow") in ("expenditure", "uses") and self.dimension in (None, "function"):
            # 国有资本经营预算支出 is a class of expenditure, not a fund, where expenditure is listed by class.
            exact = [match.entry.code for match in by_name("function", bare, level="类") if match.exact]
            if len(set(exact)) == 1 and phrase.point.keys() <= {"fund", "flow"}:
                self._codes.append(exact[0])
                return RowMeaning(kind, {"function": exact[0]}, exact[0], bare)
        if self.base.get("topic") in _LISTS_OF_ITEMS:
            others = dict.fromkeys(fold(text) for _, text in labels if fold(text) != fold(label))
            item = {"project": "/".join(others)} if others else {}
            if not others:
                # 一、货物A heads the items below it.
                self._purchase = {name: value for name, value in phrase.point.items() if name == "purchase"}
                self._agency = None
            return RowMeaning(kind, {**phrase.point, **item}, name=bare)
        if phrase.understood and phrase.point:
            point = phrase.point
            if kind == "of_which" and point == {"fund": "fiscal"} and self._fund == "general":
                point = {"fund": "appropriation"}  # 一般公共预算, 其中：财政拨款: what of it is no 非税收入
            if kind == "item":
                self._fund, self._flow = point.get("fund"), point.get("flow")
            elif point.get("flow") == "carried_in" and self._flow == "carried_out":
                point = {**point, "flow": "carried_out"}  # 年末结转和结余, 其中：项目支出结转和结余
            return self._named_point(kind, point, level, bare, labels)
        if self.base.get("flow") not in ("income", "sources") or self.dimension is not None:
            entry = self._classified(bare)
            if entry is not None:
                dimension, code = entry
                # 一、基本支出 heads the economic classes below it.
                heading = self._nature if dimension != "function" else {}
                return RowMeaning(kind, {dimension: code, **heading}, code, bare)
        role = labels[0][0] if labels else "label"
        if role in ("project", "agency", "agency_code"):
            # Units may be listed by their codes alone.
            return RowMeaning(kind, {role.removesuffix("_code"): fold(bare)}, name=bare)
        if phrase.understood and phrase.roles:
            return RowMeaning("note")
        return RowMeaning(kind, name=bare, reason=f"行名“{bare}”未能识别")

    def _item(self, kind: RowKind, bare: str, labels: list[tuple[str, str]]) -> RowMeaning:
        """An item of a list of purchases or targets, within the unit and the kind of purchase (一、货物A) that head it."""
        parted = self._purchase and any(column.role == "project" for column in self.columns)
        if parted and self._leads and len(labels) == 1:
            # Alone in the column of the kinds, with a column for its items: whose they are.
            self._agency = fold(bare)
            return RowMeaning(kind, {"agency": self._agency, **self._purchase}, name=bare)
        items = dict.fromkeys(fold(text) for _, text in labels)
        within = {"agency": self._agency} if parted and self._agency is not None else {}
        return RowMeaning(kind, {"project": "/".join(items), **within, **self._purchase}, name=bare)

    def _under_unit(self, kind: RowKind, bare: str, heads: bool | None) -> RowMeaning:
        """A list by unit: a unit's name opens its part, the rows below it are its classes or its projects.

        ``heads``: whether the amounts say that the row is the sum of those below it; ``None`` where they do not tell.
        """
        matches = [match for match in by_name("object", bare, level="类") if match.exact]
        if len(matches) == 1:
            code = matches[0].entry.code
            return RowMeaning(kind, {"object": code, "agency": self._agency}, code, bare)
        if heads if heads is not None else self.base.get("nature") == "basic" or is_unit_name(bare):
            self._agency = fold(bare)
            return RowMeaning(kind, {"agency": self._agency}, name=bare)
        return RowMeaning(kind, {"project": fold(bare), "agency": self._agency}, name=bare)

    def _named_point(
        self, kind: RowKind, point: dict[str, Any], level: int, bare: str, labels: list[tuple[str, str]]
    ) -> RowMeaning:
        point = dict(point)
        finer = next((text for _, text in reversed(labels) if fold(text) != fold(labels[0][1])), None)
        if finer is not None and not is_total_label(finer):
            # A second label within the first: a part of it, at a point of its own.
            inner = parse_phrase(numbering(finer)[1])
            point |= inner.point if inner.understood and inner.point else {"project": fold(finer)}
            bare = finer
        if not self.two_sided:
            # In a list the side is the table's own; only the columns and the title tell it.
            if point.get("flow") in ("income", "expenditure") and len(point) > 1:
                point.pop("flow")
            self._carries_out = self._carries_out or point.get("flow") == "carried_out"
            if point == {"flow": "uses"} and self.base.get("flow") == "expenditure" and not self._carries_out:
                return RowMeaning("total", name=bare)  # 支出合计 of a list of expenditure: the sum of what it lists
            if self.fund_flow is not None and "fund" in point:
                point.setdefault("flow", self.fund_flow)
            return RowMeaning(kind, point, name=bare)
        self._nature = point if point.keys() <= {"nature", "staffing"} else {}
        flow = point.get("flow")
        if flow is not None and len(point) == 1:
            self._section, self._section_level = {"flow": flow}, level
            return RowMeaning("total" if flow in ("sources", "uses") else kind, point, name=bare)
        if self._section and level and level <= self._section_level:
            self._section = {}
        return RowMeaning(kind, {**point, **self._section}, name=bare)

    def _classified(self, name: str) -> tuple[str, str] | None:
        """A name without a code: the class (类) of that name in the announced or the functional classification."""
        dimension = _classification(self.dimension)
        name = _MANAGED.sub("", name)
        path = [part for part in _PATH.split(name) if part]
        if len(path) > 1 and not by_name(dimension, name):
            return self._at_path(dimension, path)
        matches = by_name(dimension, name, level="类", year=self.year) or by_name(dimension, name, year=self.year)
        matches = matches or by_name(dimension, name)
        if self.dimension is None and not self._lists_functions() and not any(match.exact for match in matches):
            # 项目 over a list of economic classes announces no classification: the names themselves do.
            economic = [found for found in by_name("object", name, level="类") if found.exact]
            if len({found.entry.code for found in economic}) == 1:
                return "object", economic[0].entry.code
        exact = [match for match in matches if match.exact]
        codes = sorted({match.entry.code for match in exact or matches})
        if len(codes) != 1 and self._codes:
            codes = self._below_the_last(codes)
        if len(codes) != 1:
            return None
        self._codes.append(codes[0])
        return dimension, codes[0]

    def _lists_functions(self) -> bool:
        """Whether the rows read so far are functional classes: what stands among them is one too."""
        place = dimension_of(self._codes[-1]) if self._codes else None
        return place is not None and place.dimension == "function"

    def _at_path(self, dimension: Dimension, path: list[str]) -> tuple[str, str] | None:
        """教育支出-进修及培训-培训支出: each name is that of a class within the one before it."""
        code: str | None = None
        for name in path:
            matches = by_name(dimension, name, parent=code)
            found = {match.entry.code for match in matches if match.exact} or {match.entry.code for match in matches}
            shortest = min((len(each) for each in found), default=0)
            nearest = [each for each in found if len(each) == shortest]
            if len(nearest) != 1:
                return None
            code = nearest[0]
        if code is None:
            return None
        self._codes.append(code)
        return dimension, code

    def _below_the_last(self, codes: list[str]) -> list[str]:
        """行政运行 stands under many 款: the one below the last class above it, its 款 before the 项 of the same name."""
        last = self._codes[-1]
        for within in (last[:5], last[:3]):
            below = sorted((code for code in codes if code.startswith(within) and code != within), key=len)
            if len(below) > 1 and below[0] == last:
                # 其他…支出 is a 款 and its only 项: the 款 comes first, then the 项.
                below = below[1:]
            if len(below) > 1 and len(below[0]) < len(below[1]):
                below = below[:1]
            if len(below) == 1:
                return below
        return codes


def _classification(dimension: str | None) -> Dimension:
    """The classification that a title or header announced; the functional one where none is."""
    if dimension == "object":
        return "object"
    return "gov_object" if dimension == "gov_object" else "function"
