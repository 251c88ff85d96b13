"""A bar on a terminal's stderr for runs that take over a second."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TextIO

from dllint.report.cells import visible, width

_PATIENCE = 1.0
"""Seconds that pass without a bar."""

_BETWEEN = 0.1
"""Seconds between two drawings."""

_BAR = 24
"""Cells of the bar."""


class Bar:
    """Draws on `stream` while a run goes on, and leaves no trace: `erase` when it has ended."""

    def __init__(self, stream: TextIO, columns: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._columns = columns
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._drawn = False

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show files done of all, and the one that is next, at most ten times a second."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + _BETWEEN
        self._drawn = True
        self._put(f"\r\x1b[2K{_line(done, total, name, self._columns)}")

    def erase(self) -> None:
        """Clear the line when anything was drawn, and draw no more: after an interrupt the run may still go on."""
        self._next = math.inf
        if self._drawn:
            self._drawn = False
            self._put("\r\x1b[2K")

    def _put(self, text: str) -> None:
        encoding = self._stream.encoding or "utf-8"
        self._stream.write(text.encode(encoding, "replace").decode(encoding))
        self._stream.flush()


def _line(done: int, total: int, name: str, columns: int) -> str:
    """`████░░░░ 12/40 train.py`, cut to the terminal."""
    full = _BAR * done // max(total, 1)
    head = f"{'█' * full}{'░' * (_BAR - full)} {done}/{total} "
    name = visible(name)
    while name and width(head + name) >= columns:
        name = name[1:]
    return (head + name)[: columns - 1]
