"""The hall: amounts, points, observations, disclosures, and the hierarchies of the cube's dimensions.

Decides what an amount is, where in the cube it stands, and which points are parts of which.
Refuses to know of files, headers, regions or rules: nothing here imports another room.
"""

from mingzhang.cube.amount import Amount, NotAnAmountError, Unit, parse_amount, unit_named
from mingzhang.cube.disclosure import Disclosure, Observation, Paragraph, Row, Table, Target, Unread
from mingzhang.cube.point import DIMENSIONS, Point
from mingzhang.cube.source import Source

__all__ = [
    "DIMENSIONS",
    "Amount",
    "Disclosure",
    "NotAnAmountError",
    "Observation",
    "Paragraph",
    "Point",
    "Row",
    "Source",
    "Table",
    "Target",
    "Unit",
    "Unread",
    "parse_amount",
    "unit_named",
]
