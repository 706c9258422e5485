"""What is wrong with a ledger: every mistake with its place, told at once."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.errors import EXIT_FINDINGS, MingzhangError


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: a stable code, the sheet, the cell (``None`` for a whole sheet), the sentence."""

    code: str
    sheet: str
    cell: str | None
    message: str

    def __str__(self) -> str:
        where = f"“{self.sheet}”" + (f"{self.cell}" if self.cell else "")
        return f"{where}：{self.message}"


class LedgerError(MingzhangError):
    """A ledger that cannot be used; ``mistakes`` are all that were found, in the order of the file."""

    exit_status = EXIT_FINDINGS

    def __init__(self, path: str, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("bad-ledger", f"底账“{path}”有{len(mistakes)}处错误，改正后再用。")
        self.mistakes = mistakes
