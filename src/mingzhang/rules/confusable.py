"""Which characters are taken for one another: of one sound (typed by sound) or of nearly one shape (read by eye)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"
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
