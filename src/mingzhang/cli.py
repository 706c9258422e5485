"""The door: the command line as a whole, its streams, and the exit status.

0 clean, 1 errors found, 2 usage, 3 unreadable input, 4 a defect of the program. Everything the user sees is Chinese.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from mingzhang.arguments import BadArgumentsError, parser_for
from mingzhang.collector import paused
from mingzhang.commands import check, compare, decide, ledger, publish, read
from mingzhang.commands.failures import debugging, failure_of, report, say
from mingzhang.errors import EXIT_USAGE

EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

# A new command is a module in ``commands``, entered here in the order of the help.
COMMANDS = (check, decide, compare, read, ledger, publish)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    _prepare_streams()
    with paused():  # one document most often, and then the process ends
        return _run(argv)


def _run(argv: Sequence[str] | None) -> int:
    try:
        options = parser_for([command.declare for command in COMMANDS]).parse_args(argv)
        status: int = options.run(options)
        sys.stdout.flush()
    except SystemExit as ended:  # --help and --version
        return ended.code if isinstance(ended.code, int) else EXIT_USAGE
    except BadArgumentsError as error:
        status = report(failure_of(error))
        print(error.usage, end="", file=sys.stderr)
        return status
    except KeyboardInterrupt:
        say("mingzhang: 已中断。")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever was reading has gone; nothing more can be said, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except Exception as error:
        return report(failure_of(error))
    return status


def _prepare_streams() -> None:
    import warnings

    if not debugging():
        warnings.simplefilter("ignore")  # libraries warn in English, of things the reader cannot change
    for stream in (sys.stdout, sys.stderr):
        # A pipe gets UTF-8 whatever the locale; a file name that is not UTF-8 must not stop the report.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="backslashreplace")
            else:
                reconfigure(encoding="utf-8", errors="backslashreplace")
