from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.model.periods import Period
from analysis.model.publishing import publish
from analysis.records import record_kind
from analysis.records.contract import HELD_AS
from analysis.topics.funding import measure as funding
from analysis.topics.night_time.measure import night_hours
from analysis.topics.patrols.measure import dosage
from analysis.topics.perceptions.measure import perception
from analysis.topics.programmes.measure import programme_ground as programmes
from analysis.topics.retail.measure import register as retail

USED = {
    "patrol-log": {
        "hotspot",
        "start",
        "end",
        "officers",
        "resident_engagements",
        "business_engagements",
        "activities",
    },
    "retail-register": {
        "date",
        "shop",
        "locality",
        "district",
        "value",
        "evidence_passed",
        "evidence_passed_on",
    },
    "shop-plans": {"district", "shop", "contact", "plan_status", "review_date"},
    "deliverables": {"programme", "area", "deliverable", "planned", "delivered", "date", "status"},
    "funding": {"programme", "amount", "first_day", "last_day", "places", "pays_for", "source"},
    "perception-survey": {"place", "respondents", "felt_unsafe"},
    "timed-incidents": {"date_time", "earliest", "latest"},
}
MODULES = {
    "patrol-log": "patrols/measure/dosage",
    "retail-register": "../model/publishing",
    "shop-plans": "retail/measure/register",
    "deliverables": "programmes/measure/programme_ground",
    "funding": "funding/measure/funding_timeline",
    "perception-survey": "perceptions/measure/perception",
    "timed-incidents": "night_time/measure/night_hours",
}


@pytest.mark.parametrize("kind", sorted(USED))
def test_measures_read_columns_that_the_contract_names(kind):
    assert USED[kind] <= {column.name for column in record_kind(kind).columns}
    topics = Path(__file__).parents[2] / "analysis" / "topics"
    source = (topics / f"{MODULES[kind]}.py").read_text(encoding="utf-8")
    assert [column for column in sorted(USED[kind]) if f'"{column}"' not in source] == []


def held(kind: str, *rows: dict) -> pd.DataFrame:
    """Rows as a checked table holds them; what a row leaves out is blank."""
    columns = record_kind(kind).columns
    frame = pd.DataFrame(
        [[row.get(c.name) for c in columns] for row in rows], columns=[c.name for c in columns]
    )
    for column in columns:
        values = frame[column.name]
        if HELD_AS[column.type].endswith("Europe/London]"):
            values = pd.to_datetime(values).dt.tz_localize("Europe/London")
        frame[column.name] = values.astype(HELD_AS[column.type])
    return frame


def test_measures_read_tables_as_they_are_held_blanks_included():
    start = {"date": "2023-08-01", "hotspot": "A", "start": "2023-08-01 22:00", "end": "2023-08-01 23:00"}
    log = held("patrol-log", start | {"officers": 2, "activities": ("Advice",)}, start | {"activities": ()})
    table = dosage.patrol_table(log)
    assert table["hours"].tolist() == ["2:00:00", "2:00:00"]
    assert table["without_officers"].tolist() == [1, 1]
    assert dosage.patrol_week(log)["officer_minutes"].sum() == 120

    year = Period.parse("2023-07:2024-06")
    offence = {"date": "2023-08-01", "shop": "S", "district": "D", "offence": "Shoplifting"}
    register = held(
        "retail-register",
        offence | {"evidence_passed": True, "evidence_passed_on": "2023-08-03", "value": 5.0},
        offence,
    )
    plans = held(
        "shop-plans",
        {"district": "D", "shop": "S", "plan_status": "in place"},
        {"district": "D", "shop": "X"},
    )
    shown = publish(pd.concat([register] * 5, ignore_index=True))
    total = retail.districts(shown, year).iloc[-1]
    assert total[["offences", "value", "passed", "not_said", "without_value"]].tolist() == [10, 25, 5, 5, 5]
    assert retail.median_days(shown, year) == {"D": (2, 2)}
    counts = retail.shop_counts(shown, year)
    assert counts[["offences", "value", "whole"]].iloc[0].tolist() == [10, 25, True]
    assert retail.top_shops(counts, plans)["plan_status"].tolist() == ["in place"]

    money = held(
        "funding",
        {
            "programme": "P",
            "amount": 10.0,
            "first_day": "2023-10-01",
            "last_day": "2023-10-31",
            "places": ("A", "B"),
        },
    )
    assert funding.funding_timeline(money)["days"].tolist() == [31]
    assert funding.places_of(money["places"][0]) == {"A", "B"}

    planned = {"programme": "P", "area": "A", "deliverable": "Columns", "planned": 9.0}
    assert programmes.deliverables(held("deliverables", planned))["share"].isna().all()

    answers = held(
        "perception-survey", {"place": "A", "respondents": 20, "felt_unsafe": 5, "date": "2023-08-01"}
    )
    places = pd.DataFrame({"place": ["A"], "incidents": [3]})
    assert perception.perceptions(answers, places).table["share"].tolist() == [0.25]

    told = {"kind": "Disorder", "source": "Ambulance"}
    times = held(
        "timed-incidents",
        told | {"date_time": "2023-08-05 23:40"},
        told | {"earliest": "2023-08-05 22:00", "latest": "2023-08-05 23:00"},
    )
    assert (night_hours.hours_of_week(times).used, night_hours.hours_of_week(times).exact) == (2, 1)
