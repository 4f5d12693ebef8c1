"""A piece of work of which there is one at a time: whoever comes second is told, and does not wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from analysis.model.errors import RefusedError


@contextmanager
def one_at_a_time(lock: Path, busy: str) -> Iterator[None]:
    """Hold this lock for as long as what stands inside takes; RefusedError with ``busy`` where another holds it."""
    held = filelock.FileLock(lock, timeout=0)
    try:
        held.acquire()
    except filelock.Timeout as problem:
        raise RefusedError(busy) from problem
    try:
        yield
    finally:
        held.release()
