"""Small pieces of HTML, escaped; and the frame of a page that stands alone (no script, nothing from the network)."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources

from mingzhang.publication.report.crops import Crop
from mingzhang.publication.terminal import clean

# The page may show what it holds, and fetch nothing.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def words(text: str) -> str:
    """Text of the document or of a person, made harmless."""
    return escape(clean(text))


def tag(name: str, content: str, classes: str = "", **attributes: str) -> str:
    """One element; ``content`` is HTML already."""
    told = {"class": classes, **attributes} if classes else attributes
    written = "".join(f' {key.rstrip("_")}="{escape(value)}"' for key, value in told.items())
    return f"<{name}{written}>{content}</{name}>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], classes: str = "", columns: Sequence[str] = ()) -> str:
    """A table of HTML cells; ``columns`` are the classes of the columns (``n`` for numbers, ``s`` for short ones)."""
    kinds = [*columns, *[""] * (len(head) - len(columns))]
    top = "".join(tag("th", cell, kind, scope="col") for cell, kind in zip(head, kinds, strict=True))
    body = "".join(
        tag("tr", "".join(tag("td", cell, kind) for cell, kind in zip(row, kinds, strict=True))) for row in rows
    )
    return tag("table", f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>", classes)


def picture(crop: Crop, alternative: str, caption: str) -> str:
    """A crop inside the page itself."""
    data = base64.b64encode(crop.png).decode("ascii")
    image = (
        f'<img src="data:image/png;base64,{data}" width="{crop.width}" height="{crop.height}" '
        f'alt="{words(alternative)}">'
    )
    return tag("figure", image + tag("figcaption", caption))


def page(title: str, body: str, more_style: str = "") -> str:
    """The whole file; ``more_style`` is CSS after that of all reports."""
    style = (resources.files("mingzhang.publication.report") / "report.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words(title)}</title>\n<style>\n{style}{more_style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
