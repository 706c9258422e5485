"""Wrong characters: a word seen once that is one or two characters of the same sound or shape away from the usual.

The usual is what the document itself, or the classification, writes elsewhere; and the set phrases of the field
(``data/usual_phrases.txt``), of which a rare character, or one of the same sound or shape, makes a slip at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, pairwise

from mingzhang.classification import Dimension, entries
from mingzhang.cube import Disclosure, Paragraph
from mingzhang.cube.finding import Finding
from mingzhang.rules.confusable import alike_anywhere, is_common, same_shape, same_sound, usual_phrases
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule

_CLASSIFIED: tuple[Dimension, ...] = ("function", "object")
_WINDOW, _CONTEXT, _USUAL, _AROUND = 4, 6, 3, 6


@dataclass(slots=True)
class _Vocabulary:
    """Words of some texts: how often two characters stand together, which four ever do, what stands before which six."""

    texts: dict[str, None]
    pairs: Counter[str]
    fours: set[str]
    following: dict[str, list[tuple[str, int]]]
    also: _Vocabulary | None = None  # what was taken in whole; its places are not copied
    counted: Counter[str] | None = None

    @property
    def threes(self) -> Counter[str]:
        """How often three characters stand together in the document's own texts; counted when first asked for."""
        if self.counted is None:
            self.counted = Counter(chain.from_iterable(map("".join, _triples(text)) for text in self.texts))
        return self.counted

    def before(self, words: str) -> Iterator[tuple[str, int]]:
        """The first few texts in which some words stand, and where: the document's own, then the classification's."""
        own = self.following.get(words, ())
        yield from own
        if self.also is not None and len(own) < _USUAL:
            known = (place for place in self.also.following.get(words, ()) if place[0] not in self.texts)
            yield from islice(known, _USUAL - len(own))


def _triples(text: str) -> Iterator[tuple[str, str, str]]:
    return zip(text, text[1:], text[2:], strict=False)


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Single and double substitutions that the rest of the document, or the classification, writes otherwise."""
    paragraphs = prose(disclosure)
    words = _vocabulary(_texts(disclosure, paragraphs), _classified())
    seen: set[str] = set()
    for paragraph in paragraphs:
        if paragraph.text in seen:
            continue
        seen.add(paragraph.text)
        wrong = {start: (end, expected) for start, end, expected in _misspelt(paragraph.text, words)}
        wrong |= {start: (end, expected) for start, end, expected in _wrong(paragraph.text, words)}
        for start, (end, expected) in sorted(wrong.items()):
            yield _finding(paragraph, start, end, expected)


def _texts(disclosure: Disclosure, paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    yield from (paragraph.text for paragraph in paragraphs)
    if disclosure.agency:
        yield disclosure.agency
    for table in disclosure.tables:
        yield from (text for row in table.rows for text in row.texts if text and not text[0].isdigit())


@cache
def _classified() -> _Vocabulary:
    """The words of the classification."""
    return _vocabulary(entry.name for name in _CLASSIFIED for entry in entries(name) if entry.can_accuse)


def _vocabulary(texts: Iterable[str], known: _Vocabulary | None = None) -> _Vocabulary:
    """The words of some texts, together with those already ``known``; each text counts once."""
    own = dict.fromkeys(texts)
    fresh = [text for text in own if known is None or text not in known.texts]
    pairs: Counter[str] = Counter(known.pairs if known is not None else ())
    pairs.update(chain.from_iterable(map(str.__add__, text, text[1:]) for text in fresh))
    fours = set(known.fours if known is not None else ())
    for text in fresh:
        fours.update([text[at : at + _WINDOW] for at in range(len(text) - _WINDOW + 1)])
    following: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    most = _USUAL if known is not None else None
    for text in own:
        for at in range(3, len(text) - _CONTEXT + 1):
            places = following[text[at : at + _CONTEXT]]
            if most is None or len(places) < most:
                places.append((text, at))
    return _Vocabulary(own, pairs, fours, following, known)


def _misspelt(text: str, words: _Vocabulary) -> Iterator[tuple[int, int, str]]:
    """Set phrases with one character that is rare, or of the same sound or shape, and stands like that nowhere else."""
    for at in range(len(text) - 1):
        for phrase, offset in usual_phrases().get(text[at : at + 2], ()):
            yield from _slip(text, at - offset, phrase, words)


def _slip(text: str, start: int, phrase: str, words: _Vocabulary) -> Iterator[tuple[int, int, str]]:
    found = text[start : start + len(phrase)] if start >= 0 else ""
    if len(found) != len(phrase) or not _is_han(found):
        return
    unlike = [at for at, (one, other) in enumerate(zip(found, phrase, strict=True)) if one != other]
    if len(unlike) != 1:
        return
    at = unlike[0]
    sign = found[at]
    alike = sign in alike_anywhere(phrase[at])
    pairs = [found[max(at - 1, 0) : at + 1], found[at : at + 2]]
    usual = any(len(pair) == 2 and words.pairs[pair] > 1 for pair in pairs)
    if usual and not (alike and _stands_alone(found, at, words)):
        return
    if alike or not is_common(sign):
        yield start + at, start + at + 1, phrase[at]


def _stands_alone(found: str, at: int, words: _Vocabulary) -> bool:
    """Whether the character stands with two others of the phrase nowhere else: 使用与 is usual, 要用与 is not."""
    threes = {found[start : start + 3] for start in range(max(at - 2, 0), min(at, len(found) - 3) + 1)}
    return bool(threes) and all(words.threes[three] <= 1 for three in threes)


def _wrong(text: str, words: _Vocabulary) -> Iterator[tuple[int, int, str]]:
    # What stands here alone, with the character before it and with the one behind it.
    rare = [words.pairs[pair] == 1 for pair in map(str.__add__, text, text[1:])]
    begin = 1
    for at, (before, after) in enumerate(pairwise(rare), start=1):
        if before and after and at >= begin and _is_han(text[at - 1 : at + 2]):
            expected = _one(text, at, words) or _two(text, at, words)
            if expected is not None:
                yield at, at + len(expected), expected
                begin = at + len(expected)


def _is_han(text: str) -> bool:
    return all("\u4e00" <= sign <= "\u9fff" for sign in text)


def _one(text: str, at: int, words: _Vocabulary) -> str | None:
    before, sign, after = text[at - 1], text[at], text[at + 1]
    for other in sorted(same_shape().get(sign, ())):
        if max(words.pairs[other + after], words.pairs[before + other]) >= _USUAL:
            return other
    for other in sorted(same_sound().get(sign, ())):
        usual = words.pairs[before + other], words.pairs[other + after]
        if min(usual) and sum(usual) >= _USUAL and _stands(text, at, other, words):
            return other
    return None


def _stands(text: str, at: int, other: str, words: _Vocabulary) -> bool:
    """Whether four characters with the other sign in this one's place, within the words around it, stand elsewhere."""
    changed = text[:at][-3:] + other + text[at + 1 : at + 4]
    return any(
        _is_han(four) and four in words.fours and other in four
        for four in (changed[start : start + _WINDOW] for start in range(len(changed) - _WINDOW + 1))
    )


def _two(text: str, at: int, words: _Vocabulary) -> str | None:
    """Two characters in a row, where the same words before and after stand elsewhere with others of their sounds."""
    if words.pairs[text[at + 1 : at + 3]] != 1:
        return None
    for other, place in words.before(text[at + 2 : at + 2 + _CONTEXT]):
        pair = other[place - 2 : place]
        if (
            other[place - 3] == text[at - 1]
            and _alike(text[at], pair[0])
            and _alike(text[at + 1], pair[1])
            and words.pairs[pair] > 1
        ):
            return pair
    return None


def _alike(sign: str, other: str) -> bool:
    return sign != other and other in (_all_of(sign))


def _all_of(sign: str) -> frozenset[str]:
    return same_sound().get(sign, frozenset()) | same_shape().get(sign, frozenset())


def _finding(paragraph: Paragraph, start: int, end: int, expected: str) -> Finding:
    text = paragraph.text
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Finding(
        rule="wrong-character",
        level="style",
        message=f"“{before}{text[start:end]}{after}”中的“{text[start:end]}”疑为“{expected}”之误，应为“{before}{expected}{after}”。",
        key=(before + text[start:end] + after,),
        places=(paragraph.at(max(0, start - 1), min(len(text), end + 1)),),
        reported=text[start:end],
        expected=expected,
    )


RULES = (
    Rule(
        id="wrong-character",
        title="没有音近、形近的错字",
        sentence="用字应当正确；同一词语在文件各处写法一致。",
        basis="惯例：《中华人民共和国国家通用语言文字法》要求公文使用规范汉字；别处的写法是文件自身的。",
        why="音近、形近的错字多由输入法造成，校对时不易看出。",
        how_to_fix="改正错字。",
        example="“征收集体士地房屋”中的“士”应为“土”；“社区事物受理”中的“物”应为“务”。",
        levels=("style",),
        check=check,
    ),
)
