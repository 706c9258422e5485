"""The command line: ``mingzhang check`` and ``mingzhang read``.

Decides what is done with which file, what goes to which stream, and the exit status: 0 clean, 1 errors found, 2 usage,
3 unreadable input, 4 a defect of the program. Everything the user sees is Chinese. The rooms are imported only when
their turn comes, so that starting stays fast.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from mingzhang.arguments import READ_FORMATS, BadArgumentsError, parser_for
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INTERNAL, EXIT_USAGE, MingzhangError, UsageError

if TYPE_CHECKING:
    from mingzhang.cube import Disclosure
    from mingzhang.cube.verdict import Verdict
    from mingzhang.documents.model import Document

EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

# What is taken from a folder; a file named on the command line is tried whatever its name.
READABLE_SUFFIXES = frozenset(
    {".txt", ".csv", ".tsv", ".md", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".et", ".pdf"}
)
_BINARY_FORMATS = frozenset({"xlsx", "parquet"})
_COMPANIONED = frozenset({"csv", "parquet"})  # the unread numbers go to a second file
_PROGRESS_AFTER = 0.5  # seconds


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    _prepare_streams()
    try:
        options = parser_for(_check, _read).parse_args(argv)
        status: int = options.run(options)
        sys.stdout.flush()
    except SystemExit as ended:  # --help and --version
        return ended.code if isinstance(ended.code, int) else EXIT_USAGE
    except BadArgumentsError as error:
        status = _report(_failure_of(error))
        print(error.usage, end="", file=sys.stderr)
        return status
    except KeyboardInterrupt:
        _say("mingzhang: 已中断。")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever was reading has gone; nothing more can be said, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except Exception as error:
        return _report(_failure_of(error))
    return status


def _prepare_streams() -> None:
    import warnings

    if not _debugging():
        warnings.simplefilter("ignore")  # libraries warn in English, of things the reader cannot change
    for stream in (sys.stdout, sys.stderr):
        # A pipe gets UTF-8 whatever the locale; a file name that is not UTF-8 must not stop the report.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="backslashreplace")
            else:
                reconfigure(encoding="utf-8", errors="backslashreplace")


# --- failures ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why something was not done: the code, the sentence, the exit status it leads to."""

    code: str
    message: str
    status: int


def _failure_of(error: Exception, path: str | None = None) -> _Failure:
    if isinstance(error, BrokenPipeError):
        raise error
    if isinstance(error, MingzhangError):
        return _Failure(error.code, error.message, error.exit_status)
    if _debugging():
        traceback.print_exception(error)
    about = f"处理“{path}”时" if path else ""
    return _Failure(
        "internal",
        f"{about}程序内部出错（{type(error).__name__}），请把这句话和所用的文件反馈给明账的维护者"
        "（设置环境变量 MINGZHANG_DEBUG=1 重新运行可以看到详细信息）。",
        EXIT_INTERNAL,
    )


def _report(failure: _Failure) -> int:
    _say(f"mingzhang: 错误[{failure.code}]：{failure.message}")
    return failure.status


def _say(sentence: str) -> None:
    from mingzhang.publication.terminal import clean

    print(clean(sentence), file=sys.stderr, flush=True)


def _debugging() -> bool:
    return os.environ.get("MINGZHANG_DEBUG") == "1"


# --- check ------------------------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    paths = list(_files_of(options.paths))
    output = _output_of(options.output, paths)
    many = len(paths) > 1 or any(Path(path).is_dir() for path in options.paths)
    tell = _as_json(many) if options.format == "json" else _as_text(many, options.verbose, output is None)
    collected: list[str] = []
    statuses: list[int] = []
    done = 0
    progress = _Progress(len(paths))
    for number, path in enumerate(paths, start=1):
        outcome: Verdict | _Failure
        try:
            with progress.on(number, path):
                outcome = _verdict_of(path)
        except Exception as error:
            outcome = _failure_of(error, path)
            statuses.append(_report(outcome))
        else:
            done += 1
            errors = any(finding.level == "error" for finding in outcome.findings)
            statuses.append(EXIT_FINDINGS if errors else EXIT_CLEAN)
        told = tell(path, outcome)
        if output is not None:
            collected.append(told)
        else:
            _emit(told)
    if output is not None and done:
        from mingzhang.publication import deliver

        deliver([(output, "".join(collected).encode("utf-8", errors="backslashreplace"))])
    return max(statuses)


def _files_of(arguments: Sequence[str]) -> Iterator[str]:
    """The files to be handled: those named, and those of a folder in order; what a folder leaves out is said."""
    for argument in arguments:
        if not os.path.isdir(argument):
            yield argument
            continue
        try:
            names = sorted(os.listdir(argument))
        except OSError as error:
            raise UsageError(
                "no-permission", f"无法打开文件夹“{argument}”（{error.strerror}），请检查读取权限。"
            ) from error
        names = [name for name in names if not name.startswith((".", "~$"))]
        places = {name: os.path.join(argument, name) for name in names}
        chosen = [n for n in names if os.path.isfile(places[n]) and Path(n).suffix.lower() in READABLE_SUFFIXES]
        skipped = [name for name in names if name not in chosen]
        if skipped:
            _say(f"mingzhang: 文件夹“{argument}”中跳过了{len(skipped)}项（不是可读的文件类型）：{'、'.join(skipped)}")
        if not chosen:
            raise UsageError("nothing-to-do", f"文件夹“{argument}”里没有可以读取的文件（txt、xlsx、xls、pdf）。")
        yield from (places[name] for name in chosen)


def _verdict_of(path: str) -> Verdict:
    disclosure = _disclosure_of(path)
    from mingzhang.checking import check

    return check(disclosure)


def _disclosure_of(path: str, pictures: str | None = None) -> Disclosure:
    from mingzhang.admission import refusal
    from mingzhang.documents import open_document
    from mingzhang.recognition import recognise

    document = open_document(path)
    disclosure = recognise(document)
    if pictures is not None:  # before it is refused: the pictures show why
        _draw(path, document, disclosure, pictures)
    refused = refusal(disclosure)
    if refused is not None:
        raise refused
    return disclosure


Teller = Callable[[str, "Verdict | _Failure"], str]


def _as_json(many: bool) -> Teller:
    from mingzhang.publication import error_json, verdict_json

    def tell(path: str, outcome: Verdict | _Failure) -> str:
        if isinstance(outcome, _Failure):
            return _json(error_json(path, outcome.code, outcome.message), many)
        return _json(verdict_json(outcome), many)

    return tell


def _as_text(many: bool, verbose: bool, to_screen: bool) -> Teller:
    from mingzhang.publication import Style, verdict_text

    style = Style(colour=to_screen and _wants_colour(sys.stdout))

    def tell(path: str, outcome: Verdict | _Failure) -> str:
        if isinstance(outcome, _Failure):
            return ""  # its sentence went to stderr
        return verdict_text(outcome, style=style, verbose=verbose) + ("\n" + "─" * 60 + "\n\n" if many else "")

    return tell


def _json(value: dict[str, Any], one_line: bool) -> str:
    return json.dumps(value, ensure_ascii=False, indent=None if one_line else 2) + "\n"


def _wants_colour(stream: IO[str]) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


# --- read -------------------------------------------------------------------------------------------------------------


def _read(options: argparse.Namespace) -> int:
    path: str = options.path
    output = _output_of(options.output, [path])
    kind = options.format or (Path(output).suffix.lower().lstrip(".") if output is not None else "json")
    if kind not in READ_FORMATS:
        kind = "json"
    companion = None
    if output is not None and kind in _COMPANIONED:
        companion = f"{output.removesuffix(f'.{kind}')}.unread.{kind}"
    if companion is not None:
        _output_of(companion, [path])
    if kind in _BINARY_FORMATS and output is None and sys.stdout.isatty():
        raise UsageError("needs-output", f"{kind} 不能显示在屏幕上，请用 -o 指定要写入的文件，例如 -o 数据.{kind}。")
    with _Progress(1).on(1, path):
        try:
            disclosure = _disclosure_of(path, options.draw)
        except Exception as error:
            failure = _failure_of(error, path)
            if kind == "json" and output is None:
                from mingzhang.publication import error_json

                _emit(_json(error_json(path, failure.code, failure.message), one_line=False))
            return _report(failure)
        parts = _parts(disclosure, kind)
    if output is None and options.draw is not None and options.format is None:
        return EXIT_CLEAN  # the pictures were asked for, not the data
    if output is None:
        _emit(parts[0])
        if len(parts) > 1 and disclosure.unread:
            _say(
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
        _output_of(place, [path])
        deliver([(place, data)])
        count += 1
    missing = (document.pages or 0) - count
    _say(f"mingzhang: 画了{count}页，存入“{folder}”" + (f"；另有{missing}页画不出来。" if missing else "。"))


def _parts(disclosure: Disclosure, kind: str) -> list[bytes]:
    """The bytes of the result; CSV and Parquet have a second part, the unread numbers."""
    from mingzhang import publication

    if kind == "xlsx":
        return [publication.workbook_bytes(disclosure)]
    if kind == "parquet":
        return [publication.observations_parquet(disclosure), publication.unread_parquet(disclosure)]
    if kind == "csv":
        return [publication.observations_csv(disclosure), publication.unread_csv(disclosure)]
    return [_json(publication.disclosure_json(disclosure), one_line=False).encode("utf-8", errors="backslashreplace")]


# --- output -----------------------------------------------------------------------------------------------------------


def _emit(result: str | bytes) -> None:
    """The result on stdout, all of it."""
    data = result if isinstance(result, bytes) else result.encode(sys.stdout.encoding, errors="backslashreplace")
    sys.stdout.flush()
    rest = memoryview(data)
    while rest:  # an unbuffered stream (PYTHONUNBUFFERED) may take a part only
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def _output_of(output: str | None, inputs: Sequence[str]) -> str | None:
    """The output file, if there is one and it can be one: asked before any work is done."""
    if output is None or output == "-":
        return None
    place = Path(output)
    if place.is_dir():
        raise UsageError("cannot-write", f"“{output}”是文件夹，请用 -o 指定一个文件。")
    if not place.parent.is_dir():
        raise UsageError("cannot-write", f"无法写入“{output}”：文件夹“{place.parent}”不存在，请先建立。")
    for path in inputs:
        if os.path.realpath(path) == os.path.realpath(output) or (
            place.exists() and os.path.exists(path) and os.path.samefile(path, output)
        ):
            raise UsageError("output-is-input", f"“{output}”是要读取的文件，不能用结果覆盖它，请换一个文件名。")
    return output


# --- progress ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Progress:
    """On a terminal, a line that says which file is in hand, shown once it takes a while."""

    total: int
    _shown: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def on(self, number: int, path: str) -> _Step:
        return _Step(self, f"正在处理第{number}/{self.total}个文件：{Path(path).name}")

    def show(self, text: str) -> None:
        from mingzhang.publication.terminal import clean

        with self._lock:
            sys.stderr.write(f"\r\x1b[K{clean(text)}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        with self._lock:
            if self._shown:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
                self._shown = False


class _Step:
    """One file of the progress."""

    def __init__(self, progress: _Progress, text: str) -> None:
        self._progress = progress
        self._timer = threading.Timer(_PROGRESS_AFTER, progress.show, (text,)) if sys.stderr.isatty() else None

    def __enter__(self) -> None:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._progress.clear()
