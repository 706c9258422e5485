"""The layout of the 检查表: a data file, validated when it is loaded."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any, get_args

from mingzhang.cube.finding import LEVELS
from mingzhang.errors import FormError

KINDS = ("agency", "address", "published", "timeliness", "section", "contents", "cover", "tables", "rest")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the form (``tables`` stands for one line a table)."""

    group: str
    kind: str
    name: str = ""
    headings: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The form: its words, the levels that fail a line or leave it open, and its lines in order."""

    title: str
    columns: tuple[str, str, str, str]
    yes: str
    no: str
    open: str
    fails: tuple[str, ...]
    doubts: tuple[str, ...]
    omits: tuple[str, ...]
    within_days: int
    items: tuple[Item, ...]


def standard_layout() -> Layout:
    """The layout that comes with the program."""
    place = resources.files("mingzhang.publication.checklist") / "data" / "checklist.toml"
    return parse_layout(place.read_text(encoding="utf-8"), "checklist.toml")


def parse_layout(text: str, name: str) -> Layout:
    """The layout in a TOML text. Raises ``FormError`` (bad-layout) with what is wrong and where."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad(name, "不是有效的 TOML 文件") from error
    items = given.pop("item", [])
    if not isinstance(items, list) or not items:
        raise _bad(name, "没有任何 [[item]]")
    known = {field.name for field in fields(Layout)} - {"items"}
    for key in given:
        if key not in known:
            raise _bad(name, f"不认识“{key}”这一项，可用的是：{'、'.join(sorted(known))}")
    if missing := known - given.keys():
        raise _bad(name, f"缺少{'、'.join(sorted(missing))}")
    for key in ("fails", "doubts", "omits"):
        if not _are_texts(given[key]) or not set(given[key]) <= set(LEVELS):
            raise _bad(name, f"{key} 只能是 {'、'.join(LEVELS)} 中的若干个")
    if not _are_texts(given["columns"]) or len(given["columns"]) != len(get_args(tuple[str, str, str, str])):
        raise _bad(name, "columns 应是四个列名")
    if type(given["within_days"]) is not int:
        raise _bad(name, "within_days 应是整数")
    if not all(isinstance(given[key], str) for key in ("title", "yes", "no", "open")):
        raise _bad(name, "title、yes、no、open 应是文字")
    try:
        given["title"].format(agency="", year="", stage="")
    except (KeyError, ValueError, IndexError) as error:
        raise _bad(name, "title 中只能用 {agency}、{year}、{stage}") from error
    told: dict[str, Any] = {key: _frozen(value) for key, value in given.items()}
    return Layout(**told, items=tuple(_item(item, position, name) for position, item in enumerate(items, start=1)))


def _item(given: Any, position: int, name: str) -> Item:
    where = f"第{position}个 [[item]]"
    known = {field.name for field in fields(Item)}
    if not isinstance(given, dict):
        raise _bad(name, f"{where}写法有误")
    for key in given:
        if key not in known:
            raise _bad(name, f"{where}中不认识“{key}”，可用的是：{'、'.join(sorted(known))}")
    if given.get("kind") not in KINDS:
        raise _bad(name, f"{where}的 kind 应是 {'、'.join(KINDS)} 之一")
    if not isinstance(given.get("group"), str) or not (given["kind"] == "tables" or isinstance(given.get("name"), str)):
        raise _bad(name, f"{where}缺少 group 或 name")
    for key in ("headings", "rules"):
        if not _are_texts(given.get(key, [])):
            raise _bad(name, f"{where}的 {key} 应是一组文字")
    if given["kind"] == "section" and not given.get("headings"):
        raise _bad(name, f"{where}是 section，应有 headings")
    told: dict[str, Any] = {key: _frozen(value) for key, value in given.items()}
    return Item(**told)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _bad(name: str, reason: str) -> FormError:
    return FormError("bad-layout", f"检查表式样“{name}”有误（{reason}），请改正后重试。")
