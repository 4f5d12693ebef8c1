"""Crime types that ended with April 2013 on every page, over a made force with months on both sides of May 2013."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest

from analysis.model.errors import PeriodError
from analysis.model.periods import Period, parse_month
from analysis.model.vocabulary import CRIME_TYPES, OLD_CRIME_TYPES, PANEL_TYPES
from analysis.topics import coverage, evaluation, incidents
from analysis.topics.change.measure import evidence
from analysis.topics.country.measure import judge
from data.desk import Desk
from pages.pack.build import chapter
from pages.pack.sheet import Asker
from tests.made.old_force import CENTRES, FORCE, MIXED_YEARS, OLD_YEARS, ground, old_store, street_rows
from tests.pages.conftest import SCRIPTS, text_of

VIOLENT, DISORDER = OLD_CRIME_TYPES
BEFORE, AFTER = Period.parse("2011-05:2012-04"), Period.parse("2012-05:2013-04")
CHOSEN = [VIOLENT, DISORDER, "Burglary"]
BOTH_LEFT_OUT = f"“{VIOLENT}” and “{DISORDER}” are left out: police.uk had them until April 2013"
INCIDENTS = "pages/explore/incidents.py"


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return street_rows()


@pytest.fixture(scope="module")
def old(rows, tmp_path_factory):
    return old_store(tmp_path_factory.mktemp("old-force"), rows)


@pytest.fixture(scope="module")
def case(old):
    desk = Desk(old)
    chosen = desk.default_selection(FORCE)
    return desk.case(replace(chosen, crime_types=tuple(CHOSEN), baseline=BEFORE, comparison=AFTER))


def counted(rows: pd.DataFrame, crime_type: str, first: str, last: str, *codes: str) -> int:
    """Rows of a crime type in these months, of these LSOAs where some are named."""
    of = rows.loc[(rows["Crime type"] == crime_type) & rows["Month"].between(first, last)]
    return len(of if not codes else of.loc[of["LSOA code"].isin(codes)])


def warnings(app) -> str:
    return " ".join(each.value for each in app.warning)


def fine(app) -> None:
    assert not app.exception and not app.error


# what the figures are


def test_the_boards_cells_are_the_rows_of_the_centre(rows, case):
    code = ground(30)["code"].iloc[0]
    by_type = {row.crime_type: row for row in evidence(case) if row.area_key == CENTRES["Made North"]}
    assert list(by_type) == ["Burglary", VIOLENT, DISORDER]
    violent = by_type[VIOLENT]
    assert violent.baseline_incidents == counted(rows, VIOLENT, "2011-05", "2012-04", code)
    assert violent.comparison_incidents == counted(rows, VIOLENT, "2012-05", "2013-04", code)
    assert violent.verdict == "fell more than similar places"
    # September to April on both sides: before, public disorder and weapons was no type
    disorder = by_type[DISORDER]
    assert disorder.baseline_incidents == counted(rows, DISORDER, "2011-09", "2012-04", code)
    assert disorder.comparison_incidents == counted(rows, DISORDER, "2012-09", "2013-04", code)


def test_a_list_a_trend_and_a_file_have_every_row_of_an_old_type(rows, case, old):
    wanted = incidents.IncidentQuestion(FORCE, AFTER, (VIOLENT,))
    given = incidents.answer(Desk(old).incidents(case, wanted))
    expected = counted(rows, VIOLENT, "2012-05", "2013-04")
    assert given["trend"].data["incidents"].sum() == expected
    content = given["list"].whole().decode("utf-8-sig")
    heads = [line for line in content.splitlines() if line.startswith(("#", '"#'))]
    table = pd.read_csv(io.StringIO(content), skiprows=len(heads))
    assert len(table) == expected and set(table["crime_type"]) == {VIOLENT}


def test_harm_has_no_days_for_old_types_and_says_so(case, old):
    asked = Desk(old).evaluation(case)
    shown = evaluation.answer(asked, CENTRES["Made North"], VIOLENT, AFTER.first)["harm"]
    assert list(shown.shown.loc[VIOLENT, ["Baseline, days", "Comparison, days"]]) == ["–", "–"]
    (said,) = [note for note in shown.notes if VIOLENT in note]
    assert "no weight" in said and "not counted as zero harm" in said


def test_a_series_over_all_months_held_ends_with_the_type(case, old):
    asked = Desk(old).evaluation(case)
    series = evaluation.answer(asked, CENTRES["Made North"], VIOLENT, AFTER.first)["interrupted"]
    assert "May 2011 – Apr 2013" in series.subtitle


def test_no_row_of_evidence_sets_an_old_type_against_a_later_month(case):
    mixed = case.asking(baseline=AFTER, comparison=Period.parse("2013-05:2014-04"))
    assert {row.crime_type for row in evidence(mixed)} == {"Burglary"}
    assert {row.crime_type for row in evidence(mixed.asking(crime_types=PANEL_TYPES))} == set(CRIME_TYPES)


def test_a_judged_centre_has_a_row_of_each_old_type_over_old_years_alone(case):
    def judged_types(case) -> list[str]:
        return list(judge(case, [case.areas[CENTRES["Made North"]]])["crime_type"])

    assert judged_types(case) == list(PANEL_TYPES)
    assert judged_types(case.asking(comparison=Period.parse("2013-05:2014-04"))) == list(CRIME_TYPES)


def test_the_pack_has_the_list_of_old_types_that_the_page_has(rows, case, old):
    listed = chapter(Asker(Desk(old), case), "incidents")
    titles = [
        named.part.title
        for section in listed.sections
        for named in section.parts
        if hasattr(named.part, "title")
    ]
    total = sum(counted(rows, each, "2012-05", "2013-04") for each in CHOSEN)
    assert any(f"{total:,} incidents" in title for title in titles)


def test_a_selection_made_by_hand_that_no_menu_makes_is_refused_in_a_sentence(case, old):
    later = replace(case.selection, comparison=Period.parse("2013-05:2014-04"))
    with pytest.raises(PeriodError, match="are left out"):
        Desk(old).case(later)


def test_coverage_judges_old_types_in_their_months_and_explains_them(old):
    holdings = Desk(old).holdings()
    shown = coverage.answer(holdings)["types"]
    at = holdings.by_type.set_index(["month", "crime_type"])["status"]
    assert at[parse_month("2013-04"), VIOLENT] == "published" and at[parse_month("2013-05"), VIOLENT] == "gap"
    assert (
        at[parse_month("2011-08"), DISORDER] == "gap" and at[parse_month("2011-09"), DISORDER] == "published"
    )
    assert list(shown.shown.columns)[-2:] == list(OLD_CRIME_TYPES)
    assert any("never counted as any of today’s" in note for note in shown.notes)


# what the pages show


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_page_answers_over_old_types(walk_app, old, script):
    app = walk_app(old, script, **OLD_YEARS, crime=CHOSEN, one_crime=VIOLENT)
    fine(app)
    assert "left out: police.uk" not in text_of(app)


@pytest.mark.parametrize("script", ["pages/review/overview.py", INCIDENTS, "pages/explore/evaluation.py"])
def test_with_a_year_after_april_2013_they_are_left_out_with_one_sentence(walk_app, old, script):
    app = walk_app(old, script, **MIXED_YEARS, crime=CHOSEN, one_crime=VIOLENT, type=VIOLENT)
    fine(app)
    assert warnings(app).count("left out") == 1 and warnings(app).startswith(BOTH_LEFT_OUT)
    assert not any(name in shown.value for name in OLD_CRIME_TYPES for shown in app.dataframe)


def test_a_link_of_old_types_alone_with_later_months_opens_what_the_force_opens_with(walk_app, old):
    app = walk_app(old, **MIXED_YEARS, crime=OLD_CRIME_TYPES[0])
    fine(app)
    assert "The page shows the types that it opens with." in warnings(app)
    assert VIOLENT not in app.multiselect(key="crime").value and app.multiselect(key="crime").value


def test_the_menu_offers_them_with_old_months_alone_and_a_change_of_months_lets_them_go(run_app, old):
    app = run_app(old, **OLD_YEARS, crime=CHOSEN)
    assert list(app.multiselect(key="crime").options) == list(PANEL_TYPES)
    app.selectbox(key="comparison_from").set_value("May 2013")
    app.selectbox(key="comparison_to").set_value("Apr 2014").run()
    fine(app)
    assert list(app.multiselect(key="crime").options) == list(CRIME_TYPES)
    assert app.multiselect(key="crime").value == ["Burglary"] and BOTH_LEFT_OUT in warnings(app)
    app.selectbox(key="comparison_from").set_value("May 2012")
    app.selectbox(key="comparison_to").set_value("Apr 2013").run()
    assert list(app.multiselect(key="crime").options) == list(PANEL_TYPES)


def test_a_list_that_reaches_past_april_2013_lets_an_old_type_go(run_app, old):
    app = run_app(old, INCIDENTS, **OLD_YEARS, crime=CHOSEN)
    assert list(app.multiselect(key="type").options) == list(PANEL_TYPES)
    app.selectbox(key="last").set_value("May 2013").run()
    fine(app)
    assert BOTH_LEFT_OUT in warnings(app) and app.multiselect(key="type").value == ["Burglary"]
    app.multiselect(key="type").set_value([]).run()
    assert "Crime types: all crime types." in text_of(app) and BOTH_LEFT_OUT in text_of(app)
