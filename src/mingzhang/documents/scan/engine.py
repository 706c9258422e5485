"""The recogniser: pictures of text lines → characters with how sure each is; a picture of a page → where text stands.

The models are PP-OCR's, bundled with rapidocr and run by onnxruntime: nothing is downloaded. Only the networks are
theirs; the characters are decoded here, because what a digit may be besides the likeliest is needed, too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]
    Probabilities = NDArray[np.float32]

_HEIGHT = 48  # pixels: what the recogniser was trained on
_NARROWEST = 32
_WIDEST = 3_200
_LONG, _PRESSED = (
    9.0,
    0.7,
)  # a line so many times as long as high is running text: read so much narrower, as well and sooner
_BATCH = 16
_SPARE = 1.25  # how much wider than a batch's narrowest its widest may be
DETECTION_SIDE = 1_152  # pixels of the longer side: type of 8 points is still 11 pixels high
_BLANK = 0
_DIGITS = "0123456789"
_NUMERIC = _DIGITS + ".,-()%≥≤><"
_OF_NUMBERS = frozenset(_NUMERIC)
_MARKS = frozenset(".,%")
_FOLDED = str.maketrans("，．（）％－—–−≧≦", ",.()%----≥≤")
_CONSIDERED = 0.003  # probability from which another character is an alternative
_CERTAIN = 0.6  # a character of no number that is surer than this stands beside digits
_IDENTIFIER = 12  # digits in a row without a mark: no amount, and a letter among them is one
_SPECKS = frozenset(" 、。·•'`‘’:：;；")  # unless it is one that a point or a comma looks like


class MissingEngineError(Exception):
    """The optional libraries are not installed."""


@dataclass(frozen=True, slots=True)
class Character:
    """One recognised character; ``at`` is the middle of it as a share of the line's width.

    ``others`` are what it may be besides, likeliest first, with their probabilities; the empty text: it is not there.
    """

    char: str
    probability: float
    at: float
    others: tuple[tuple[str, float], ...] = ()


def available() -> bool:
    """Whether the libraries are installed; they are not loaded by asking."""
    import importlib.util

    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@functools.cache
def engine() -> Engine:
    """The recogniser, loaded once a process (about two seconds)."""
    if not available():
        raise MissingEngineError
    return Engine()


class Engine:
    """The two networks. Raises nothing of its own: what they raise is a failed page."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        whole: Any = RapidOCR(params={"Global.log_level": "critical"})
        self._detect: Any = whole._load_det_model()
        recognise: Any = whole._load_rec_model()
        self._session: Any = recognise.session
        self._alphabet: list[str] = [char.translate(_FOLDED) for char in recognise.postprocess_op.character]
        self._numeric = [number for number, char in enumerate(self._alphabet) if char in _OF_NUMBERS]

    def boxes(self, gray: Gray, side: int = DETECTION_SIDE) -> list[tuple[float, float, float, float]]:
        """Where lines of text stand: left, top, right, bottom, in pixels of the picture, which is looked at reduced to
        ``side`` pixels."""
        import cv2
        import numpy as np

        height, width = gray.shape
        scale = min(1.0, side / max(height, width))
        small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray
        found = self._detect(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR))
        if found.boxes is None:
            return []
        corners = np.asarray(found.boxes, dtype=np.float64) / scale
        boxes = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1).tolist()
        return sorted(((box[0], box[1], box[2], box[3]) for box in boxes), key=lambda box: (box[1], box[0]))

    def read(
        self, lines: Sequence[Gray], stretch: float = 1.0, soft: float = 0.0, numeric: bool = False
    ) -> list[list[Character]]:
        """The characters of each picture of one line. ``stretch`` widens the pictures: digits that touch come apart;
        ``soft`` evens them out over so many pixels of what the recogniser sees: noise and the steps of pixels vanish;
        ``numeric``: whatever is likelier, they are read as characters of numbers."""
        scaled = [_scaled(line, stretch, soft) for line in lines]
        order = sorted(range(len(lines)), key=lambda number: scaled[number].shape[1])
        result: list[list[Character]] = [[] for _ in lines]
        for batch in _batches(order, [picture.shape[1] for picture in scaled]):
            widest = max(scaled[number].shape[1] for number in batch)
            outcome = self._session(_stacked([scaled[number] for number in batch], widest))
            for number, probabilities in zip(batch, outcome, strict=True):
                share = scaled[number].shape[1] / widest
                result[number] = self._decoded(probabilities, share, numeric)
        return result

    def _decoded(self, probabilities: Probabilities, share: float, of_number: bool = False) -> list[Character]:
        """Greedy CTC decoding; of a line that is mostly digits, over the characters of numbers only."""
        if of_number:
            return list(_characters(self._forced(probabilities), _NUMERIC, share))
        best = probabilities.argmax(axis=1)
        found = probabilities.max(axis=1)
        shown = [(self._alphabet[best[n]], found[n]) for n in range(len(best)) if best[n] != _BLANK]
        numeric = sum(char in _OF_NUMBERS for char, _ in shown)
        identifies = numeric >= _IDENTIFIER and not any(char in _MARKS for char, _ in shown)
        if (
            not identifies
            and numeric >= 0.7 * max(len(shown), 1)
            and all(c in _OF_NUMBERS or c in _SPECKS or p <= _CERTAIN for c, p in shown)
        ):
            return list(_characters(self._summed(probabilities), _NUMERIC, share))
        return [
            Character(
                self._alphabet[best[first]], round(float(found[first:last].max()), 4), (first + last) / 2 / share_of
            )
            for first, last in _runs(best.tolist())
            for share_of in (share * len(best),)
        ]

    def _forced(self, probabilities: Probabilities) -> Probabilities:
        """As ``_summed``, but where anything is likelier than nothing, it is a character of numbers."""
        import numpy as np

        summed = self._summed(probabilities)
        left = 1 - summed.sum(axis=1, keepdims=True)
        of_numbers = summed[:, 1:]
        summed[:, 1:] += left * of_numbers / np.maximum(of_numbers.sum(axis=1, keepdims=True), 1e-6)
        return summed

    def _summed(self, probabilities: Probabilities) -> Probabilities:
        """Columns: blank, then the characters of numbers; full-width forms count with their plain ones."""
        import numpy as np

        summed = np.zeros((probabilities.shape[0], len(_NUMERIC) + 1), dtype=np.float32)
        summed[:, 0] = probabilities[:, _BLANK]
        for number in self._numeric:
            summed[:, _NUMERIC.index(self._alphabet[number]) + 1] += probabilities[:, number]
        return summed


def _scaled(line: Gray, stretch: float, soft: float) -> Gray:
    import cv2

    height, width = line.shape
    pressed = _PRESSED if width > _LONG * height else 1.0
    across = round(min(max(width * _HEIGHT / height * stretch * pressed, _NARROWEST), _WIDEST))
    method = cv2.INTER_AREA if height > 1.5 * _HEIGHT else cv2.INTER_CUBIC
    resized: Gray = cv2.resize(line, (across, _HEIGHT), interpolation=method)  # type: ignore[assignment]
    if soft:
        resized = cv2.GaussianBlur(resized, (0, 0), soft)  # type: ignore[assignment]
    return resized


def _batches(order: Sequence[int], widths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for number in order:
        if batch and (len(batch) == _BATCH or widths[number] > _SPARE * widths[batch[0]] + 16):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _stacked(pictures: Sequence[Gray], width: int) -> Probabilities:
    import numpy as np

    stack = np.zeros((len(pictures), 3, _HEIGHT, width), dtype=np.float32)
    for number, picture in enumerate(pictures):
        stack[number, :, :, : picture.shape[1]] = picture.astype(np.float32) / 127.5 - 1.0
    return stack


def _runs(best: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where one character holds: first step, and the one after its last."""
    first = 0
    for step in range(1, len(best) + 1):
        if step == len(best) or best[step] != best[first]:
            if best[first] != _BLANK:
                yield first, step
            first = step


def _characters(probabilities: Probabilities, alphabet: str, share: float) -> Iterator[Character]:
    """Characters with what each may be besides; a place that may hold one more has an empty character."""
    best = probabilities.argmax(axis=1).tolist()
    steps = share * len(best)
    previous_end = 0
    for first, last in [*_runs(best), (len(best), len(best))]:
        # Between two characters: one that was taken for nothing.
        if previous_end < first:
            gap = probabilities[previous_end:first, 1:]
            step, which = divmod(int(gap.argmax()), gap.shape[1])
            if gap[step, which] > _CONSIDERED:
                chance = float(gap[step, which])
                yield Character(
                    "",
                    round(1 - chance, 4),
                    (previous_end + step + 0.5) / steps,
                    ((alphabet[which], round(chance, 4)),),
                )
        if first == len(best):
            return
        peak = first + int(probabilities[first:last, best[first]].argmax())
        row = probabilities[peak]
        others = sorted(
            (
                (alphabet[n - 1] if n else "", round(float(p), 4))
                for n, p in enumerate(row)
                if p > _CONSIDERED and n != best[first]
            ),
            key=lambda other: -other[1],
        )
        yield Character(
            alphabet[best[first] - 1], round(float(row[best[first]]), 4), (first + last) / 2 / steps, tuple(others)
        )
        previous_end = last
