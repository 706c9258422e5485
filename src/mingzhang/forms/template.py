"""The words of a form: templates with placeholders, filled to print and loosened to recognise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

PLACEHOLDERS: dict[str, str] = {
    "year": r"\d{4}",  # the disclosure's own year
    "last_year": r"\d{4}",
    "agency": ".+",  # the agency's full name
    "place": ".*",  # the area whose departments publish
    "body": ".{2}",  # 部门 or 单位
    "level": "",  # one of the form set's level words
}
"""The placeholders a template may name, and what may stand in their place."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_QUOTES = re.compile("[\"'“”‘’«»《》〈〉「」『』＂＇]")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text for comparing: NFKC, without white space and quotation marks."""
    folded = unicodedata.normalize("NFKC", _QUOTES.sub("", text))
    return "".join(_QUOTES.sub("", folded).split())


def placeholders(template: str) -> list[str]:
    """The names between braces, in order; a stray brace yields itself, so that it is never a known name."""
    found = _PLACEHOLDER.findall(template)
    rest = _PLACEHOLDER.sub("", template)
    return found + [brace for brace in "{}" if brace in rest]


def fill(template: str, values: Mapping[str, object]) -> str:
    """The template with every placeholder replaced; a placeholder without a value is a ``KeyError``."""
    return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), template)


def core(template: str) -> str:
    """The words that tell a title from others: what follows its last placeholder, plain, a leading 年 dropped."""
    last = re.split(r"\{[^{}]*\}", template)[-1]
    words = plain(last)
    return re.sub(r"^年度?", "", words) if "{" in template else words


def matches(template: str, text: str, level_words: Iterable[str] = ()) -> bool:
    """Whether ``text`` can be the template filled in, brackets and white space aside."""
    return _pattern(template, tuple(level_words)).fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    return re.sub(r"[()\[\]【】]", "", plain(text))


@lru_cache(maxsize=4096)
def _pattern(template: str, level_words: tuple[str, ...]) -> re.Pattern[str]:
    parts = re.split(r"\{([^{}]*)\}", template)
    level = "(?:" + "|".join(re.escape(plain(word)) for word in level_words) + ")" if level_words else ".{2}"
    written = [
        (level if part == "level" else PLACEHOLDERS[part]) if index % 2 else re.escape(_bare(part))
        for index, part in enumerate(parts)
    ]
    return re.compile("".join(written))
