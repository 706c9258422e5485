"""The files that a command is given, and the disclosure in each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.commands.failures import say
from mingzhang.commands.settings import limits_of
from mingzhang.errors import UsageError

if TYPE_CHECKING:
    from mingzhang.cube import Disclosure
    from mingzhang.documents.limits import Limits
    from mingzhang.documents.model import Document

# What is taken from a folder; a file named on the command line is tried whatever its name.
READABLE_SUFFIXES = frozenset(
    {
        *(".txt", ".csv", ".tsv", ".md", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".et", ".pdf"),
        *(".docx", ".docm", ".dotx", ".html", ".htm", ".xhtml", ".shtml"),
        *(".doc", ".wps", ".dot", ".wpt", ".rtf"),
        *(".png", ".jpg", ".jpeg", ".tif", ".tiff"),
    }
)
_COMPANION = ".decisions.json"  # stands beside a document, is none
KINDS = "txt、xlsx、xls、pdf、docx、html、doc、wps"


def files_of(arguments: Sequence[str]) -> Iterator[str]:
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
        names = [name for name in names if not name.startswith((".", "~$")) and not name.endswith(_COMPANION)]
        places = {name: os.path.join(argument, name) for name in names}
        chosen = [n for n in names if os.path.isfile(places[n]) and Path(n).suffix.lower() in READABLE_SUFFIXES]
        skipped = [name for name in names if name not in chosen]
        if skipped:
            say(f"mingzhang: 文件夹“{argument}”中跳过了{len(skipped)}项（不是可读的文件类型）：{'、'.join(skipped)}")
        if not chosen:
            raise UsageError("nothing-to-do", f"文件夹“{argument}”里没有可以读取的文件（{KINDS}）。")
        yield from (places[name] for name in chosen)


def recognised(path: str, limits: Limits | None = None) -> tuple[Document, Disclosure]:
    """The document at ``path`` and what is understood of it, whether or not it is a disclosure.

    Without ``limits``, those of the environment (``settings.VARIABLE``).
    """
    from mingzhang.documents import open_document

    document = open_document(path, limits=limits or limits_of(None))
    return document, understood(document)


def understood(document: Document) -> Disclosure:
    """What is understood of a document; of scanned headers and numbers the readings that the vocabulary and the relations
    decide for."""
    from mingzhang.recognition import recognise, with_headers_read_again

    disclosure = recognise(with_headers_read_again(document))
    if any(observation.source.scan is not None for observation in disclosure.observations):
        from mingzhang.reconciliation import reread

        disclosure = reread(disclosure)
    return disclosure


def admitted(disclosure: Disclosure) -> Disclosure:
    """The disclosure, if it is one; else raises the refusal."""
    from mingzhang.admission import refusal

    refused = refusal(disclosure)
    if refused is not None:
        raise refused
    return disclosure


def disclosure_of(path: str, limits: Limits | None = None) -> Disclosure:
    """The disclosure at ``path``."""
    return admitted(recognised(path, limits)[1])
