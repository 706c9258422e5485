"""Values → what people and programs receive: JSON by contract, Chinese reports, tidy tables.

Decides how a disclosure and a verdict are told: field names, order, words, colours, file bytes. The same value always
gives the same bytes. Refuses to judge, to compute amounts or to read files; only ``delivery`` touches the disk, to put
finished bytes in their place whole or not at all. ``tidy`` loads openpyxl only when a workbook is asked for, pyarrow only for
Parquet; ``drawing`` (pages as pictures) loads Pillow.
"""

from mingzhang.publication.delivery import deliver
from mingzhang.publication.finding_json import error_json, verdict_json
from mingzhang.publication.finding_text import verdict_text
from mingzhang.publication.reading_json import disclosure_json
from mingzhang.publication.terminal import Style
from mingzhang.publication.tidy import (
    COLUMNS,
    observations_csv,
    observations_parquet,
    unread_csv,
    unread_parquet,
    workbook_bytes,
)

__all__ = [
    "COLUMNS",
    "Style",
    "deliver",
    "disclosure_json",
    "error_json",
    "observations_csv",
    "observations_parquet",
    "unread_csv",
    "unread_parquet",
    "verdict_json",
    "verdict_text",
    "workbook_bytes",
]
