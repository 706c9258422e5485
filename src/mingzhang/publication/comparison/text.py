"""``mingzhang compare`` on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.cube.compared import ComparedLine, ComparedSection, Comparison
from mingzhang.publication.comparison.words import money, name_of, rate, remark, summary, terms_of, title_of
from mingzhang.publication.terminal import Style, clean, padded, width

_BRIEF = 10
_NAME = 34


def comparison_text(comparison: Comparison, *, style: Style | None = None, verbose: bool = False) -> str:
    """The report, ending with a line break; ``verbose`` leaves nothing out."""
    paint = (style or Style()).paint
    lines = [paint("bold", title_of(comparison)), *summary(comparison), ""]
    lines += [f"前：{clean(comparison.left.path)}（{clean(comparison.left.label)}）"]
    lines += [f"后：{clean(comparison.right.path)}（{clean(comparison.right.label)}）"]
    lines += [f"说明：{clean(note)}" for note in (comparison.precision, *comparison.notes)]
    others = 0
    for section in comparison.sections:
        if not (section.main or verbose):
            others += 1
            continue
        lines += ["", paint("bold", section.title), *_table(comparison, section, verbose)]
    if others:
        lines += ["", f"另有{others}个较窄的口径，用 --verbose、--format xlsx 或 --format json 查看"]
    return "\n".join(lines) + "\n"


def _table(comparison: Comparison, section: ComparedSection, verbose: bool) -> list[str]:
    leaves = section.lines if verbose else section.leaves
    changed = [line for line in leaves if line.state != "same"]
    same = len(leaves) - len(changed)
    shown: Sequence[ComparedLine] = leaves if verbose else changed[:_BRIEF]
    terms = terms_of(comparison)
    heads = (
        "科目" if section.dimension else "项目",
        comparison.left.label,
        comparison.right.label,
        terms.difference,
        terms.rate,
    )
    rows = [_row(comparison, line) for line in shown]
    if section.total is not None:
        rows.append(("合计", *_row(comparison, section.total)[1:5], ""))
    sizes = [max([width(heads[n]), *(width(row[n]) for row in rows)]) for n in range(1, 5)]
    lead = max([width(heads[0]), *(width(row[0]) for row in rows)])
    table = [_line(heads, lead, sizes, "")]
    table += [_line(row[:5], lead, sizes, row[5]) for row in rows]
    if len(changed) > len(shown):
        table.append(f"  其余{len(changed) - len(shown)}个科目用 --verbose 查看")
    if same and not verbose:
        table.append(f"  {same}个{terms.same}")
    return table


def _row(comparison: Comparison, line: ComparedLine) -> tuple[str, str, str, str, str, str]:
    name = name_of(line)
    while width(name) > _NAME:
        name = name[:-2] + "…"
    places = comparison.decimals
    return (
        f"{line.code} {name}" if line.code else name,
        money(line.before, places),
        money(line.after, places),
        "0" if line.state == "same" else money(line.change, places, signed=True),
        rate(line),
        remark(line, comparison),
    )


def _line(cells: Sequence[str], lead: int, sizes: Sequence[int], note: str) -> str:
    numbers = "  ".join(" " * (size - width(cell)) + cell for cell, size in zip(cells[1:], sizes, strict=True))
    return f"  {padded(cells[0], lead)}  {numbers}" + (f"  {note}" if note else "")
