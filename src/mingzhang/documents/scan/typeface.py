"""How the digits of one page are drawn, learnt from those that were surely read, to tell apart what the recogniser cannot.

Of small type that is blurred, with noise, the recogniser takes a 5 for a 6. But a page prints its digits a hundred times,
and the mean of twenty pictures of a 5 has no noise: held to the means, one that is doubtful is seldom doubtful any more.
Only readings that the recogniser itself considered are compared, and only if the means tell surely read numbers rightly.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mingzhang.documents.scan.textlines import TextLine

    Picture = NDArray[np.float32]

_TIMES = 2  # as large as scanned: places between pixels count
_MARKS = ".,"
_KINDS = ("dd", "dm", "md", "mm")  # what stands beside what: digits, marks
_FEWEST_LINES = 6
_MOST_LINES = 120
_FEWEST, _MOST = 3, 60  # pictures of a character that make its mean
_ROUNDS = 3
_ALIKE = 0.2  # of the height: lines of one size of type
_EDGE = 0.2  # of a pitch: over so much the weight of a picture falls off to its sides
_SLIP = 0.05  # what a place that is off by a pixel costs
_PAD = 6  # pixels around a picture, in which its best place is looked for
_TELLS = 0.9  # the share of surely read characters that means must tell rightly to tell anything
_ASKED = 40  # surely read lines that are asked for that
_CLEARLY = (
    4.0  # how much better another reading must fit: the square of a full black pixel, a hundred grey levels, is 1
)
_GREY = 100.0


@dataclass(frozen=True, slots=True)
class Known:
    """A line whose text is known, with the middles of its characters as the recogniser gives them, in pixels."""

    line: TextLine
    text: str
    middles: tuple[float, ...]


@dataclass(slots=True)
class Typeface:
    """The mean pictures of characters of one size, and how far apart they stand."""

    picture: Picture
    height: float
    steps: dict[str, float]
    shifts: dict[str, float] = field(default_factory=dict)
    means: dict[str, Picture] = field(default_factory=dict)
    size: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        # High and wide, both odd; they stay, whatever is found of the steps.
        self.size = round(self.height * _TIMES * 1.35) | 1, math.ceil(self.steps["dd"] * 1.25) | 1

    def _weights(self, char: str) -> Picture:
        """What of a picture counts: the character's own room, not what stands beside it."""
        import numpy as np

        high, wide = self.size
        pitch = self.steps["dd"]
        room = min(max(self.steps["dm"] + self.steps["md"] - pitch, 0.3 * pitch), 1.1 * pitch)
        own = room if char in _MARKS else pitch
        off = np.abs(np.arange(wide) - wide // 2)
        row = np.clip((own / 2 - off) / max(_EDGE * wide, 1.0) + 0.5, 0, 1).astype(np.float32)
        return np.repeat(row[None], high, axis=0)

    def step(self, first: str, second: str) -> float:
        return self.steps[_kind(first, second)] + self.shifts.get(second, 0.0) - self.shifts.get(first, 0.0)

    def fit(self, line: TextLine, texts: Iterable[str]) -> dict[str, float]:
        """How much better each text explains the ink of a line than none does, in squares of hundred grey levels."""
        fits = self._fits(line)[0]
        return {text: placed[0] for text in texts if (placed := self._placed(fits, text)) is not None}

    def told(self, line: TextLine, text: str) -> str:
        """What the means take each digit of a text for, at its place."""
        fits = self._fits(line)[0]
        placed = self._placed(fits, text)
        if placed is None:
            return text
        _, row, places = placed
        rows = slice(max(row - 1, 0), row + 2)
        digits = [char for char in fits if char.isdigit()]
        return "".join(
            max(digits, key=lambda digit: float(fits[digit][rows, max(at - 1, 0) : at + 2].max()))
            if char.isdigit()
            else char
            for char, at in zip(text, places, strict=True)
        )

    def learn(self, known: Sequence[Known]) -> None:
        """Means, and how far apart characters stand, from lines whose text is known; each round from better places."""
        places = [self._expected(item) for item in known]
        for turn in range(_ROUNDS):
            self._average(known, places, 1 if turn else 3)
            kept: list[Known] = []
            placed: list[list[tuple[float, float]]] = []
            for item in known:
                fits, left, top = self._fits(item.line)
                found = self._placed(fits, item.text)
                if found is not None:
                    kept.append(item)
                    placed.append([(left + at, float(top + found[1])) for at in found[2]])
            if not kept:
                return
            known, places = kept, placed
            self._measure(known, places)

    def _expected(self, item: Known) -> list[tuple[float, float]]:
        """Where characters stand by the usual steps between them, about the middle of their ink."""
        at = [0.0]
        for first, second in pairwise(item.text):
            at.append(at[-1] + self.step(first, second))
        line = item.line
        middle = (line.left + line.right - 1) / 2 * _TIMES + 0.5 - at[-1] / 2
        return [(place + middle, (line.top + line.bottom - 1) / 2 * _TIMES + 0.5) for place in at]

    def _average(self, known: Sequence[Known], places: Sequence[list[tuple[float, float]]], reach: int) -> None:
        import cv2

        high, wide = self.size
        pictures: dict[str, list[Picture]] = defaultdict(list)
        for item, own in zip(known, places, strict=True):
            for char, place in zip(item.text, own, strict=True):
                if len(pictures[char]) < _MOST:
                    cut = cv2.getRectSubPix(self.picture, (wide + 2 * _PAD, high + 2 * _PAD), place)
                    pictures[char].append(cut)  # type: ignore[arg-type]
        self.means = {
            char: self._mean(own, self._weights(char), reach)
            for char, own in sorted(pictures.items())
            if len(own) >= _FEWEST
        }

    def _mean(self, pictures: Sequence[Picture], weights: Picture, reach: int) -> Picture:
        """The mean of pictures, each moved to where it is likest the mean of all; the mean itself stays."""
        import cv2
        import numpy as np

        high, wide = weights.shape
        moves = np.zeros((len(pictures), 2), dtype=np.int64)  # down, right
        for _ in range(_ROUNDS):
            mean = self._moved(pictures, moves, high, wide)
            for number, picture in enumerate(pictures):
                window = picture[_PAD - 3 : _PAD + high + 3, _PAD - reach : _PAD + wide + reach]
                unlike = cv2.matchTemplate(window, mean, cv2.TM_SQDIFF, mask=weights)
                down, right = divmod(int(unlike.argmin()), unlike.shape[1])
                moves[number] = down - 3, right - reach
            moves = np.clip(moves - np.round(moves.mean(axis=0)).astype(np.int64), -_PAD, _PAD)
        return self._moved(pictures, moves, high, wide)

    @staticmethod
    def _moved(pictures: Sequence[Picture], moves: NDArray[np.int64], high: int, wide: int) -> Picture:
        import numpy as np

        cut = [
            picture[_PAD + down : _PAD + down + high, _PAD + right : _PAD + right + wide]
            for picture, (down, right) in zip(pictures, moves.tolist(), strict=True)
        ]
        mean: Picture = np.mean(cut, axis=0, dtype=np.float32)
        return mean

    def _measure(self, known: Sequence[Known], places: Sequence[list[tuple[float, float]]]) -> None:
        """The steps between characters of each kind, and how far each is off to its side, by least squares."""
        import numpy as np

        chars = sorted(self.means)
        column = {char: len(_KINDS) + number for number, char in enumerate(chars)}
        rows: list[NDArray[np.float64]] = []
        steps: list[float] = []
        for item, own in zip(known, places, strict=True):
            for (first, second), ((left, _), (right, _)) in zip(pairwise(item.text), pairwise(own), strict=True):
                row = np.zeros(len(_KINDS) + len(chars))
                row[_KINDS.index(_kind(first, second))] = 1
                row[column[second]] += 1
                row[column[first]] -= 1
                rows.append(row)
                steps.append(right - left)
        before = [0.5 * self.steps[kind] for kind in _KINDS]
        held = np.eye(len(_KINDS) + len(chars))  # what nothing tells stays as it was
        held[: len(_KINDS)] *= 0.5
        found = np.linalg.lstsq(np.array([*rows, *held]), np.array([*steps, *before, *(0.0 for _ in chars)]))[0]
        self.steps = {kind: float(value) for kind, value in zip(_KINDS, found, strict=False)}
        self.shifts = {char: float(found[column[char]]) for char in chars}

    def _fits(self, line: TextLine) -> tuple[dict[str, Picture], int, int]:
        """How much each character explains at each place of a line; where the first place is."""
        import cv2
        import numpy as np

        high, wide = self.size
        pitch = self.steps["dd"]
        left = max(int(line.left * _TIMES - 0.2 * pitch), wide // 2)
        right = min(int(line.right * _TIMES + 0.2 * pitch), self.picture.shape[1] - wide // 2 - 2)
        top = max(round((line.top + line.bottom - 1) / 2 * _TIMES + 0.5) - 3, high // 2)
        band = self.picture[top - high // 2 : top + high // 2 + 7, left - wide // 2 : right + wide // 2 + 1]
        if band.shape[0] < high or band.shape[1] < wide:
            return {}, left, top
        fits: dict[str, Picture] = {}
        for char, mean in self.means.items():
            weighted = self._weights(char) * mean
            found = 2 * cv2.matchTemplate(band, weighted, cv2.TM_CCORR) - float((weighted * mean).sum())
            fits[char] = found.astype(np.float32)
        return fits, left, top

    def _placed(self, fits: dict[str, Picture], text: str) -> tuple[float, int, list[int]] | None:
        """The best places of the characters of a text: how much they explain, the row, the columns."""
        import numpy as np

        if not text or any(char not in fits for char in text):
            return None
        total = fits[text[0]]
        backs: list[NDArray[np.int64]] = []
        for first, second in pairwise(text):
            step = self.step(first, second)
            best = np.full_like(total, -1e9)
            back = np.zeros(total.shape, dtype=np.int64)
            for by in range(int(np.floor(step)) - 1, int(np.ceil(step)) + 2):
                if not 0 < by < total.shape[1]:
                    continue
                moved = np.full_like(total, -1e9)
                moved[:, by:] = total[:, :-by] - _SLIP * (by - step) ** 2
                better = moved > best
                best[better] = moved[better]
                back[better] = by
            backs.append(back)
            total = best + fits[second]
        row, at = divmod(int(total.argmax()), total.shape[1])
        places = [at]
        for back in reversed(backs):
            places.append(places[-1] - int(back[row, places[-1]]))
        return float(total[row, at]), row, places[::-1]


def enlarged(darker: NDArray[np.uint8], ink: NDArray[np.bool_]) -> Picture:
    """How dark a page is, of what is type, as means are made of it."""
    import cv2
    import numpy as np

    near = cv2.dilate(ink.astype(np.uint8), np.ones((3, 3), np.uint8))
    dark = darker.astype(np.float32) / _GREY * near
    picture: Picture = cv2.resize(dark, None, fx=_TIMES, fy=_TIMES, interpolation=cv2.INTER_CUBIC)  # type: ignore[assignment]
    return picture


def typeface_of(picture: Picture, height: float, known: Sequence[Known]) -> Typeface | None:
    """How the digits of lines about so high (in pixels of the scan) are drawn; ``None`` if too little of it is known, or
    if it does not tell what is."""
    own = [item for item in known if is_alike(item.line.height, height) and _is_plain(item.text)][:_MOST_LINES]
    steps: dict[str, list[float]] = {kind: [] for kind in _KINDS}
    for item in own:
        for (first, second), (left, right) in zip(pairwise(item.text), pairwise(item.middles), strict=True):
            steps[_kind(first, second)].append((right - left) * _TIMES)
    if len(own) < _FEWEST_LINES or len(steps["dd"]) < _FEWEST_LINES:
        return None
    pitch = fmean(steps["dd"])
    usual = {"dd": pitch, "dm": 0.75 * pitch, "md": 0.75 * pitch, "mm": pitch}
    face = Typeface(
        picture,
        height,
        {kind: fmean(found) if len(found) >= _FEWEST else usual[kind] for kind, found in steps.items()},
    )
    face.learn(own)
    right = total = 0
    for item in own[:: max(len(own) // _ASKED, 1)]:
        told = face.told(item.line, item.text)
        total += len(told)
        right += sum(one == other for one, other in zip(told, item.text, strict=True))
    return face if right >= _TELLS * total else None


def clearly_other(face: Typeface, line: TextLine, text: str, others: Sequence[str]) -> str | None:
    """The one of ``others`` that is drawn as the line is, clearly more than ``text``."""
    fits = face.fit(line, [text, *others])
    if text not in fits:
        return None
    best = max(fits, key=lambda one: fits[one])
    return best if fits[best] >= fits[text] + _CLEARLY else None


def is_alike(height: float, other: float) -> bool:
    return abs(height - other) <= _ALIKE * other


def _is_plain(text: str) -> bool:
    return len(text) > 1 and all(char.isdigit() or char in _MARKS for char in text)


def _kind(first: str, second: str) -> str:
    return ("d" if first.isdigit() else "m") + ("d" if second.isdigit() else "m")
