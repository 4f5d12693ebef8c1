"""The retail offence register: one offence at one shop."""

from __future__ import annotations

import datetime as dt

from analysis.model.errors import RefusedError
from analysis.model.publishing import publish
from analysis.records.contract import RecordColumn, RecordKind, Row
from analysis.records.demonstration import TRADES, DemoInputs, DemoRow, pick, shops_of
from analysis.records.points import POINT, POINT_COLUMNS, check_point

_OUTCOMES = ("Under investigation", "No suspect identified", "Charged", "Community resolution", "")
_FIRST, _DAYS = dt.date(2022, 7, 1), 731  # of the demonstration: July 2022 to June 2024


def complete_offence(row: Row) -> None:
    """Put the day evidence was passed in its own column; it cannot lie before the offence. A point is whole."""
    check_point(row)
    passed, passed_on = row["evidence_passed"], row["evidence_passed_on"]
    if isinstance(passed, dt.date):
        if passed_on is not None and passed_on != passed:
            raise RefusedError("two different days are given on which evidence was passed; keep one")
        row["evidence_passed"], row["evidence_passed_on"] = True, passed
    elif passed_on is not None:
        if passed is False:
            raise RefusedError("evidence was not passed, yet a day is given on which it was; correct one")
        row["evidence_passed"] = True
    if row["evidence_passed_on"] is not None and row["evidence_passed_on"] < row["date"]:
        raise RefusedError("evidence was passed before the day of the offence; correct one of the dates")


def demonstration(inputs: DemoInputs) -> list[DemoRow]:
    """Return 900 made-up offences at the invented shops of the towns given."""
    draw, towns, shops = inputs.stream("retail-register"), inputs.towns, shops_of(inputs)
    rows: list[DemoRow] = []
    for _ in range(900):
        # squared, so that a few shops of each town have most of the offences, as in real registers
        town, trade = int(draw() * len(towns)), int(draw() ** 2 * len(TRADES))
        shop, locality, district = shops[town * len(TRADES) + trade]
        day = _FIRST + dt.timedelta(days=int(draw() * _DAYS))
        passed = draw()
        passed_on = day + dt.timedelta(days=int(draw() ** 2 * 30))
        evidence = passed_on.isoformat() if passed < 0.5 else "yes" if passed < 0.6 else "no"
        rows.append(
            {
                "date": day.isoformat(),
                "shop": shop,
                "locality": locality,
                "district": district,
                "offence": "Shoplifting" if draw() < 0.9 else "Criminal damage and arson",
                "value": f"£{5 + draw() ** 3 * 300:.2f}" if draw() < 0.9 else "",
                "evidence_passed": evidence if passed < 0.9 else "",
                "outcome": pick(draw, _OUTCOMES),
            }
        )
    return sorted(rows, key=lambda row: (row["date"], row["shop"]))


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
            name_of="shop",
        ),
        RecordColumn(
            "locality",
            "text",
            False,
            "Town centre or street",
            also=("town",),
            example="Example Town Centre",
            place="any",
        ),
        RecordColumn(
            "district",
            "text",
            True,
            "District council area",
            also=("LA area", "local authority"),
            example="Example District",
            name_of="district",
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
        *POINT_COLUMNS,
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
        "Points are optional. A shop is drawn on a map only where its rows give a point and say that it may be shown. Without, its "
        "offences are drawn in the middle of its ward or town centre.",
    ),
    complete=complete_offence,
    demonstration=demonstration,
    together=(POINT,),
    publish=publish,
    rows_said=False,
)
