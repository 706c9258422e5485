"""What people ruled on findings, kept beside the document, and what changed since.

Decides which finding a ruling belongs to (by its fingerprint), and which earlier findings are gone, stay or are new.
Refuses to judge: a ruling never removes a finding, it stands beside it. Knows the file's form; the writing of finished bytes
is ``publication.deliver``.
"""

from mingzhang.decisions.book import (
    Book,
    Seen,
    book_bytes,
    book_place,
    is_book,
    load_book,
    locked,
    parse_book,
    with_decision,
)
from mingzhang.decisions.revision import changes_since, seen_in

__all__ = [
    "Book",
    "Seen",
    "book_bytes",
    "book_place",
    "changes_since",
    "is_book",
    "load_book",
    "locked",
    "parse_book",
    "seen_in",
    "with_decision",
]
