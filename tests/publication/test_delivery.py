"""A file is whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mingzhang.errors import EXIT_USAGE, UsageError
from mingzhang.publication import deliver


def test_writes_and_replaces_keeping_permissions_and_links(tmp_path: Path) -> None:
    target, link = tmp_path / "a.txt", tmp_path / "link.txt"
    deliver([(str(target), b"1")])
    target.chmod(0o640)
    link.symlink_to(target)
    deliver([(str(link), b"2")])
    assert (target.read_bytes(), link.is_symlink(), target.stat().st_mode & 0o777) == (b"2", True, 0o640)
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "link.txt"]


def test_new_files_get_the_usual_permissions(tmp_path: Path) -> None:
    previous = os.umask(0o022)
    try:
        deliver([(str(tmp_path / "a"), b"")])
    finally:
        os.umask(previous)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path) -> None:
    old = tmp_path / "a"
    old.write_bytes(b"old")
    with pytest.raises(UsageError) as caught:
        deliver([(str(old), b"new"), (str(tmp_path / "none" / "b"), b"new")])
    assert (caught.value.code, caught.value.exit_status) == ("cannot-write", EXIT_USAGE)
    assert "none/b" in caught.value.message
    assert (old.read_bytes(), os.listdir(tmp_path)) == (b"old", ["a"])


def test_a_failure_while_moving_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(UsageError):
        deliver([(str(tmp_path / "a"), b"1")])
    assert os.listdir(tmp_path) == []


def test_devices_are_written_directly() -> None:
    deliver([(os.devnull, b"1")])
