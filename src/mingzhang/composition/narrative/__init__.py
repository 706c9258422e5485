"""The narrative (情况说明): the sections of a form set, written from templates; every number in it is a figure.

Decides which sentence is written where, in the singular cases too (持平, 无…, 减少), and which reasons the unit still owes.
Refuses to type a number, and to invent a reason: words that only the unit can write are taken from its ledger, or their
place is marked and listed.
"""

from mingzhang.composition.narrative.write import Written, written

__all__ = ["Written", "written"]
