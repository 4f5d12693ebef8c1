"""Zips whose list lies, as random changes made them: whatever reads a zip tells it in a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from analysis.model.errors import AnalysisError
from analysis.records import RECORD_KINDS
from data.backup import restore
from data.geography.centre_files import read_centres
from data.records.record_files import read_raw_table
from data.store import open_store

NAME_LENGTH, FURTHER_LENGTH = 28, 30
"""Where these stand, as two bytes, in an entry of a zip's list."""

INSIDE = {
    "outlines": "made.geojson",
    "centres": "made.geojson",
    "months": "2023-07/2023-07-cleveland-street.csv",
    "back-up": "back-up.json",
    "records": "[Content_Types].xml",
}


def read(what, path, tmp_path):
    """Give the file to what reads such zips."""
    store = tmp_path / "store"
    if what == "outlines":
        open_store(store).import_geography(path)
    elif what == "centres":
        read_centres(path)
    elif what == "months":
        report = open_store(store).import_police_uk(path)
        assert not report.ok
        raise AnalysisError(" ".join(report.refused))
    elif what == "back-up":
        restore(store, path)
    else:
        read_raw_table(RECORD_KINDS[0], "made.xlsx", path.read_bytes())


def zipped(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, b"{}" * 50)
    return out.getvalue()


def before_the_file(name):
    """Its list is whole, and places the member before the first byte."""
    return zipped(name)[20:]


def without_a_name(name):
    """A member of the list has a name of no letter."""
    content = bytearray(zipped("x"))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + NAME_LENGTH : entry + NAME_LENGTH + 2] = (0).to_bytes(2, "little")
    content[entry + FURTHER_LENGTH : entry + FURTHER_LENGTH + 2] = (1).to_bytes(2, "little")
    return bytes(content)


@pytest.mark.parametrize("lie", [before_the_file, without_a_name])
@pytest.mark.parametrize("what", INSIDE)
def test_a_list_that_lies_is_a_sentence_wherever_a_zip_is_read(what, lie, tmp_path):
    path = tmp_path / "made.zip"
    path.write_bytes(lie(INSIDE[what]))
    with pytest.raises(AnalysisError, match=r"made\.(zip|xlsx)"):
        read(what, path, tmp_path)
