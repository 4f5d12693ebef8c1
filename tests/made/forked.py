"""Programs of tests as processes of their own, without the second or two that each would need to import what it runs.

One process imports it all, once for a worker of the tests; each program is forked from it. It is a process as any other: it
can be killed, held to a limit and made another user, and what it was given ends with it. What a command needs to begin, and
what it prints to a terminal, is tried with commands that are started whole.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import PROJECT

_NURSERY = """
import json, os, sys, tempfile, threading, traceback
import pyogrio, shapely
import data.__main__, data.backup.contents, data.download, data.ons, data.records.record_workbooks
import data.store, data.police_uk.importer


def run(asked):
    for at, name in enumerate((os.devnull, asked["out"], asked["err"])):
        file = os.open(name, os.O_RDWR)
        os.dup2(file, at)
        os.close(file)
    os.environ.clear()
    os.environ.update(asked["environment"])
    tempfile.tempdir = None
    sys.argv = ["-c", *asked["words"]]
    status = 0
    try:
        exec(compile(asked["code"], "<string>", "exec"), {"__name__": "__main__"})
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            print(end.code, file=sys.stderr)
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    threading._shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


for line in sys.stdin:
    child = os.fork()
    if not child:
        run(json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

_one_at_a_time = threading.Lock()


@cache
def _nursery() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _NURSERY],
        cwd=PROJECT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(_close, process)
    return process


def _close(process: subprocess.Popen[str]) -> None:
    process.stdin.close()
    process.wait()


def python(code: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a program with these words (``sys.argv[1:]``) to its end; return its exit code, output and errors."""
    if not hasattr(os, "fork"):
        pytest.skip("processes are forked, which this system cannot")
    with _one_at_a_time, tempfile.TemporaryDirectory() as folder:
        out, errors = Path(folder, "out"), Path(folder, "errors")
        for file in (out, errors):
            file.touch()
        asked = {
            "code": code,
            "words": [str(word) for word in words],
            "environment": dict(os.environ),
            "out": str(out),
            "err": str(errors),
        }
        process = _nursery()
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        status = int(process.stdout.readline())
        return subprocess.CompletedProcess(
            ["-c", *asked["words"]], status, out.read_text(), errors.read_text()
        )
