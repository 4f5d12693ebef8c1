"""The same question is answered once: the command line and About / Methods, with a patrol log held."""

from __future__ import annotations

import re
import shutil

import pytest

from data.records import keep_records, read_upload
from data.store import open_store
from pages.calibration.__main__ import main
from tests.pages.conftest import text_of

HEAD = "Date,Hotspot,Start,End,LSOA\n"
REPEATS = 200


@pytest.fixture(scope="module")
def patrolled_store(real_store, tmp_path_factory):
    """The real months with a patrol log whose hotspots name forty further units of ground in Middlesbrough."""
    folder = tmp_path_factory.mktemp("patrolled") / "store"
    shutil.copytree(real_store.path, folder)
    store = open_store(folder)
    ground = store.ground("cleveland")
    codes = ground.loc[ground["district_name"] == "Middlesbrough", "ground_code"].iloc[:40]
    rows = "".join(f"2023-10-01,Hotspot {at},10:00,11:00,{code}\n" for at, code in enumerate(codes))
    report = read_upload("patrol-log", "log.csv", (HEAD + rows).encode())
    assert len(report.accepted) == 40
    keep_records(folder, "patrol-log", report)
    return store


def test_the_command_and_the_page_leave_out_the_same_ground(walk_app, patrolled_store, capsys):
    assert main(["--store", str(patrolled_store.path), "--repeats", str(REPEATS)]) == 0
    printed = [re.split(r"\s{2,}", line.strip()) for line in capsys.readouterr().out.splitlines()[4:]]
    page = text_of(walk_app(patrolled_store, "pages/about/methods.py"))
    assert printed
    for name, places, *shares in printed:
        assert f"{name} {places} {' '.join(shares)}" in page
    asb = next(row for row in printed if row[0] == "Anti-social behaviour")
    assert int(asb[1]) < 303
