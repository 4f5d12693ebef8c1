from __future__ import annotations

import datetime as dt

import pytest

from analysis.model.errors import RefusedError
from analysis.records import RECORD_KINDS, record_kind
from analysis.records.tidying import RawTable, TidiedRecords, tidy_records
from analysis.records.tidying.cells import parse_count, parse_list, parse_money, tidy_text
from analysis.records.tidying.dates import DateReading, order_of, parse_date, seems_swapped
from analysis.records.tidying.times import moments, parse_clock, parse_minutes

NOW = dt.date(2024, 12, 31)
PLAIN = DateReading()


def tidied(key: str, *rows: dict[str, str], **table: object) -> TidiedRecords:
    headings = tuple(dict.fromkeys(name for row in rows for name in row))
    cells = tuple((n, tuple(row.get(name, "") for name in headings)) for n, row in enumerate(rows, start=2))
    return tidy_records(record_kind(key), RawTable(headings, cells, **table), today=NOW)


def patrol(date: str, start: str, end: str = "", **more: str) -> dict[str, str]:
    return {"date": date, "hotspot": "A", "start": start, "end": end} | more


def reason(result: TidiedRecords) -> str:
    assert len(result.refused) == 1, result.accepted
    return result.refused["reason"].iloc[0]


# --- dates


@pytest.mark.parametrize(
    "text",
    ["2023-08-03", "2023/8/3", "20230803", "3 Aug 2023", "Thu 3 August 2023", "3rd of August 2023", "August 3, 2023",
     "03-Aug-23", "45141", "45141.0"],
)  # fmt: skip
def test_one_day_is_read_however_it_is_written(text):
    assert parse_date(text, PLAIN) == dt.date(2023, 8, 3)


def test_a_serial_number_of_a_1904_workbook_is_four_years_and_a_day_later():
    assert parse_date("43679", DateReading(epoch="1904")) == parse_date("45141", PLAIN)


def test_an_ambiguous_date_is_refused_and_both_readings_are_named():
    with pytest.raises(RefusedError, match="3 April 2024 or 4 March 2024"):
        parse_date("03/04/2024", PLAIN)


def test_a_date_with_equal_day_and_month_has_one_reading():
    assert parse_date("03/03/2024", PLAIN) == dt.date(2024, 3, 3)


@pytest.mark.parametrize(
    "text", ["30/02/2024", "2024-13-01", "1999-12-31", "2100-01-01", "23-08-01", "5 Foo 2024", "soon", "1"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(RefusedError):
        parse_date(text, DateReading("day first"))


def test_one_date_above_twelve_settles_the_order_of_its_column():
    assert order_of(["03/04/2024", "13/04/2024"]) == "day first"
    assert order_of(["03/04/2024", "04/13/2024 10:00"]) == "month first"
    assert order_of(["13/04/2024", "04/13/2024"]) == "mixed"
    assert order_of(["03/04/2024", "2024-04-13"]) == "unknown"


def test_a_column_in_both_orders_keeps_only_what_is_clear():
    result = tidied(
        "patrol-log",
        *(patrol(day, "10:00", "11:00") for day in ("13/04/2024", "04/14/2024", "03/04/2024")),
    )
    assert list(result.accepted["date"].dt.day) == [13, 14]
    assert "both orders" in reason(result)


def test_a_column_without_a_clue_takes_the_order_of_the_other_dates_of_the_file():
    money = {"programme": "P", "amount": "£5k", "from": "01/10/2023", "to": "31/03/2024"}
    result = tidied("funding", money)
    assert result.accepted["first_day"].iloc[0].month == 10
    assert any("From were read day first" in said for said in result.sentences)


def test_date_cells_that_excel_may_have_swapped_are_refused():
    texts = ["2023-06-05", "2023-07-05", "2023-08-05", "13/06/2023"]
    assert seems_swapped(texts)
    assert not seems_swapped([*texts, "2023-06-15"])
    rows = [patrol(text, "10:00", "11:00") for text in texts]
    assert len(tidied("patrol-log", *rows, date_cells=frozenset({"date"})).accepted) == 1
    assert len(tidied("patrol-log", *rows).accepted) == 4


# --- times


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("22:15", 80100), ("22.15", 80100), ("2215", 80100), ("10:15 pm", 80100), ("10:15:00 PM", 80100),
     ("12am", 0), ("12 pm", 43200), ("24:00", 86400), ("0.927083333", 80100), ("9:05", 32700)],
)  # fmt: skip
def test_times_of_day_are_read_as_offices_write_them(text, seconds):
    assert parse_clock(text, PLAIN).seconds == seconds


@pytest.mark.parametrize(
    "text", ["373:26:00", "25:00", "24:01", "9", "0.5", "22:60", "13 pm", "noon", "-1:00"]
)
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(RefusedError):
        parse_clock(text, PLAIN)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("373:26:00", 22406), ("0:50", 50), ("1:15:30", 75.5), ("90", 90), ("45 mins", 45),
     ("1900-01-15 13:26:00", 22406), ("1904-01-16 13:26:00", 22406)],
)  # fmt: skip
def test_lengths_of_time_are_read_beyond_a_day(text, minutes):
    assert parse_minutes(text) == pytest.approx(minutes)


@pytest.mark.parametrize("text", ["1.5", "2", "1:75", "long", "-0:50"])
def test_lengths_that_may_be_hours_or_minutes_are_refused(text):
    with pytest.raises(RefusedError):
        parse_minutes(text)


def test_the_hour_that_comes_twice_has_two_readings_and_the_missing_hour_none():
    back, forward = dt.date(2023, 10, 29), dt.date(2024, 3, 31)
    half_past_one = parse_clock("01:30", PLAIN)
    assert len(moments(back, half_past_one)) == 2
    assert len(moments(back, parse_clock("01:30 GMT", PLAIN))) == 1
    with pytest.raises(RefusedError, match="does not exist on 31 March 2024"):
        moments(forward, half_past_one)
    with pytest.raises(RefusedError, match="did not show GMT"):
        moments(dt.date(2024, 7, 1), parse_clock("10:00 GMT", PLAIN))


@pytest.mark.parametrize(
    ("row", "minutes"),
    [
        (patrol("2023-08-01", "22:15", "23:05"), 50),
        (patrol("2023-08-01", "23:30", "00:30"), 60),
        (patrol("2023-08-01", "23:30", "24:00"), 30),
        (patrol("2023-08-01", "23:30", "2023-08-02 00:30"), 60),
        (patrol("2023-08-01", "23:30", duration="1:00"), 60),
        (patrol("2023-10-28", "23:30", "02:30"), 240),
        (patrol("2024-03-30", "23:30", "02:30"), 120),
        (patrol("2024-03-31", "23:00", "01:30"), 150),
        (patrol("2023-10-29", "01:30 BST", "01:15 GMT"), 45),
        (patrol("2023-10-29", "01:30", "02:30", duration="1:00"), 60),
        (patrol("2023-10-29", "01:30", "02:30", duration="2:00"), 120),
    ],
)
def test_minutes_of_a_patrol_are_those_that_passed(row, minutes):
    accepted = tidied("patrol-log", row).accepted
    assert accepted["duration_minutes"].tolist() == [minutes]
    assert (accepted["end"] - accepted["start"]).dt.total_seconds().tolist() == [minutes * 60]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (patrol("2023-08-01", "22:15"), "either end nor duration"),
        (patrol("2023-08-01", "14:00", "13:30"), "23 h 30 min"),
        (patrol("2023-08-01", "14:00", "14:00"), "ends when it starts"),
        (patrol("2023-08-01", "24:00", "00:30"), "either midnight"),
        (patrol("2023-10-29", "01:30", "02:30"), "comes twice"),
        (patrol("2024-03-31", "01:30", "02:30"), "does not exist"),
        (patrol("2023-08-01", "14:00", duration="373:26:00"), "373 h 26 min"),
        (patrol("2023-08-01", "14:00", "15:00", duration="0:50"), "60 minutes but the duration says 50"),
        (patrol("2023-08-01", "2023-08-02 14:00", "15:00"), "correct one of them"),
        (patrol("2023-08-01", "14:00", "2023-08-05 15:00"), "correct one of them"),
        (patrol("2025-01-01", "14:00", "15:00"), "in the future"),
        (patrol("2023-08-01", "14:00", "soon"), "End: “soon” is not a time of day"),
        (patrol("", "14:00", "15:00"), "Date is blank"),
    ],
)
def test_a_patrol_that_contradicts_itself_is_refused_with_its_reason(row, said):
    assert said in reason(tidied("patrol-log", row))


def test_overlapping_patrols_are_counted_and_said_and_a_repeated_row_is_refused():
    result = tidied(
        "patrol-log",
        patrol("2023-08-01", "22:00", "23:00"),
        patrol("2023-08-01", "22:30", "23:30"),
        patrol("2023-08-01", "23:30", "23:45"),
        patrol("2023-08-01", "22:00", "23:00"),
        patrol("2023-08-01", "22:30", "23:30") | {"hotspot": "B"},
    )
    assert len(result.accepted) == 4
    assert any("2 patrols overlap another of the same hotspot (rows 2 and 3)" in s for s in result.sentences)
    assert result.refused["row"].tolist() == [5]
    assert "repeats row 2" in reason(result)


# --- other cells and kinds


@pytest.mark.parametrize(
    ("text", "pounds"), [("£1,234.50", 1234.5), ("135633", 135633), ("£331k", 331000), ("£ 0.99", 0.99)]
)
def test_money_is_read_with_its_sign_and_commas(text, pounds):
    assert parse_money(text) == pounds


@pytest.mark.parametrize("text", ["1.234,56", "$5", "-5", "1,23", "about £5", "5 EUR", "(120)", "9" * 30])
def test_other_money_is_refused(text):
    with pytest.raises(RefusedError):
        parse_money(text)


def test_lists_and_words_are_tidied():
    assert parse_list(" a ; b|a\nc;;") == ("a", "b", "c")
    assert tidy_text("  Shop\u00a0 A\x00\u200b ") == "Shop A"
    assert tidy_text("'=1+1") == "=1+1"
    assert tidy_text("'tis") == "'tis"


def test_a_percentage_is_not_a_count():
    with pytest.raises(RefusedError, match="percentage"):
        parse_count("35%")


OFFENCE = {"date": "2023-11-05", "shop": "S", "district": "D", "offence": "Shoplifting"}


@pytest.mark.parametrize(
    ("cell", "passed", "day"),
    [("Yes", True, None), ("n", False, None), ("2023-11-07", True, 7), ("", None, None)],
)
def test_evidence_passed_is_yes_no_when_or_not_known(cell, passed, day):
    row = tidied("retail-register", OFFENCE | {"evidence passed to police": cell}).accepted.iloc[0]
    assert (None if row.isna()["evidence_passed"] else bool(row["evidence_passed"])) == passed
    assert (None if row.isna()["evidence_passed_on"] else row["evidence_passed_on"].day) == day


@pytest.mark.parametrize(
    ("key", "row", "said"),
    [
        ("retail-register", OFFENCE | {"evidence_passed": "2023-11-01"}, "before the day of the offence"),
        ("retail-register", OFFENCE | {"evidence_passed": "no", "evidence_passed_on": "2023-11-09"}, "not passed"),
        ("funding", {"programme": "P", "amount": "1", "from": "2024-01-02", "to": "2024-01-01"}, "before it begins"),
        ("perception-survey",
         {"place": "P", "respondents": "5", "felt_unsafe": "6", "when": "2023-09-30"}, "6 felt unsafe of 5"),
        ("timed-incidents", {"date_time": "2023-09-30", "place": "P", "kind": "K", "source": "S"}, "no time of day"),
        ("timed-incidents", {"from": "2023-09-30", "place": "P", "kind": "K", "source": "S"}, "o time is given"),
        ("timed-incidents", {"date_time": "2023-09-30 10:00", "kind": "K", "source": "S"}, "either place nor point"),
    ],
)  # fmt: skip
def test_rows_of_other_kinds_that_contradict_themselves_are_refused(key, row, said):
    assert said in reason(tidied(key, row))


def test_an_incident_known_by_its_days_spans_them_whole():
    row = {"from": "2023-09-30", "to": "2023-10-01", "place": "P", "kind": "K", "source": "S"}
    accepted = tidied("timed-incidents", row).accepted
    assert (accepted["latest"] - accepted["earliest"]).dt.total_seconds().tolist() == [2 * 86400]


def test_times_that_are_all_midnight_are_called_days_without_hours():
    row = {"date_time": "2023-09-30 00:00", "place": "P", "kind": "K", "source": "S"}
    assert any("show no hour" in said for said in tidied("timed-incidents", row).sentences)


def test_equal_offences_are_two_offences():
    assert len(tidied("retail-register", OFFENCE, OFFENCE).accepted) == 2


def test_unknown_columns_are_dropped_and_named():
    result = tidied("retail-register", OFFENCE | {"Suspect's name": "N. N.", "Age": "40"})
    assert result.dropped == ("Suspect's name", "Age")
    assert "N. N." not in result.accepted.to_csv()
    assert any("Suspect's name, Age" in said for said in result.sentences)


def test_a_missing_heading_is_named_with_those_not_known():
    with pytest.raises(
        RefusedError, match=r"headings Hotspot and Start are missing. Headings not known: Where"
    ):
        tidied("patrol-log", {"date": "2023-08-01", "Where": "A"})


def test_two_headings_for_one_column_are_refused():
    with pytest.raises(RefusedError, match="Two headings stand for “Hotspot”"):
        tidied("patrol-log", patrol("2023-08-01", "22:00", "23:00") | {"Location": "B"})


def test_a_contact_that_looks_like_a_person_is_said():
    result = tidied("shop-plans", {"district": "D", "shop": "S", "contact": "j.bloggs@example.org"})
    assert any("A role is enough" in said for said in result.sentences)


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.key)
def test_the_template_example_is_refused_as_it_stands_and_a_valid_row_otherwise(kind):
    example = {column.heading: column.example for column in kind.columns}
    assert "example row" in reason(tidied(kind.key, example))
    text = next(column.heading for column in kind.columns if column.type == "text")
    assert len(tidied(kind.key, example | {text: "Another"}).accepted) == 1


def test_headings_of_a_kind_never_meet():
    for kind in RECORD_KINDS:
        headings = [heading for column in kind.columns for heading in column.headings]
        assert len(headings) == len(set(headings)), kind.key


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(RefusedError, match="patrol-log"):
        record_kind("patrols")
