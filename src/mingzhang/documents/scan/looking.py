"""Lines of a page read, and read again where one look is not enough: otherwise cut out, widened, evened out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from mingzhang.cube.source import LOW_CONFIDENCE
from mingzhang.documents.scan.columns import Shape, shapes_of
from mingzhang.documents.scan.engine import Character, Engine
from mingzhang.documents.scan.identifiers import formed_alike
from mingzhang.documents.scan.lone import in_columns_of_numbers, taken_for_figures
from mingzhang.documents.scan.numbers import (
    Recognised,
    agreed,
    confidence,
    is_doubtful,
    is_figures,
    lacks_ink,
    others_like,
    taken_for,
    text_of,
)
from mingzhang.documents.scan.picture import darker_than_paper
from mingzhang.documents.scan.textlines import MARGIN, TextLine, middles, pieces_of
from mingzhang.documents.scan.typeface import Known, clearly_other, enlarged, is_alike, typeface_of
from mingzhang.documents.scan.wording import agreed_in_words, is_doubtful_in_words, with_digits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_DOUBTED = 0.9  # below it a number is held to how digits are drawn
_SIZES = 3  # of type, told apart on one page


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a line: the paper left around it (of its height), how far it is enlarged before it is cut out,
    widened, and evened out (over so many pixels of what the recogniser sees)."""

    margin: float = MARGIN
    enlarged: int = 1
    stretch: float = 1.0
    soft: float = 1.5


_FIRST = Look()
_LOOKS = (  # further ones, a few at a time
    (Look(enlarged=2, stretch=1.2, soft=2.0), Look(soft=0.0)),
    (Look(soft=2.5), Look(margin=0.35, enlarged=2, soft=2.0)),
)


class Looker:
    """The lines of one page and the picture they are cut out of; ``usual`` is how high most of them are."""

    def __init__(
        self, engine: Engine, gray: Gray, ink: Mask, lines: Sequence[TextLine], usual: float, scale: float
    ) -> None:
        self._ink, self._scale = ink, scale
        self._engine = engine
        self._pictures = {1: gray}
        self._lines = lines
        self._usual = usual
        self._pieces = [pieces_of(ink, line) for line in lines]

    def recognised(self) -> list[Recognised]:
        """Every line read once; figures that are doubtful then, again with other margins and widths."""
        first = [with_digits(characters) for characters in self._looked(_FIRST, range(len(self._lines)))]
        self._read_lone(first)
        result = [Recognised(tuple(characters)) for characters in first]
        shapes = shapes_of([text_of(characters) for characters in first], [line.column for line in self._lines])
        self._settle_figures(first, shapes, result)
        self._compare(shapes, result)
        self._settle_words(first, result)
        alike = formed_alike([recognised.characters for recognised in result])
        return [replace(recognised, characters=own) for recognised, own in zip(result, alike, strict=True)]

    def _looked(self, look: Look, chosen: Sequence[int], numeric: bool = False) -> list[list[Character]]:
        import cv2

        by = look.enlarged
        if by not in self._pictures:
            self._pictures[by] = cv2.resize(self._pictures[1], None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)  # type: ignore[assignment]
        gray = self._pictures[by]
        crops = [crop(gray, self._lines[number], self._usual, look.margin, by) for number in chosen]
        return self._engine.read(crops, look.stretch, look.soft, numeric)

    def _read_lone(self, first: list[list[Character]]) -> None:
        """Lone characters among the numbers of a column, read as what they may be of a number."""
        lone = in_columns_of_numbers(first, [line.column for line in self._lines])
        for number, characters in zip(lone, self._looked(_FIRST, lone, numeric=True) if lone else (), strict=True):
            first[number] = taken_for_figures(first[number], characters)

    def _settle_figures(
        self, first: Sequence[list[Character]], shapes: Sequence[Shape], result: list[Recognised]
    ) -> None:
        doubtful = [
            number
            for number, characters in enumerate(first)
            if is_doubtful(characters, shapes[number]) or lacks_ink(characters, self._pieces[number])
        ]
        looks = {number: [first[number]] for number in doubtful}
        for further in _LOOKS:
            for look in further if doubtful else ():
                for number, characters in zip(doubtful, self._looked(look, doubtful), strict=True):
                    looks[number].append(characters)
            for number in doubtful:
                result[number] = agreed(looks[number], self._pieces[number], shapes[number])
            # What three looks agree on needs no more of them.
            doubtful = [number for number in doubtful if confidence(result[number].characters) < LOW_CONFIDENCE]

    def _compare(self, shapes: Sequence[Shape], result: list[Recognised]) -> None:
        """Doubtful numbers held to how the digits of the page are drawn, one size of type after another."""
        known: list[Known] = []
        doubtful: list[int] = []
        for number, recognised in enumerate(result):
            if not is_figures(recognised.text):
                continue
            sure = confidence(recognised.characters)
            if sure < _DOUBTED:
                doubtful.append(number)
            elif sure >= LOW_CONFIDENCE:
                line = self._lines[number]
                ats = [c.at for c in recognised.characters if c.char]
                known.append(Known(line, recognised.text, tuple(middles(line, ats, self._usual))))
        if not doubtful or not known:
            return
        darker: Gray = darker_than_paper(self._pictures[1], self._scale)
        picture = enlarged(darker, self._ink)
        for _ in range(_SIZES):
            if not doubtful:
                return
            height = median(self._lines[number].height for number in doubtful)
            own = [number for number in doubtful if is_alike(self._lines[number].height, height)]
            doubtful = [number for number in doubtful if number not in own]
            face = typeface_of(picture, height, known)
            for number in own if face is not None else ():
                assert face is not None
                recognised, shape = result[number], shapes[number]
                others = others_like(recognised, shape)
                other = clearly_other(face, self._lines[number], recognised.text, others)
                if other is not None:
                    result[number] = taken_for(recognised, other)

    def _settle_words(self, first: Sequence[list[Character]], result: list[Recognised]) -> None:
        """Lines of text with doubtful digits among their words, read again."""
        doubtful = [number for number, characters in enumerate(first) if is_doubtful_in_words(characters)]
        looks = {number: [first[number]] for number in doubtful}
        for look in _LOOKS[0] if doubtful else ():
            for number, characters in zip(doubtful, self._looked(look, doubtful), strict=True):
                looks[number].append(with_digits(characters))
        for number in doubtful:
            result[number] = Recognised(agreed_in_words(looks[number]))


def crop(gray: Gray, line: TextLine, usual: float, share: float, enlarged: int = 1) -> Gray:
    """The picture of one line with a little paper around it, out of a page that is so many times ``enlarged``; a dash is
    shown at the height of a line."""
    height = max(line.height, 0.7 * usual)
    middle = (line.top + line.bottom) / 2
    margin = share * height
    left, top, right, bottom = line.room
    first, last = max(middle - height / 2 - margin, top), min(middle + height / 2 + margin, bottom)
    start, stop = max(line.left - 1.5 * margin, left), min(line.right + 1.5 * margin, right)
    return gray[round(first * enlarged) : round(last * enlarged), round(start * enlarged) : round(stop * enlarged)]
