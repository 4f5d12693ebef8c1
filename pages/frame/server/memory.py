"""How the server's memory is handed out: one room for many readers."""

from __future__ import annotations

import ctypes
import os
import sys

ARENAS = 2
"""Pools of memory of the C library. Each reader's run is a thread of its own, and by default up to eight pools a core keep
what short runs have let go of: a third of what a full room adds. Python runs one thread at a time, so two are no bar."""

_M_ARENA_MAX = -8
"""glibc's own number for it (malloc.h)."""


def few_arenas() -> None:
    """Let all threads share a few pools of memory, where the C library is glibc and its owner has not said otherwise."""
    if sys.platform == "linux" and "MALLOC_ARENA_MAX" not in os.environ:
        library = ctypes.CDLL(None)
        if hasattr(library, "gnu_get_libc_version"):
            library.mallopt(_M_ARENA_MAX, ARENAS)
