"""Commands run where they cannot write: on a disk that is full, and as a user whose the store is not."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.made import forked

_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from {module} import main
sys.exit(main(sys.argv[2:]))
"""
_AS_NOBODY = """
import os, sys
from analysis.model.errors import AnalysisError
{imports}
os.setgid(65534)  # everything is imported now: nobody may read no code
os.setuid(65534)
try:
    {call}
except AnalysisError as error:
    print(error)
"""

only_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)


def on_a_full_disk(largest: int, *words: str, module: str = "data.__main__") -> str:
    """Run a command of ``module`` that can write no file of over so many bytes, and return its one sentence, or its report."""
    done = forked.python(_LIMITED.format(module=module), largest, *words)
    assert done.returncode == 1, done.stdout + done.stderr
    assert len(done.stderr.splitlines()) <= 1, done.stderr
    return (done.stderr or done.stdout).strip()


@contextmanager
def open_folder() -> Iterator[Path]:
    """Give a folder that every user may enter (pytest's own are closed), so that it is the store in it that is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def as_another_user(imports: str, call: str, *words: str) -> str:
    """Call something with these words (``sys.argv[1:]``) as a user who may write nothing, and return what it is refused with."""
    done = forked.python(_AS_NOBODY.format(imports=imports, call=call), *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
