"""Room for parsers: a thread with a large stack, for the rare file that needs it, and no garbage collection."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

STACK = 256 * 2**20  # bytes; reserved, not used: the operating system gives pages as they are touched
CHUNK = 16 * 2**20  # bytes of a frame that needs a chunk of twice that
FRAMES = 50_000  # Python 3.10 spends about 0.6 KB of stack on each


def roomy(work: Callable[[], T]) -> T:
    """What `work()` returns or raises, run where recursion of 50,000 Python frames or 256 MiB of C stack is safe.

    The recursion limit is the interpreter's, so it is higher for other threads too while this one runs.
    """
    returned: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            returned.append(_in_one_chunk(work))
        except BaseException as error:  # handed to the caller below, whatever it is
            raised.append(error)

    limit, stack = sys.getrecursionlimit(), threading.stack_size(STACK)
    sys.setrecursionlimit(max(limit, FRAMES))
    thread = threading.Thread(target=run, name="dllint-roomy", daemon=True)
    try:
        thread.start()
    finally:
        threading.stack_size(stack)
    thread.join()
    sys.setrecursionlimit(limit)
    if raised:
        raise raised.pop()
    return returned.pop()


def _in_one_chunk(work: Callable[[], T]) -> T:
    """work(), with all its frames in one piece of memory.

    Python keeps frames in chunks of 16 KiB, and maps and unmaps one whenever calls cross its end: a deep recursion
    does so at every turn, which took a seventh of a run on keras. A chunk is as large as the first frame in it needs,
    so one frame that claims a large stack brings the room for all that it calls. Pages are given as they are touched.
    """
    return work()


_in_one_chunk.__code__ = _in_one_chunk.__code__.replace(co_stacksize=CHUNK // 8)


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection: it would walk the growing trees again and again, and nothing in them is cyclic."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
