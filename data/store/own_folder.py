"""The store's folders are its owner's alone: records of an office lie in them, and other people log in too."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.store.store_place import PROJECT_STORE

OWN = 0o700
_OTHERS = 0o077


def make_own(store_path: str | Path) -> None:
    """Close a store's folders to everybody but the user who runs the program, as far as that user may.

    The folder in the project stays open where it holds code; everything below it is closed. A folder that is
    somebody else's stays as it is.
    """
    root = Path(store_path)
    if not root.is_dir():
        return
    below = [path for path in root.iterdir() if path.is_dir() and not path.is_symlink()]
    code = root.resolve() == PROJECT_STORE.resolve()
    for folder in [*(() if code else (root,)), *(path for path in below if path.name != "__pycache__")]:
        with contextlib.suppress(OSError):
            if folder.stat().st_mode & _OTHERS:
                folder.chmod(OWN)


@contextmanager
def own_files() -> Iterator[None]:
    """Make what is written meanwhile the user's alone: folders 0700, files 0600."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)
