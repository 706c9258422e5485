"""``make demo``: reads and checks the example workbook, plants one wrong digit in one cell, and shows it found.

Everything goes through the public functions: open_document → recognise → check → verdict_text.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import openpyxl

from mingzhang.checking import check
from mingzhang.composition import compose
from mingzhang.cube.verdict import Proof, Verdict
from mingzhang.documents import open_document
from mingzhang.forms import load_form_sets
from mingzhang.ledgers import read_ledger
from mingzhang.publication import Style, verdict_text
from mingzhang.publication.disclosed import FORMATS, published
from mingzhang.recognition import recognise

ROOT = Path(__file__).resolve().parents[1]
WORKBOOK = ROOT / "examples" / "social_insurance_centre_2024.xlsx"
LEDGER = ROOT / "examples" / "social_insurance_centre_2024_ledger.xlsx"
PLANTED = ROOT / "out" / "social_insurance_centre_2024_one_wrong_digit.xlsx"

SHEET, CODE, HEADER, WRONG = "表五", "2101101", "小计", 38.56  # 行政单位医疗; what is printed is 33.56


def main() -> int:
    """Run the demo; returns 0 if it showed what it promises."""
    started = perf_counter()
    style = Style(colour=sys.stdout.isatty())
    heading(style, "一、读取并核对例子：14张表，数字照一份真实的部门预算公开录入")
    clean = verdict_of(WORKBOOK)
    for table in clean.disclosure.tables:
        amounts = sum(
            observation.source.table == table.id and not observation.amount.is_blank
            for observation in clean.disclosure.observations
        )
        print(f"  {table.number or table.source.sheet or ''}《{table.title}》{amounts}个数")
    print()
    print(verdict_text(clean, style=style, verbose=True))

    heading(style, "二、改错一个数字，再核对一次")
    cell, right = plant(PLANTED)
    print(f"在工作表“{SHEET}”{cell}单元格（{CODE}的“{HEADER}”）把{right:.2f}改成{WRONG:.2f}，其余不动，另存为")
    print(f"  {shown(PLANTED)}\n")
    wrong = verdict_of(PLANTED)
    known = {finding.id for finding in clean.findings}
    found = tuple(finding for finding in wrong.findings if finding.id not in known)
    print("下面只列与第一次不同的内容。\n")
    # The differences due to rounding were listed above.
    print(verdict_text(replace(wrong, findings=found, proof=without_differences(wrong)), style=style))

    heading(style, "三、由底账编出全部公开表，生成各种格式，再读回来核对")
    composed = compose_all(style)

    heading(style, "四、自己试试")
    for path in (WORKBOOK, PLANTED):
        print(f"  .venv/bin/mingzhang check {shown(path)}")
    print(f"  .venv/bin/mingzhang read {shown(WORKBOOK)} -o out/data.csv")
    print(f"\n用时{perf_counter() - started:.1f}秒。")
    located = [suspect for finding in found for suspect in finding.suspects]
    shown_right = [suspect.source.cell for suspect in located] == [cell]
    return 0 if clean.proof.consistent and shown_right and composed else 1


def compose_all(style: Style) -> bool:
    """Ledger → every format → read back → check; true if each comes back as composed and consistent."""
    forms = next(forms for forms in load_form_sets() if forms.id == "cq2024")
    composition = compose(read_ledger(LEDGER), forms)
    figures = [figure for figure in composition.figures() if figure.amount.value]
    print(f"底账 {shown(LEDGER)} → 《{composition.title}》{len(composition.tables)}张表，{len(figures)}个金额\n")
    right = True
    for kind in FORMATS:
        path = PLANTED.parent / f"{composition.title}.{kind}"
        path.write_bytes(published(composition, kind))
        verdict = verdict_of(path)
        read = [o for o in verdict.disclosure.observations if o.origin == "table" and o.amount.value]
        money = sum(o.amount.unit.is_money for o in read)
        relations = verdict.coverage.relations
        right = right and bool(verdict.proof.consistent) and money == len(figures) and not relations.violated
        print(
            f"  {shown(path)}\n    读回{money}个金额，{relations.held + relations.rounding}条勾稽关系成立，"
            f"{relations.violated}条不符，金额{'自洽（已验证）' if verdict.proof.consistent else '不自洽'}"
        )
    return right


def verdict_of(path: Path) -> Verdict:
    """Everything that can be said of one file."""
    return check(recognise(open_document(shown(path))))


def plant(target: Path) -> tuple[str, float]:
    """A copy of the workbook with the wrong figure; returns the cell and the right figure."""
    book = openpyxl.load_workbook(WORKBOOK)
    sheet = book[SHEET]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == CODE)
    column = next(cell.column for cells in sheet.iter_rows() for cell in cells if cell.value == HEADER)
    cell = sheet.cell(row, column)
    right = cell.value
    assert isinstance(right, float)
    cell.value = WRONG
    target.parent.mkdir(exist_ok=True)
    book.save(target)
    return cell.coordinate, right


def without_differences(verdict: Verdict) -> Proof:
    """The proof without its list of rounding differences."""
    return replace(verdict.proof, rounding_differences=())


def shown(path: Path) -> str:
    """The path as a person would type it here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def heading(style: Style, text: str) -> None:
    """A heading that stands out."""
    print(style.paint("bold", f"━━ {text} ━━") + "\n")


if __name__ == "__main__":
    sys.exit(main())
