"""Write ``docs/rules.md``, the rule catalogue, from the rules themselves.

    python tools/build_rule_catalogue.py [--check]

``--check`` writes nothing and ends with status 1 if the page is not up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mingzhang.rules import Entry, Rule, all_entries

TARGET = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

_LEVEL_WORDS = {
    "error": "错误",
    "warning": "疑点",
    "rounding": "尾差",
    "style": "文字",
    "note": "提示",
}
_KIND_WORDS = {"budget": "预算", "final": "决算"}
_HEAD = """# 规则目录

<!-- 由 tools/build_rule_catalogue.py 根据规则生成，请勿手工修改。 -->

每条规则写明应当如何、为什么、依据什么、怎样改正。级别：

- **错误**（`error`）：由文件自身的陈述，或经核实的科目名称证明；
- **疑点**（`warning`）：很可能有误，需要人工核对；
- **尾差**（`rounding`）：经证明只是四舍五入造成的差异；
- **文字**（`style`）：写法、用语问题；
- **提示**（`note`）：供参考。

一条规则的发现可以有几个级别，视证据而定。没有发现不等于没有问题：未能识别的内容不作判断，见每次检查的覆盖说明。
"""


def catalogue(entries: tuple[Entry, ...]) -> str:
    """The whole page."""
    lines = [_HEAD, "| 规则 | 要求 | 级别 |", "|---|---|---|"]
    lines += [f"| [`{entry.id}`](#{entry.id}) | {entry.title} | {_levels(entry)} |" for entry in entries]
    return "\n".join([*lines, "", *("\n".join(_section(entry)) for entry in entries)])


def _section(entry: Entry) -> list[str]:
    rows = [
        ("要求", entry.sentence),
        ("为什么", entry.why),
        ("例", entry.example),
        ("怎样改正", entry.how_to_fix),
        ("依据", entry.basis),
        ("级别", _levels(entry)),
        ("适用", f"{_years(entry)}{'、'.join(_KIND_WORDS[kind] for kind in entry.kinds)}"),
    ]
    how = [] if isinstance(entry, Rule) else ["", "由勾稽关系推导，不逐条编写。"]
    return [f"## {entry.id}", "", f"**{entry.title}**", *how, "", *(f"- {name}：{text}" for name, text in rows), ""]


def _levels(entry: Entry) -> str:
    return "、".join(_LEVEL_WORDS[level] for level in entry.levels)


def _years(entry: Entry) -> str:
    first, last = entry.years
    if first is None and last is None:
        return "各年度"
    return f"{first or ''}—{last or ''}年度"


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` compare it."""
    page = catalogue(all_entries())
    if arguments == ["--check"]:
        return int(not TARGET.exists() or TARGET.read_text(encoding="utf-8") != page)
    TARGET.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
