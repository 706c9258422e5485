"""Makes Word documents part by part, so that the tests can hold what a library would not write."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from mingzhang.documents import Document, open_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="urn:wps" xmlns:a="urn:a" xmlns:v="urn:v" xmlns:o="urn:o"'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def part(root: str, inner: str) -> str:
    """A part with the root ``w:root``."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_SPACES}>{inner}</w:{root}>'


def docx(body: str, *, numbering: str = "", styles: str = "", **parts: str) -> bytes:
    """A smallest package around the inner XML of the body; ``parts`` replace parts whole, by name without ``.xml``;
    lists and styles that begin with a document type are whole parts too.
    """
    texts = {
        "document": part("document", f"<w:body>{body}</w:body>"),
        "numbering": numbering if numbering.startswith("<!") else part("numbering", numbering),
        "styles": styles if styles.startswith("<!") else part("styles", styles),
        **parts,
    }
    links = "".join(
        f'<Relationship Id="r{name}" Type="{_REL}/{name}" Target="{name}.xml"/>' for name in ("numbering", "styles")
    )
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{"document.main" if name == "document" else name}+xml"/>'
        for name in ("document", "numbering", "styles")
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>',
        )
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_REL}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        made.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        )
        for name, text in texts.items():
            made.writestr(f"word/{name}.xml", text)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if '<' in inner else run(inner)}</w:p>"


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if '<' in inner else p(inner)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cell if '<' in cell else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read(folder: Path, data: bytes, name: str = "例.docx") -> Document:
    place = folder / name
    place.write_bytes(data)
    return open_document(place)
