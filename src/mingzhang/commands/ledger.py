"""``mingzhang ledger``: a new template, a check of a ledger, a ledger from a published disclosure."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingzhang.arguments import Commands, add_command
from mingzhang.commands.failures import say
from mingzhang.commands.output import emit, output_of
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

ACTIONS = ("new", "check", "import")


def declare(commands: Commands) -> None:
    """The words of the command."""
    parameters, options = add_command(commands, "ledger", "底账：生成空白模板，检查，或由已公开的材料得出", run)
    parameters.add_argument(
        "action", metavar="ACTION", choices=ACTIONS, help="new 生成模板，check 检查底账，import 由公开材料得出底账"
    )
    parameters.add_argument("path", metavar="PATH", nargs="?", help="底账（.xlsx 或 CSV 文件夹），import 时为公开材料")
    options.add_argument("-o", dest="output", metavar="OUT", help="要写入的工作簿（.xlsx），new 和 import 必需")
    options.add_argument("--last", metavar="OLD", help="import 时：上一年的公开材料，作为上年数")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; mistakes in a ledger are exit status 1."""
    if options.action == "new":
        return _write(options, _template())
    if options.path is None:
        raise UsageError("usage", f"ledger {options.action} 后面缺少文件名。")
    if options.action == "check":
        return _check(options.path)
    return _import(options)


def _template() -> bytes:
    from mingzhang.ledgers import template

    return template()


def _write(options: argparse.Namespace, data: bytes) -> int:
    from mingzhang.publication.delivery import deliver

    if options.output is None:
        raise UsageError("needs-output", "请用 -o 指定要写入的工作簿，例如 -o 底账.xlsx。")
    output = output_of(options.output, [options.path] if options.path else [])
    if output is not None and Path(output).exists():
        raise UsageError("already-exists", f"“{output}”已经存在，不会覆盖；请换一个文件名，或先移走它。")
    deliver([(str(output), data)])
    say(f"mingzhang: 已写入“{output}”。")
    return EXIT_CLEAN


def _check(path: str) -> int:
    from mingzhang.ledgers import LedgerError, read_ledger

    try:
        ledger = read_ledger(path)
    except LedgerError as error:
        emit("".join(f"{number}. {mistake}\n" for number, mistake in enumerate(error.mistakes, start=1)))
        say(f"mingzhang: {error.message}")
        return EXIT_FINDINGS
    emit("".join(f"提示：{note}\n" for note in ledger.notes))
    emit(
        f"底账没有发现错误：{ledger.agency}{ledger.year}年，{len(ledger.lines)}行金额，{len(ledger.projects)}个项目，"
        f"{sum(len(project.indicators) for project in ledger.projects) + len(ledger.indicators)}项绩效指标。\n"
    )
    return EXIT_CLEAN


def _import(options: argparse.Namespace) -> int:
    from mingzhang.commands.reading import disclosure_of
    from mingzhang.composition.reconstruction import imported
    from mingzhang.ledgers import ledger_workbook

    last = disclosure_of(options.last) if options.last else None
    ledger = imported(disclosure_of(options.path), last)
    for note in ledger.notes:
        say(f"mingzhang: {note}")
    return _write(options, ledger_workbook(ledger))
