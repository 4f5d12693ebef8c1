"""The server's memory comes from few pools, however many readers' threads ask for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.conftest import PROJECT

ALONE = f"""
import importlib.util
spec = importlib.util.spec_from_file_location("memory", {str(PROJECT / "pages" / "frame" / "server" / "memory.py")!r})
memory = importlib.util.module_from_spec(spec)
spec.loader.exec_module(memory)
one_allocator, give_back = memory.one_allocator, memory.give_back
"""
"""The module without the rest of the server, which would take longer to come than all that is measured."""

POOLS = """
import ctypes, sys, threading
if sys.argv[1] == "few":
    one_allocator()
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
        [sys.executable, "-c", ALONE + POOLS, how],
        capture_output=True, text=True, check=True, env={**os.environ, **settings},
    )  # fmt: skip
    return len(re.findall(r"<heap nr=", told.stdout))


@pytest.mark.skipif(sys.platform != "linux", reason="the pools are glibc's")
def test_twelve_threads_share_two_pools_and_what_the_owner_set_stands():
    assert pools("few") <= 2
    assert pools("as it is") > 2
    assert pools("few", MALLOC_ARENA_MAX="5") > 2


PIECES = """
import sys
import numpy as np
import pyarrow as pa
if sys.argv[1] == "ours":
    one_allocator()
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
first = np.ones(3_000_000)  # a large table comes and goes, as at a start
del first
# room that imports left free is used up, so that the small pieces below come to lie between the tables
filled = [bytes(4_000) for _ in range(10_000)]
before = held()
# tables of 0.4 MB with something small made between them that stays
kept, tables = [], []
for _ in range(300):
    tables.append(np.ones(50_000))
    kept.append(bytes(4_000))
full = held()
tables.clear()
print(full - before, held() - before, pa.default_memory_pool().backend_name)
"""


def pieces(how: str, **settings: str) -> tuple[float, float, str]:
    """Return the megabytes of 300 tables, what is kept of them when they are let go of, and the name of Arrow's pool."""
    told = subprocess.run(
        [sys.executable, "-c", ALONE + PIECES, how],
        capture_output=True, text=True, check=True, env={**os.environ, **settings},
    ).stdout.split()  # fmt: skip
    return float(told[0]), float(told[1]), told[2]


@pytest.mark.skipif(sys.platform != "linux", reason="the pools are glibc's")
def test_tables_let_go_of_leave_no_holes_between_what_stays_and_texts_share_the_pool():
    full, kept, pool = pieces("ours")
    assert full > 100
    assert kept < 20
    assert pool == "system"
    # how much another pool gives back is a matter of time; the C library's holes are below
    assert pieces("as it is")[2] != "system"
    assert pieces("ours", MALLOC_MMAP_THRESHOLD_="33554432")[1] > 100
    assert pieces("ours", ARROW_DEFAULT_MEMORY_POOL="mimalloc")[2] == "mimalloc"


def test_what_was_let_go_of_is_given_back():
    code = """
import sys
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
    told = subprocess.run([sys.executable, "-c", ALONE + code], capture_output=True, text=True, check=True)
    full, kept, after = map(float, told.stdout.split())
    assert kept > full - 10, "the C library kept the pieces, or there is nothing to give back"
    assert after < full - 80
