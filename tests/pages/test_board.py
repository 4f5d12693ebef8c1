"""The board on the Overview: its cells are the rows of evidence, and one that is picked or linked is explained at its side."""

from __future__ import annotations

import json

import pytest

from analysis.drawing.board import counts_of, percent_of, standing
from analysis.model.selection import Selection
from analysis.model.vocabulary import SLIDE_CRIME_TYPES
from analysis.topics.change.measure import board_evidence
from data.desk import Desk
from tests.cases import YEARS
from tests.pages.conftest import text_of


def components(app) -> dict[str, dict]:
    """Return the data of each component of our own by what it is: board, reason or cards."""
    found = {}
    for element in app.main:
        # the frame has components too, without data of this form
        if element.type == "bidi_component" and element.proto.json:
            data = json.loads(element.proto.json)
            kinds = {"columns": "board", "months": "reason", "cards": "cards"}
            for key, kind in kinds.items():
                if key in data:
                    found.setdefault(kind, data)
                    break
    return found


NAMED = ["Billingham Town Centre", "Thornaby Town Centre", "Stockton Town Centre"]
"""What a link of before there were proposals names."""


def rows_held(store):
    at = Desk(store)
    force = at.forces()[0]
    keys = tuple(at.menu_areas(force))
    proposed = tuple(at.proposed_centres(force))
    return board_evidence(at.case(Selection(force, keys, SLIDE_CRIME_TYPES, *YEARS, proposed=proposed)))


def test_every_cell_of_the_board_equals_its_row_of_evidence(drawn, real_store):
    board = components(drawn(real_store))["board"]
    cells = {cell["key"]: cell for line in board["cells"] for cell in line}
    rows = rows_held(real_store)
    assert len(cells) == len(rows) == 48
    for row in rows:
        cell = cells[f"{row.area_key}~{row.crime_type.lower().replace(' ', '-')}"]
        assert cell["counts"] == counts_of(row)
        assert cell["percent"] == percent_of(row, show_small=False)
        assert cell["standing"] == standing(row)
        assert (cell["percent"] == "") == (row.baseline_incidents < 50)


def test_the_sentence_is_counted_from_the_cells_and_could_be_read_out(drawn, real_store):
    words = text_of(drawn(real_store))
    assert (
        "5 of 48 changes are more than ordinary ups and downs. Criminal damage and burglary in Thornaby, both down. "
        "Violence and burglary in Billingham, both down. Anti-social behaviour in Ingleby Barwick (proposed), down. "
        "29 are ordinary; 14 are too few to say. Chance alone makes about 2 of 34 stand out. "
        "No earlier months were seen: a fall may follow a bad year."
    ) in words
    assert "6 town centres, 3 of them proposed" in words
    assert (
        "Of 120 published figures 24 agree, 9 differ and 87 cannot be checked while December 2022 is missing"
        in words
    )


def test_proposals_are_marked_in_their_columns(drawn, real_store):
    board = components(drawn(real_store))["board"]
    assert [(column["short"], column["proposed"]) for column in board["columns"]] == [
        ("Billingham", ""),
        ("Thornaby", ""),
        ("Stockton", ""),
        ("Norton", "proposed, confidence medium"),
        ("Yarm", "proposed, confidence medium"),
        ("Ingleby Barwick", "proposed, confidence low"),
    ]
    assert board["cells"][0][3]["named"].startswith("Norton Town Centre (proposed), anti-social behaviour: ")


def test_the_switch_and_a_choice_among_the_centres_take_the_proposals_off_the_board(run_app, real_store):
    app = run_app(real_store)
    assert len(components(app)["board"]["columns"]) == 6
    app.toggle(key="proposed").set_value(False).run()
    assert [column["name"] for column in components(app)["board"]["columns"]] == NAMED
    app.toggle(key="proposed").set_value(True).run()
    app.multiselect(key="area").set_value(["thornaby-town-centre"]).run()
    assert [column["name"] for column in components(app)["board"]["columns"]] == NAMED[1:2]
    app.button(key="reset-filters").click().run()
    assert len(components(app)["board"]["columns"]) == 6


def test_a_link_of_before_proposals_shows_its_three_centres(run_app, real_store):
    app = run_app(real_store, area=NAMED)
    board = components(app)["board"]
    assert [column["name"] for column in board["columns"]] == NAMED
    words = text_of(app)
    assert "proposed" not in words.split("Are our town centres")[0]
    assert (
        "4 of 24 changes are more than ordinary ups and downs. Criminal damage and burglary in Thornaby, both down. Violence "
        "and burglary in Billingham, both down. 16 are ordinary; 4 are too few to say. "
        "Chance alone makes about 1 of 20 stand out. No earlier months were seen: a fall may follow a bad year."
    ) in words
    assert (
        "Of 120 published figures 24 agree, 9 differ and 87 cannot be checked while December 2022 is missing"
        in words
    )


def test_the_first_change_that_stands_out_is_explained_before_one_is_picked(drawn, real_store):
    parts = components(drawn(real_store))
    assert parts["board"]["picked"] == "thornaby-town-centre~criminal-damage-and-arson"
    reason = parts["reason"]
    assert reason["title"] == "Thornaby Town Centre: criminal damage and arson"
    assert len(reason["months"]) == len(reason["counts"]) == 24
    # December 2022 is not published: a gap, and no zero
    assert reason["counts"][reason["months"].index("Dec 2022")] is None
    assert sum(each for each in reason["counts"][:12] if each is not None) == 92
    # of the later year the month whose partner is missing is drawn hollow, and is in no sum: 33 is over eleven months
    assert [reason["months"][at] for at in reason["left_out"]] == ["Dec 2023"]
    later = sum(reason["counts"][12:])
    assert later - sum(reason["counts"][at] for at in reason["left_out"]) == 33
    assert [event["month"] for event in reason["events"]] == [
        "May 2023",
        "Jun 2023",
        "Aug 2023",
        "Oct 2023",
    ]
    assert reason["where"]["words"] and reason["where"]["shapes"]


def test_a_place_that_is_told_by_itself_inside_an_ordinary_area_is_named_in_its_reason(drawn, real_store):
    reason = components(drawn(real_store, cell="stockton-town-centre~burglary"))["reason"]
    assert reason["standing"] == "ordinary"
    # without boundaries of wards the LSOA's own name stands
    assert reason["inside"] == (
        "Of its 3 places each by itself: Stockton-on-Tees 014E rose more than similar places, 70 to 81. "
        "About 1 in 20 does so by chance."
    )


def test_a_linked_cell_is_explained_with_what_similar_places_did(drawn, real_store):
    reason = components(drawn(real_store, cell="stockton-town-centre~shoplifting"))["reason"]
    assert reason["inside"] == ""
    assert reason["title"] == "Stockton Town Centre: shoplifting"
    assert reason["standing"] == "ordinary"
    assert reason["strip"]["title"] == "About 1 in 3 ended as far above"
    # Stockton's town centre is four units of ground: of its sets a part is drawn
    assert "neighbouring places and overlap" in reason["strip"]["note"]
    assert 0 < reason["strip"]["own"] < reason["strip"]["reach"]
    assert len(reason["strip"]["distances"]) <= 240


def test_a_picked_cell_takes_the_place_of_the_first(run_app, real_store):
    app = run_app(real_store)
    app.session_state["board"] = {"picked": "billingham-town-centre~burglary"}
    app.run()
    parts = components(app)
    assert parts["board"]["picked"] == "billingham-town-centre~burglary"
    assert parts["reason"]["title"] == "Billingham Town Centre: burglary"


def test_a_link_to_a_cell_that_is_not_on_the_board_says_so(drawn, real_store):
    app = drawn(real_store, cell="atlantis~shoplifting")
    assert [each.value for each in app.warning] == [
        "The link asks for a change that is not on this board; the first that stands out is shown."
    ]


def test_on_months_without_a_lookup_no_cell_is_judged_and_the_reason_says_why(drawn, bare_store):
    parts = components(drawn(bare_store))
    standings = {cell["standing"] for line in parts["board"]["cells"] for cell in line}
    assert standings == {"missing"}
    assert "import-lookup" in parts["reason"]["sentence"]


@pytest.mark.parametrize("script", ["hotspots", "retail_crime", "safer_streets"])
def test_the_first_screen_of_a_page_has_a_card_a_place(walk_app, real_store, script):
    cards = components(walk_app(real_store, f"pages/review/{script}.py"))["cards"]["cards"]
    assert len(cards) == 3
    assert all(card["place"] and card["word"] and card["figures"] for card in cards)


def test_what_else_is_told_on_a_programmes_ground_stands_on_its_card(walk_app, real_store):
    first, *_ = components(walk_app(real_store, "pages/review/safer_streets.py"))["cards"]["cards"]
    assert first["place"] == "Portrack & Tilery"
    assert first["also"] == [
        "△ Neighbourhood crime: 134 → 134, did not fall as similar places did.",
        "▲ Burglary: 51 → 59, rose more than similar places.",
    ]


def test_the_night_time_board_has_the_places_that_its_line_names(walk_app, real_store):
    board = components(walk_app(real_store, "pages/review/nte.py"))["board"]
    assert [column["name"] for column in board["columns"]] == NAMED


def test_the_place_with_most_patrol_hours_has_the_first_card(walk_app, real_store):
    first, *_ = components(walk_app(real_store, "pages/review/hotspots.py"))["cards"]["cards"]
    assert (first["place"], first["figures"][0]["value"]) == ("Billingham Town Centre", "373 hours")
