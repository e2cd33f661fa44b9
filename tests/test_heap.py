"""The process's memory: counted in a process of its own, by glibc itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.heap import _glibc, give_back_unused

COUNTED = """
import ctypes, os, sys, threading
from simulator.heap import give_back_unused, share_one_heap
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.fopen.restype = ctypes.c_void_p
libc.fclose.argtypes = [ctypes.c_void_p]
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
if sys.argv[1] == "one":
    share_one_heap()
meet = threading.Barrier(5)
def take():
    libc.malloc(1000)
    meet.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads:
    thread.start()
meet.wait()
file = libc.fopen(sys.argv[2].encode(), b"w")
libc.malloc_info(0, file)
libc.fclose(file)
"""

pytestmark = pytest.mark.skipif(_glibc() is None, reason="only glibc keeps a heap for each thread")


@pytest.mark.parametrize(("mode", "one"), [("one", True), ("as it was", False)])
def test_threads_share_one_heap(tmp_path: Path, mode: str, one: bool) -> None:
    told = tmp_path / "heaps.xml"
    environ = {name: value for name, value in os.environ.items() if "MALLOC" not in name}
    subprocess.run([sys.executable, "-c", COUNTED, mode, str(told)], check=True, env=environ)
    assert (told.read_text().count("<heap ") == 1) == one


def test_what_was_freed_is_given_back() -> None:
    def resident_mb() -> float:
        pages = Path("/proc/self/statm").read_text().split()[1]
        return int(pages) * 4096 / 1e6

    pieces = [bytes(20_000 + index) for index in range(5000)]
    kept = pieces[-1]
    full = resident_mb()
    del pieces
    assert resident_mb() > full - 10  # not by itself: what lies on top is still in use
    give_back_unused()
    assert kept
    assert resident_mb() < full - 50
