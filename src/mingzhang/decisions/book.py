"""The file of decisions beside a document: its form, its checks, and one writer at a time."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from mingzhang.cube.decision import RULINGS, Decision
from mingzhang.cube.finding import LEVELS, Finding
from mingzhang.errors import UnreadableError, UsageError

_SUFFIX = ".decisions.json"
_FORMAT = "mingzhang-decisions"
_VERSION = 1
_PATIENCE = 5.0  # seconds for another writer to finish
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as it was when the decisions were last written, with the titles of the tables that it concerned."""

    finding: Finding
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The decisions on one document, oldest first, and what was found (``seen``) in which bytes of it (``sha256``)."""

    document: str
    sha256: str = ""
    decisions: tuple[Decision, ...] = ()
    seen: tuple[Seen, ...] = ()


def book_place(document: str) -> str:
    """预算.pdf → 预算.pdf.decisions.json."""
    return document + _SUFFIX


def is_book(name: str) -> bool:
    return name.endswith(_SUFFIX)


def load_book(document: str) -> Book:
    """The decisions beside a document; an empty book where there are none.

    Raises ``UnreadableError`` (damaged-decisions, no-permission).
    """
    place = book_place(document)
    try:
        text = Path(place).read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Book(Path(document).name)
    except UnicodeDecodeError as error:
        raise _damaged(place, "不是 UTF-8 文字") from error
    except OSError as error:
        raise UnreadableError(
            "no-permission", f"无法读取处理意见“{place}”（{error.strerror}），请检查权限。"
        ) from error
    return parse_book(text, place)


def parse_book(text: str, place: str) -> Book:
    """The book in a text; whatever does not fit is refused, never dropped."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise _damaged(place, "不是有效的 JSON") from error
    if not isinstance(given, dict) or given.get("format") != _FORMAT:
        raise _damaged(place, "不是明账的处理意见文件")
    if given.get("version") != _VERSION:
        raise _damaged(place, f"版本是 {given.get('version')}，本程序只认识 {_VERSION}")
    decisions = given.get("decisions")
    seen = given.get("seen", [])
    if not isinstance(decisions, list) or not isinstance(seen, list):
        raise _damaged(place, "decisions、seen 应是列表")
    return Book(
        _text(given, "document", place),
        _text(given, "sha256", place),
        tuple(_decision(item, number, place) for number, item in enumerate(decisions, start=1)),
        tuple(_seen(item, number, place) for number, item in enumerate(seen, start=1)),
    )


def book_bytes(book: Book) -> bytes:
    """The book as its file has it: readable, one order."""
    told = {
        "format": _FORMAT,
        "version": _VERSION,
        "document": book.document,
        "sha256": book.sha256,
        "decisions": [
            {
                "finding": decision.finding,
                "ruling": decision.ruling,
                "by": decision.by,
                "note": decision.note,
                "on": decision.on,
                "rule": decision.rule,
                "level": decision.level,
                "message": decision.message,
            }
            for decision in book.decisions
        ],
        "seen": [
            {
                "finding": item.finding.id,
                "rule": item.finding.rule,
                "level": item.finding.level,
                "message": item.finding.message,
                "key": list(item.finding.key),
                "tables": list(item.tables),
            }
            for item in book.seen
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", errors="backslashreplace")


def with_decision(book: Book, decision: Decision, sha256: str, seen: tuple[Seen, ...]) -> Book:
    """The book with one decision more, and what is found now."""
    return replace(book, sha256=sha256, decisions=(*book.decisions, decision), seen=seen)


@contextlib.contextmanager
def locked(document: str) -> Iterator[None]:
    """One writer at a time: a lock file stands beside the book while it is read, changed and written.

    Raises ``UsageError`` (decisions-busy) where another writer does not finish, or did not clear up.
    """
    lock = book_place(document) + ".lock"
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError as error:
            if time.monotonic() >= end:
                raise UsageError(
                    "decisions-busy",
                    f"处理意见“{book_place(document)}”正在被另一处写入，请稍后重试；如果确实没有人在写，请删除“{lock}”。",
                ) from error
            time.sleep(_PAUSE)
        except OSError as error:
            raise UsageError(
                "cannot-write", f"无法写入“{lock}”（{error.strerror}），请检查文件夹是否存在、是否有写入权限。"
            ) from error
    try:
        os.close(handle)
        yield
    finally:
        os.unlink(lock)


def _decision(given: Any, number: int, place: str) -> Decision:
    where = f"第{number}条意见"
    if not isinstance(given, dict):
        raise _damaged(place, f"{where}写法有误")
    told = {name: _text(given, name, place, where) for name in ("finding", "by", "note", "on", "rule", "message")}
    if given.get("ruling") not in RULINGS:
        raise _damaged(place, f"{where}的 ruling 应是 {'、'.join(RULINGS)} 之一")
    if given.get("level") not in LEVELS:
        raise _damaged(place, f"{where}的 level 应是 {'、'.join(LEVELS)} 之一")
    try:
        date.fromisoformat(told["on"])
    except ValueError as error:
        raise _damaged(place, f"{where}的 on 应是日期，如 2024-03-01") from error
    return Decision(**told, ruling=given["ruling"], level=given["level"])


def _seen(given: Any, number: int, place: str) -> Seen:
    where = f"seen 的第{number}项"
    if not isinstance(given, dict):
        raise _damaged(place, f"{where}写法有误")
    if given.get("level") not in LEVELS:
        raise _damaged(place, f"{where}的 level 应是 {'、'.join(LEVELS)} 之一")
    for name in ("key", "tables"):
        if not isinstance(given.get(name), list) or not all(isinstance(item, str) for item in given[name]):
            raise _damaged(place, f"{where}的 {name} 应是一组文字")
    finding = Finding(
        _text(given, "rule", place, where),
        given["level"],
        _text(given, "message", place, where),
        tuple(given["key"]),
        id=_text(given, "finding", place, where),
    )
    return Seen(finding, tuple(given["tables"]))


def _text(given: dict[str, Any], name: str, place: str, where: str = "") -> str:
    value = given.get(name)
    if not isinstance(value, str):
        raise _damaged(place, f"{where + '的 ' if where else ''}{name} 应是文字")
    return value


def _damaged(place: str, reason: str) -> UnreadableError:
    return UnreadableError(
        "damaged-decisions", f"处理意见“{place}”已损坏（{reason}），没有使用其中任何内容；请改正，或者移走后重新登记。"
    )
