"""政府收支分类科目 by year: what a code is called, whether a name belongs to it, what is recorded under what.

Decides: which dimension and level a code has; which names it has, had, and on what evidence; which code a name, or a
cut part of it, belongs to; which department classes and government classes must agree in sum (the crosswalk); which
fund and flow a kind of revenue is.

Refuses: to accuse on weak evidence. A row that is unverified, or that one disclosure alone shows, may suggest and never
accuses; nor does anything without a year, or of a year that the evidence does not cover (``NameVerdict.may_accuse``).
Refuses also to know of documents, regions and findings: it answers questions about codes and names, no more.

The data (``data/*.csv``) are made by ``tools/build_classification.py`` from facts of 320 real disclosures (2015–2026),
public pages and system seeds; every row carries its evidence. Each file is read once, when first asked for.
"""

from mingzhang.classification.catalogue import (
    Fragment,
    Match,
    by_code,
    by_fragment,
    by_name,
    children,
    doubted,
    entries,
    entries_of,
    nearest,
    orphans,
    parent,
)
from mingzhang.classification.crosswalk import AgencyType, Group, Link, gov_objects_of, groups, objects_of
from mingzhang.classification.entry import Dimension, Entry, Level, Status
from mingzhang.classification.place import Place, dimension_of
from mingzhang.classification.revenue import RevenueRow, revenue_kind, revenue_rows
from mingzhang.classification.spelling import exact_key, loose_key
from mingzhang.classification.verdict import NameVerdict, judge_name

__all__ = [
    "AgencyType",
    "Dimension",
    "Entry",
    "Fragment",
    "Group",
    "Level",
    "Link",
    "Match",
    "NameVerdict",
    "Place",
    "RevenueRow",
    "Status",
    "by_code",
    "by_fragment",
    "by_name",
    "children",
    "dimension_of",
    "doubted",
    "entries",
    "entries_of",
    "exact_key",
    "gov_objects_of",
    "groups",
    "judge_name",
    "loose_key",
    "nearest",
    "objects_of",
    "orphans",
    "parent",
    "revenue_kind",
    "revenue_rows",
]
