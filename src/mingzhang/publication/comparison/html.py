"""``mingzhang compare --format html``: one page that a citizen reads from the top, prints, and keeps."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import PurePath

from mingzhang import __version__
from mingzhang.cube.compared import ComparedLine, ComparedSection, Comparison
from mingzhang.publication.comparison.bars import Bar, change_bars, pair_bars
from mingzhang.publication.comparison.words import money, name_of, rate, remark, summary, terms_of, title_of
from mingzhang.publication.report.markup import page, tag, words
from mingzhang.publication.terminal import clean

_BARS = 12
_MOST_ROWS = 400


def comparison_html(comparison: Comparison) -> str:
    """The page: no script, nothing from the network; every picture is also a table below it."""
    title = title_of(comparison)
    main = [section for section in comparison.sections if section.main]
    rest = [section for section in comparison.sections if not section.main]
    body = [
        _head(comparison, title, main),
        "<main>",
        _summary(comparison),
        *(_section(comparison, section, number) for number, section in enumerate(main, start=1)),
        _others(comparison, rest),
        _notes(comparison),
        "</main>",
        tag("footer", f"由明账 {__version__} 生成。只列事实，不作评价。", "page"),
    ]
    style = (resources.files("mingzhang.publication.comparison") / "comparison.css").read_text(encoding="utf-8")
    return page(title, "\n".join(part for part in body if part), style)


def _head(comparison: Comparison, title: str, main: Sequence[ComparedSection]) -> str:
    sides = "".join(
        tag("dt", name) + tag("dd", words(f"{side.label}　{side.title or PurePath(side.path).name}"))
        for name, side in (("前", comparison.left), ("后", comparison.right))
    )
    links = "".join(tag("a", words(section.title), href=f"#s{n}") for n, section in enumerate(main, start=1))
    return tag(
        "header",
        tag("p", "对比", "kind")
        + tag("h1", words(title))
        + tag("dl", sides, "facts")
        + tag("nav", links, "page", **{"aria-label": "目录"}),
        "page",
    )


def _summary(comparison: Comparison) -> str:
    first, *others = summary(comparison)
    listed = tag("ul", "".join(tag("li", words(sentence)) for sentence in others), "plain") if others else ""
    return tag("section", tag("p", words(first), "conclusion lead", role="status") + listed, id="summary")


def _section(comparison: Comparison, section: ComparedSection, number: int) -> str:
    body = [tag("h2", words(section.title))]
    if section.dimension is None:
        body.append(_pairs(comparison, section))
        body.append(_table(comparison, section, section.lines))
    else:
        tops = [line for line in section.tops if line.before or line.after]
        if 1 < len(tops) < len(section.leaves):
            by_class = ComparedSection("按类看", section.dimension, tuple(tops))
            body += [
                tag("h3", "按类看"),
                _pairs(comparison, by_class),
                tag("h3", f"{terms_of(comparison).difference}最大的科目"),
            ]
        body.append(_changes(comparison, section))
        leaves = section.leaves
        changed = [line for line in leaves if line.state != "same"]
        body.append(_table(comparison, section, changed))
        same = [line for line in leaves if line.state == "same"]
        if same:
            inner = _table(comparison, section, same, total=False)
            body.append(tag("details", tag("summary", f"{len(same)}个科目{terms_of(comparison).same}") + inner))
    return tag("section", "".join(body), id=f"s{number}")


def _pairs(comparison: Comparison, section: ComparedSection) -> str:
    places = comparison.decimals
    lines = sorted(section.lines, key=lambda line: -max(line.before, line.after))[:_BARS]
    bars = [
        Bar(name_of(line), (line.before, line.after), (money(line.before, places), money(line.after, places)))
        for line in lines
    ]
    labels = (clean(comparison.left.label), clean(comparison.right.label))
    title = f"{section.title}：{labels[0]}与{labels[1]}"
    return _figure(pair_bars(bars, labels, title, _read_out(comparison, lines)), "单位：万元。斜纹为前，实色为后。")


def _changes(comparison: Comparison, section: ComparedSection) -> str:
    places = comparison.decimals
    lines = [line for line in section.leaves if line.state != "same"][:_BARS]
    if not lines:
        return tag("p", f"{terms_of(comparison).same}。")
    bars = [Bar(name_of(line), (line.change,), (money(line.change, places, signed=True),)) for line in lines]
    count = sum(line.state != "same" for line in section.leaves)
    rest = f"，只画出最大的{len(lines)}个（共{count}个不同）" if count > len(lines) else ""
    terms = terms_of(comparison)
    caption = f"{terms.difference}，单位：万元。{terms.right}，{terms.left}{rest}。"
    return _figure(change_bars(bars, f"{section.title}：{terms.difference}", _read_out(comparison, lines)), caption)


def _read_out(comparison: Comparison, lines: Sequence[ComparedLine]) -> str:
    """The picture in words, for who does not see it."""
    places = comparison.decimals
    return "；".join(
        f"{name_of(line)}由{money(line.before, places)}到{money(line.after, places)}万元" for line in lines
    )


def _figure(picture: str, caption: str) -> str:
    return tag("figure", tag("div", picture, "wide") + tag("figcaption", caption))


def _table(
    comparison: Comparison, section: ComparedSection, lines: Sequence[ComparedLine], *, total: bool = True
) -> str:
    coded, terms = section.dimension is not None, terms_of(comparison)
    heads = [*(["编码"] if coded else []), "科目" if coded else "项目"]
    heads += [clean(comparison.left.label), clean(comparison.right.label), terms.difference, terms.rate, "备注"]
    kinds = [*(["s"] if coded else []), "", "n", "n", "n", "n", ""]
    top = "".join(tag("th", words(head), kind, scope="col") for head, kind in zip(heads, kinds, strict=True))
    rows = [tag("tr", _cells(comparison, line, coded)) for line in lines[:_MOST_ROWS]]
    if total and section.total is not None:
        rows.append(tag("tr", _cells(comparison, section.total, coded, name="合计"), "total"))
    caption = tag("caption", words(f"{section.title}（万元，按{terms.difference}大小排列）"))
    more = len(lines) - _MOST_ROWS
    left = tag("p", f"为控制文件大小，其余{more}行见 xlsx。", "where") if more > 0 else ""
    grid = tag("table", f"{caption}<thead><tr>{top}</tr></thead><tbody>{''.join(rows)}</tbody>", "compared")
    return tag("div", grid, "wide") + left


def _cells(comparison: Comparison, line: ComparedLine, coded: bool, name: str | None = None) -> str:
    places = comparison.decimals
    change = "0" if line.state == "same" else money(line.change, places, signed=True)
    kind = "n" if line.state == "same" else f"n {'up' if line.change > 0 else 'down'}"
    cells = [tag("td", words(line.code or ""), "s")] if coded else []
    cells += [
        tag("th", words(name or name_of(line)), scope="row"),
        tag("td", money(line.before, places), "n"),
        tag("td", money(line.after, places), "n"),
        tag("td", change, kind),
        tag("td", rate(line), "n"),
        tag("td", words(remark(line, comparison)) if name is None else ""),
    ]
    return "".join(cells)


def _others(comparison: Comparison, rest: Sequence[ComparedSection]) -> str:
    if not rest:
        return ""
    parts = []
    for section in rest:
        lines = [line for line in section.leaves if line.state != "same"]
        told = f"{words(section.title)}（{len(lines)}个不同）"
        parts.append(tag("details", tag("summary", told) + _table(comparison, section, lines), "table"))
    return tag("section", tag("h2", "较窄的口径") + "".join(parts), id="others")


def _notes(comparison: Comparison) -> str:
    listed = "".join(tag("li", words(note)) for note in (comparison.precision, *comparison.notes))
    files = "".join(tag("li", words(f"{side.label}：{side.path}")) for side in (comparison.left, comparison.right))
    return tag("section", tag("h2", "说明") + tag("ul", listed + files, "plain"), id="notes")
