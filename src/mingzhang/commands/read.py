"""``mingzhang read``: every number of one disclosure as data."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.arguments import Commands, add_command
from mingzhang.commands.failures import failure_of, report, say
from mingzhang.commands.output import emit, json_text, output_of, refuse_binary_on_screen
from mingzhang.commands.progress import Progress
from mingzhang.commands.reading import KINDS, admitted, recognised
from mingzhang.commands.settings import declare_settings, limits_of
from mingzhang.errors import EXIT_CLEAN, UsageError

if TYPE_CHECKING:
    from mingzhang.cube import Disclosure
    from mingzhang.documents.model import Document

FORMATS = ("json", "csv", "xlsx", "parquet")
_BINARY_FORMATS = frozenset({"xlsx", "parquet"})
_COMPANIONED = frozenset({"csv", "parquet"})  # the unread numbers go to a second file


def declare(commands: Commands) -> None:
    """The words of the command."""
    parameters, options = add_command(commands, "read", "读出一份公开材料中的全部数据", run)
    parameters.add_argument("path", metavar="PATH", help=f"公开材料（{KINDS}）")
    options.add_argument("--format", choices=FORMATS, help="json（默认）、csv、xlsx 或 parquet；不写时按 OUT 的扩展名")
    options.add_argument(
        "-o",
        dest="output",
        metavar="OUT",
        help="结果写入这个文件；csv、parquet 的未读数字另存为 OUT.unread.csv、OUT.unread.parquet",
    )
    options.add_argument("--draw", metavar="DIR", help="把 PDF 的每一页画成图片，标出读到的表格和数字，存入这个文件夹")
    declare_settings(options)


def run(options: argparse.Namespace) -> int:
    """Read one file and give its data."""
    path: str = options.path
    limits = limits_of(options.settings)
    output = output_of(options.output, [path])
    kind = options.format or (Path(output).suffix.lower().lstrip(".") if output is not None else "json")
    if kind not in FORMATS:
        kind = "json"
    companion = None
    if output is not None and kind in _COMPANIONED:
        companion = f"{output.removesuffix(f'.{kind}')}.unread.{kind}"
    if companion is not None:
        output_of(companion, [path])
    if kind in _BINARY_FORMATS:
        refuse_binary_on_screen(kind, output)
    with Progress(1).on(1, path):
        try:
            document, disclosure = recognised(path, limits)
            if options.draw is not None:  # before it is refused: the pictures show why
                _draw(path, document, disclosure, options.draw)
            admitted(disclosure)
        except Exception as error:
            failure = failure_of(error, path)
            if kind == "json" and output is None:
                from mingzhang.publication import error_json

                emit(json_text(error_json(path, failure.code, failure.message)))
            return report(failure)
        parts = _parts(disclosure, kind)
    if output is None and options.draw is not None and options.format is None:
        return EXIT_CLEAN  # the pictures were asked for, not the data
    if output is None:
        emit(parts[0])
        if len(parts) > 1 and disclosure.unread:
            say(
                f"mingzhang: 另有{len(disclosure.unread)}个数字没有列入数据，用 -o 写入文件或 --format json 可以看到原因。"
            )
    else:
        from mingzhang.publication import deliver

        deliver(list(zip([output, companion or ""], parts, strict=False)))
    return EXIT_CLEAN


def _draw(path: str, document: Document, disclosure: Disclosure, folder: str) -> None:
    """One picture a page into ``folder``."""
    from mingzhang.documents.model import Grid
    from mingzhang.publication import deliver
    from mingzhang.publication.drawing import draw_pages

    pictures = draw_pages(Path(path).read_bytes(), disclosure, [b for b in document.blocks if isinstance(b, Grid)])
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise UsageError("cannot-write", f"无法建立文件夹“{folder}”（{error.strerror}），请换一个。") from error
    count = 0
    for name, data in pictures:
        place = os.path.join(folder, name)
        output_of(place, [path])
        deliver([(place, data)])
        count += 1
    missing = (document.pages or 0) - count
    say(f"mingzhang: 画了{count}页，存入“{folder}”" + (f"；另有{missing}页画不出来。" if missing else "。"))


def _parts(disclosure: Disclosure, kind: str) -> list[bytes]:
    """The bytes of the result; CSV and Parquet have a second part, the unread numbers."""
    from mingzhang import publication
    from mingzhang.commands.naming import name_of

    if kind == "xlsx":
        return [publication.workbook_bytes(disclosure, name_of)]
    if kind == "parquet":
        return [publication.observations_parquet(disclosure, name_of), publication.unread_parquet(disclosure)]
    if kind == "csv":
        return [publication.observations_csv(disclosure, name_of), publication.unread_csv(disclosure)]
    return [json_text(publication.disclosure_json(disclosure)).encode("utf-8", errors="backslashreplace")]
