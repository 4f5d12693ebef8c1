"""How the server's memory is handed out and given back: one room for many readers."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pyarrow as pa

ARENAS = 2
"""Pools of memory of the C library. Each reader's run is a thread of its own, and by default up to eight pools a core keep
what short runs have let go of: a third of what a full room adds. Python runs one thread at a time, so two are no bar."""

EVERY = 15.0
"""Seconds from one giving back to the next: it takes some milliseconds, beside the readers' runs."""

_M_ARENA_MAX = -8
"""glibc's own number for it (malloc.h)."""


def few_arenas() -> None:
    """Let all threads share a few pools of memory, where the C library is glibc and its owner has not said otherwise."""
    if "MALLOC_ARENA_MAX" not in os.environ and (library := _glibc()):
        library.mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give the system back what runs have let go of, and the libraries keep."""
    pa.default_memory_pool().release_unused()
    if library := _glibc():
        library.malloc_trim(0)


@asynccontextmanager
async def giving_back() -> AsyncIterator[None]:
    """Give memory back time and again, as long as the server runs."""

    async def again() -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await asyncio.to_thread(give_back)
            except OSError:  # memory that is not given back now is given back later
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
