"""Whose document it is: the unit's name written the same everywhere, no other unit's, and words of its own kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mingzhang.cube import Disclosure, Paragraph, Source
from mingzhang.cube.finding import Finding, Level
from mingzhang.rules.prose import NUMBERED, lines, ordinal, prose
from mingzhang.rules.rule import Rule

_LABEL = re.compile(r"(?:部门全称|部门名称|单位名称|编制单位|填报单位|编制部门|填报部门|预算单位|预算主管部门)[:：]\s*")
_CODE = re.compile(r"^\d{3,9}-")
_SUFFIX = "局|委员会|委|厅|办公室|办公厅|中心|院|校|所|站|队|街道办事处|人民政府|法院|检察院|大学|学院"
_HEADED = re.compile(
    rf"(?:{NUMBERED})?(?P<name>[\u4e00-\u9fff（）()]{{4,40}}?(?:{_SUFFIX}))\s*"
    r"(?:(?:19|20)\d\d年(?:度)?(?:部门|单位)(?:预算|决算)|概况)"
)
_OPENING = re.compile(
    rf"\s*(?:(?:{NUMBERED})?关于)?(?P<name>[\u4e00-\u9fff（）()]{{4,30}}?(?:{_SUFFIX}))(?=\s*(?:19|20)\d\d年)"
)
_INCLUDED = re.compile(
    rf"纳入(?P<name>[\u4e00-\u9fff（）()]{{4,30}}?(?:{_SUFFIX}))(?=\s*(?:19|20)\d\d年(?:度)?(?:部门|单位)?(?:预算|决算)编制范围)"
)
_TITLED = re.compile(
    rf"\s*(?P<name>[\u4e00-\u9fff（）()]{{4,30}}?(?:{_SUFFIX}))(?=\s*(?:19|20)\d\d年[^，。；]{{0,40}}表)"
)
_ENOUGH = 2
_JOINERS = "和与及、"
_SHORTEST, _ANCHOR, _AROUND = 6, 4, 10
_LEVEL = re.compile(r"(?P<level>[省市区县])级(?:部门|单位)(?:预算|决算)")
_LEVEL_USED = re.compile(
    r"(?P<level>[省市区县])级(?=预算主管部门|财政有经费|财政部门有经费|财政拨款安排的因公出国|预算部门)"
)
_COVER = 4


def check_variant(disclosure: Disclosure) -> Iterator[Finding]:
    """The unit's own name with one character changed, lost or added; 和 for 与 is certainly the same unit."""
    agency = disclosure.agency
    if agency is None or len(agency) < _SHORTEST:
        return
    own = agency.replace("（", "(").replace("）", ")")
    for paragraph in lines(disclosure):
        text = paragraph.text.replace("（", "(").replace("）", ")")
        for start, end in _variants(own, text):
            printed = paragraph.text[start:end]
            level: Level = "error" if _only_joiners(own, text[start:end]) else "warning"
            yield Finding(
                rule="agency-name-variant",
                level=level,
                message=f"单位名称印作“{printed}”，本文件的单位是“{agency}”，名称应当前后一致。",
                key=(printed, "".join(text[max(0, start - _AROUND) : end + _AROUND].split())),
                places=(paragraph.at(start, end),),
                reported=printed,
                expected=agency,
            )


def _variants(own: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the text holds a name one edit away from ``own`` that begins and ends as it does."""
    head, tail = own[:_ANCHOR], own[-2:]
    at = text.find(head)
    while at >= 0:
        if not text.startswith(own, at):
            for length in (len(own), len(own) + 1, len(own) - 1):
                found = text[at : at + length]
                if found.endswith(tail) and _one_edit(own, found):
                    yield at, at + length
                    break
        at = text.find(head, at + 1)


def _one_edit(own: str, found: str) -> bool:
    start = 0
    while start < min(len(own), len(found)) and own[start] == found[start]:
        start += 1
    mine, other = own[start:], found[start:]
    return (
        mine[1:] == other[1:]
        if len(own) == len(found)
        else mine[1:] == other
        if len(own) > len(found)
        else mine == other[1:]
    )


def _only_joiners(own: str, found: str) -> bool:
    folded = str.maketrans(_JOINERS, _JOINERS[0] * len(_JOINERS))
    return own.translate(folded) == found.translate(folded)


def check_other(disclosure: Disclosure) -> Iterator[Finding]:
    """Headings and table captions under the name of another unit than the document's."""
    agency = disclosure.agency
    if agency is None:
        return
    own = _key(agency)
    told: set[Source] = set()
    for paragraph, start, end in _headed(disclosure):
        place = paragraph.at(start, end)
        if place in told:
            continue
        told.add(place)
        printed = "".join(paragraph.text[start:end].split())
        other = _key(printed)
        if other in own or own in other:
            continue
        certain = _is_subsequence(other, own)
        yield Finding(
            rule="agency-name-other",
            level="error" if certain else "warning",
            message=f"此处的单位名称印作“{printed}”，本文件的单位是“{agency}”；应改为本单位的名称。",
            key=(printed, "".join(paragraph.text.split())[:40]),
            places=(place,),
            reported=printed,
            expected=agency,
        )


def _headed(disclosure: Disclosure) -> Iterator[tuple[Paragraph, int, int]]:
    """The names that stand in headings (某局2024年度部门决算表, 某局概况), in titles of tables and behind 编制单位：."""
    captions = [line for table in disclosure.tables for line in table.caption]
    parts = [line for line in disclosure.text if _opens_part(line)]  # on the contents page too
    for paragraph in (*prose(disclosure), *parts, *captions):
        match = _HEADED.match(paragraph.text)
        if match is not None and len(paragraph.text) <= 60 and "。" not in paragraph.text:
            yield paragraph, *match.span("name")
    for paragraph in prose(disclosure):
        if (match := _INCLUDED.search(paragraph.text)) is not None:
            yield paragraph, *match.span("name")
    yield from _strangers(disclosure)
    yield from _alone([(line, *_labelled(line)) for line in captions])
    yield from _alone(
        [(line, *match.span("name"), match["name"]) for line in captions if (match := _TITLED.match(line.text))]
    )


def _opens_part(line: Paragraph) -> bool:
    number = ordinal(line.text)
    return number is not None and number.style == "part部分"


def _alone(named: list[tuple[Paragraph, int, int, str]]) -> Iterator[tuple[Paragraph, int, int]]:
    """A name that stands in one caption only, where most have another."""
    counts = Counter(name for _, _, _, name in named if name)
    if len(counts) > 1 and max(counts.values()) * 2 > sum(counts.values()):
        for line, start, end, name in named:
            if name and counts[name] == 1:
                yield line, start, end


def _strangers(disclosure: Disclosure) -> Iterator[tuple[Paragraph, int, int]]:
    """Sentences that open with a unit's name and a year, as the others do with the own one; a name seen only there."""
    opening = [(p, match) for p in disclosure.text if (match := _OPENING.match(p.text)) is not None]
    own = sum(1 for _, match in opening if match["name"] == disclosure.agency)
    body = {paragraph.source for paragraph in prose(disclosure)}
    for paragraph, match in opening if own >= _ENOUGH else ():
        said = sum(p.text.count(match["name"]) for p in lines(disclosure))
        in_rows = any(match["name"] in text for t in disclosure.tables for row in t.rows for text in row.texts)
        if said == (paragraph.source in body) and not in_rows and not _HEADED.match(paragraph.text):
            yield paragraph, *match.span("name")


def _labelled(line: Paragraph) -> tuple[int, int, str]:
    match = _LABEL.search(line.text)
    if match is None:
        return 0, 0, ""
    name = re.split(r"\s|单位[:：]", line.text[match.end() :], maxsplit=1)[0]
    return match.end(), match.end() + len(name), _CODE.sub("", name)


def _key(name: str) -> str:
    return re.sub(r"[\s（）()“”\"]|本级|机关|部门|单位", "", _CODE.sub("", name))


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(sign in rest for sign in short)


def check_body_word(disclosure: Disclosure) -> Iterator[Finding]:
    """部门 where a unit's document (单位预算, 单位决算) speaks of itself."""
    if _own_word(disclosure) != "单位":
        return
    pattern = re.compile(r"本部门(?!预算管理)|(?<![上各级省市区县])部门(?=(?:预算|决算)安排)")
    for paragraph in prose(disclosure):
        for match in pattern.finditer(paragraph.text):
            around = "".join(paragraph.text[max(0, match.start() - _AROUND) : match.end() + _AROUND].split())
            yield Finding(
                rule="body-word",
                level="style",
                message=f"“{around}”中的“{match[0]}”：本文件是单位{_stage(disclosure)}，应为“{match[0].replace('部门', '单位')}”。",
                key=(around,),
                places=(paragraph.at(match.start(), min(len(paragraph.text), match.end() + 4)),),
                reported=match[0],
                expected=match[0].replace("部门", "单位"),
            )


def _stage(disclosure: Disclosure) -> str:
    return "决算" if disclosure.stage == "final" else "预算"


def _own_word(disclosure: Disclosure) -> str | None:
    """部门 or 单位, as the cover and the titles of the tables say; ``None`` where they disagree."""
    cover = "".join("".join(paragraph.text.split()) for paragraph in disclosure.text[:_COVER])
    words = {word for word in ("部门", "单位") if re.search(rf"(?<!预算){word}(?:预算|决算)", cover)}
    titles = "".join(table.title for table in disclosure.tables)
    if len(words) != 1 or ("部门" in titles and "单位" not in titles and words == {"单位"}):
        return None
    return words.pop()


def check_level_word(disclosure: Disclosure) -> Iterator[Finding]:
    """市级 in the definitions of a district's document: the cover says 区级."""
    cover = "".join("".join(paragraph.text.split()) for paragraph in disclosure.text[:_COVER])
    stated = {match["level"] for match in _LEVEL.finditer(cover)}
    if len(stated) != 1:
        return
    own = stated.pop()
    found = [
        (paragraph, match)
        for paragraph in prose(disclosure)
        for match in _LEVEL_USED.finditer(paragraph.text)
        if match["level"] != own
    ]
    if found:
        first = found[0][1][0]
        yield Finding(
            rule="level-word",
            level="style",
            message=f"名词解释等{len(found)}处写作“{first}”，本文件是{own}级{_own_word(disclosure) or ''}{_stage(disclosure)}，应为“{own}级”。",
            key=(first, own),
            places=tuple(paragraph.at(match.start(), match.end() + 6) for paragraph, match in found[:8]),
            reported=first,
            expected=f"{own}级",
        )


_OWN = "文件自身的陈述：封面已写明编制单位。"

RULES = (
    Rule(
        id="agency-name-variant",
        title="单位名称前后一致",
        sentence="同一单位在文件各处应当使用同一名称，与封面、三定规定一致。",
        basis=_OWN + "单位名称以机构编制部门批复的名称为准。",
        why="名称不一致，读者不知道是否为同一单位，多为手工录入造成。",
        how_to_fix="改为规范的单位名称。",
        example="某区规划和自然资源局的文件中写作“某区规划与自然资源局”。",
        levels=("error", "warning"),
        check=check_variant,
    ),
    Rule(
        id="agency-name-other",
        title="标题中的单位是本单位",
        sentence="各部分标题、表头中的单位名称应当是编制本文件的单位。",
        basis=_OWN,
        why="多半是套用了上级单位或其他单位的文件。",
        how_to_fix="改为本单位的名称，并检查该处以下的内容是否也是套用的。",
        example="某市某区规划和自然资源局的决算表标题写作“某市规划和自然资源局2024年度部门决算表”。",
        levels=("error", "warning"),
        check=check_other,
    ),
    Rule(
        id="body-word",
        title="部门、单位用词与文件相符",
        sentence="单位预算、单位决算中说到自己时，应当用“单位”，不用“部门”。",
        basis="惯例：部门预算由本部门及其所属各单位预算组成（《中华人民共和国预算法》第八条），两者不是同一口径。",
        why="用词不符，读者会误以为数字是整个部门的；多为套用部门预算模板。",
        how_to_fix="把“部门预算安排”“本部门”改为“单位预算安排”“本单位”。",
        example="单位预算中“2025年部门预算安排购置车辆0辆”。",
        levels=("style",),
        check=check_body_word,
    ),
    Rule(
        id="level-word",
        title="预算级次用词与文件相符",
        sentence="名词解释等处的“市级”“区级”“县级”，应当与封面所写的预算级次一致。",
        basis=_OWN,
        why="多为套用上级的名词解释，使读者误认资金来自哪一级财政。",
        how_to_fix="改为本级的用词。",
        example="区级部门预算的名词解释写作“与市级财政有经费领拨关系的部门”。",
        levels=("style",),
        check=check_level_word,
    ),
)
