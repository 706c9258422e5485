"""Make the data files of ``mingzhang.classification`` from the gathered reference facts.

    python tools/build_classification.py [REFERENCE_FOLDER]

Reads ``functional.csv``, ``dept_economic.csv``, ``gov_economic.csv``, ``crosswalk.csv`` and ``revenue.csv`` of the
reference folder (``../shared/reference/classification`` beside the repository unless given) and writes
``src/mingzhang/classification/data``. Deterministic; every row is kept, in its order, with its evidence. Five things
are changed, and nothing else:

- columns and files take the cube's names (function, object, gov_object), line ends become LF;
- the status ``former, unverified`` becomes ``unverified``: that the name is former is what its ``valid_to`` says;
- a column ``doubt`` marks rows that are no classification at all (see ``doubt_about``);
- names of functional 类 that the reference does not have, but forms print or printed, are added (``_CLASSES_IN_FORMS``);
- the own kinds of ``revenue.csv`` get the ``fund`` and ``flow`` of the cube (``_REVENUE``).
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

_REPOSITORY = Path(__file__).resolve().parent.parent
SOURCE = _REPOSITORY.parent / "shared" / "reference" / "classification"
TARGET = _REPOSITORY / "src" / "mingzhang" / "classification" / "data"

_CLASSES = {"functional.csv": "function.csv", "dept_economic.csv": "object.csv", "gov_economic.csv": "gov_object.csv"}
_ENTRY_COLUMNS = ("code", "name", "level", "valid_from", "valid_to", "status", "disclosures", "source", "doubt")
_LINK_COLUMNS = ("object", "gov_object", "agency_type", "status", "disclosures", "source")
_REVENUE_COLUMNS = ("code", "name", "level", "group", "fund", "flow", "source", "note")

# 类 as forms name them that list every 类 whether or not anything is spent on it: code, name, first and last year.
# From recall: none may accuse.
_CLASSES_IN_FORMS = (
    ("209", "社会保险基金支出", "", ""),
    ("210", "医疗卫生支出", "2007", "2013"),
    ("211", "环境保护", "2007", "2010"),
    ("212", "城乡社区事务", "2007", "2013"),
    ("213", "农林水事务", "2007", "2013"),
    ("215", "资源勘探电力信息等事务", "2010", "2013"),
    ("216", "商业服务业等事务", "2010", "2013"),
    ("217", "金融监管等事务支出", "2010", "2014"),
    ("218", "地震灾后恢复重建支出", "2008", "2014"),
    ("220", "国土资源气象等事务", "2010", "2013"),
    ("222", "粮油物资储备事务", "2010", "2013"),
    ("228", "国债还本付息支出", "2007", "2014"),
    ("232", "债务利息支出", "2015", "2022"),
)

# Kind of revenue → (fund, flow) of the cube; an empty fund is the sum over all funds.
_REVENUE = {
    "REV01": ("general", "income"),
    "REV02": ("gov_fund", "income"),
    "REV03": ("state_capital", "income"),
    "REV04": ("special_account", "income"),
    "REV05": ("own", "income"),
    "REV06": ("business", "income"),
    "REV07": ("superior", "income"),
    "REV08": ("affiliated", "income"),
    "REV09": ("operating", "income"),
    "REV10": ("other", "income"),
    "REV11": ("", "carried_in"),
    "REV12": ("", "balance_used"),
    "REV13": ("", "balance_used"),
    "FUND 1": ("fiscal", "income"),
    "FUND 11": ("general", "income"),
    "FUND 12": ("gov_fund", "income"),
    "FUND 13": ("state_capital", "income"),
    "FUND 2": ("special_account", "income"),
    "FUND 3": ("own", "income"),
}

FRAGMENT = "项目编码与名称的残片，不是科目"


def doubt_about(row: dict[str, str], known: set[str]) -> str:
    """Why a row is no classification, or the empty string.

    The gathering took the last five digits of project codes and the first five characters of the project names beside
    them (``51647 行业安全宣``) for a 款, wherever the digits began with 2, 3 or 5; each stands in two disclosures of one
    department. They are told by that: a 款 of five characters, two disclosures, no other source and no validity — or a
    款 seen so whose 类 does not exist.
    """
    if row["level"] != "款" or row["source"] != "disclosure" or row["disclosures"] != "2" or row["valid_from"]:
        return ""
    return FRAGMENT if len(row["name"]) == 5 or row["code"][:3] not in known else ""


def build(source: Path) -> dict[str, str]:
    """The text of every data file by its name, made from the reference folder ``source``."""
    made: dict[str, str] = {}
    for old, new in _CLASSES.items():
        rows = _read(source / old)
        if new == "function.csv":
            rows = _with_classes_in_forms(rows)
        known = {row["code"] for row in rows}
        for row in rows:
            row["doubt"] = doubt_about(row, known)
            row["status"] = "unverified" if row["status"] == "former, unverified" else row["status"]
        made[new] = _write(_ENTRY_COLUMNS, rows)
    links = _read(source / "crosswalk.csv")
    for row in links:
        row["object"], row["gov_object"] = row["dept_code"], row["gov_code"]
    made["crosswalk.csv"] = _write(_LINK_COLUMNS, links)
    kinds = _read(source / "revenue.csv")
    for row in kinds:
        row["fund"], row["flow"] = _REVENUE.get(row["code"], ("", ""))
    made["revenue.csv"] = _write(_REVENUE_COLUMNS, kinds)
    return made


def _with_classes_in_forms(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows with the names of ``_CLASSES_IN_FORMS``, each behind the last row whose code does not come after its own."""
    made = list(rows)
    for code, name, first, last in _CLASSES_IN_FORMS:
        added = {"code": code, "name": name, "level": "类", "valid_from": first, "valid_to": last}
        at = max((number + 1 for number, row in enumerate(made) if row["code"] <= code), default=0)
        made.insert(at, {**added, "status": "unverified", "disclosures": "0", "source": "recall"})
    return made


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def main(arguments: list[str]) -> int:
    """Write the data files; the result names each and its rows."""
    source = Path(arguments[0]) if arguments else SOURCE
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in build(source).items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {text.count(chr(10)) - 1} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
