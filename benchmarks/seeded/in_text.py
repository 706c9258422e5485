"""Errors planted in the narrative."""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import replace
from decimal import Decimal

from mingzhang.cube.statement import Quote, Statement
from mingzhang.documents.model import Line
from mingzhang.rules.prose import prose
from seeded.edits import At, lines, with_words
from seeded.in_tables import other_digit
from seeded.planted import Planted
from seeded.subject import Subject
from seeded.turned import speaks_against_turning


def _in_words(subject: Subject, at: At, words: str, more: tuple[At, ...] = ()) -> Planted:
    document = with_words(subject.document, at, words)
    line = document.blocks[at.block]
    assert isinstance(line, Line)
    place = line.source_at(at.start, at.start + max(len(words), 1)) if at.start < len(line.text) else line.source
    places = (place, *(subject.place(other) for other in more))
    text = _line(subject, at)
    around = f"{text[max(at.start - 25, 0) : at.start]}【{subject.text(at)[:30]} → {words[:30]}】{text[at.end : at.end + 15]}"
    return Planted(document, places, around)


def _line(subject: Subject, at: At) -> str:
    block = subject.document.blocks[at.block]
    assert isinstance(block, Line)
    return block.text


def digit(subject: Subject, chance: random.Random) -> Planted | None:
    """One digit of an amount in a sentence is another one."""
    if not subject.stated:
        return None
    observation, at = chance.choice(subject.stated)
    words = other_digit(observation.amount.printed, chance)
    figures = subject.figures
    unopposed, slight = not figures.contradict(at, words), figures.is_slight(at, words)
    return replace(_in_words(subject, at, words), unopposed=unopposed, slight=slight)


def unit(subject: Subject, chance: random.Random) -> Planted | None:
    """万元 behind an amount written as 元."""
    fit = [
        (at, match)
        for _, at in subject.stated
        if (match := re.compile(r"\s*万元").match(_line(subject, at), at.end)) is not None
    ]
    if not fit:
        return None
    at, match = chance.choice(fit)
    planted = _in_words(subject, At(at.block, match.start(), match.end()), "元")
    return Planted(planted.document, (*planted.places, subject.place(at)), planted.change)


def _changes(subject: Subject) -> list[tuple[Statement, At]]:
    """Statements of one comparison by a non-zero amount or rate, each with the words of it."""
    found = []
    for statement in subject.disclosure.statements:
        for comparison in statement.comparisons:
            figure = comparison.amount or comparison.rate
            at = subject.words_of(comparison.source)
            if at is not None and figure is not None and figure.value and comparison.direction != "even":
                found.append((statement, at))
    return found


_OPENING = 12  # characters of a reason by which a copy of it is known
_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}


def direction(subject: Subject, chance: random.Random) -> Planted | None:
    """减少 written where it is 增加."""
    fit = []
    for _, at in _changes(subject):
        words = list(re.finditer("增加|减少|增长|下降", subject.text(at)))
        if len(words) == 1:
            fit.append((At(at.block, at.start + words[0].start(), at.start + words[0].end()), at))
    if not fit:
        return None
    at, sentence = chance.choice(fit)
    unopposed = not speaks_against_turning(subject.figures, sentence)
    figure = At(sentence.block, sentence.end - 1, sentence.end)  # its last digit may stand on the next page
    return replace(_in_words(subject, at, _OPPOSITE[subject.text(at)], (sentence, figure)), unopposed=unopposed)


def rate(subject: Subject, chance: random.Random) -> Planted | None:
    """One digit of a percentage is another one."""
    fit = []
    for observation in subject.disclosure.observations:
        if observation.origin == "text" and observation.amount.unit.name == "%" and observation.amount.value:
            at = subject.words_of(observation.source)
            if at is not None:
                fit.append((observation, at))
    if not fit:
        return None
    observation, at = chance.choice(fit)
    words = other_digit(observation.amount.printed, chance)
    off = abs(Decimal(words.replace(",", "")) - abs(observation.amount.value))
    unopposed, slight = not subject.figures.contradict(at, words), off <= observation.amount.quantum
    return replace(_in_words(subject, at, words), unopposed=unopposed, slight=slight)


def _quoted(subject: Subject, quotes: list[tuple[Statement, Quote]]) -> list[tuple[Statement, At]]:
    return [(statement, at) for statement, quote in quotes if (at := subject.words_of(quote.source)) is not None]


def _copied_from_above(
    subject: Subject, chance: random.Random, quotes: list[tuple[Statement, Quote]]
) -> Planted | None:
    """What is said of an item copied from the item above it; both name what they are about, and the copy does not."""
    fit = [
        (above, below)
        for (one, above), (other, below) in itertools.pairwise(_quoted(subject, quotes))
        if one.path and other.path and one.path != other.path and _names(subject.text(above), one)
        and _names(subject.text(below), other) and not _names(subject.text(above), other)
    ]  # fmt: skip
    if not fit:
        return None
    above, below = chance.choice(fit)
    return _in_words(subject, below, subject.text(above))


def _names(text: str, statement: Statement) -> bool:
    """Whether the text names what the statement is about."""
    return statement.path[-1].strip("“”") in text


def reason_copied(subject: Subject, chance: random.Random) -> Planted | None:
    """The reason of an item copied from the item above it."""
    said = [(s, s.reason) for s in subject.disclosure.statements if s.reason is not None]
    return _copied_from_above(subject, chance, said)


def purpose_copied(subject: Subject, chance: random.Random) -> Planted | None:
    """What an item is for, copied from the item above it."""
    said = [(s, s.purpose) for s in subject.disclosure.statements if s.purpose is not None]
    return _copied_from_above(subject, chance, said)


def _explained_elsewhere(subject: Subject, statement: Statement) -> bool:
    """Whether a reader still has it: the reason is copied elsewhere, or the same change has one in another place too."""
    words = statement.reason.text[:_OPENING] if statement.reason is not None else ""
    if words and sum(line.text.count(words) for _, line in lines(subject.document)) > 1:
        return True
    figures = {(c.direction, c.amount.printed) for c in statement.comparisons if c.amount is not None}
    return any(
        other is not statement
        and other.reason is not None
        and any(c.amount is not None and (c.direction, c.amount.printed) in figures for c in other.comparisons)
        for other in subject.disclosure.statements
    )


def reason_lost(subject: Subject, chance: random.Random) -> Planted | None:
    """A change without its reason."""
    fit = []
    for statement, at in _changes(subject):
        if statement.reason is None or "【" in statement.reason.text or len(statement.comparisons) > 1:
            continue
        if _explained_elsewhere(subject, statement):
            continue
        reason = subject.words_of(statement.reason.source)
        if reason is None or reason.block != at.block or reason.start < at.end:
            continue
        text = _line(subject, reason)
        start = max(text.rfind(mark, 0, reason.start) for mark in "，。；")
        end = reason.end
        by_its_parts = re.match(r"[。；，]?\s*其中", text[end:]) and "原因" in text[end:]
        if start >= at.end and not by_its_parts and not re.search(r"\d|万元", text[start : reason.start]):
            fit.append((At(reason.block, start, end), at))
    if not fit:
        return None
    at, sentence = chance.choice(fit)
    planted = _in_words(
        subject, at, "。" if _line(subject, at)[at.end : at.end + 1] not in "。；，" else "", (sentence,)
    )
    return Planted(planted.document, planted.places, f"删去原因：{subject.text(at)[:40]}")


def year_stale(subject: Subject, chance: random.Random) -> Planted | None:
    """The year of the disclosure written as the one before the last, as when an old text was used again."""
    year = subject.disclosure.year
    if year is None:
        return None
    fit = [
        At(number, match.start(), match.end())
        for number, line in lines(subject.document)
        for match in re.finditer(
            rf"{year}(?=年(?:度)?(?:部门|单位)?(?:收入|支出|收支|财政|一般公共|年初)?预算)", line.text
        )
        if not re.search(r"[《〔]|截至", line.text)
    ]
    return _in_words(subject, at, str(year - 2)) if fit and (at := chance.choice(fit)) else None


def agency_other(subject: Subject, chance: random.Random) -> Planted | None:
    """Another unit's name in a title or a sentence."""
    agency = subject.disclosure.agency
    if agency is None or len(agency) < 6:
        return None
    fit = [
        At(number, match.start(), match.end())
        for number, line in lines(subject.document)
        for match in re.finditer(re.escape(agency) + r"(?=\d{4}年)", line.text)
    ]
    head = re.match(r".{2,6}?[省市区县]", agency)
    if not fit or head is None:
        return None
    other = next(o for o in ("水务局", "审计局", "统计局") if not agency.endswith(o))
    return _in_words(subject, chance.choice(fit), head[0] + other)


def placeholder(subject: Subject, chance: random.Random) -> Planted | None:
    """An amount not filled in."""
    if not subject.stated:
        return None
    _, at = chance.choice(subject.stated)
    return _in_words(subject, at, chance.choice(("XX", "××", "**")))


def instruction(subject: Subject, chance: random.Random) -> Planted | None:
    """A hint of the template left in."""
    fit = _ends(subject)
    if not fit:
        return None
    words = chance.choice(("（请根据实际情况填写）", "（此处填写主要原因）", "（如无此项，请删除）"))
    return _in_words(subject, chance.choice(fit), words)


def _ends(subject: Subject) -> list[At]:
    """The places before the full stops that end a paragraph of the narrative."""
    said = {p.text for p in subject.disclosure.text if len(p.text) > 25}
    return [
        At(number, len(line.text.rstrip()) - 1, len(line.text.rstrip()) - 1)
        for number, line in lines(subject.document)
        if line.text in said and line.text.rstrip().endswith("。")
    ]


def doubled(subject: Subject, chance: random.Random) -> Planted | None:
    """A punctuation mark typed twice."""
    fit = [
        At(end.block, match.start(), match.end())
        for end in _ends(subject)
        for match in re.finditer("[，。、；](?![，。、；])", _line(subject, end))
    ]
    if not fit:
        return None
    at = chance.choice(fit)
    return _in_words(subject, at, subject.text(at) * 2)


def unpaired(subject: Subject, chance: random.Random) -> Planted | None:
    """A bracket or quotation mark left open."""
    fit = [
        (At(end.block, match.start(2), match.end(2)), At(end.block, match.start(), match.end()))
        for end in _ends(subject)
        for match in re.finditer("([（“《])[^（）“”《》]{1,20}([）”》])", _line(subject, end))
    ]
    if not fit:
        return None
    at, whole = chance.choice(fit)
    planted = _in_words(subject, at, "", (whole,))
    return Planted(planted.document, planted.places, f"{subject.text(whole)}缺后一半")


def no_stop(subject: Subject, chance: random.Random) -> Planted | None:
    """A paragraph without its full stop."""
    fit = _ends(subject)
    if not fit:
        return None
    at = chance.choice(fit)
    planted = _in_words(
        subject, At(at.block, at.start, len(_line(subject, at))), "", (At(at.block, at.start - 8, at.start),)
    )
    return Planted(planted.document, planted.places, f"{_line(subject, at)[-12:]} 删去句号")


_ORDINALS = "一二三四五六七八九十"


def numbering(subject: Subject, chance: random.Random) -> Planted | None:
    """A heading of the narrative that repeats the number of the one above it."""
    said = {p.text for p in prose(subject.disclosure)}
    heads = [
        (number, match)
        for number, line in lines(subject.document)
        if line.text in said and (match := re.match(r"\s*（?([一二三四五六七八九])[、）]", line.text))
    ]
    fit = []
    for (_, above), (number, match) in itertools.pairwise(heads):
        same_kind = ("（" in above[0]) == ("（" in match[0])
        if same_kind and _ORDINALS.index(match[1]) == _ORDINALS.index(above[1]) + 1:
            fit.append((At(number, match.start(1), match.end(1)), above[1]))
    if not fit:
        return None
    at, ordinal = chance.choice(fit)
    text = _line(subject, at)
    return _in_words(subject, at, ordinal, (At(at.block, 0, min(len(text), 12)),))


_TRADITIONAL = {"会": "會", "务": "務", "费": "費", "经": "經", "预": "預", "业": "業", "项": "項", "财": "財"}


def traditional(subject: Subject, chance: random.Random) -> Planted | None:
    """One character in its traditional form."""
    fit = [
        At(end.block, match.start(), match.end())
        for end in _ends(subject)
        for match in re.finditer("|".join(_TRADITIONAL), _line(subject, end))
    ]
    if not fit:
        return None
    at = chance.choice(fit)
    return _in_words(subject, at, _TRADITIONAL[subject.text(at)])


_MISTYPED = {
    "人员经费": "人员径费", "财政拨款": "财政拔款", "社会保障": "社会保幛", "公用经费": "公用经废", "预算支出": "预算枝出",
    "因公出国": "因工出国", "政府采购": "政府彩购", "公务接待": "公务接代", "绩效目标": "绩效目票", "主要用于": "主要用与",
}  # fmt: skip


def mistyped(subject: Subject, chance: random.Random) -> Planted | None:
    """One character of a set phrase is another one of the same sound or shape."""
    fit = [
        At(end.block, match.start(), match.end())
        for end in _ends(subject)
        for match in re.finditer("|".join(_MISTYPED), _line(subject, end))
    ]
    if not fit:
        return None
    at = chance.choice(fit)
    return _in_words(subject, at, _MISTYPED[subject.text(at)])


def path_name(subject: Subject, chance: random.Random) -> Planted | None:
    """The name of a class in 某某（类）某某（款） with one character changed."""
    fit = [
        (At(number, match.start(1), match.end(1)), match[1])
        for number, line in lines(subject.document)
        for match in re.finditer(r"([\u4e00-\u9fff]{5,20})（[款项]）", line.text)
    ]
    swaps = {"保障": "保险", "管理": "监管", "事业": "行政", "支出": "经费", "服务": "事务"}
    fit = [(at, name) for at, name in fit if any(word in name for word in swaps)]
    if not fit:
        return None
    at, name = chance.choice(fit)
    word = next(word for word in swaps if word in name)
    figure = re.compile(r"[^。；，]{0,12}?\d[\d,.]*").match(_line(subject, at), at.end)
    whole = (At(at.block, at.start, figure.end()),) if figure else ()  # the name and its figure contradict each other
    return _in_words(subject, at, name.replace(word, swaps[word], 1), whole)


def field_code(subject: Subject, chance: random.Random) -> Planted | None:
    """A field code of the word processor left in the text."""
    fit = _ends(subject)
    if not fit:
        return None
    return _in_words(subject, chance.choice(fit), chance.choice((" PAGE \\* MERGEFORMAT ", "错误！未定义书签")))


TEXT_KINDS = {
    "文字中数字录错": digit,
    "文字中单位错": unit,
    "增减方向写反": direction,
    "百分比录错": rate,
    "原因照抄上一项": reason_copied,
    "用途照抄上一项": purpose_copied,
    "漏写原因": reason_lost,
    "年份过时": year_stale,
    "写成别的单位": agency_other,
    "占位符": placeholder,
    "模板提示残留": instruction,
    "标点重复": doubled,
    "括号引号不成对": unpaired,
    "漏句号": no_stop,
    "序号重复": numbering,
    "繁体字": traditional,
    "错别字": mistyped,
    "类款项名称错": path_name,
    "域代码残留": field_code,
}
