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
