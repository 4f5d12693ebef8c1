"""The contracts of the records an office gives: eight kinds, their columns, types and meanings.

A contract says what is asked for, in which words it may be headed, and what it becomes once checked
(`analysis.records.tidying` does the checking). Columns that no contract names are dropped and named, so that
personal data is not taken in by accident.
"""

from __future__ import annotations

from analysis.model.errors import RefusedError
from analysis.records.contract import RecordColumn, RecordKind


def _place_columns(lsoa: bool) -> tuple[RecordColumn, ...]:
    code = RecordColumn(
        "lsoa",
        "lsoa",
        False,
        "LSOA of the place, of either vintage",
        also=("LSOA code",),
        example="E01012284",
    )
    point = (
        RecordColumn(
            "longitude", "longitude", False, "Longitude of the place, WGS84", "degrees", also=("lon", "long")
        ),
        RecordColumn("latitude", "latitude", False, "Latitude of the place, WGS84", "degrees", also=("lat",)),
    )
    return (code, *point) if lsoa else point


PATROL_LOG = RecordKind(
    "patrol-log",
    "Patrol log",
    "one patrol of one hotspot",
    (
        RecordColumn("date", "date", True, "Day on which the patrol began", past=True, example="2023-08-01"),
        RecordColumn(
            "hotspot",
            "text",
            True,
            "Place designated for patrol",
            also=("hotspot location", "location"),
            example="Example Town Centre",
        ),
        RecordColumn(
            "start", "time", True, "When the patrol began", also=("start time", "from"), example="22:15"
        ),
        RecordColumn(
            "end",
            "time",
            False,
            "When the patrol ended; an end earlier than the start is on the next day",
            also=("end time", "finish", "to"),
            example="23:05",
        ),
        RecordColumn(
            "duration_minutes",
            "duration",
            False,
            "Time on patrol as it passed, whatever the clocks did; worked out where start and end are given",
            "minutes",
            also=("minutes",),
            label="Duration",
        ),
        RecordColumn("officers", "count", False, "Officers on the patrol", example="2"),
        RecordColumn(
            "resident_engagements",
            "count",
            False,
            "Residents engaged with",
            also=("resident engagement",),
            example="3",
        ),
        RecordColumn(
            "business_engagements",
            "count",
            False,
            "Businesses engaged with",
            also=("business engagement", "buisness engagement"),
            example="1",
        ),
        RecordColumn(
            "activities",
            "list",
            False,
            "What was done on the patrol",
            also=("activity", "examples of activities"),
            example="ASB warning letter issued; information shared with partners",
        ),
        RecordColumn(
            "lsoa",
            "lsoa",
            False,
            "An LSOA that the hotspot lies in, of either vintage",
            also=("LSOA code",),
            example="E01012284",
            label="LSOA",
        ),
        RecordColumn(
            "note",
            "text",
            False,
            "Anything else; no names of persons",
            also=("notes",),
            example="Example row",
        ),
    ),
    (
        "A hotspot named like a town centre of the dashboard needs no LSOA. For any other, give the LSOA; where "
        "it lies in several, give one of them on each row.",
        "Fill end or duration. Both may stand; they must then agree to the minute.",
        "A patrol over midnight is one row: the date is that of the start. "
        "The longest patrol taken is 12 hours.",
        "On the night the clocks go back, write 01:30 BST or 01:30 GMT.",
    ),
)

RETAIL_REGISTER = RecordKind(
    "retail-register",
    "Retail offence register",
    "one offence at one shop",
    (
        RecordColumn(
            "date",
            "date",
            True,
            "Day of the offence",
            also=("offence date",),
            past=True,
            example="2023-11-05",
        ),
        RecordColumn(
            "shop",
            "text",
            True,
            "Shop, in the same words each time",
            also=("store", "premises"),
            example="Example Grocer",
        ),
        RecordColumn(
            "locality", "text", False, "Town centre or street", also=("town",), example="Example Town Centre"
        ),
        RecordColumn(
            "district",
            "text",
            True,
            "District council area",
            also=("LA area", "local authority"),
            example="Example District",
        ),
        RecordColumn(
            "offence",
            "text",
            True,
            "Crime type or offence",
            also=("crime type", "crime type or offence", "offence type"),
            example="Shoplifting",
        ),
        RecordColumn(
            "value",
            "money",
            False,
            "Value of what was taken or damaged",
            "£",
            also=("value lost", "loss"),
            example="£24.50",
            label="Value (£)",
        ),
        RecordColumn(
            "evidence_passed",
            "yes/no/when",
            False,
            "Whether evidence was passed to police; a date counts as yes",
            also=("evidence passed to police", "evidence"),
            example="yes",
        ),
        RecordColumn(
            "evidence_passed_on",
            "date",
            False,
            "Day on which evidence was passed to police",
            also=("date evidence passed",),
            past=True,
            example="2023-11-07",
        ),
        RecordColumn("outcome", "text", False, "What came of it", example="Under investigation"),
        *_place_columns(lsoa=False),
        RecordColumn(
            "show_on_map",
            "yes/no",
            False,
            "Whether the shop may be shown at its point on a map",
            also=("may be shown on a map",),
            example="no",
        ),
    ),
    (
        "Points are optional. A shop is drawn on a map only where its rows give a point and say that it may be shown; without, its "
        "offences are drawn in the middle of its ward or town centre.",
    ),
)

SHOP_PLANS = RecordKind(
    "shop-plans",
    "Shop plans",
    "one shop",
    (
        RecordColumn(
            "district",
            "text",
            True,
            "District council area",
            also=("LA area", "local authority"),
            example="Example District",
        ),
        RecordColumn(
            "shop",
            "text",
            True,
            "Shop, spelled as in the retail register",
            also=("store", "premises"),
            example="Example Grocer",
        ),
        RecordColumn(
            "contact",
            "text",
            False,
            "Single point of contact, as a role rather than a person",
            also=("single point of contact", "SPOC"),
            example="Retail liaison officer",
        ),
        RecordColumn(
            "plan_status",
            "text",
            False,
            "Status of the problem-solving plan: none, planned, in place, under review, closed",
            also=("problem-solving plan status", "problem solving plan", "status"),
            example="in place",
        ),
        RecordColumn("review_date", "date", False, "Day the plan is next reviewed", example="2024-10-01"),
    ),
)

DELIVERABLES = RecordKind(
    "deliverables",
    "Programme deliverables",
    "one deliverable of one programme in one area",
    (
        RecordColumn("programme", "text", True, "Programme", example="Example programme"),
        RecordColumn("area", "text", True, "Programme area", example="Example estate"),
        RecordColumn("deliverable", "text", True, "What is delivered", example="Target hardening packs"),
        RecordColumn("planned", "number", False, "How many were planned", example="100"),
        RecordColumn("delivered", "number", False, "How many were delivered by the date", example="40"),
        RecordColumn("date", "date", False, "Day to which the figures stand", example="2024-03-31"),
        RecordColumn(
            "status",
            "text",
            False,
            "Status: planned, under way, delivered, delayed, stopped",
            example="under way",
        ),
    ),
)

FUNDING = RecordKind(
    "funding",
    "Funding",
    "one sum for one programme over one span of days",
    (
        RecordColumn("programme", "text", True, "Programme", example="Example programme"),
        RecordColumn("amount", "money", True, "Sum of money", "£", example="£135,000", label="Amount (£)"),
        RecordColumn(
            "first_day",
            "date",
            True,
            "First day it pays for",
            also=("from",),
            example="2023-10-01",
            label="From",
        ),
        RecordColumn(
            "last_day", "date", True, "Last day it pays for", also=("to",), example="2024-03-31", label="To"
        ),
        RecordColumn(
            "places", "list", False, "Places it pays for", also=("place",), example="Example Town Centre"
        ),
        RecordColumn(
            "pays_for",
            "list",
            False,
            "What it pays for: set-up, delivery or words of your own",
            also=("what it pays for",),
            example="set-up; delivery",
        ),
        RecordColumn(
            "source", "text", False, "Where the figure stands", example="Grant letter of 1 July 2023"
        ),
    ),
)

ACTIONS = RecordKind(
    "actions",
    "Actions",
    "one action or area of concern",
    (
        RecordColumn(
            "page", "text", True, "Page of the dashboard that it belongs to", example="Retail crime"
        ),
        RecordColumn("action", "text", True, "What is to be done", example="Hold a retail crime summit"),
        RecordColumn("owner", "text", False, "Who answers for it, as a role", example="Head of partnerships"),
        RecordColumn("due", "date", False, "Day it is due", also=("due date",), example="2024-10-31"),
        RecordColumn(
            "status", "text", False, "Status: not started, under way, done, stopped", example="under way"
        ),
        RecordColumn("update", "text", False, "The latest news", example="Venue booked"),
    ),
)

PERCEPTION_SURVEY = RecordKind(
    "perception-survey",
    "Perception survey",
    "one place in one survey",
    (
        RecordColumn("place", "text", True, "Place that was asked about", example="Example Town Centre"),
        *_place_columns(lsoa=True),
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
)

TIMED_INCIDENTS = RecordKind(
    "timed-incidents",
    "Timed incidents",
    "one incident with a time of day",
    (
        RecordColumn(
            "date_time",
            "date-time",
            False,
            "When it was, where that is known",
            also=("when", "datetime", "date and time"),
            past=True,
            example="2023-08-05 23:40",
            label="Date and time",
        ),
        RecordColumn(
            "earliest",
            "date-time",
            False,
            "The earliest it can have been; a date alone is taken from its first minute",
            also=("from", "start"),
            past=True,
            label="From",
        ),
        RecordColumn(
            "latest",
            "date-time",
            False,
            "The latest it can have been; a date alone is taken to its last minute",
            also=("to", "end"),
            past=True,
            label="To",
        ),
        RecordColumn(
            "place", "text", False, "Town centre or street", also=("location",), example="Example Town Centre"
        ),
        *_place_columns(lsoa=False),
        RecordColumn("kind", "text", True, "What it was", also=("type", "crime type"), example="Disorder"),
        RecordColumn("source", "text", True, "Whose record it is", example="Example ambulance service"),
    ),
    (
        "Fill the date and time, or from and to where only these are known.",
        "Fill the place, or longitude and latitude.",
    ),
)

RECORD_KINDS: tuple[RecordKind, ...] = (
    PATROL_LOG,
    RETAIL_REGISTER,
    SHOP_PLANS,
    DELIVERABLES,
    FUNDING,
    ACTIONS,
    PERCEPTION_SURVEY,
    TIMED_INCIDENTS,
)


def record_kind(key: str) -> RecordKind:
    """Return the contract of this key; a RefusedError names the eight keys otherwise."""
    for kind in RECORD_KINDS:
        if kind.key == key:
            return kind
    keys = ", ".join(kind.key for kind in RECORD_KINDS)
    raise RefusedError(f"“{key}” is not a kind of record. Choose one of {keys}.")
