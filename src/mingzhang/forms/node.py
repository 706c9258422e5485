"""One table of a TOML file, read key by key; every mistake becomes a FormError that says where and what was meant."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from mingzhang.errors import FormError
from mingzhang.forms.locate import Step, line_of
from mingzhang.forms.template import PLACEHOLDERS, placeholders

_TYPE_NAMES = {str: "文字", bool: "true 或 false", int: "整数", list: "列表", dict: "表（{ … }）"}
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_FEW = 12


def suggestion(found: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: the one probably meant, or the words that may stand there."""
    options = sorted(known)
    near = difflib.get_close_matches(found, options, n=3, cutoff=0.6)
    if near:
        # Letters in the wrong order are the commonest slip: coed is code, not core.
        meant = next((option for option in near if sorted(option) == sorted(found)), near[0])
        return f"，是否想写“{meant}”？"
    if 0 < len(options) <= _FEW:
        return f"，可以写：{'、'.join(options)}"
    return ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that is being read."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A TOML table with its path in the file and the same place in words (``trail``)."""

    origin: Origin
    data: Mapping[str, Any]
    path: tuple[Step, ...] = ()
    trail: tuple[str, ...] = ()

    def fail(self, code: str, what: str, *at: Step) -> NoReturn:
        """Raise the FormError ``form-<code>``: file, line, trail, what was found and what was probably meant."""
        line = line_of(self.origin.text, (*self.path, *at))
        where = self.origin.name + (f" 第{line}行" if line is not None else "")
        trail = [*self.trail, *(str(step) for step in at if isinstance(step, str))]
        if trail:
            where += f"（{'，'.join(trail)}）"
        raise FormError(f"form-{code}", f"{where}：{what}")

    def named(self, *words: str) -> Node:
        """The same node with more words to its trail."""
        return Node(self.origin, self.data, self.path, (*self.trail, *words))

    def only(self, allowed: Sequence[str], owner: str = "") -> None:
        """Refuse every key that is not ``allowed`` here."""
        for key in self.data:
            if key not in allowed:
                what = f"{owner}没有“{key}”这一项" if owner else f"未知的键“{key}”"
                self.fail("unknown-key", what + suggestion(key, allowed), key)

    def has(self, key: str) -> bool:
        return key in self.data

    def _value(self, key: str, kind: type) -> Any:
        if key not in self.data:
            self.fail("missing-key", f"缺少“{key}”（应为{_TYPE_NAMES[kind]}）")
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fail("type", f"“{key}”应为{_TYPE_NAMES[kind]}，实为 {value!r}", key)
        return value

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value: str = self._value(key, str)
        if not value.strip():
            self.fail("missing-key", f"“{key}”不能为空", key)
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def flag(self, key: str, default: bool) -> bool:
        return bool(self._value(key, bool)) if self.has(key) else default

    def integer(self, key: str) -> int | None:
        return int(self._value(key, int)) if self.has(key) else None

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts; a lone text stands for a list of one."""
        if not required and not self.has(key):
            return ()
        if isinstance(self.data.get(key), str):
            return (self.text(key),)
        values = self._value(key, list)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                self.fail("type", f"“{key}”的每一项应为非空文字，实为 {value!r}", key)
        if required and not values:
            self.fail("missing-key", f"“{key}”不能为空", key)
        return tuple(values)

    def templates(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Texts whose placeholders are all known."""
        found = self.texts(key, required=required)
        for template in found:
            for name in placeholders(template):
                if name not in PLACEHOLDERS:
                    what = f"“{template}”里未知的占位符“{name}”"
                    self.fail("placeholder", what + suggestion(name, PLACEHOLDERS), key)
        return found

    def template(self, key: str, default: str | None = None) -> str | None:
        if not self.has(key):
            return default
        self.text(key)
        return self.templates(key)[0]

    def choice(self, key: str, options: Sequence[str], code: str, noun: str) -> str:
        value = self.text(key)
        if value not in options:
            self.fail(code, f"未知的{noun}“{value}”" + suggestion(value, options), key)
        return value

    def child(self, key: str, *words: str) -> Node:
        return Node(self.origin, self._value(key, dict), (*self.path, key), (*self.trail, *words))

    def children(self, key: str, noun: str) -> list[Node]:
        """The tables of a list of tables, named 第1列, 第2列 … after ``noun``; none where the key is absent."""
        if not self.has(key):
            return []
        values = self._value(key, list)
        for index, value in enumerate(values):
            if not isinstance(value, dict):
                self.fail("type", f"“{key}”的第{index + 1}项应为表（{{ … }}），实为 {value!r}", key, index)
        return [
            Node(self.origin, value, (*self.path, key, index), (*self.trail, f"第{index + 1}{noun}"))
            for index, value in enumerate(values)
        ]


def read_toml(path: Path) -> Node:
    """The whole file as a node; ``FormError`` where it cannot be read or is not TOML."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise FormError("form-unreadable", f"{path}：读不到这个表样文件（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise FormError("form-unreadable", f"{path.name}：不是 UTF-8 编码的文本，请另存为 UTF-8") from error
    try:
        return Node(Origin(path.name, text), tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise FormError("form-syntax", _syntax(path.name, text, str(error))) from error


def _syntax(name: str, text: str, reason: str) -> str:
    match = _AT_LINE.search(reason)
    if match is None:
        return f"{name} 末尾：不合 TOML 写法，可能少了引号或括号（{reason}）"
    line, column = int(match[1]), int(match[2])
    written = text.splitlines()[line - 1].strip() if line <= len(text.splitlines()) else ""
    return f"{name} 第{line}行第{column}列：不合 TOML 写法，此行是“{written}”（{_AT_LINE.sub('', reason).strip()}）"
