"""Areas: the project's file, an office's own, and what bad files get."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.model.errors import AreaError, ContractError, RefusedError
from analysis.model.ground import build_crosswalk, crosswalk_without_lookup, ground_table
from data.areas import known_units, read_areas, resolve_areas

KEYS = [
    "billingham-town-centre",
    "thornaby-town-centre",
    "stockton-town-centre",
    "portrack-and-tilery",
    "ropner",
    "hartlepool",
    "middlesbrough",
    "redcar-and-cleveland",
    "stockton-on-tees",
    "rest-of-stockton-on-tees",
]
UNIT = '{ lsoa_2011 = "E01012276", lsoa_2021 = ["E01012276"] }'
AREA = f"""
[areas.mine]
name = "Mine"
kind = "own"
force = "cleveland"
district = "Stockton-on-Tees"
ground = [{UNIT}]
"""


def seen(**names: str) -> pd.DataFrame:
    return pd.DataFrame({"lsoa_code": list(names), "lsoa_name": list(names.values())})


def ground_of(crosswalk, rows, own=("Stockton-on-Tees", "Hartlepool")):
    table = ground_table(crosswalk, rows)
    return table.assign(in_force=table["district_name"].isin(own))


def without_lookup():
    definitions = read_areas()
    crosswalk = crosswalk_without_lookup(known_units(definitions))
    rows = seen(
        E01012276="Stockton-on-Tees 002E", E01012000="Stockton-on-Tees 001A", E01011949="Hartlepool 009A"
    )
    return definitions, crosswalk, ground_of(crosswalk, rows)


def test_the_review_works_without_a_lookup():
    areas = resolve_areas(*without_lookup(), "cleveland")
    assert list(areas) == KEYS
    assert areas["stockton-town-centre"].ground == {"E01012266", "E01012267", "E01033477"}
    assert areas["stockton-town-centre"].codes >= {"E01035197", "E01035200"}
    assert areas["stockton-on-tees"].ground == areas["rest-of-stockton-on-tees"].ground | {
        "E01012276",
        "E01012284",
        "E01012266",
        "E01012267",
        "E01033477",
    }
    assert areas["rest-of-stockton-on-tees"].ground == {"E01012000"} | areas["ropner"].ground
    assert areas["hartlepool"].ground == {"E01011949"}
    assert areas["middlesbrough"].ground == frozenset()
    assert [areas[key].kind for key in KEYS] == ["town centre"] * 3 + ["programme area"] * 2 + [
        "district"
    ] * 4 + ["rest"]
    assert all(area.treated for area in list(areas.values())[:3])


def test_the_order_of_districts_is_the_section_s():
    assert read_areas().forces["cleveland"].districts[-1] == "Stockton-on-Tees"


def test_the_real_lookup_gives_the_same_town_centres_and_every_district(shared):
    lookup = pd.read_csv(shared / "geography" / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    crosswalk = build_crosswalk(lookup)
    ground = ground_of(crosswalk, seen(), crosswalk.table["district_name"].unique())
    areas = resolve_areas(read_areas(), crosswalk, ground, "cleveland")
    bare = resolve_areas(*without_lookup(), "cleveland")
    assert list(areas) == KEYS
    assert all(areas[key].ground == bare[key].ground for key in KEYS[:5])
    districts = [areas[key].ground for key in KEYS[5:9]]
    assert len(frozenset().union(*districts)) == sum(map(len, districts)) == 351
    assert len(areas["rest-of-stockton-on-tees"]) == len(areas["stockton-on-tees"]) - 5


def test_a_force_without_a_section_has_the_districts_of_its_ground():
    definitions, crosswalk, _ = without_lookup()
    rows = seen(E01004736="Westminster 018A", E01000001="City of London 001A", E01000005="Far away")
    areas = resolve_areas(definitions, crosswalk, ground_of(crosswalk, rows, {"Westminster", ""}), "london")
    assert list(areas) == ["westminster"]
    assert areas["westminster"].kind == "district"


def test_an_office_adds_areas_in_a_file_of_its_own(tmp_path):
    own = tmp_path / "areas.toml"
    own.write_text(AREA)
    _, crosswalk, ground = without_lookup()
    areas = resolve_areas(read_areas(extra=own), crosswalk, ground, "cleveland")
    assert list(areas)[:6] == [*KEYS[:5], "mine"]
    assert areas["mine"].ground == areas["billingham-town-centre"].ground
    assert read_areas(extra=tmp_path / "absent.toml") == read_areas()


def test_a_merged_unit_goes_by_its_2021_code(tmp_path):
    file = tmp_path / "areas.toml"
    merged = '{ lsoa_2011 = ["E01000002", "E01000001"], lsoa_2021 = "E01033800", name = "M" }'
    file.write_text(AREA.replace(UNIT, merged))
    assert known_units(read_areas(file)) == [
        ("E01033800", "M", "Stockton-on-Tees", ("E01000001", "E01000002"), ("E01033800",))
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[areas.x", "TOML"),
        ("[places.x]\nname = 'x'", "no section"),
        ("areas = 3", "not a table"),
        ("[areas]\nx = 3", "not a table"),
        (AREA + "colour = 'red'", "unexpected: colour"),
        (AREA.replace('name = "Mine"', ""), "missing: name"),
        (AREA.replace('"own"', '"district"'), "kind"),
        (AREA.replace("areas.mine", "areas.Mine_1"), "link"),
        (AREA.replace("areas.mine", "areas.rest-of-mine"), "link"),
        (AREA.replace('"Mine"', "3"), "no text"),
        (AREA.replace('"Mine"', '" "'), "no text"),
        (AREA + "treated = 'yes'", "neither true nor false"),
        (AREA.replace(UNIT, ""), "no ground"),
        (AREA.replace('"E01012276", lsoa', '"E0101227", lsoa'), "no LSOA code"),
        (AREA.replace('"E01012276", lsoa', '"E01012276\\n", lsoa'), "no LSOA code"),
        (AREA.replace('["E01012276"]', "[]"), "without lsoa_2021"),
        (AREA.replace(UNIT, f"{UNIT}, {UNIT}"), "twice"),
        (AREA.replace(UNIT, UNIT + ', { lsoa_2011 = "E01012276", lsoa_2021 = "E01035197" }'), "two units"),
        ("[forces.x]\ndistricts = ['A']", "missing: name"),
        ("[forces.x]\nname = 'X'\ndistricts = 'A'", "list of names"),
        ("[forces.x]\nname = 'X'\ndistricts = ['A', 'A']", "district twice"),
        ("[forces.cleveland]\nname = 'C'\ndistricts = ['A']\n" + AREA, "no district of C"),
    ],
)
def test_a_bad_file_gets_a_sentence_that_names_it(tmp_path, text, said):
    file = tmp_path / "areas.toml"
    file.write_text(text)
    with pytest.raises(RefusedError, match=said) as error:
        read_areas(file)
    assert "areas.toml" in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (AREA.replace("areas.mine", "areas.thornaby-town-centre"), "already defined"),
        ("[forces.cleveland]\nname = 'C'", "already defined"),
        (AREA.replace("Stockton-on-Tees", "Stockton"), "no district of Cleveland Police"),
        (AREA.replace('["E01012276"]', '["E01035197"]'), "another unit of ground"),
    ],
)
def test_an_office_s_file_may_not_contradict_the_project_s(tmp_path, text, said):
    own = tmp_path / "areas.toml"
    own.write_text(text)
    with pytest.raises(RefusedError, match=said):
        read_areas(extra=own)


def test_a_file_in_another_encoding_or_absent_is_refused(tmp_path):
    file = tmp_path / "areas.toml"
    file.write_bytes(b"# \xff\xfe")
    with pytest.raises(RefusedError, match="TOML"):
        read_areas(file)
    with pytest.raises(RefusedError, match="cannot be read"):
        read_areas(tmp_path / "absent.toml")


def lookup(*pairs: tuple[str, str], district: str = "Stockton-on-Tees") -> pd.DataFrame:
    columns = ["LSOA11CD", "LSOA11NM", "CHGIND", "LSOA21CD", "LSOA21NM", "LAD22CD", "LAD22NM"]
    return pd.DataFrame([(a, "n", "U", b, "n", "E06000004", district) for a, b in pairs], columns=columns)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (lookup(("E01012276", "E01012276")), "does not cover E01035197"),
        (lookup(("E01012276", "E01012276"), ("E01012276", "E01035197")), "joins that ground with E01035197"),
        (lookup(("E01012276", "E01012276"), district="Hartlepool"), "outside it by the lookup"),
    ],
)
def test_an_area_that_the_lookup_contradicts_is_an_error_not_a_wider_area(tmp_path, held, said):
    file = tmp_path / "areas.toml"
    section = "[forces.cleveland]\nname = 'C'\ndistricts = ['Stockton-on-Tees']\n"
    split = '{ lsoa_2011 = "E01012276", lsoa_2021 = ["E01035197", "E01012276"] }'
    file.write_text(section + (AREA.replace(UNIT, split) if "cover" in said else AREA))
    crosswalk = build_crosswalk(held)
    with pytest.raises(AreaError, match=said):
        resolve_areas(read_areas(file), crosswalk, ground_of(crosswalk, seen()), "cleveland")


def test_an_area_may_not_take_a_district_s_key_and_the_table_must_say_whose_ground_it_is(tmp_path):
    file = tmp_path / "areas.toml"
    file.write_text(AREA.replace("areas.mine", "areas.stockton-on-tees"))
    _, crosswalk, ground = without_lookup()
    with pytest.raises(AreaError, match="district's"):
        resolve_areas(read_areas(file), crosswalk, ground, "cleveland")
    with pytest.raises(ContractError, match="in_force"):
        resolve_areas(read_areas(), crosswalk, ground.drop(columns="in_force"), "cleveland")


def test_an_untreated_area_that_the_lookup_does_not_know_waits_for_its_data_and_a_treated_one_is_an_error(
    tmp_path,
):
    file = tmp_path / "areas.toml"
    file.write_text(AREA)
    crosswalk = build_crosswalk(lookup(("E01000001", "E01000001")))
    ground = ground_of(crosswalk, seen())
    mine = resolve_areas(read_areas(file), crosswalk, ground, "cleveland")["mine"]
    assert mine.ground == {"E01012276"}
    file.write_text(AREA + "treated = true")
    with pytest.raises(AreaError, match="does not cover E01012276"):
        resolve_areas(read_areas(file), crosswalk, ground, "cleveland")
