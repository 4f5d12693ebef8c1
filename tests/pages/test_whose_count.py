"""Other forces: whose count it is, months without a lookup, and stores of a few months. No page says a false word."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.model.own_area import own_area
from analysis.model.periods import Period
from analysis.topics.change.measure import area_evidence
from data.desk import Desk
from data.store import Store, open_store
from tests.pages.conftest import SCRIPTS, start, text_of
from tests.pages.test_overview import STREET

CITY = [("E01000001", "City of London 001A"), ("E01000002", "City of London 001B")]
CAMDEN = [(f"E0100{n:04d}", f"Camden 0{n % 90:02d}A") for n in range(850, 870)]
TYPES = ("Anti-social behaviour", "Burglary", "Shoplifting", "Robbery", "Drugs", "Public order")


def months(first: str, count: int) -> list[str]:
    return [str(month) for month in pd.period_range(first, periods=count, freq="M")]


def write(folder, slug: str, name: str, stamps, places, seed: int = 1) -> None:
    """Write months of a force: ``places`` are (code, LSOA name, rows of each type a month)."""
    dice = np.random.default_rng(seed)
    folder.mkdir(exist_ok=True)
    for stamp in stamps:
        rows = [
            f"{dice.bytes(32).hex()},{stamp},{name},{name},-0.09,51.51,On or near High Street,{code},{lsoa},{each},,"
            for code, lsoa, count in places
            for each in TYPES
            for _ in range(int(dice.poisson(count)))
        ]
        (folder / f"{stamp}-{slug}-street.csv").write_text(
            "\n".join([STREET, *rows]) + "\n", encoding="utf-8"
        )


def held(tmp_path, *forces) -> Store:
    for force in forces:
        write(tmp_path / "files", *force)
    store = open_store(tmp_path / "store")
    report = store.import_police_uk(tmp_path / "files")
    assert report.ok, str(report)
    return store


@pytest.fixture
def page(monkeypatch):
    def words(store: Store, script: str = SCRIPTS[0], **query: str) -> str:
        app = start(monkeypatch, store, script, **query)
        assert not app.exception
        assert [error.value for error in app.error] == []
        return " ".join([text_of(app), *(warning.value for warning in app.warning)])

    return words


# whose ground


def london(tmp_path, *more) -> Store:
    city = [(*place, 40) for place in CITY] + [(*CAMDEN[0], 1)]
    return held(tmp_path, ("city-of-london", "City of London Police", months("2023-07", 14), city), *more)


def test_a_neighbours_ground_is_no_area_and_says_who_recorded_there(tmp_path, page):
    store = london(tmp_path)
    desk = Desk(store)
    assert list(desk.menu_areas("city-of-london")) == ["city-of-london"]
    case = desk.case(desk.default_selection("city-of-london"))
    assert case.names[CAMDEN[0][0]].endswith("(recorded by City of London Police)")
    assert "recorded by" not in case.names[CITY[0][0]]
    words = page(store)
    assert "City of London Police" in words
    assert "City Of London" not in words
    assert "Camden" not in words


def lookup(tmp_path, places) -> str:
    head = "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM"
    codes = {"City of London": "E09000001", "Camden": "E09000007"}
    rows = [
        f"{code},{name},U,{code},{name},{codes[name.rsplit(' ', 1)[0]]},{name.rsplit(' ', 1)[0]}"
        for code, name in places
    ]
    path = tmp_path / "lookup.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(("recorded_in", "own"), [(9, False), (10, True)])
def test_by_the_lookup_a_district_is_the_forces_from_half_of_its_lsoas(tmp_path, recorded_in, own):
    places = [(*place, 40) for place in CITY] + [(*place, 3) for place in CAMDEN[:recorded_in]]
    store = held(tmp_path, ("city-of-london", "City of London Police", months("2023-07", 14), places))
    store.import_lookup(lookup(tmp_path, [*CITY, *CAMDEN]))
    assert ("camden" in Desk(store).menu_areas("city-of-london")) is own


# railway police


def test_railway_police_have_no_area_and_stand_beside_the_territorial_force(tmp_path, page):
    railways = ("btp", "British Transport Police", months("2023-07", 14), [(*CITY[0], 2), (*CAMDEN[0], 2)])
    store = london(tmp_path, railways)
    desk = Desk(store)
    assert desk.force_name("btp") == "British Transport Police"
    assert desk.menu_areas("btp") == {}
    chosen = desk.default_selection("city-of-london")
    case = desk.case(chosen)
    rows = store.count_by("btp", ["lsoa_code"]).itertuples()
    count = sum(row.incidents for row in rows if row.lsoa_code == CITY[0][0])
    assert count > 0
    assert f"on this force’s ground it recorded {count} in Jul 2023 – Aug 2024" in case.elsewhere
    for script in SCRIPTS:
        assert "Crimes recorded by British Transport Police are not in these counts" in page(
            store, script, force="city-of-london"
        )


def test_a_force_without_ground_of_its_own_says_so_and_names_no_area(tmp_path, page):
    railways = ("btp", "British Transport Police", months("2023-07", 14), [(*CITY[0], 2)])
    store = held(tmp_path, railways)
    for script in SCRIPTS:
        assert "British Transport Police has no district of its own" in page(store, script)


# a force without any LSOA


def test_northern_ireland_is_imported_and_told_so_on_every_page(tmp_path, page):
    north = ("northern-ireland", "Police Service of Northern Ireland", months("2023-07", 14), [("", "", 60)])
    store = held(tmp_path, north)
    for script in SCRIPTS:
        words = page(store, script)
        assert "No row of Police Service of Northern Ireland names an LSOA" in words
        assert "Choose one or more in the filters" not in words


# months of one vintage, and few months


def county(stamps, codes) -> tuple:
    """A made county of two districts: ``codes`` are its LSOAs."""
    names = ("County Durham", "Darlington")
    places = [(code, f"{names[n % 2]} 0{n:02d}A", 4) for n, code in enumerate(codes)]
    return "durham", "Durham Constabulary", stamps, places


OLD = [f"E01020{n:03d}" for n in range(600, 660)]
NEW = [*OLD[:50], *(f"E01035{n:03d}" for n in range(600, 615))]
"""The same after ten of the sixty were split in 2021: fifteen of their parts have new codes."""


def test_months_of_2021_codes_alone_are_compared_without_a_lookup(tmp_path, page):
    store = held(tmp_path, county(months("2023-07", 24), NEW))
    assert store.one_vintage("durham", *Desk(store).default_pair("durham")) is not None
    desk = Desk(store)
    assert desk.case(desk.default_selection("durham")).joined
    assert "cannot be joined" not in page(store)


def test_without_a_lookup_each_pair_of_periods_is_judged_on_its_own_ground_in_whatever_order(tmp_path):
    store = held(tmp_path, county(months("2020-07", 24), OLD), county(months("2022-07", 24), NEW))
    pairs = {
        "older": (Period.parse("2020-07:2021-06"), Period.parse("2021-07:2022-06")),
        "newer": (Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")),
    }

    def told(desk: Desk, pair: str) -> list:
        baseline, comparison = pairs[pair]
        asked = replace(desk.default_selection("durham"), baseline=baseline, comparison=comparison)
        case = desk.case(asked)
        place = case.places["ground_code"].iloc[3]
        area = own_area("A place", (place,), case.places, case.areas, "durham")
        return [(row.expected, row.z, row.places_behind) for row in area_evidence(case, area)]

    alone = {pair: told(Desk(store), pair) for pair in pairs}
    assert any(np.isfinite(expected) for expected, _, _ in alone["newer"])
    for order in (("older", "newer"), ("newer", "older")):
        desk = Desk(store)
        for pair in order:
            np.testing.assert_array_equal(told(desk, pair), alone[pair])


def test_months_of_both_vintages_still_need_the_lookup(tmp_path, page):
    store = held(tmp_path, county(months("2022-07", 11), OLD), county(months("2023-06", 13), NEW))
    desk = Desk(store)
    assert not desk.case(desk.default_selection("durham")).joined
    later = desk.default_selection("durham")
    assert store.one_vintage("durham", later.comparison) is not None
    assert store.one_vintage("durham", later.baseline, later.comparison) is None


def test_a_code_under_two_names_says_that_both_vintages_are_there(tmp_path):
    places = [(code, f"County Durham 0{n:02d}A", 4) for n, code in enumerate(NEW)]
    renamed = [
        (code, name.replace("A", "B") if n < 5 else name, count)
        for n, (code, name, count) in enumerate(places)
    ]
    store = held(
        tmp_path,
        ("durham", "Durham Constabulary", months("2023-07", 12), places),
        ("durham", "Durham Constabulary", months("2024-07", 12), renamed),
    )
    assert store.one_vintage("durham", *Desk(store).default_pair("durham")) is None


ONE_PERIOD = {
    "pages/explore/incidents.py",
    "pages/explore/high_crime.py",
    "pages/about/data.py",
    "pages/about/methods.py",
}


@pytest.fixture(scope="module")
def eleven_months(tmp_path_factory) -> Store:
    """A store that each page looks at, and none writes to."""
    return held(tmp_path_factory.mktemp("eleven"), county(months("2023-07", 11), NEW))


@pytest.mark.parametrize("script", SCRIPTS)
def test_with_eleven_months_pages_of_one_period_answer_and_the_others_say_what_is_missing(
    eleven_months, page, script
):
    words = page(eleven_months, script)
    if script in ("pages/review/overview.py", "pages/explore/evaluation.py"):
        assert "a comparison takes 13 months in a row, so 2 months are missing" in words
    if script == "pages/explore/incidents.py":
        assert "incidents recorded" in words
    if script == "pages/explore/high_crime.py":
        assert "2 months are missing" in words  # the same places as before?
