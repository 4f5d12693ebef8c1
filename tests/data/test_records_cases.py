"""Files as offices give them: the cases of the shared folder, and other inputs of each of their kinds."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from analysis.model.errors import RefusedError
from data.records import RecordsReport, read_upload

TODAY = dt.date(2024, 12, 31)
LOG = ["Date", "Hotspot", "Start", "End"]
DAY, OTHER_DAY = dt.date(2023, 8, 1), dt.date(2023, 8, 2)
OFFENCE = "Date,Shop,District,Offence,"


def case(shared: Path, name: str) -> RecordsReport:
    path = shared / "cases" / name
    if not path.exists():
        pytest.skip(f"the case {name} is not in the shared folder")
    return read_upload("retail-register" if "retail" in name else "patrol-log", name, path.read_bytes())


def read(rows: str | bytes, key: str = "patrol-log", name: str = "f.csv") -> RecordsReport:
    return read_upload(key, name, rows.encode() if isinstance(rows, str) else rows, today=TODAY)


def book(*sheets: tuple[str, list[list]], merged: tuple[str, ...] = ()) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for reference in merged:
            sheet.merge_cells(reference)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def patrol(day: dt.date, hour: int, hotspot: str | None = "A", **more: object) -> list:
    return [day, hotspot, dt.time(hour, 0), dt.time(hour, 40), *more.values()]


def says(report: RecordsReport, *parts: str) -> bool:
    return any(all(part in sentence for part in parts) for sentence in report.sentences)


# --- a: a row of totals


def test_case_a_the_total_row_is_left_out_and_said(shared):
    report = case(shared, "a-sep-semicolon.csv")
    assert (len(report.accepted), len(report.refused)) == (2, 0)
    assert says(report, "Left out as a row of totals: row 5")


@pytest.mark.parametrize(
    "total",
    ["Total,,,1:20", "Grand total:,,,1:20", ",A Total,,1:20", "Totals (2 patrols),,,", "SUM,,,", "Sub-total,,,", "Total,A,,1:20"],
)  # fmt: skip
def test_a_row_of_totals_is_known_by_its_first_cell_and_by_what_it_lacks(total):
    report = read(f"Date,Hotspot,Start,End\n2023-08-01,A,10:00,10:40\n2023-08-02,A,10:00,10:40\n{total}\n")
    assert (len(report.accepted), len(report.refused)) == (2, 0)
    assert says(report, "row of totals: row 4")


def test_figures_alone_below_the_table_are_a_row_of_totals():
    report = read("Date,Hotspot,Start,End,Officers\n2023-08-01,A,10:00,10:40,2\n,,,,2\n")
    assert (len(report.accepted), len(report.refused)) == (1, 0)
    assert says(report, "row of totals: row 3")


def test_a_record_that_lacks_a_cell_is_no_total_and_a_shop_may_have_the_word_in_its_name():
    report = read("Date,Hotspot,Start,End,Note\n,A,10:00,10:40,total failure of the radio\n")
    assert report.refused["reason"].tolist() == ["Date is blank."]
    shops = read(f"{OFFENCE}\n2023-09-01,Total Fitness,D,Shoplifting\n", "retail-register")
    assert len(shops.accepted) == 1


def funding(*lines: str) -> RecordsReport:
    text = "\n".join(f"{line},2023-10-01,2024-03-31" for line in lines)
    return read(f"Programme,Amount,From,To\n{text}\n", "funding")


def test_a_whole_row_called_total_is_left_out_where_it_adds_up_and_named_where_it_does_not():
    report = funding("P,100", "Q,50", "Total,150")
    assert report.accepted["programme"].tolist() == ["P", "Q"]
    assert says(report, "row of totals: row 4")
    odd = funding("P,100", "Q,50", "Total,175")
    assert odd.accepted["programme"].tolist() == ["P", "Q", "Total"]
    assert says(odd, "Row 4 has “Total” under Programme", "counts twice")


def test_a_subtotal_adds_up_from_the_one_before():
    report = funding("P,100", "Q,50", "Subtotal,150", "R,10", "S,20", "Subtotal,30", "Total,180")
    assert report.accepted["programme"].tolist() == ["P", "Q", "R", "S"]
    assert says(report, "Left out as rows of totals: rows 4, 7 and 8")


# --- c: merged cells


def test_case_c_merged_days_and_hotspots_are_filled_down_and_said(shared):
    report = case(shared, "c-merged-days.xlsx")
    assert report.accepted["date"].dt.day.tolist() == [1, 1, 1, 2]
    assert set(report.accepted["hotspot"]) == {"Thornaby Town Centre"}
    assert report.refused.empty
    assert says(report, "Merged cells were filled down", "Date (rows 4 to 6)", "Hotspot (rows 4 to 6)")


def test_only_rows_with_something_else_in_them_are_filled_and_only_from_true_merges():
    rows = [LOG, patrol(DAY, 10), [None] * 4, patrol(None, 14), patrol(None, 18)]
    report = read(book(("Log", rows), merged=("A2:A4",)), name="f.xlsx")
    assert len(report.accepted) == 2
    assert report.refused["row"].tolist() == [5]
    assert says(report, "Date (rows 2 to 4)")


def test_a_merged_figure_counts_once():
    head = [*LOG, "Resident engagements"]
    rows = [head, patrol(DAY, 10, met=6), patrol(DAY, 14, met=None), patrol(DAY, 18, met=1)]
    report = read(book(("Log", rows), merged=("E2:E3",)), name="f.xlsx")
    assert report.accepted["resident_engagements"].fillna(-1).tolist() == [6, -1, 1]
    assert says(report, "count once, in their first row", "Resident engagements (rows 2 to 3)")


def test_a_title_or_a_heading_that_is_merged_fills_nothing():
    rows = [["Patrols", None, None, None], LOG, patrol(DAY, 10), patrol(None, 14)]
    report = read(book(("Log", rows), merged=("A1:D1",)), name="f.xlsx")
    assert (len(report.accepted), report.refused["reason"].tolist()) == (1, ["Date is blank."])


# --- g: optional cells that cannot be read


def test_case_g_every_offence_stays_and_unknown_values_are_counted(shared):
    report = case(shared, "g-retail-unknown-value.csv")
    assert (len(report.accepted), len(report.refused)) == (16, 0)
    assert report.accepted["value"].dropna().tolist() == [24.5, 24.5, 1234, 0]
    assert says(report, "12 cells under Value (£)", "not known", "“N/K” (row 3)")
    assert len(report.unread) == 12


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Value", "N/K"), ("Value", "about £5"), ("Locality", "Not known"), ("Outcome", "-"), ("Longitude", "see map"),
     ("Evidence passed on", "03/04/2024"), ("Evidence passed on", "2025-06-01"), ("Show on map", "ask the manager")],
)  # fmt: skip
def test_an_optional_cell_of_any_type_never_loses_the_row(heading, cell):
    report = read(f'{OFFENCE}{heading}\n2023-09-01,S,D,Shoplifting,"{cell}"\n', "retail-register")
    assert (len(report.accepted), len(report.refused)) == (1, 0)
    assert report.unread["cell"].tolist() == [cell]
    assert report.accepted[report.kind.names[-1]].isna().all()
    assert says(report, "1 cell under", "its row stays", cell)


def test_half_a_point_is_no_point_and_a_whole_one_stays():
    text = f"{OFFENCE}lon,lat\n2023-09-01,S,D,Shoplifting,-1.3,?\n2023-09-01,T,D,Shoplifting,-1.3,54.5\n"
    report = read(text, "retail-register")
    assert report.accepted["longitude"].isna().tolist() == [True, False]
    assert report.accepted["latitude"].isna().tolist() == [True, False]


def test_a_row_that_cannot_do_without_the_cell_is_refused_with_both_reasons():
    report = read("Date,Hotspot,Start,End\n2023-08-01,A,10:00,late\n")
    reason = report.refused["reason"].iloc[0]
    assert "End: “late” is not a time of day" in reason
    assert "neither end nor duration" in reason.casefold()


def test_a_needed_cell_that_cannot_be_read_refuses_its_row():
    report = read("Date,Hotspot,Start,End\nN/K,A,10:00,10:40\n")
    assert report.refused["reason"].tolist() == ["Date: “N/K” is not a date; write it as 2024-04-03."]


# --- h: yes and no


def test_case_h_yes_is_understood_and_what_is_not_is_not_known(shared):
    report = case(shared, "h-retail-evidence.csv")
    assert (len(report.accepted), len(report.refused)) == (15, 0)
    passed = report.accepted["evidence_passed"]
    assert (int(passed.sum()), int((~passed).sum()), int(passed.isna().sum())) == (7, 3, 5)
    assert report.accepted["evidence_passed_on"].dropna().dt.strftime("%Y-%m-%d").tolist() == ["2023-09-16"]
    assert says(report, "5 cells under Evidence passed", "“CCTV” (row 5)")
    assert says(report, "only the yes or no was kept", "“CCTV” (row 4)")


@pytest.mark.parametrize(
    ("cell", "passed"),
    [("YES (statement)", True), ("y: CCTV", True), ("✔", True), ("no - none held", False), ("Yes/No", None),
     ("yes?", None), ("N/A", None), ("yesterday", None), ("N Smith", None), ("no info", None), ("true", True)],
)  # fmt: skip
def test_yes_and_no_are_read_before_other_words_and_doubt_is_not_known(cell, passed):
    report = read(f'{OFFENCE}Evidence passed\n2023-09-01,S,D,Shoplifting,"{cell}"\n', "retail-register")
    answer = report.accepted["evidence_passed"].iloc[0]
    assert (None if report.accepted["evidence_passed"].isna().all() else bool(answer)) is passed


def test_a_permission_with_a_condition_is_no_permission():
    text = f"{OFFENCE}lon,lat,Show on map\n2023-09-01,S,D,Shoplifting,-1.3,54.5,yes - once the owner agrees\n"
    report = read(text, "retail-register")
    assert report.accepted["show_on_map"].isna().all()


# --- i: a sheet a month


def test_case_i_sheets_of_one_shape_are_taken_together_and_named(shared):
    report = case(shared, "i-a-sheet-a-month.xlsx")
    assert report.accepted["date"].dt.month.tolist() == [8, 9, 10]
    assert says(report, "Taken together", "Aug 23, Sep 23 and Oct 23")


def test_sheets_whose_columns_stand_in_another_order_are_taken_together_and_rows_named_by_sheet():
    turned = [LOG[::-1], patrol(OTHER_DAY, 10)[::-1], patrol(OTHER_DAY, 6, None)[::-1]]
    report = read(book(("Aug", [LOG, patrol(DAY, 10)]), ("Sep", turned), ("Notes", [["x"]])), name="f.xlsx")
    assert report.accepted["date"].dt.day.tolist() == [1, 2]
    assert report.refused.to_numpy().tolist() == [[3, "Sheet Sep: Hotspot is blank."]]


def test_sheets_that_differ_in_shape_are_refused_by_name():
    sheets = ("Aug", [LOG, patrol(DAY, 10)]), ("Sep", [[*LOG, "Note"], patrol(DAY, 12)])
    with pytest.raises(
        RefusedError, match=r"2 sheets with the headings of a patrol log \(Aug, Sep\).*differ"
    ):
        read(book(*sheets), name="f.xlsx")


def test_a_sheet_of_everything_beside_its_months_is_refused():
    head = ["Date", "Shop", "District", "Offence"]
    months = [[dt.date(2023, month, 1), "S", "D", "Shoplifting"] for month in (8, 9)]
    sheets = ("All", [head, *months]), ("Aug", [head, months[0]]), ("Sep", [head, months[1]])
    with pytest.raises(RefusedError, match="would count twice"):
        read(book(*sheets), "retail-register", "f.xlsx")


# --- j: a form tool's own columns


def test_case_j_the_time_of_filling_in_is_not_taken_for_the_patrols(shared):
    report = case(shared, "j-form-export.xlsx")
    starts = report.accepted["start"].dt.tz_convert("Europe/London").dt.strftime("%d %H:%M")
    assert starts.tolist() == ["01 10:00", "02 22:15", "04 14:30"]
    assert report.refused.empty
    assert says(report, "form tool’s own", "“Start time”")


FORM = "2023-08-01 23:50:12"


@pytest.mark.parametrize("mark", ["Completion time", "ID", "Email", "Last modified time"])
def test_a_forms_start_time_is_asked_about_where_no_other_column_is_known(mark):
    text = f"{mark},Start time,Date,Hotspot,When did you set out,Duration\nx,{FORM},2023-08-01,A,10:00,1:15\n"
    with pytest.raises(
        RefusedError, match=r"“Start time” is a form tool’s own column.*Which column holds it.*When did"
    ):
        read(text)


def test_a_start_time_that_people_typed_is_the_patrols_whatever_stands_beside_it():
    report = read("ID,Start time,Date,Hotspot,End\n7,10:00,2023-08-01,A,10:40\n")
    assert report.accepted["duration_minutes"].tolist() == [40]


def test_the_forms_column_gives_way_to_one_headed_start():
    text = f"Email,Start time,Date,Hotspot,Start,End\nx,{FORM},2023-08-01,A,10:00,10:40\n"
    assert read(text).accepted["duration_minutes"].tolist() == [40]
