"""How often the forms of a PDF draw one another, counted before a library is let at them.

A form (a piece of page that is drawn by name) may draw others. Libraries draw each as often as it is asked for, some forty
levels deep: a form that draws itself twice, or forty that draw one another twice, is drawn a trillion times, and the
process with it is lost. Here nothing is drawn: forms are found in the bytes, and what each asks for is counted.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass

_LEVELS = 40  # deeper than libraries follow
_MENTIONED = re.compile(rb"/(?:F|#46)(?:o|#6[Ff])(?:r|#72)(?:m|#6[Dd])(?![\w#])")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_HEAD = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+R\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+(\d{1,9})\s+\d{1,5}\s+R\b")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")
_OF_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST, _COUNT = re.compile(rb"/First\s+(\d{1,9})\b"), re.compile(rb"/N\s+(\d{1,9})\b")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\s+\d+\s+R)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LONGEST_HEAD = 65_536  # bytes of what is told of a stream before it begins
_MOST_UNPACKED = 8 << 20  # bytes of one stream
_UNTOLD = 4  # how often a form whose content is packed in another way is taken to draw each that it names


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream object: what is told of it, and its content, packed."""

    number: int
    head: bytes
    content: memoryview


@dataclass(frozen=True, slots=True)
class _Form:
    """``drawn``: how often it asks for which name; ``None`` where that cannot be told. ``named``: name → object."""

    drawn: Counter[bytes] | None
    named: dict[bytes, frozenset[int]]
    inherits: bool  # it says nothing of what its names are: those of the page count


def drawings(data: bytes, most: int) -> int:
    """How many forms are drawn when the costliest of them is drawn once; no more than ``most`` + 1 is told."""
    if _MENTIONED.search(data) is None:
        return 0
    heads = [(int(match[1]), match.end()) for match in _HEAD.finditer(data)]
    following = [begin for _, begin in heads[1:]] + [len(data)]
    objects: dict[int, list[bytes]] = {}
    streams: list[_Stream] = []
    for (number, begin), end in zip(heads, following, strict=True):
        opened = _STREAM.search(data, begin, min(end, begin + _LONGEST_HEAD))
        head = _plain(data[begin : opened.start() if opened else min(end, begin + _LONGEST_HEAD)])
        objects.setdefault(number, []).append(head)
        if opened:
            streams.append(_Stream(number, head, _content(data, head, opened.end())))
    told = [stream for stream in streams if _FORM.search(stream.head)]
    if not told:
        return 0
    for stream in streams:
        if _OF_OBJECTS.search(stream.head):
            _unpack(stream, objects)
    numbers = frozenset(stream.number for stream in told)
    everywhere = _names([text for texts in objects.values() for text in texts], numbers)
    forms: dict[int, list[_Form]] = {}
    for stream in told:
        own = _names(_reached(stream.head, objects, numbers), numbers)
        form = _Form(_asked(stream), own, b"/Resources" not in stream.head)
        forms.setdefault(stream.number, []).append(form)
    return _costliest(forms, everywhere, most)


def _costliest(forms: dict[int, list[_Form]], everywhere: dict[bytes, frozenset[int]], most: int) -> int:
    """By levels: what drawing a form comes to if those it asks for come to what they did a level below."""
    asks: dict[int, list[list[tuple[frozenset[int], int]]]] = {}
    for number, definitions in forms.items():
        asks[number] = []
        for form in definitions:
            named = everywhere if form.inherits else form.named
            drawn = form.drawn if form.drawn is not None else Counter(dict.fromkeys(named, _UNTOLD))
            asks[number].append([(named[name], times) for name, times in drawn.items() if name in named])
    cost = dict.fromkeys(forms, 1)
    for _ in range(_LEVELS):
        deeper = {
            number: min(
                max(1 + sum(times * max(cost[n] for n in found) for found, times in asked) for asked in definitions),
                most + 1,
            )
            for number, definitions in asks.items()
        }
        if deeper == cost:
            break
        cost = deeper
    return max(cost.values(), default=0)


def _plain(text: bytes) -> bytes:
    """Names as they are meant: any character of them may be written by its number."""
    return _ESCAPED.sub(lambda match: bytes((int(match[1], 16),)), text) if b"#" in text else text


def _content(data: bytes, head: bytes, begin: int) -> memoryview:
    """What is in a stream, as long as it says it is, or until it is said to end, whichever is later."""
    length = _LENGTH.search(head)
    end = max(begin + int(length[1]) if length else begin, data.find(b"endstream", begin))
    return memoryview(data)[begin:end]


def _asked(stream: _Stream) -> Counter[bytes] | None:
    content: bytes | None = None
    if b"/Filter" not in stream.head:
        content = bytes(stream.content[:_MOST_UNPACKED])
    elif b"/DecodeParms" not in stream.head and stream.head.count(b"Decode") == stream.head.count(b"/FlateDecode") == 1:
        content = _inflated(stream.content)
    return None if content is None else Counter(match[1] for match in _DRAWN.finditer(_plain(content)))


def _inflated(packed: memoryview) -> bytes | None:
    """The content, as far as it can be had; ``None`` if there is more of it than is looked at."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, _MOST_UNPACKED)
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else content


def _unpack(stream: _Stream, objects: dict[int, list[bytes]]) -> None:
    """Adds the objects that are packed together in a stream."""
    content = _inflated(stream.content) if b"/Filter" in stream.head else bytes(stream.content)
    first, count = _FIRST.search(stream.head), _COUNT.search(stream.head)
    if content is None or first is None or count is None:
        return
    begin = int(first[1])
    places = [int(value) for value in re.findall(rb"\d{1,9}", content[:begin])[: 2 * int(count[1])]]
    offsets = [*places[1::2], len(content) - begin]
    for index, number in enumerate(places[::2]):
        if index + 1 < len(offsets):
            objects.setdefault(number, []).append(_plain(content[begin + offsets[index] : begin + offsets[index + 1]]))


def _reached(head: bytes, objects: dict[int, list[bytes]], forms: frozenset[int]) -> list[bytes]:
    """What is told of a form, and the objects that refers to (its resources, and what these refer to), no forms."""
    texts, seen, waiting = [head], set(forms), [head]
    for _ in range(2):
        following: list[bytes] = []
        for text in waiting:
            for match in _REFERENCE.finditer(text):
                number = int(match[1])
                if number not in seen:
                    seen.add(number)
                    following += objects.get(number, [])
        texts += following
        waiting = following
    return texts


def _names(texts: list[bytes], forms: frozenset[int]) -> dict[bytes, frozenset[int]]:
    found: dict[bytes, set[int]] = {}
    for text in texts:
        for match in _NAMED.finditer(text):
            if int(match[2]) in forms:
                found.setdefault(match[1], set()).add(int(match[2]))
    return {name: frozenset(numbers) for name, numbers in found.items()}
