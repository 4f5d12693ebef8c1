"""The server's memory comes from few pools, however many readers' threads ask for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

POOLS = """
import ctypes, sys, threading
from pages.frame.server.memory import few_arenas
if sys.argv[1] == "few":
    few_arenas()
library = ctypes.CDLL(None)
library.malloc.restype, library.fopen.restype = ctypes.c_void_p, ctypes.c_void_p
meet = threading.Barrier(12)
def ask():
    meet.wait()
    for _ in range(200):
        library.malloc(ctypes.c_size_t(5000))
    meet.wait()
threads = [threading.Thread(target=ask) for _ in range(12)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
stream = ctypes.c_void_p(library.fopen(b"/dev/stdout", b"w"))
library.malloc_info(0, stream)
library.fclose(stream)
"""


def pools(how: str, **settings: str) -> int:
    """Return how many pools a process has after twelve threads asked for memory at the same time."""
    told = subprocess.run(
        [sys.executable, "-c", POOLS, how],
        capture_output=True, text=True, check=True, env={**os.environ, **settings},
    )  # fmt: skip
    return len(re.findall(r"<heap nr=", told.stdout))


@pytest.mark.skipif(sys.platform != "linux", reason="the pools are glibc's")
def test_twelve_threads_share_two_pools_and_what_the_owner_set_stands():
    assert pools("few") <= 2
    assert pools("as it is") > 2
    assert pools("few", MALLOC_ARENA_MAX="5") > 2


def test_what_was_let_go_of_is_given_back():
    code = """
import sys
from pages.frame.server.memory import give_back
import numpy as np
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
# pieces under the size that the C library returns by itself, the last of them kept above the others
pieces = [np.ones(12_000) for _ in range(1_000)]
last, full = pieces.pop(), held()
pieces.clear()
kept = held()
give_back()
print(full, kept, held())
"""
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is read from /proc")
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    full, kept, after = map(float, told.stdout.split())
    assert kept > full - 10, "the C library kept the pieces, or there is nothing to give back"
    assert after < full - 80
