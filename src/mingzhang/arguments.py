"""The manner of the command line: how commands are declared, and what is said of wrong ones. Everything is Chinese."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeAlias

from mingzhang import __version__
from mingzhang.errors import UsageError

Command = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[_ChineseParser]"
Group: TypeAlias = argparse._ArgumentGroup


class BadArgumentsError(UsageError):
    """The arguments do not fit; ``usage`` shows how they would."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__("usage", message)
        self.usage = usage


# What argparse says, and how we say it.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "缺少必需的参数：{what}。"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "不认识的参数：{what}。"),
    (
        re.compile(r"argument (?P<what>.+?): invalid choice: '(?P<got>.*?)' \(choose from (?P<choices>.+)\)"),
        "{what} 不能是“{got}”，可用的是：{choices}。",
    ),
    (re.compile(r"argument (?P<what>.+?): expected (?:one|at least one) argument"), "{what} 后面缺少内容。"),
    (re.compile(r"argument (?P<what>.+?): ignored explicit argument '?(?P<got>.*?)'?$"), "{what} 后面不能带“{got}”。"),
)


class _ChineseParser(argparse.ArgumentParser):
    """An argparse parser that speaks Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        raise BadArgumentsError(usage_sentence(message), self.format_usage())


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=100)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def usage_sentence(message: str) -> str:
    """What argparse found wrong, in Chinese."""
    for pattern, sentence in _SENTENCES:
        if found := pattern.match(message):
            parts = {name: text.replace("'", "").replace(", ", "、") for name, text in found.groupdict().items()}
            return sentence.format(**parts)
    return "命令的写法有误，请对照下面的用法。"


def parser_for(declarations: Iterable[Callable[[Commands], None]]) -> argparse.ArgumentParser:
    """The parser of the command line; ``options.run`` is the command that was asked for."""
    parser = _ChineseParser(prog="mingzhang", description="明账：读取、核对部门预算公开和部门决算公开。")
    commands = parser.add_subparsers(
        title="命令", metavar="COMMAND", dest="command", required=True, parser_class=_ChineseParser
    )
    _options_of(parser).add_argument(
        "--version", action="version", version=f"mingzhang {__version__}", help="显示版本号"
    )
    parser.epilog = "退出状态：0 没有发现错误，1 发现错误，2 命令用法不对，3 文件读不了，4 程序内部出错。"
    for declare in declarations:
        declare(commands)
    return parser


def add_command(commands: Commands, name: str, what: str, run: Command) -> tuple[Group, Group]:
    """A command that does ``what``; returns the groups for its parameters and for its options."""
    parser = commands.add_parser(name, help=what, description=f"{what}。")
    parser.set_defaults(run=run)
    return parser.add_argument_group("参数"), _options_of(parser)


def _options_of(parser: argparse.ArgumentParser) -> Group:
    group = parser.add_argument_group("选项")
    group.add_argument("-h", "--help", action="help", help="显示这份说明")
    return group
