"""An import that is killed leaves every month readable: the old one or the new one, and never half of it."""

from __future__ import annotations

import pytest

from tests.made import forked

# dies at the third month, at one of the moments between reading a file and holding its month
DYING = """
import os, signal, sys
from pathlib import Path
from data.police_uk import importer
from data.police_uk import months
count = 0
where = sys.argv[3]

def dies(function):
    def wrapped(*given, **named):
        global count
        count += 1
        if count == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*given, **named)
    return wrapped

if where == "before the rows are written":
    months.MonthWriter._commit = dies(months.MonthWriter._commit)
elif where == "before the record":
    months.write_record = dies(months.write_record)
elif where == "before the record is moved into place":
    os.fsync = dies(os.fsync)
else:
    months.FileResult = dies(months.FileResult)
importer.import_files(Path(sys.argv[1]), [Path(sys.argv[2])])
"""


@pytest.mark.parametrize(
    "where",
    [
        "before the rows are written",
        "before the record",
        "before the record is moved into place",
        "after the month is held",
    ],
)
def test_kill_in_the_middle_of_an_import(made, store, where):
    months = [f"2023-0{number}" for number in range(1, 7)]
    for month in months:
        made.street(month, made.rows(month, count=5), folder=f"old/{month}")
        made.street(month, made.rows(month, count=8), folder=f"new/{month}")
    store.import_police_uk(made.folder / "old")

    child = forked.python(DYING, store.path, made.folder / "new", where)
    assert child.returncode == -9, child.stderr
    rows = store.street("cleveland").execute().groupby("month").size().tolist()
    assert len(rows) == 6 and set(rows) <= {5, 8} and 5 in rows
    assert store.manifest()["rows_kept"].tolist() == rows

    report = store.import_police_uk(made.folder / "new")
    assert report.ok
    assert store.street("cleveland").execute().groupby("month").size().tolist() == [8] * 6
    held = {record.name for record in (store.path / "street/cleveland").glob("*.parquet")}
    assert len(held) == 6
    assert not (store.path / ".staging").exists()
