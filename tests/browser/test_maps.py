"""Maps in a real Chromium with software WebGL: the colour of known ground, words under the mouse, clicks, months, no network.

One page serves several tests, because opening it is most of the time. A test that changes a page stands last for it.
"""

from __future__ import annotations

import io
import shutil

import h3
import numpy as np
import pytest
from PIL import Image

from analysis.drawing.maps.palette import (
    DIVERGING,
    HATCH,
    LIGHT,
    MARKS,
    PARTNER_MARK,
    PICKED,
    SEQUENTIAL,
    STANDS_OUT,
    TREATED,
)
from tests.browser import screen
from tests.browser.conftest import keep, serving
from tests.browser.waiting import settle

THORNABY, BILLINGHAM = "E01012284", "E01012276"

CHANGES = {
    "E01012284": "#12436D",  # Stockton-on-Tees 020C, Thornaby: 201 to 88, fell by 50% or more
    "E01011968": "#12436D",  # Hartlepool 014D: 57 to 22, fell by 50% or more
    "E01012198": "#2073BC",  # Stockton-on-Tees 003B: 81 to 55, fell by 25 to 49%
    "E01011998": "#F2F2F2",  # Hartlepool 011D: 56 to 61, changed by less than 10%
    "E01033480": "#F46A25",  # Stockton-on-Tees 005G: 27 to 37, rose by 25 to 49%
    "E01012167": "#A33C05",  # Redcar and Cleveland 022B: 123 to 193, rose by 50% or more
}
"""Recorded ASB, July 2022 to June 2023 and the year after, each without December: counted in the files by hand."""

NEAR = ("E01012284", "E01033480")
"""In or beside a town centre: on a map of the whole force the names of the town centres lie over it."""

FAR = tuple(code for code in CHANGES if code not in (*NEAR, "E01012167"))
"""Where no name stands: that of Stockton, put beside its centre for Thornaby’s sake, lies on Redcar and Cleveland 022B."""

ROSE = "E01012167"
NEXT, KEPT = "E01012022", "E01012264"
"""Near Thornaby: Middlesbrough 015A, 22 to 31 in the same months; and ground that fell by 10 to 24%, in that colour."""

FEW = "E01012269"
"""Stockton-on-Tees 005B: 12 to 4, so 16 in both years, too few to say: hatched."""

MOST = "E01033468"
"""Middlesbrough 001G (now 001H and its sister): most recorded of the slide's eight types from July 2023."""

STRIPES = 0.15
"""Share of hatched ground that is as dark as a stripe, and as light as the land between, at the least."""


@pytest.fixture(scope="module")
def overview(real_app, open_for_all):
    """The change map of recorded ASB, as the Overview opens."""
    page = open_for_all(real_app)
    screen.unfold(page)
    screen.drawn(page, screen.has(screen.unit(page, THORNABY), CHANGES[THORNABY]))
    return page


@pytest.fixture(scope="module")
def everywhere(real_app, open_for_all):
    """The same map among the views of Incidents, which opens on all districts of the chosen areas: here on the force."""
    return open_for_all(f"{real_app}/incidents?view=Ground+by+change&one_crime=Anti-social+behaviour")


@pytest.fixture(scope="module")
def incidents(real_app, open_for_all):
    """The map of Incidents by count, as it opens."""
    page = open_for_all(f"{real_app}/incidents?view=Ground+by+count")
    screen.unfold(page)
    return page


def after(page, act) -> None:
    """Do something to the page and wait until it has sent its map anew."""
    sent = len(page.maps)
    act()
    screen.sent_anew(page, sent)
    settle(page)


# The change map -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shown", "codes"), [("everywhere", FAR), ("overview", NEAR)])
def test_known_ground_has_the_colour_of_its_change(request, shown, codes):
    page = request.getfixturevalue(shown)
    screen.drawn(page, *(screen.has(screen.unit(page, code), CHANGES[code]) for code in codes))


def test_ground_with_too_few_to_say_is_striped_in_two_colours(overview):
    at = screen.unit(overview, FEW)

    def striped(seen: np.ndarray) -> bool:
        part = screen.around(seen, at, 12, 12)
        return min(float((part > 230).mean()), float((part < 200).mean())) > STRIPES

    screen.drawn(overview, striped)


def test_town_centres_are_named_and_the_scale_bar_is_as_long_as_it_says(overview):
    seen = screen.drawn(overview, screen.has(screen.unit(overview, THORNABY), CHANGES[THORNABY]))
    names = {each["t"]: each for each in screen.layer(overview, "names")["data"]}
    assert {
        "Thornaby  Town  Centre\n−56%:  ordinary  ups  and  downs",
        "Stockton  Town  Centre\n−13%:  ordinary  ups  and  downs",
        "Billingham  Town  Centre\n−8%:  ordinary  ups  and  downs",
    } <= set(names)
    for text, name in names.items():
        x, y = screen.pixel_of(overview, *name["p"])
        if not (60 < x < seen.shape[1] - 60 and 0 < y + name["o"][1] < seen.shape[0]):
            continue  # districts that the view does not open on
        lines = text.split("\n")
        box = screen.around(seen, (x, y + name["o"][1]), 3 * max(map(len, lines)), 8 * len(lines))
        assert screen.share(box, [LIGHT.ink]) > 0.05, f"no letters of {text}"
        assert screen.share(box, [LIGHT.halo]) > 0.05, f"nothing sets off {text}"
    (west, east) = (
        screen.pixel_of(overview, *end)
        for end in screen.layer(overview, "scale")["data"]["features"][0]["geometry"]["coordinates"]
    )
    view = overview.maps[-1]["initialViewState"]
    metres = 40_075_017 * np.cos(np.radians(view["latitude"])) / (512 * 2 ** view["zoom"])
    assert "2  km" in names
    assert (east[0] - west[0]) * metres == pytest.approx(2000, rel=0.01)
    for inside in (west[0] + 3, (west[0] + east[0]) / 2, east[0] - 3):
        assert screen.has((inside, west[1]), LIGHT.ink)(seen)
    for outside in (west[0] - 5, east[0] + 5):
        assert not screen.has((outside, west[1]), LIGHT.ink)(seen)


def test_the_legend_is_drawn_in_the_colours_of_the_map(overview):
    keys = dict(screen.swatches(overview))
    changes = [colour for words, colour in keys.items() if words.startswith(("Fell by", "Changed", "Rose"))]
    assert tuple(changes) == DIVERGING
    assert keys["Fewer than 20, or none before"] == HATCH
    assert keys["Told from similar places, up or down"] == STANDS_OUT
    assert keys["Chosen areas"] == TREATED
    assert set(DIVERGING) <= set(screen.fills(overview))


def test_pointing_at_a_town_centre_tells_the_numbers_of_the_table(overview):
    screen.point_to(overview, screen.unit(overview, THORNABY))
    assert screen.pointed_at(overview, "020C").splitlines() == [
        "Stockton-on-Tees 020C (Thornaby Town Centre)",
        "201 to 88 recorded, −56%",
        "Much as similar places did",
        "about 139 expected; about 1 in 22 ended as low",
    ]
    screen.open_fold(overview, "How sure are we? Every change")
    rows = [
        [cell.replace("\xa0", " ").strip() for cell in row.locator("th, td").all_text_contents()]
        for row in overview.locator("table.numbers tr", has_text="Thornaby Town Centre").all()
    ]
    assert any(
        {"201", "88", "about 1 in 22 (down)", "much as similar places did"} <= set(row) for row in rows
    ), rows


def test_the_picture_to_take_away_is_a_png_1600_pixels_wide(overview):
    screen.open_fold(overview, "About this map")
    with overview.expect_download() as waiting:
        overview.get_by_role("button", name="Download as a picture (PNG)").click()
    data = waiting.value.path().read_bytes()
    assert waiting.value.suggested_filename == "overview.png"
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.width) == ("PNG", 1600)
    seen = np.asarray(image.convert("RGB")).astype(int)
    assert screen.share(seen, [DIVERGING[0], DIVERGING[1], DIVERGING[5], DIVERGING[6]]) > 0.05


def test_nothing_was_asked_of_anybody_else_and_without_a_network_the_map_can_be_moved(overview):
    assert overview.outside == []
    overview.context.set_offline(True)
    closer = overview.locator(screen.MAP).get_by_role("button", name="Zoom in")
    before = screen.picture(overview)
    closer.click()
    coloured = [colour for colour in DIVERGING if colour != "#F2F2F2"]
    screen.drawn(
        overview,
        lambda seen: (seen != before).any(axis=-1).mean() > 0.2,
        lambda seen: screen.share(seen, coloured) > 0.3,
    )
    overview.context.set_offline(False)
    assert overview.outside == []


def test_ground_is_chosen_by_clicking_and_becomes_an_area_in_the_link(real_app, open_page):
    page = open_page(f"{real_app}/?area=Thornaby+Town+Centre&crime=Anti-social+behaviour&folds=open")
    screen.drawn(page, screen.has(screen.unit(page, THORNABY), CHANGES[THORNABY]))
    assert page.locator(".answers p").count() == 1
    after(page, lambda: screen.point_to(page, screen.unit(page, THORNABY), click=True))
    page.get_by_text("Chosen on the map: 1 place").wait_for()
    settle(page)
    table = page.locator("table.numbers", has_text="On the map")
    assert table.locator("tbody tr").count() == 1
    assert "201 to 88 recorded, −56%; Much as similar places did" in table.inner_text()
    # the chart after those of the page itself, which has two: intervals, and months
    page.locator('[data-testid="stVegaLiteChart"]', has=page.locator("canvas, svg")).nth(2).wait_for()
    after(page, lambda: screen.point_to(page, screen.unit(page, NEXT), click=True))
    page.get_by_text("Chosen on the map: 2 places").wait_for()
    assert "22 to 31 recorded;" in table.inner_text()  # no percentage: the base is under 50
    # what was not chosen keeps the colour of the legend, and what was has a border of its own
    assert dict(screen.swatches(page))["Chosen on the map"] == PICKED
    screen.drawn(
        page,
        screen.has(screen.unit(page, KEPT), DIVERGING[2]),
        lambda seen: screen.share(seen, [PICKED]) > 0.0005,
        lambda seen: screen.share(seen, [LIGHT.ink]) > 0.001,
    )
    keep(page, "map-chosen")
    page.get_by_role("button", name="Use as my area").click()
    page.wait_for_url(lambda url: "own=" in url)
    page.wait_for_function("() => document.querySelectorAll('.answers p').length === 2")
    settle(page)
    assert THORNABY in page.url
    assert NEXT in page.url


# Incidents ----------------------------------------------------------------------------------------------------------


def test_the_unit_with_the_most_incidents_has_the_darkest_shade(incidents):
    screen.drawn(incidents, screen.has(screen.unit(incidents, MOST), SEQUENTIAL[-1]))
    assert "Most in Middlesbrough 001G" in incidents.locator("h3").first.inner_text()
    shades = [colour for _, colour in screen.swatches(incidents)[1:6]]
    assert tuple(shades) == SEQUENTIAL


def test_the_months_change_the_map_and_not_its_classes_and_play_by_themselves(incidents):
    after(incidents, lambda: incidents.get_by_text("Month by month", exact=True).click())
    keys = screen.swatches(incidents)
    july = screen.painted(incidents)
    slider = incidents.get_by_role("slider", name="Month")
    slider.focus()
    after(incidents, lambda: slider.press("ArrowRight"))
    incidents.locator(".fine", has_text="Aug 2023").first.wait_for(state="attached")
    screen.drawn(incidents, lambda seen: (seen != july).any(axis=-1).mean() > 0.02)
    assert screen.swatches(incidents) == keys
    incidents.get_by_text("Play the months", exact=True).click()
    for month in ("Oct 2023", "Nov 2023"):
        incidents.locator(".fine", has_text=month).first.wait_for(state="attached")
    assert screen.swatches(incidents) == keys
    incidents.get_by_text("Play the months", exact=True).click()


def test_points_are_called_approximate_and_density_is_drawn_over_the_ground(real_app, open_page):
    page = open_page(
        f"{real_app}/incidents?view=Approximate+points&type=Shoplifting&type=Drugs", name="map-points"
    )
    places = on_top(page)
    assert [colour for _, colour in screen.swatches(page)[:2]] == list(MARKS[:2])
    looks = [screen.has(at, colour, screen.THROUGH) for at, colour in places]
    seen = screen.drawn(page, lambda seen: np.mean([look(seen) for look in looks]) > 0.5)  # names hide some
    screen.point_to(page, next(at for (at, _), look in zip(places, looks, strict=True) if look(seen)))
    told = screen.pointed_at(page, "Approximate point").splitlines()
    assert told[1].startswith(("Shoplifting: ", "Drugs: "))
    assert told[1].endswith(" recorded")
    screen.open_fold(page, "About this map")
    assert "no shop and no door is meant" in (page.locator(".stMain").text_content() or "")
    after(page, lambda: page.get_by_text("Density", exact=True).click())
    cells = screen.layer(page, "cells")["data"]
    fullest = [h3.cell_to_latlng(each["hex"])[::-1] for each in cells if each["k"] == len(SEQUENTIAL) - 1]
    places = screen.pixels_of(page, fullest)

    def shaded(seen: np.ndarray) -> float:
        # a cell is a pixel or two on a map of the whole force, and the names of the town centres lie over many
        ground = [screen.around(seen, at, 2, 2) for at in places]
        return float(
            np.mean([screen.near(part, SEQUENTIAL[-2:], 2 * screen.THROUGH).any() for part in ground])
        )

    screen.drawn(page, lambda seen: shaded(seen) > 0.3)


def on_top(page) -> list[tuple[tuple[float, float], str]]:
    """Return pixel and colour of marks that are large enough to look at and that no mark drawn later reaches."""
    marks = screen.layer(page, "marks")["data"]
    at = np.array(screen.pixels_of(page, [mark["p"] for mark in marks]))
    size = np.array([mark["s"] for mark in marks])
    free = [
        i
        for i in np.flatnonzero(size >= 8)
        if (np.hypot(*(at[i + 1 :] - at[i]).T) > size[i + 1 :] / 2 + 2).all()
    ]
    return [((float(at[i][0]), float(at[i][1])), MARKS[marks[i]["k"]]) for i in free]


# Each other map -----------------------------------------------------------------------------------------------------


def test_the_mark_of_the_patrols_stands_on_the_town_centre(real_app, open_page):
    page = open_page(f"{real_app}/hotspots")
    screen.drawn(page, screen.has(screen.unit(page, BILLINGHAM), PARTNER_MARK, screen.THROUGH))
    screen.point_to(page, screen.unit(page, BILLINGHAM))
    assert "373 hours 26 minutes of patrol" in screen.pointed_at(page, "Billingham")


def test_high_ground_together_is_red(real_app, open_page):
    page = open_page(f"{real_app}/high_crime?one_crime=Shoplifting")
    screen.drawn(page, screen.has(screen.unit(page, MOST), "#D62F27"))


@pytest.mark.parametrize("width", [1280, 390])
def test_the_simulated_survey_is_mapped_and_says_that_it_is_simulated(real_app, open_page, width):
    page = open_page(f"{real_app}/perceptions?simulated_perception_survey=true", width=width)
    screen.painted(page)
    keep(page, f"map-perceptions-{width}")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= window.innerWidth + 1")


def test_on_a_phone_in_the_dark_a_tap_tells_the_numbers_and_chooses(real_app, open_page):
    page = open_page(
        f"{real_app}/?area=Thornaby+Town+Centre&crime=Anti-social+behaviour&folds=open",
        width=390,
        scheme="dark",
    )
    screen.drawn(page, screen.has(screen.unit(page, THORNABY), CHANGES[THORNABY]))
    screen.point_to(page, screen.unit(page, THORNABY))
    assert "201 to 88 recorded, −56%" in screen.pointed_at(page, "020C")
    after(page, lambda: screen.point_to(page, screen.unit(page, THORNABY), click=True))
    page.get_by_text("Chosen on the map: 1 place").wait_for()
    screen.drawn(page, lambda seen: screen.share(seen, [PICKED]) > 0.0005)
    keep(page, "map-chosen-390-dark")


# What may be missing ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def store_without_boundaries(shared, bare_store, made_once):
    """The real months with the lookup of codes, and no outline of any ground."""
    from data.store import open_store

    def make(folder) -> None:
        shutil.copytree(bare_store.path, folder)
        open_store(folder).import_lookup(shared / "geography" / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")

    return made_once("store-without-boundaries", make)


def test_with_neither_boundaries_nor_the_online_style_in_reach_footprints_are_painted(
    store_without_boundaries, open_page
):
    streets = "https://streets.example/style.json"
    with serving(store_without_boundaries, TOWN_CENTRES_MAP_STYLE=streets) as address:
        page = open_page(address, name="map-footprints")
        fell, rose = screen.unit(page, THORNABY), screen.unit(page, ROSE)
        screen.drawn(  # two thirds of a colour, over whatever lies below
            page,
            lambda seen: (
                (screen.around(seen, fell, 1, 1)[..., 2] - screen.around(seen, fell, 1, 1)[..., 0]).min() > 40
            ),
            lambda seen: (
                (screen.around(seen, rose, 1, 1)[..., 0] - screen.around(seen, rose, 1, 1)[..., 2]).min() > 40
            ),
        )
        assert "Approximate footprints" in (page.locator(".stMain").text_content() or "")
        assert "Office for National Statistics" not in (page.locator(".stMain").text_content() or "")
        assert page.outside == [streets]
