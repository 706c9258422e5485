"""A code and its name: against the classification of the year, and within the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.classification import NameVerdict, exact_key, judge_name, loose_key
from mingzhang.cube import Disclosure, Source
from mingzhang.cube.finding import Finding, Level
from mingzhang.rules.once import once
from mingzhang.rules.reading import PrintedCode, WholeTable, printed_codes, whole_tables
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import listed, table_key, table_name

_RIGHT = ("agrees", "variant")


@dataclass(frozen=True, slots=True)
class _Printing:
    """One code and name as one table prints it, every occurrence, with what the classification says of it."""

    table: WholeTable
    verdict: NameVerdict
    occurrences: tuple[PrintedCode, ...]

    @property
    def where(self) -> str:
        return table_name(self.table.head)

    @property
    def places(self) -> tuple[Source, ...]:
        return tuple(occurrence.name_place for occurrence in self.occurrences)


@once
def _printings(disclosure: Disclosure) -> list[_Printing]:
    codes = printed_codes(disclosure)
    found: list[_Printing] = []
    for table in whole_tables(disclosure):
        grouped: dict[tuple[str, str], list[PrintedCode]] = {}
        for part in table.parts:
            for printed in codes[part.id]:
                grouped.setdefault((printed.code, printed.name), []).append(printed)
        for occurrences in grouped.values():
            first = occurrences[0]
            verdict = judge_name(first.dimension, first.code, first.name, disclosure.year)
            found.append(_Printing(table, verdict, tuple(occurrences)))
    return found


def _by_code(printings: list[_Printing]) -> dict[str, list[_Printing]]:
    grouped: defaultdict[str, list[_Printing]] = defaultdict(list)
    for printing in printings:
        grouped[printing.verdict.code].append(printing)
    return grouped


def _is_accused(verdict: NameVerdict) -> bool:
    return verdict.may_accuse and verdict.kind in ("former", "belongs_to_another", "differs")


def check_against_classification(disclosure: Disclosure) -> Iterator[Finding]:
    """Names that the classification contradicts, one finding a code, name and table."""
    for same_code in _by_code(_printings(disclosure)).values():
        right = [printing for printing in same_code if printing.verdict.kind in _RIGHT]
        for printing in same_code:
            if _is_accused(printing.verdict):
                yield _accusation(printing, right, disclosure.year)


def _accusation(printing: _Printing, right: list[_Printing], year: int | None) -> Finding:
    verdict = printing.verdict
    names = [entry.name for entry in verdict.expected if entry.can_accuse]
    if right:
        # Of several names that the code may have, the one that this document prints elsewhere.
        names = [right[0].verdict.matched[0].name, *names]
    expected = names[0]
    said = f"{printing.where}中{verdict.code}的名称印作“{verdict.printed}”"
    if verdict.kind == "former":
        level: Level = "style"
        message = f"{said}，这是原科目名称，{year}年应改用现行名称“{expected}”。"
    else:
        level, ground = _ground(verdict, right, year)
        message = f"{said}，应为“{expected}”：{ground}。"
    return Finding(
        rule="code-name",
        level=level,
        message=message,
        key=(verdict.code, loose_key(verdict.printed), table_key(printing.table.head)),
        places=(*printing.places, *(place for other in right[:1] for place in other.places[:1])),
        reported=verdict.printed,
        expected=expected,
    )


def _ground(verdict: NameVerdict, right: list[_Printing], year: int | None) -> tuple[Level, str]:
    """How sure it is, and why: the document itself, a name that another code has, or the classification alone."""
    official = f"{year}年政府收支分类科目中{verdict.code}即此名称"
    if verdict.kind == "belongs_to_another":
        owners = [entry.code for entry in verdict.matched]
        official = f"“{verdict.printed}”是{listed(owners, 2)}的科目名称，编码或名称有一处用错"
    if right:
        return "error", f"本文件{listed(printing.where for printing in right)}同一编码即印作此名称，{official}"
    return ("error" if verdict.kind == "belongs_to_another" else "warning"), official


def check_within(disclosure: Disclosure) -> Iterator[Finding]:
    """One code under different names in different tables, where the classification cannot tell which is right."""
    for code, same_code in _by_code(_printings(disclosure)).items():
        if any(_is_accused(printing.verdict) for printing in same_code):
            continue
        if all(printing.verdict.kind in _RIGHT for printing in same_code):
            continue
        names = sorted(_distinct_names(same_code), key=_likely_right)
        if len(names) < 2 or _one_table_has_both(names):
            continue
        said = "，".join(
            f"在{listed(printing.where for printing in group)}中名为“{group[0].verdict.printed}”" for group in names
        )
        yield Finding(
            rule="code-name-within",
            level="warning",
            message=f"同一编码{code}名称不一致：{said}；请核对后统一。",
            key=(code, *sorted(loose_key(group[0].verdict.printed) for group in names)),
            places=tuple(place for group in names for printing in group for place in printing.places),
            reported=" / ".join(group[0].verdict.printed for group in names),
        )


def _likely_right(group: list[_Printing]) -> tuple[bool, int]:
    """The name to look at first is one that the classification does not know, or else that fewest tables print."""
    known = any(printing.verdict.kind in _RIGHT for printing in group)
    return known, len({printing.table.head.id for printing in group})


def _distinct_names(same_code: list[_Printing]) -> list[list[_Printing]]:
    """The printings by name; the beginning or end of another name (a cut cell) is that name, its middle is not."""
    groups: list[tuple[str, list[_Printing]]] = []
    for printing in sorted(same_code, key=lambda printing: -len(loose_key(printing.verdict.printed))):
        name = printing.verdict.printed
        group = next((members for longer, members in groups if _is_cut(name, longer)), None)
        if group is None:
            groups.append((name, [printing]))
        else:
            group.append(printing)
    return [members for _, members in groups]


def _is_cut(name: str, longer: str) -> bool:
    """Whether a cell that holds the longer name may show this much of it; whatever neither ends nor starts it is another."""
    part, whole = loose_key(name), loose_key(longer)
    if part == whole or part not in whole:
        return part == whole
    part, whole = exact_key(name), exact_key(longer)
    return part not in whole or whole.startswith(part) or whole.endswith(part)


def _one_table_has_both(names: list[list[_Printing]]) -> bool:
    """A code that one table itself gives several names is probably no 科目 (a list of projects, several units)."""
    tables = [{printing.table.head.id for printing in group} for group in names]
    return any(tables[one] & tables[two] for one in range(len(tables)) for two in range(one))


RULES = (
    Rule(
        id="code-name",
        title="科目编码与科目名称相符",
        sentence="表中每一科目编码所印的名称，应当是该年度政府收支分类科目中该编码的名称。",
        basis="《中华人民共和国预算法》第三十二条：各部门、各单位应当按照国务院财政部门制定的政府收支分类科目编制预算草案；名称以财政部印发的本年度《政府收支分类科目》为准。",
        why="编码和名称不符时，读者无从判断金额属于哪个科目；多半是手工录入、沿用旧表或套错行造成的，金额也可能随之错位。",
        how_to_fix="对照本年度《政府收支分类科目》核对编码和名称，改正用错的一个；使用原名称的，改用现行名称。",
        example="支出预算总表中20801的名称印作“人力资源和社会保险管理事务”，应为“人力资源和社会保障管理事务”。",
        levels=("error", "warning", "style"),
        check=check_against_classification,
    ),
    Rule(
        id="code-name-within",
        title="同一科目编码前后名称一致",
        sentence="同一科目编码在同一文件的各张表中，应当使用同一名称。",
        basis="惯例：同一文件中同一科目只有一个名称；分类科目数据不足以判定哪一个正确时，只提示不一致。",
        why="两个名称至少有一个是错的，或者有一处编码是错的。",
        how_to_fix="核对该编码的正确名称，统一各表写法；若编码有误，改正编码。",
        example="地方增设的明细科目3021599，一张表印作“其他会议费”，另一张表印作“培训场地费”。",
        levels=("warning",),
        check=check_within,
    ),
)
