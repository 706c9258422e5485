"""Values put aside while others are worked on: packed into a twentieth of the memory, unpacked when they are asked for.

A folder of three hundred disclosures has one in hand at a time. What is unpacked equals what was put aside.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
import zlib
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, ClassVar, Generic, TypeVar, cast, overload

Value = TypeVar("Value")
Held = TypeVar("Held", covariant=True)
Maker = Callable[[Any], tuple[Any, ...]]

AS_THEY_ARE = 4  # so few are not worth packing
_AT_HAND = 2


class Aside(Generic[Held]):
    """A value put aside."""

    __slots__ = ("_packed", "_value")

    def __init__(self, value: Held, *, packed: bool = False) -> None:
        self._value = None if packed else value
        self._packed = _packed(value) if packed else None

    def get(self) -> Held:
        """The value, or one that equals it."""
        if self._packed is None:
            return cast(Held, self._value)
        return cast(Held, pickle.loads(zlib.decompress(self._packed)))  # packed above, by nobody else


class Shelf:
    """Where immutable values are put aside; the first few stay as they are."""

    def __init__(self, as_they_are: int = AS_THEY_ARE) -> None:
        self._left = as_they_are

    def put(self, value: Value) -> Aside[Value]:
        """The value, put aside."""
        self._left -= 1
        return Aside(value, packed=self._left < 0)


class Values(Sequence[Held], Generic[Held]):
    """Values put aside as a sequence of them, each unpacked when it is asked for; the last two asked for are at hand."""

    def __init__(self, asides: Sequence[Aside[Held]]) -> None:
        self._asides = asides
        self._at_hand: dict[int, Held] = {}

    def __len__(self) -> int:
        return len(self._asides)

    @overload
    def __getitem__(self, number: int) -> Held: ...
    @overload
    def __getitem__(self, number: slice) -> Values[Held]: ...
    def __getitem__(self, number: int | slice) -> Held | Values[Held]:
        if isinstance(number, slice):
            return Values(self._asides[number])
        number = range(len(self))[number]
        value = self._at_hand.pop(number) if number in self._at_hand else self._asides[number].get()
        self._at_hand[number] = value
        if len(self._at_hand) > _AT_HAND:
            del self._at_hand[next(iter(self._at_hand))]
        return value


class _Makers(dict[type, Maker]):
    """How values of a class are made again, found once a class: a dataclass by its fields, a named tuple by its items.

    What pickle itself does with a dataclass that has slots takes five times as long.
    """

    def __missing__(self, kind: type) -> Maker:
        if dataclasses.is_dataclass(kind):
            names = [each.name for each in dataclasses.fields(kind)]
            values = attrgetter(*names)
            maker: Maker = lambda value: (kind, values(value) if len(names) > 1 else (values(value),))  # noqa: E731
        elif issubclass(kind, tuple) and kind is not tuple:
            maker = lambda value: (kind, tuple(value))  # noqa: E731
        else:
            raise KeyError(kind)
        self[kind] = maker
        return maker


class _Packer(pickle.Pickler):
    dispatch_table: ClassVar[_Makers] = _Makers()  # type: ignore[misc]


def _packed(value: object) -> bytes:
    stream = io.BytesIO()
    _Packer(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return zlib.compress(stream.getvalue(), 1)
