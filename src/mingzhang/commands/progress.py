"""On a terminal, a line that says which file is in hand, shown once it takes a while."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

PROGRESS_AFTER = 0.5  # seconds


@dataclass(slots=True)
class Progress:
    """The progress over ``total`` files: ``with progress.on(number, path): …``."""

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

    def __init__(self, progress: Progress, text: str) -> None:
        self._progress = progress
        self._timer = threading.Timer(PROGRESS_AFTER, progress.show, (text,)) if sys.stderr.isatty() else None

    def __enter__(self) -> None:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._progress.clear()
