"""Which characters are taken for one another: of one sound (typed by sound) or of nearly one shape (read by eye)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"
_SHORTEST_PHRASE = 4
# Both are right in many places; the sentence decides, not the word.
_FREE = "的地得他她它在再和与于以已一又由及即其做作这是为位"


@cache
def same_sound() -> dict[str, frozenset[str]]:
    """A character → the common characters of its syllable, but for those that grammar alone tells apart."""
    return _groups(line.split()[1] for line in (_FOLDER / "homophones.txt").read_text(encoding="utf-8").splitlines())


@cache
def same_shape() -> dict[str, frozenset[str]]:
    """A character → those that are nearly drawn like it."""
    return _groups((_FOLDER / "lookalikes.txt").read_text(encoding="utf-8").split(), free="")


def _groups(groups: Iterable[str], free: str = _FREE) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        kept = [sign for sign in group if sign not in free]
        for sign in kept:
            found[sign].update(kept)
    return {sign: frozenset(others - {sign}) for sign, others in found.items()}


@cache
def _every() -> dict[str, frozenset[str]]:
    lines = (_FOLDER / "homophones.txt").read_text(encoding="utf-8").splitlines()
    sounds = _groups((line.split()[1] for line in lines), free="")
    return {sign: others | same_shape().get(sign, frozenset()) for sign, others in sounds.items()}


def alike_anywhere(sign: str) -> frozenset[str]:
    """The characters of one sound or shape with it, those too that only grammar tells apart: for set phrases."""
    return _every().get(sign, frozenset())


def is_common(sign: str) -> bool:
    """Whether it is among the 3,755 characters of the first level of GB 2312."""
    return sign in _every()


@cache
def usual_phrases() -> dict[str, tuple[tuple[str, int], ...]]:
    """Set phrases of four characters or more, by the two characters that begin each half, with the place of these.

    A phrase with one character changed keeps one of its halves.
    """
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for phrase in (_FOLDER / "usual_phrases.txt").read_text(encoding="utf-8").split():
        if len(phrase) >= _SHORTEST_PHRASE:
            for offset in (0, len(phrase) // 2):
                found[phrase[offset : offset + 2]].append((phrase, offset))
    return {start: tuple(phrases) for start, phrases in found.items()}
