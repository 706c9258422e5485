"""The files of a command line as disclosures: each read once, those that are one disclosure joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from mingzhang.commands.failures import Failure, failure_of, say
from mingzhang.commands.progress import Progress
from mingzhang.commands.reading import admitted, recognised, understood
from mingzhang.commands.settings import limits_of
from mingzhang.shelf import Aside, Shelf, Values

if TYPE_CHECKING:
    from mingzhang.across.profile import Profile
    from mingzhang.cube.disclosure import Disclosure
    from mingzhang.documents import Limits
    from mingzhang.documents.model import Document

Joining = Literal["auto", "together", "apart"]


@dataclass(frozen=True, slots=True)
class Case:
    """One disclosure to be checked, of one file or several, put aside until its turn; or why it cannot be."""

    paths: tuple[str, ...]
    held: Aside[Disclosure] | Failure
    profile: Profile | None = None  # what it is among others, where there are any

    @property
    def path(self) -> str:
        """The file that it goes by: decisions are kept beside it."""
        return self.paths[0]

    @property
    def outcome(self) -> Disclosure | Failure:
        return self.held if isinstance(self.held, Failure) else self.held.get()


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as read: what is understood of it and what it is among others, or why it could not be read.

    ``refused`` says why it is no disclosure alone; its ``document`` is kept where it may have to be joined.
    """

    path: str
    disclosure: Aside[Disclosure] | None = None
    profile: Profile | None = None
    document: Aside[Document] | None = None
    failure: Failure | None = None
    refused: Failure | None = None


def gather(paths: Sequence[str], limits: Limits | None = None, joining: Joining = "auto") -> list[Case]:
    """The disclosures in the files, in the order of the first file of each. No file stops the others."""
    if len(paths) == 1:
        return [_only(paths[0], limits)]
    progress, shelf = Progress(len(paths)), Shelf()
    read: list[_Read] = []
    for number, path in enumerate(paths, start=1):
        with progress.on(number, path):
            read.append(_read(path, limits, joining, shelf))
    if joining == "apart":
        return [_alone(one) for one in read]
    from mingzhang.across.joining import forced, joints_of

    profiles = [one.profile for one in read]
    if joining == "together":
        failed = [_alone(one) for one in read if one.failure is not None]
        if failed:
            return failed
        joint = forced([profile for profile in profiles if profile is not None])
        return [_joined([read[index] for index in joint.members], joint.reason, limits, shelf)]
    joints, doubts = joints_of(Values([one.disclosure or _NOTHING for one in read]), profiles)
    for doubt in doubts:
        say(f"mingzhang: {doubt}")
    first = {min(joint.members): joint for joint in joints}
    taken = {member for joint in joints for member in joint.members}
    cases: list[Case] = []
    for index, one in enumerate(read):
        if index in first:
            joint = first[index]
            cases.append(_joined([read[member] for member in joint.members], joint.reason, limits, shelf))
        elif index not in taken:
            cases.append(_alone(one))
    return cases


_NOTHING: Aside[None] = Aside(None)


def _only(path: str, limits: Limits | None) -> Case:
    try:
        with Progress(1).on(1, path):
            disclosure = recognised(path, limits)[1]
        return Case((path,), Aside(admitted(disclosure)))
    except Exception as error:
        return Case((path,), failure_of(error, path))


def _read(path: str, limits: Limits | None, joining: Joining, shelf: Shelf) -> _Read:
    from mingzhang.across.profile import profile_of

    try:
        document, disclosure = recognised(path, limits)
        profile = profile_of(disclosure)
    except Exception as error:
        return _Read(path, failure=failure_of(error, path))
    refused: Failure | None = None
    if joining != "together":
        try:
            admitted(disclosure)
        except Exception as error:
            refused = failure_of(error, path)
    kept = shelf.put(document) if joining == "together" or (joining == "auto" and not profile.is_whole) else None
    del document  # the largest part of what is in memory while the rest is packed
    return _Read(path, shelf.put(disclosure), profile, kept, refused=refused)


def _alone(read: _Read) -> Case:
    return Case(
        (read.path,), read.failure or read.refused or read.disclosure or Failure("internal", "", 4), read.profile
    )


def _joined(parts: Sequence[_Read], reason: str, limits: Limits | None, shelf: Shelf) -> Case:
    from mingzhang.across.profile import profile_of
    from mingzhang.documents import open_document
    from mingzhang.documents.joining import join

    paths = tuple(part.path for part in parts)
    try:
        disclosure = understood(
            join(
                [
                    part.document.get()
                    if part.document is not None
                    else open_document(part.path, limits=limits or limits_of(None))
                    for part in parts
                ]
            )
        )
        disclosure = admitted(replace(disclosure, notes=(reason, *disclosure.notes)))
        return Case(paths, shelf.put(disclosure), profile_of(disclosure))
    except Exception as error:
        return Case(paths, failure_of(error, paths[0]))
