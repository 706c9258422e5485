"""The ledger as a file: a workbook (or a folder of CSV files) with the national field names, and its template.

Decides which cell says what, and whether it may: every mistake is reported at once, with its sheet, its cell, what is wrong
and what is allowed. Refuses to guess: a line that is not understood is a mistake, never left out; and to write over a
file. Amounts are read as exact decimals of 元.
"""

from mingzhang.ledgers.mistakes import LedgerError, Mistake
from mingzhang.ledgers.reading import read_ledger
from mingzhang.ledgers.writing import ledger_workbook, template

__all__ = ["LedgerError", "Mistake", "ledger_workbook", "read_ledger", "template"]
