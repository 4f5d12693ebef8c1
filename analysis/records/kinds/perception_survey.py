"""The perception survey: one place in one survey, with how many felt unsafe there."""

from __future__ import annotations

from analysis.model.errors import RefusedError
from analysis.records.contract import RecordColumn, RecordKind, Row
from analysis.records.demonstration import given_lines
from analysis.records.points import LSOA_COLUMN, POINT, POINT_COLUMNS, check_point


def complete_survey(row: Row) -> None:
    """No more people can have felt unsafe than answered."""
    if row["felt_unsafe"] > row["respondents"]:
        raise RefusedError(
            f"{row['felt_unsafe']:,} felt unsafe of {row['respondents']:,} who answered; correct one of them"
        )
    check_point(row)


PERCEPTION_SURVEY = RecordKind(
    "perception-survey",
    "Perception survey",
    "one place in one survey",
    (
        RecordColumn(
            "place", "text", True, "Place that was asked about", example="Example Town Centre", place="known"
        ),
        LSOA_COLUMN,
        *POINT_COLUMNS,
        RecordColumn("respondents", "count", True, "People who answered about the place", example="120"),
        RecordColumn(
            "felt_unsafe",
            "count",
            True,
            "How many of them felt unsafe there (not a percentage)",
            example="30",
        ),
        RecordColumn(
            "date",
            "date",
            True,
            "Day of the survey, or its last day",
            also=("when",),
            past=True,
            example="2023-09-30",
            label="When",
        ),
    ),
    ("Give the LSOA or the point, so that recorded incidents can be set beside the answers.",),
    complete=complete_survey,
    demonstration=given_lines,
    together=(POINT,),
)
