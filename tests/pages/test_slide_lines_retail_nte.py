"""Each line of the slides on shoplifting, the night-time economy and perceptions has its place, word and number."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import text_of

RETAIL, NTE, PERCEPTIONS = (f"pages/review/{name}.py" for name in ("retail_crime", "nte", "perceptions"))

LINES = [
    (RETAIL, "Scrutiny Meeting focusing on retail crime - November 2023 - PCC assured",
     "Scrutiny meeting Scrutiny Meeting focusing on retail crime Nov 2023 PCC assured"),
    (RETAIL, "Retail Crime Summit - October 2023 - 35 attendees, follow up planned",
     "Summit Retail Crime Summit Oct 2023 35 attendees held Follow up planned"),
    (RETAIL, "communication", "Concern Communication"),
    (RETAIL, "sentencing", "Concern Sentencing"),
    (RETAIL, "difficulties in passing evidence to police", "Concern Difficulties in passing evidence to police"),
    (RETAIL, "wider issues such as ASB / addiction", "Concern Wider issues such as ASB / addiction"),
    (RETAIL, "Scrutiny meeting planned October 2024", "Scrutiny meeting Scrutiny meeting Oct 2024 planned"),
    (RETAIL, "Bi-monthly Police retail crime meeting - attended by OPCC",
     "Bi-monthly Police retail crime meeting not said running Attended by OPCC"),
    (RETAIL, "Cross Cleveland retail crime action plan developed", "Cross Cleveland retail crime action plan not said developed"),
    (RETAIL, "identified SPOC in each LA area", "SPOC in each LA area not said identified"),
    (RETAIL, "PowerBi dashboard showing shops with 6 or more offences",
     "PowerBi dashboard showing shops with 6 or more offences not said 6 offences or more"),
    (RETAIL, "problem solving plans in place for top 5 shops in each LA area",
     "Problem solving plans for top 5 shops in each LA area not said 5 shops in each LA area in place"),
    (RETAIL, "developing use on PNC facial recognition checks", "Use on PNC facial recognition checks not said developing"),
    (NTE, "NTE Funding 2022-23 - Stockton awarded over £40,000",
     "NTE Funding 2022-23 over £40,000 1 Apr 2022 31 Mar 2023 Stockton-on-Tees"),
    (NTE, "Ask for Angela Training, metal detector wands, bleed kits and anti-spiking resources for licensed premises",
     "Ask for Angela Training, metal detector wands, bleed kits and anti-spiking resources not published no number given – "
     "funded for licensed premises"),
    (NTE, "Additional CCTV operator for peak NTE times to improve incident detection and management",
     "Additional CCTV operator not published no number given – funded for peak NTE times to improve incident detection and management"),
    (NTE, "NTE Action Plan was coproduced with partners from across Cleveland",
     "NTE Action Plan coproduced With partners from across Cleveland"),
    (NTE, "Stockton allocated over £20,000", "Serious Violence Duty over £20,000 – – Stockton-on-Tees"),
    (NTE, "Distribution of bleed cabinets across the three district areas",
     "Bleed cabinets not published no number given – funded distribution across the three district areas"),
    (NTE, "Set up of Stockton Street Angels", "Stockton Street Angels not published no number given – funded set up"),
    (NTE, "CSE Training to hotel staff", "CSE Training not published no number given – funded to hotel staff"),
    (NTE, "Scannet", "Scannet not published no number given – funded"),
    (NTE, "Radios to licensed premises", "Radios not published no number given – funded to licensed premises"),
    (NTE, "Expansion of radio systems to increase coverage in Yarm",
     "Next step Expansion of radio systems to increase coverage in Yarm"),
    (NTE, "Training in use of bleed kits/cabinets", "Next step Training in use of bleed kits/cabinets"),
    (NTE, "Media Campaign focused on perpetrator behaviour", "Next step Media Campaign focused on perpetrator behaviour"),
    (NTE, "Sustainability of NTE resources", "Concern Sustainability of NTE resources"),
    (NTE, "Lack of clarity around the future of violence reduction units and whether serious violence duty will be continued",
     "Lack of clarity around the future of violence reduction units and whether serious violence duty will be continued"),
    (NTE, "Reliance on licensed premises committing to maintain", "Concern Reliance on licensed premises committing to maintain"),
    (PERCEPTIONS, "How can OPCC and partners address negative perceptions of town centre spaces?",
     "How can OPCC and partners address negative perceptions of town centre spaces?"),
    (PERCEPTIONS, "Promote success around joint operations – work with the local media for positive stories",
     "Promote success around joint operations not said Work with the local media for positive stories"),
    (PERCEPTIONS, "Effective use of enforcement tools, such as Public Space Protection Orders",
     "Effective use of enforcement tools, such as Public Space Protection Orders"),
    (PERCEPTIONS, "ASB Summit in November will cover enforcement powers and who can use them",
     "ASB Summit in November will cover enforcement powers and who can use them"),
    (PERCEPTIONS, "Identify public perception of what makes them feel unsafe", "Identify public perception of what makes them feel unsafe"),
    (PERCEPTIONS, "the Safety of Women and Girls survey identified areas that people perceived to be unsafe but showed very few "
     "incidents in the crime data",
     "the Safety of Women and Girls survey identified areas that people perceived to be unsafe but showed very few incidents in "
     "the crime data"),
]  # fmt: skip
"""Page, the words of the slide, and the words of the page that carry them."""

SIMULATED = (
    "retail_register",
    "shop_plans",
    "actions",
    "funding",
    "deliverables",
    "timed_incidents",
    "perception_survey",
)


@pytest.fixture(scope="module")
def slides(shared) -> str:
    return _plain((shared / "review.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", [line for _, line, _ in LINES])
def test_the_lines_of_this_table_are_those_of_the_slides(slides, line):
    assert _plain(line) in slides


@pytest.mark.parametrize("held", ["real_store", "demonstration_store"])
@pytest.mark.parametrize("script", [RETAIL, NTE, PERCEPTIONS])
def test_each_line_of_the_slides_is_on_its_page(drawn, request, held, script):
    words = text_of(drawn(request.getfixturevalue(held), script))
    missing = [on_page for page, _, on_page in LINES if page == script and on_page not in words]
    # simulated funding stands in the place of the slide's sums over demonstration months, and says so
    allowed = [line for line in missing if held == "demonstration_store" and "£" in line]
    assert missing == allowed


def test_the_two_funds_are_on_the_page_over_demonstration_months_too(drawn, demonstration_store):
    words = text_of(drawn(demonstration_store, NTE))
    assert "£40,000" in words
    assert "£20,000" in words
    assert "Simulated funding" in words


@pytest.mark.parametrize("script", [RETAIL, NTE, PERCEPTIONS])
def test_without_records_a_page_says_what_it_cannot_show_and_stands(drawn, real_store, script):
    app = drawn(real_store, script)
    assert not app.exception
    assert "No records of the office’s own are held" in text_of(app)
    assert any("are not held" in info.value or "none are held" in info.value for info in app.info)


@pytest.mark.parametrize("script", [RETAIL, NTE, PERCEPTIONS])
def test_with_invented_records_over_real_months_nothing_fails_and_each_is_marked(drawn, real_store, script):
    app = drawn(real_store, script, **{f"simulated_{kind}": "true" for kind in SIMULATED})
    assert not app.exception
    assert [error.value for error in app.error] == []
    words = text_of(app)
    assert words.count("Its rows are invented") >= 1
    for nonsense in (" nan", "NaN", " None ", " inf", "<NA>", "NaT"):
        assert nonsense not in words, words[max(0, words.find(nonsense) - 80) :][:160]


def test_shoplifting_stands_for_town_centres_districts_and_force(drawn, real_store):
    words = text_of(drawn(real_store, RETAIL))
    # like for like, December left out: by hand from the files (methods of the counts)
    assert "Thornaby Town Centre 63 95 +32 +51% −9%" in words
    assert "Stockton-on-Tees 2,208 2,075 −133 −6%" in words
    assert "Cleveland Police 6,826 7,371 +545 +8%" in words


def test_open_data_gives_approximate_points_and_never_a_shop(drawn, real_store):
    words = text_of(drawn(real_store, RETAIL))
    assert "approximate points have 6 or more recorded" in words
    assert "never a shop" in words


def test_outcomes_of_two_releases_are_not_set_beside_each_other(drawn, real_store):
    words = text_of(drawn(real_store, RETAIL))
    assert "The outcomes of the two periods cannot be compared" in words
    assert "The files come from different releases" in words


def test_cleveland_has_no_hour_of_a_search_and_the_page_says_so(drawn, real_store):
    app = drawn(real_store, NTE)
    assert "police.uk publishes the month of an incident and neither day nor hour" in text_of(app)
    assert any("stop-and-search has dates only" in info.value for info in app.info)


def test_small_counts_of_a_register_and_of_a_survey_are_not_on_the_page(drawn, demonstration_store):
    words = text_of(drawn(demonstration_store, RETAIL))
    assert "fewer than 5" in words
    assert "Invented park gate fewer than 10 hidden – – hidden" in text_of(
        drawn(demonstration_store, PERCEPTIONS)
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()
