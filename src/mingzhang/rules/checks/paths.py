"""The path of an item in the narrative, …（类）…（款）…（项）: each name at its depth, under the name before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from mingzhang.classification import by_code, by_name, exact_key, loose_key
from mingzhang.classification.entry import Level
from mingzhang.cube import Disclosure, Paragraph
from mingzhang.cube.finding import Finding
from mingzhang.cube.finding import Level as FindingLevel
from mingzhang.rules.prose import ordinal, prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_name

_PART = re.compile(r"(?P<name>[\u4e00-\u9fff、，（）()]{2,40}?)(?P<mark>[(（](?P<level>[类款项])[)）])", re.DOTALL)
_DEPTH: dict[str, int] = {"类": 3, "款": 5, "项": 7}
_LEVELS: tuple[Level, ...] = ("类", "款", "项")
_LONGEST_HEADING = 40
_SHORTEST, _MOST_UNLIKE = 5, 2  # of a name that is another one but for a word
_GLOSS = re.compile(r"[(（]项[)）]\s*[：:，,]?\s*(?:反映|指|是指)")


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    level: str
    start: int
    end: int


class _Listed:
    """The function codes and names that the tables of the document print."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._disclosure = disclosure

    @cached_property
    def names(self) -> dict[str, tuple[str, str]]:
        """Code → the name printed beside it first, and the table."""
        found: dict[str, tuple[str, str]] = {}
        for table in self._disclosure.tables:
            for row in table.rows:
                if row.code and row.name and row.code[0] == "2" and len(row.code) in (3, 5, 7):
                    found.setdefault(row.code, (row.name, table_name(table)))
        return found

    def codes(self, name: str, level: str, above: str = "") -> list[str]:
        """The codes of that depth that bear the name in the tables."""
        key = loose_key(name)
        depth = _DEPTH[level]
        return [
            code
            for code, (printed, _) in self.names.items()
            if len(code) == depth and code.startswith(above) and loose_key(printed) == key
        ]

    def near(self, name: str, level: str, above: str = "") -> str | None:
        """The one code of that depth whose name in the tables is the end of the words but for a character or two."""
        found = [
            code
            for code, (printed, _) in self.names.items()
            if len(code) == _DEPTH[level] and code.startswith(above) and _is_near(name[-len(printed) :], printed)
        ]
        return found[0] if len(found) == 1 else None

    def ending(self, part: _Part) -> _Part | None:
        """A 款 without its 类, which is known where the words end in a name that just one row bears (调整至某某（款）)."""
        names = {name for code, (name, _) in self.names.items() if len(code) == _DEPTH[part.level]}
        whole = max((name for name in names if part.name.endswith(name)), key=len, default=None)
        if whole is None or len(self.codes(whole, part.level)) != 1:
            return None
        return replace(part, name=whole, start=part.start + len(part.name) - len(whole))


def _is_near(name: str, printed: str) -> bool:
    unlike = sum(one != other for one, other in zip(name, printed, strict=False))
    return len(name) == len(printed) >= _SHORTEST and 0 < unlike <= _MOST_UNLIKE


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Paths whose 款 or 项 does not stand under what precedes it, in the tables and in the classification."""
    listed = _Listed(disclosure)
    paths = list(_all_paths(disclosure))
    used = {code for _, path in paths if (code := _code_of(path, listed, disclosure.year)) is not None}
    found = [f for paragraph, path in paths for f in _judged(paragraph, path, listed, used, disclosure.year)]
    told = {finding.reported for finding in found}
    yield from found
    for paragraph in prose(disclosure):
        for path in _paths(paragraph.text) if _GLOSS.search(paragraph.text) else ():
            for finding in _judged_gloss(paragraph, path, listed, disclosure.year):
                if finding.reported not in told:  # the item of that name has been told
                    yield finding


def _judged_gloss(
    paragraph: Paragraph, path: tuple[_Part, ...], listed: _Listed, year: int | None
) -> Iterator[Finding]:
    """In the glossary older names may stand, but none that no year knows and that is nearly one of the tables."""
    above = ""
    for index, part in enumerate(path):
        code = _standing(part.name, part.level, above, listed, year) or _standing(
            part.name, part.level, above, listed, None
        )
        if code is not None:
            above = code
            continue
        right = listed.near(part.name, part.level, above) if index else None
        if right is not None:
            name, table = listed.names[right]
            ground = f"{table}在这一上级之下列有{right}“{name}”，没有“{part.name}”"
            yield _near_miss(paragraph, part, right, name, ground)
        return


def _near_miss(paragraph: Paragraph, part: _Part, code: str, name: str, ground: str) -> Finding:
    return Finding(
        rule="path-name",
        level="warning",
        message=f"“{part.name}（{part.level}）”的{part.level}级科目名称有误：{ground}，应为“{name}”。",
        key=(code, part.name),
        places=(paragraph.at(part.start, part.end),),
        reported=part.name,
        expected=f"{code} {name}",
    )


def _all_paths(disclosure: Disclosure) -> Iterator[tuple[Paragraph, tuple[_Part, ...]]]:
    """Every path with its paragraph; what stands under the heading …（类） begins with that 类."""
    heading: _Part | None = None
    for paragraph in prose(disclosure):
        text = paragraph.text.rstrip()
        if _GLOSS.search(text):
            continue
        number = ordinal(text)
        alone = (
            _PART.fullmatch(text, number.end if number is not None else 0) if len(text) <= _LONGEST_HEADING else None
        )
        if alone is not None and alone["level"] == "类":
            heading = _Part(alone["name"], "类", *alone.span("name"))
            continue
        yield from ((paragraph, path) for path in _paths(text, heading))


def _paths(text: str, heading: _Part | None = None) -> Iterator[tuple[_Part, ...]]:
    """The runs of …（类）…（款）…（项）; a run begins with a 类 or a 款, its parts follow one another directly."""
    run: list[_Part] = []
    number = ordinal(text)
    for match in _PART.finditer(text, number.end if number is not None else 0):
        if (
            heading is not None
            and match["level"] == "款"
            and match.start() == (number.end if number is not None else 0)
        ):
            run = [heading, _Part(match["name"], "款", match.start("name"), match.end())]
            continue
        part = _Part(match["name"].lstrip("、，（）()"), match["level"], match.start("name"), match.end())
        if run and match.start() == run[-1].end and _DEPTH[part.level] == _DEPTH[run[-1].level] + 2:
            run.append(part)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = [part] if part.level in ("类", "款") else []
    if len(run) > 1:
        yield tuple(run)


def _standing(name: str, level: str, above: str, listed: _Listed, year: int | None) -> str | None:
    """The code of that name at that depth under ``above``: of the tables first, of the classification else."""
    own = listed.codes(name, level, above)
    if own:
        return own[0]
    found = [m.entry.code for m in by_name("function", name, level=_LEVELS[_DEPTH[level] // 2 - 1], year=year)]
    return next((code for code in found if code.startswith(above)), None)


def _code_of(path: tuple[_Part, ...], listed: _Listed, year: int | None) -> str | None:
    above = ""
    for part in path:
        code = _standing(part.name, part.level, above, listed, year)
        if code is None:
            return None
        above = code
    return above


def _judged(
    paragraph: Paragraph, path: tuple[_Part, ...], listed: _Listed, used: set[str], year: int | None
) -> Iterator[Finding]:
    above = ""
    if path[0].level != "类":
        known = listed.ending(path[0])
        if known is None:
            yield from _misnamed(paragraph, path, listed)
            return
        path = (known, *path[1:])
    for index, part in enumerate(path):
        code = _standing(part.name, part.level, above, listed, year)
        if code is not None:
            above = code
            continue
        if not index or year is None or not listed.names:
            return
        if not _is_settled(above, listed):
            yield from _nearly(paragraph, part, path[index + 1 :], above)
            return
        expected = _expected(part, path[index + 1 :], above, listed, used, year)
        level: FindingLevel = "error" if expected is not None else "warning"
        path_words = "".join(f"{p.name}（{p.level}）" for p in path[:index])
        ground = (
            f"本文件{listed.names[expected][1]}{path_words}下列有{expected}“{listed.names[expected][0]}”，应为该科目"
            if expected is not None
            else f"本文件各表和{year}年政府收支分类科目中，{path_words}下没有这一科目，请核对"
        )
        yield Finding(
            rule="path-name",
            level=level,
            message=f"“{path_words}{part.name}（{part.level}）”中的{part.level}级科目“{part.name}”有误：{ground}{_former(part, year)}。",
            key=(path_words, part.name),
            places=(paragraph.at(part.start, part.end),),
            reported=part.name,
            expected=f"{expected} {listed.names[expected][0]}" if expected is not None else None,
        )
        return


def _misnamed(paragraph: Paragraph, path: tuple[_Part, ...], listed: _Listed) -> Iterator[Finding]:
    """A 款 without its 类 that no row bears, above an 项 that one code bears: the 款 of that code, but for a word."""
    head, below = path[:2]
    codes = listed.codes(below.name, below.level)
    if len(codes) == 1:
        right = listed.near(head.name, head.level, codes[0][:3])
        known = [] if right is None or not codes[0].startswith(right) else [(right, *listed.names[right])]
    else:
        found = {m.entry.code for m in by_name("function", below.name, level="项") if m.exact} if not codes else set()
        parents = by_code("function", found.pop()[:5]) if len(found) == 1 else ()
        if any(exact_key(head.name).endswith(exact_key(entry.name)) for entry in parents):
            return
        near = [entry for entry in parents if _is_near(head.name[-len(entry.name) :], entry.name)]
        known = [(entry.code, entry.name, "政府收支分类科目") for entry in near[:1]]
    for code, name, ground in known:
        part = replace(head, name=head.name[-len(name) :], start=head.start + len(head.name) - len(name))
        yield _near_miss(paragraph, part, code, name, f"{ground}的“{below.name}”在{code}“{name}”之下")


def _nearly(paragraph: Paragraph, part: _Part, below: tuple[_Part, ...], above: str) -> Iterator[Finding]:
    """Where the tables list nothing below the 类: a name that is nearly that of the one code that holds what follows."""
    if not below or any(m.exact for m in by_name("function", part.name, level=_LEVELS[_DEPTH[part.level] // 2 - 1])):
        return  # nothing to go by, or the name of another year
    held = {m.entry.code for m in by_name("function", below[0].name, parent=above) if m.exact}
    holders = [entry for code in sorted(held) for entry in by_code("function", code[:-2])]
    near = [entry for entry in holders if len(entry.code) == _DEPTH[part.level] and _is_near(part.name, entry.name)]
    if len({entry.code for entry in near}) == 1:
        right = near[0]
        ground = f"政府收支分类科目的“{below[0].name}”在{right.code}“{right.name}”之下"
        yield _near_miss(paragraph, part, right.code, right.name, ground)


def _is_settled(above: str, listed: _Listed) -> bool:
    """Whether the tables list what stands below: otherwise a local name may be meant."""
    return any(len(code) > len(above) and code.startswith(above) for code in listed.names)


def _expected(
    part: _Part, below: tuple[_Part, ...], above: str, listed: _Listed, used: set[str], year: int
) -> str | None:
    """The code of the tables that is meant: the one that holds what follows, bore the name, or that no item names."""
    depth = _DEPTH[part.level]
    there = [code for code in listed.names if len(code) == depth and code.startswith(above)]
    if below:
        holding = [code for code in there if listed.codes(below[0].name, below[0].level, code)]
        if len(holding) == 1:
            return holding[0]
    key = exact_key(part.name)
    bore = [code for code in there if any(exact_key(entry.name) == key for entry in by_code("function", code))]
    if len(bore) == 1:
        return bore[0]
    left = [code for code in there if code not in used]
    return left[0] if len(left) == 1 else None


def _former(part: _Part, year: int) -> str:
    now = {m.entry.code for m in by_name("function", part.name, level=_LEVELS[_DEPTH[part.level] // 2 - 1], year=year)}
    once = {m.entry.code for m in by_name("function", part.name, level=_LEVELS[_DEPTH[part.level] // 2 - 1])}
    return "（“" + part.name + "”是原科目名称）" if once and not now else ""


RULES = (
    Rule(
        id="path-name",
        title="类、款、项的名称和层级正确",
        sentence="文字中“…（类）…（款）…（项）”的每一级名称，应当是上一级之下的科目，与表中一致。",
        basis="《中华人民共和国预算法》第三十二条；名称和层级以财政部印发的本年度《政府收支分类科目》和本文件的表为准。",
        why="名称或层级有误，读者无法把文字和表中的金额对上；多为沿用往年名称或把款写成类。",
        how_to_fix="按表中的科目名称改写。",
        example="“住房保障支出（类）住房保障支出（款）住房公积金（项）”中的款应为“住房改革支出”。",
        levels=("error", "warning"),
        check=check,
    ),
)
