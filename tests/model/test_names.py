"""Names are bounded where they are given: refused with their reason, and never cut to another's."""

from __future__ import annotations

import pytest

from analysis.model.errors import AreaError, RefusedError
from analysis.model.names import GIVEN_LETTERS, NameRefusedError, checked_name
from analysis.model.own_area import own_area
from analysis.records import record_kind
from analysis.records.tidying import RawTable, tidy_records
from data.areas.area_files import read_areas
from tests.model.test_own_area import GROUND

UNSEEN = ["a\0b", "abc\u202edef", "a\u200bb", "a\x1bb", "a\u2060b"]


@pytest.mark.parametrize("name", [*UNSEEN, "x" * 61, "x" * 5_000])
def test_a_name_too_long_or_with_what_cannot_be_seen_is_refused(name):
    with pytest.raises(NameRefusedError) as refused:
        checked_name(name)
    assert len(str(refused.value)) < 200
    assert str(refused.value).isprintable()


def test_a_name_of_the_most_letters_stays_whole_and_two_spellings_of_one_are_one():
    assert checked_name("x" * GIVEN_LETTERS) == "x" * GIVEN_LETTERS
    assert checked_name("Cafe\u0301  Nero ") == "Café Nero"
    assert checked_name("ሀ𓀀 ![x](y)") == "ሀ𓀀 ![x](y)"


@pytest.mark.parametrize("name", ["x" * 61, "a\u202eb"])
def test_an_own_area_of_such_a_name_is_refused_in_a_sentence(name):
    with pytest.raises(AreaError, match=r"^The name .*\.$"):
        own_area(name, [GROUND["ground_code"].iloc[0]], GROUND, {}, "made")


@pytest.mark.parametrize(
    ("kind", "headings", "row", "at"),
    [
        (
            "retail-register",
            "Date,Shop,Locality,District,Offence",
            "2023-08-01,Shop,Place,District,Shoplifting",
            1,
        ),
        (
            "retail-register",
            "Date,Shop,Locality,District,Offence",
            "2023-08-01,Shop,Place,District,Shoplifting",
            2,
        ),
        (
            "retail-register",
            "Date,Shop,Locality,District,Offence",
            "2023-08-01,Shop,Place,District,Shoplifting",
            3,
        ),
        ("patrol-log", "Date,Hotspot,Start,End", "2023-10-01,Place,10:00,11:00", 1),
        ("funding", "Programme,Amount,From,To,Places", "P,£1,2023-10-01,2023-12-31,One; Two", 4),
    ],
)
def test_the_row_of_a_file_with_such_a_name_is_refused_with_its_reason(kind, headings, row, at):
    good = tuple(row.split(","))
    bad = [(*good[:at], name, *good[at + 1 :]) for name in ("x" * 61, "abc\u202edef")]
    raw = RawTable(tuple(headings.split(",")), tuple(enumerate([good, *bad], start=2)))
    tidied = tidy_records(record_kind(kind), raw)
    assert len(tidied.accepted) == 1
    assert tidied.refused["row"].tolist() == [3, 4]
    assert "61 letters" in tidied.refused["reason"].iloc[0]
    assert "cannot be seen" in tidied.refused["reason"].iloc[1]


@pytest.mark.parametrize("name", ["x" * 61, r"a\u202eb"])
def test_an_areas_file_with_such_a_name_is_refused_by_its_section(tmp_path, name):
    file = tmp_path / "areas.toml"
    file.write_text(
        f'[areas.a]\nname = "{name}"\nkind = "own"\nforce = "made"\ndistrict = "D"\n'
        'ground = [{ lsoa_2011 = ["E01000001"], lsoa_2021 = ["E01000001"] }]\n'
    )
    with pytest.raises(RefusedError, match=r"areas\.a"):
        read_areas(extra=file)
