"""How the server's memory is handed out and given back: one room for many readers."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pyarrow as pa

ARENAS = 2
"""Pools of memory of the C library. Each reader's run is a thread of its own, and by default up to eight pools a core keep
what short runs have let go of: a third of what a full room adds. Python runs one thread at a time, so two are no bar."""

EVERY = 15.0
"""Seconds from one giving back to the next: it takes some milliseconds, beside the readers' runs."""

LARGE = 128 * 1024
"""Bytes from which a piece of memory is given back whole as soon as it is let go of. glibc begins with this and goes up to
32 MB by itself; tables then lie among small pieces, and one of these that stays keeps the room of all: 90 MB after 250
clicks on links made up to be new each time."""

_SETTINGS = {"MALLOC_ARENA_MAX": (-8, ARENAS), "MALLOC_MMAP_THRESHOLD_": (-3, LARGE)}
"""glibc's environment variable for each, its number (malloc.h), and ours."""

ARROW_POOL = "ARROW_DEFAULT_MEMORY_POOL"
"""The environment variable that names another pool for Arrow."""


def one_allocator() -> None:
    """Let all threads share a few pools, and texts and tables the same, where the owner has not said otherwise.

    Arrow's own pool keeps, for each thread that ended, what it let go of: 50 MB were held for 2 in use. Only glibc is told.
    """
    library = _glibc()
    if library is None:
        return
    for variable, (number, ours) in _SETTINGS.items():
        if variable not in os.environ:
            library.mallopt(number, ours)
    if ARROW_POOL not in os.environ:
        pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """Give the system back what runs have let go of, and the libraries keep."""
    pa.default_memory_pool().release_unused()
    if library := _glibc():
        library.malloc_trim(0)


@asynccontextmanager
async def giving_back(first: Callable[[], None]) -> AsyncIterator[None]:
    """Give memory back time and again, as long as the server runs, after doing ``first``, which lets go of some."""

    async def again() -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                first()
                await asyncio.to_thread(give_back)
            # it rests on Streamlit's own parts; what is not given back now is given back later
            except (OSError, AttributeError, LookupError, RuntimeError, TypeError):
                logging.getLogger(__name__).exception("Memory was not given back")

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _glibc() -> ctypes.CDLL | None:
    """Return the C library where it is glibc."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None
