"""The process's memory, kept small on Linux.

glibc gives each thread a heap of its own, and what one thread has freed is not there for the next.
The models here run in turn on several threads, so each heap would grow to hold the largest of what
its thread ever needed: after an answer of three minutes 300 MB lay free, 120 with one heap for all.
Loading leaves another 180 MB free, which is handed back once it is done.
"""

from __future__ import annotations

import sys
from typing import Any

_M_ARENA_MAX = -8
"""From glibc's malloc.h."""


def share_one_heap() -> None:
    """Let threads that start from now on share the heaps there are; does nothing elsewhere."""
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_M_ARENA_MAX, 1)


def give_back_unused() -> None:
    """Hand free memory back to the system, in some milliseconds; does nothing elsewhere."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


def _glibc() -> Any:
    """The C library where it is glibc, else None."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None
