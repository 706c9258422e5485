"""What is known of a document's findings from before: the rulings beside it, and the check that it is held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingzhang.cube.verdict import Verdict


def with_history(
    path: str,
    verdict: Verdict,
    against: Sequence[str] | None = None,
    judge: Callable[[Sequence[str]], Verdict] | None = None,
) -> Verdict:
    """The verdict with the decisions on its findings and what changed.

    ``against`` are the files of the document as it was before (judged by ``judge``): its decisions hold for the findings that stay. Without
    it, a document whose bytes changed since its decisions were written is compared with what was found then.
    """
    from mingzhang.decisions import Book, book_place, changes_since, load_book, seen_in

    book = load_book(path)
    if against and judge is not None:
        former = judge(against)
        place = former.disclosure.path
        older = load_book(place) if Path(place).resolve() != Path(path).resolve() else Book("")
        changes = changes_since(seen_in(former), verdict, "、".join(against))
        return replace(verdict, decisions=(*older.decisions, *book.decisions), changes=changes)
    if book.seen and book.sha256 != verdict.disclosure.sha256:
        changes = changes_since(book.seen, verdict, f"{book_place(path)}（上次登记时）")
        return replace(verdict, decisions=book.decisions, changes=changes)
    return replace(verdict, decisions=book.decisions)
