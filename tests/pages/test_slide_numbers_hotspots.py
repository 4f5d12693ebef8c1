"""Every number of the slides on hotspots and Safer Streets stands on its page, and in the review's own text."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import text_of

HOTSPOTS, SAFER_STREETS = "pages/review/hotspots.py", "pages/review/safer_streets.py"

# the line as review.txt has it, the page, and the words of the page in which its numbers stand
SLIDES = [
    ("Billingham Central\t373:26:00\t408\t141\t399\t", HOTSPOTS, "Billingham Central 373:26:00 408 141 399"),
    (
        "Thornaby Town Centre\t359:34:00\t356\t109\t325\t",
        HOTSPOTS,
        "Thornaby Town Centre 359:34:00 356 109 325",
    ),
    (
        "Stockton Town Centre\t327:26:00\t302\t178\t89\t",
        HOTSPOTS,
        "Stockton Town Centre 327:26:00 302 178 89",
    ),
    ("Totals\t1060:26:00\t1066\t428\t813", HOTSPOTS, "Totals 1060:26:00 1,066 428 813"),
    ("between August 2023 and June 2024", HOTSPOTS, "Hotspot patrols by place, Aug 2023 – Jun 2024"),
    ("Stockton Town Centre\t-22%", HOTSPOTS, "Stockton Town Centre Stockton Town Centre −22% −11%"),
    ("Thornaby Town Centre\t-45%", HOTSPOTS, "Thornaby Town Centre Thornaby Town Centre −45% −55%"),
    ("Billingham Central\t-37%", HOTSPOTS, "Billingham Town Centre Billingham Central −37% −11%"),
    (
        "between July 2022 - June 2023 compared to July 2023 - June 2024",
        HOTSPOTS,
        "Jul 2023 – Jun 2024 against Jul 2022 – Jun 2023",
    ),
    (
        "£135,633 was spent from October 2023 - March 2024",
        HOTSPOTS,
        "ASB Hotspots £135,633 1 Oct 2023 31 Mar 2024",
    ),
    (
        "£263,000 has been allocated from April 2024 - March 2025",
        HOTSPOTS,
        "ASB Hotspots £263,000 1 Apr 2024 31 Mar 2025",
    ),
    ("additional 6 Enforcement Officers", HOTSPOTS, "Additional Enforcement Officers not published 6"),
    ("the four district councils in Cleveland", HOTSPOTS, "its four district councils"),
    ("£331k funding over 18 months", SAFER_STREETS, "£331k over 18 months"),
    ("£331k funding", SAFER_STREETS, "Safer Streets 5 £331k 1 Oct 2023 31 Mar 2025"),
    (
        "100 target hardening packs distributed",
        SAFER_STREETS,
        "Target hardening packs not published 100 – distributed",
    ),
    ("Kicks rails installed", SAFER_STREETS, "Kick rails not published no number given – installed"),
    (
        "9 integrated CCTV/lighting columns installed",
        SAFER_STREETS,
        "Integrated CCTV/lighting columns not published 9 – installed",
    ),
    ("Power of Women project", SAFER_STREETS, "Power of Women project"),
    ("Operation Nightfall", SAFER_STREETS, "Operation Nightfall"),
]

# what the page says while the records are the demonstration's: the same numbers, in the records' own form
SIMULATED = {
    "Totals 1060:26:00 1,066 428 813": "Totals 1060:26:00 1893:21:00 1,066 428 813",
    "Billingham Central 373:26:00 408 141 399": "Billingham Central 373:26:00 662:43:00 408 141 399",
    "Thornaby Town Centre 359:34:00 356 109 325": "Thornaby Town Centre 359:34:00 643:04:00 356 109 325",
    "Stockton Town Centre 327:26:00 302 178 89": "Stockton Town Centre 327:26:00 587:34:00 302 178 89",
    "Safer Streets 5 £331k 1 Oct 2023 31 Mar 2025": "Safer Streets 5 £331,000 1 Oct 2023 31 Mar 2025",
    "Target hardening packs not published 100 – distributed": "Target hardening packs distributed 100 100 100% delivered",
    "Kick rails not published no number given – installed": "Kick rails installed",
    "Integrated CCTV/lighting columns not published 9 – installed": "CCTV and lighting columns installed 9 9 100% delivered",
}


def missing(words: str, page: str, forms: dict[str, str]) -> list[str]:
    expected = [forms.get(said, said) for _, where, said in SLIDES if where == page]
    return [said for said in expected if said not in words]


def test_each_line_stands_in_the_review(shared):
    review = re.sub(r"[ ]+", " ", (shared / "review.txt").read_text(encoding="utf-8"))
    assert [line for line, _, _ in SLIDES if line not in review] == []


@pytest.mark.parametrize("page", [HOTSPOTS, SAFER_STREETS])
def test_the_published_numbers_are_on_the_page_over_real_months(drawn, real_store, page):
    words = text_of(drawn(real_store, page))
    assert missing(words, page, {}) == []
    assert "as published" in words
    assert "SIMULATED" not in words


@pytest.mark.parametrize("page", [HOTSPOTS, SAFER_STREETS])
def test_the_demonstration_records_come_to_the_same_numbers_and_say_that_they_are_simulated(
    drawn, demonstration_store, page
):
    words = text_of(drawn(demonstration_store, page))
    assert missing(words, page, SIMULATED) == []
    assert "No row describes a real patrol" in words
    assert "SIMULATED" in words


def test_a_reader_over_real_months_may_ask_for_the_simulated_log(run_app, real_store):
    app = run_app(real_store, HOTSPOTS)
    next(t for t in app.toggle if "patrol log" in t.label).set_value(True).run()
    words = text_of(app)
    assert "Simulated patrol log." in words
    assert "Totals 1060:26:00 1893:21:00 1,066 428 813" in words
    assert "Billingham Town Centre (simulated log)." in words


def test_patrol_hours_and_money_of_other_days_and_places_give_no_cost(drawn, real_store, demonstration_store):
    for store in (real_store, demonstration_store):
        words = text_of(drawn(store, HOTSPOTS))
        assert "No cost per patrol hour is given for £135,633" in words
        assert "other Stockton hotspots" in words
        assert not re.search(r"£128|£250", words)  # 135,633 / 1,060.4 and / 542.8


def test_the_verdict_is_for_the_patrolled_months(drawn, real_store):
    words = text_of(drawn(real_store, HOTSPOTS))
    assert (
        "Aug 2023 – Jun 2024 against Aug 2022 – Jun 2023, 10 months on each side. Dec 2022 is not published here"
        in words
    )
    assert "Thornaby Town Centre Anti-social behaviour much as similar places did 185 75" in words
    assert (
        "The patrols ran to Jun 2024, so this is no answer on their end. If Dec 2023 had been the last month"
        in words
    )


def test_safer_streets_shows_areas_two_rests_rings_and_what_cannot_be_told(drawn, real_store):
    words = text_of(drawn(real_store, SAFER_STREETS))
    for said in (
        "All of the ground of Portrack & Tilery was patrolled too (Stockton Town Centre), so the effects of the two cannot be told apart",
        "Violence against women and girls cannot be isolated in police.uk data",
        "Rest of Stockton-on-Tees, without programme ground",
        "Oct 2023 – Jun 2024 against Oct 2022 – Jun 2023",
        "medium",
        "low",
        "touches it, 15 units Anti-social behaviour 537 404",
        "Weighted displacement difference",
    ):
        assert said in words
    # burglary 59, robbery 13, vehicle crime 82 and theft from the person 9 come to 163
    assert "Neighbourhood crime 163 94" in words
    assert "Burglary 59 38" in words
