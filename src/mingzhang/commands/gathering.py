"""The files of a command line as disclosures: each read once, those that are one disclosure joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from mingzhang.commands.failures import Failure, failure_of, say
from mingzhang.commands.progress import Progress
from mingzhang.commands.reading import admitted, recognised, understood
from mingzhang.commands.settings import limits_of

if TYPE_CHECKING:
    from mingzhang.cube.disclosure import Disclosure
    from mingzhang.documents import Limits
    from mingzhang.documents.model import Document

Joining = Literal["auto", "together", "apart"]


@dataclass(frozen=True, slots=True)
class Case:
    """One disclosure to be checked, of one file or several; or why it cannot be."""

    paths: tuple[str, ...]
    outcome: Disclosure | Failure

    @property
    def path(self) -> str:
        """The file that it goes by: decisions are kept beside it."""
        return self.paths[0]


@dataclass(slots=True)
class _Read:
    """A file as read; a document is kept only where it may have to be joined."""

    path: str
    document: Document | None = None
    disclosure: Disclosure | None = None
    failure: Failure | None = None


def gather(paths: Sequence[str], limits: Limits | None = None, joining: Joining = "auto") -> list[Case]:
    """The disclosures in the files, in the order of the first file of each. No file stops the others."""
    if len(paths) == 1:
        return [_alone(_read(paths[0], limits, Progress(1), 1))]
    progress = Progress(len(paths))
    read = [_read(path, limits, progress, number) for number, path in enumerate(paths, start=1)]
    if joining == "apart":
        return [_alone(one) for one in read]
    from mingzhang.across.joining import forced, joints_of
    from mingzhang.across.profile import profile_of

    if joining == "together":
        failed = [_alone(one) for one in read if one.failure is not None]
        if failed:
            return failed
        known = [profile_of(one.disclosure) for one in read if one.disclosure is not None]
        joint = forced(known)
        return [_joined([read[index] for index in joint.members], joint.reason, limits)]
    profiles = [profile_of(one.disclosure) if one.disclosure is not None else None for one in read]
    for one, profile in zip(read, profiles, strict=True):
        if profile is not None and profile.is_whole:
            one.document = None  # seldom needed again, and the largest part of what is kept
    joints, doubts = joints_of([one.disclosure for one in read], profiles)
    for doubt in doubts:
        say(f"mingzhang: {doubt}")
    first = {min(joint.members): joint for joint in joints}
    taken = {member for joint in joints for member in joint.members}
    cases: list[Case] = []
    for index, one in enumerate(read):
        if index in first:
            joint = first[index]
            cases.append(_joined([read[member] for member in joint.members], joint.reason, limits))
        elif index not in taken:
            cases.append(_alone(one))
    return cases


def _read(path: str, limits: Limits | None, progress: Progress, number: int) -> _Read:
    with progress.on(number, path):
        try:
            document, disclosure = recognised(path, limits)
        except Exception as error:
            return _Read(path, failure=failure_of(error, path))
    return _Read(path, document, disclosure)


def _alone(read: _Read) -> Case:
    if read.disclosure is None:
        return Case((read.path,), read.failure or Failure("internal", "", 4))
    try:
        return Case((read.path,), admitted(read.disclosure))
    except Exception as error:
        return Case((read.path,), failure_of(error, read.path))


def _joined(parts: Sequence[_Read], reason: str, limits: Limits | None) -> Case:
    from mingzhang.documents import open_document
    from mingzhang.documents.joining import join

    paths = tuple(part.path for part in parts)
    try:
        disclosure = understood(
            join([part.document or open_document(part.path, limits=limits or limits_of(None)) for part in parts])
        )
        return Case(paths, admitted(replace(disclosure, notes=(reason, *disclosure.notes))))
    except Exception as error:
        return Case(paths, failure_of(error, paths[0]))
