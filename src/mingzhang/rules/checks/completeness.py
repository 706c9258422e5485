"""What a disclosure of its kind must hold: the tables of its set, the matters to be explained, no blank page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import PurePath

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Source
from mingzhang.forms import load_form_sets
from mingzhang.forms.template import plain
from mingzhang.rules.contents import compare, contents_lines, title_key
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import listed

_UNREAD = re.compile("图像|图片|未读|无法读取|不可靠|无法可靠")
_MATTERS = (
    ("机关运行经费", re.compile("机关运行经费|行政经费")),
    ("政府采购", re.compile("政府采购")),
    ("“三公”经费", re.compile("三公")),
    ("国有资产占有使用", re.compile("国有资产|车辆")),
    ("预算绩效", re.compile("绩效")),
)
_FEWEST_LINES, _FEWEST_MATTERS, _MOST = 25, 3, 0.6
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）])"
)
_SHORTEST_KEY, _LONGEST_HEADING, _RESEMBLANCE = 4, 60, 0.7


def check_tables(disclosure: Disclosure) -> Iterator[Finding]:
    """Tables of the region's set that the document lacks, though it has most of them; not those its contents list."""
    forms = {table.form for table in disclosure.tables if table.form is not None}
    form_set = next((found for found in load_form_sets() if any(table.id in forms for table in found)), None)
    if form_set is None or _is_unread(disclosure) or any(not table.title for table in disclosure.tables):
        return
    required = [table for table in form_set if table.required]
    lacking = [table for table in required if table.id not in forms]
    if not lacking or len(lacking) > (1 - _MOST) * len(required):
        return
    told = {entry.form for entry in compare(disclosure).absent}
    for table in lacking:
        if table.id in told:
            continue
        name = re.sub(r"\{[^{}]*\}年?", "", table.titles[0])
        yield Finding(
            rule="table-missing",
            level="warning",
            message=f"按“{form_set.name}”，应当公开《{name}》，本文件没有找到该表；无数据的也应列出空表并说明。",
            key=(table.id,),
            expected=name,
        )


def _is_unread(disclosure: Disclosure) -> bool:
    return any(_UNREAD.search(note) for note in disclosure.notes)


def check_matters(disclosure: Disclosure) -> Iterator[Finding]:
    """Matters that the narrative does not speak of, though it speaks of most."""
    paragraphs = [paragraph for paragraph in prose(disclosure) if not re.search("指|是指|反映", paragraph.text[:40])]
    if len(paragraphs) < _FEWEST_LINES or _is_unread(disclosure):
        return
    own = {paragraph.source for paragraph in prose(disclosure)}
    # What the contents page or a table names is there, if not in words.
    told = [paragraph.text for paragraph in disclosure.text if paragraph.source not in own]
    told += [*(paragraph.text for paragraph in paragraphs), *(table.title for table in disclosure.tables)]
    lacking = [name for name, words in _MATTERS if not any(words.search(text) for text in told)]
    if not lacking or len(_MATTERS) - len(lacking) < _FEWEST_MATTERS:
        return
    yield Finding(
        rule="matter-unexplained",
        level="warning",
        message=f"情况说明没有说到{listed(lacking)}；没有该项支出的也应当说明。",
        key=tuple(lacking),
        expected="、".join(lacking),
    )


def check_sections(disclosure: Disclosure) -> Iterator[Finding]:
    """Sections that the contents page lists and that stand nowhere in the body."""
    entries = contents_lines(disclosure)
    body = "".join(title_key(paragraph.text, disclosure.agency) for paragraph in prose(disclosure))
    body += "".join(
        title_key(text, disclosure.agency)
        for table in disclosure.tables
        for text in (table.title, *(line.text for line in (*table.caption, *table.remarks)))
    )
    headings = [title_key(p.text, disclosure.agency) for p in prose(disclosure) if len(p.text) <= _LONGEST_HEADING]
    keys = [(title, title_key(_NUMBER.sub("", plain(title)), disclosure.agency), source) for title, source in entries]
    telling = [(title, key, source) for title, key, source in keys if len(key) >= _SHORTEST_KEY and "表" not in key]
    lacking = [
        (title, key, source)
        for title, key, source in telling
        if key not in body and not any(_resembles(key, heading) for heading in headings)
    ]
    if len(telling) < _FEWEST_MATTERS or len(lacking) > (1 - _MOST) * len(telling):
        return
    for title, key, source in lacking:
        yield Finding(
            rule="contents-section-absent",
            level="warning",
            message=f"目录列有“{plain(title)}”，正文没有这一部分或标题不同；应补上，或统一目录与正文的标题。",
            key=(key,),
            places=(source,) if source is not None else (),
            expected=plain(title),
        )


def _resembles(key: str, heading: str) -> bool:
    """其他重要事项说明 and 其他重要事项的情况说明 are one section under two names."""
    return SequenceMatcher(None, key, heading, False).ratio() >= _RESEMBLANCE


def check_pages(disclosure: Disclosure) -> Iterator[Finding]:
    """Pages on which nothing stands but perhaps their number."""
    if disclosure.pages is None or _is_unread(disclosure):
        return
    used = {source.sheet_of_paper for source in _every_place(disclosure)}
    files = [file for file in disclosure.files if file.pages is not None]
    several = len(disclosure.files) > 1
    told = [(file.path if several else "", file.pages or 0) for file in files] or [("", disclosure.pages)]
    for path, count in told:
        blank = [number for number in range(2, count + 1) if (path, number) not in used]
        if blank:
            pages = listed((str(page) for page in blank), 8)
            where = f"“{PurePath(path).name}”" if path else ""
            yield Finding(
                rule="page-blank",
                level="note",
                message=f"{where}第{pages}页没有内容；请核对是否漏印，多余的空白页应删去。",
                key=("blank", PurePath(path).name) if path else ("blank",),
            )


def _every_place(disclosure: Disclosure) -> Iterator[Source]:
    for paragraph in disclosure.text:
        yield from paragraph.sheets
    for table in disclosure.tables:
        yield from (row.source for row in table.rows)
        yield from (line.source for line in (*table.caption, *table.remarks))
        yield table.source
    yield from (observation.source for observation in disclosure.observations)
    yield from (unread.source for unread in disclosure.unread)


RULES = (
    Rule(
        id="table-missing",
        title="本地规定的各表俱全",
        sentence="本地公开表样规定的每一张表都应当公开，没有数据的列出空表。",
        basis="《中华人民共和国预算法》第十四条：批复的部门预算、决算及报表应当向社会公开；表样以本地财政部门规定的为准。",
        why="缺表是公开内容不完整。",
        how_to_fix="补上缺少的表；本年起不再要求的，可不理会。",
        example="文件有表样中的八张表，没有国有资本经营预算支出表。",
        levels=("warning",),
        check=check_tables,
    ),
    Rule(
        id="matter-unexplained",
        title="重要事项有说明",
        sentence="情况说明应当说到机关运行经费、“三公”经费、政府采购、国有资产占有使用、预算绩效。",
        basis="《中华人民共和国预算法》第十四条：对机关运行经费的安排、使用情况等重要事项作出说明，并公开政府采购的情况；财预〔2016〕143号。",
        why="缺少说明是公开检查中常见的问题。",
        how_to_fix="补充说明；没有该项支出的，说明没有。",
        example="情况说明没有“国有资产占有使用情况”。",
        levels=("warning",),
        check=check_matters,
    ),
    Rule(
        id="contents-section-absent",
        title="目录所列各部分正文俱在",
        sentence="目录中列出的每一部分，正文中都应当有，标题一致。",
        basis="惯例：目录是文件对自身内容的声明。",
        why="缺少部分内容，或正文标题改动后目录没有更新。",
        how_to_fix="补上缺少的部分，或统一标题。",
        example="目录列有“八、绩效目标”，正文没有这一部分。",
        levels=("warning",),
        check=check_sections,
    ),
    Rule(
        id="page-blank",
        title="没有空白页",
        sentence="文件中不应当有空白页。",
        basis="惯例：公开的是定稿。",
        why="空白页可能是漏印的内容，也可能是多余的分页符。",
        how_to_fix="核对是否漏印；多余的删去。",
        example="第12页只有页码。",
        levels=("note",),
        check=check_pages,
    ),
)
