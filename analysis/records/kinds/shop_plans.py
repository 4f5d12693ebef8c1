"""Shop plans: one shop, its single point of contact and its problem-solving plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from analysis.model.english import agree, counted
from analysis.records.contract import RecordColumn, RecordKind
from analysis.records.demonstration import TRADES, DemoInputs, DemoRow, pick, shops_of
from analysis.records.tidying.cells import names_a_person


def plan_remarks(frame: pd.DataFrame, _: Sequence[str]) -> tuple[str, ...]:
    """Return a sentence on contacts that look like a person's address or number, where there are any."""
    persons = sum(names_a_person(contact) for contact in frame["contact"].dropna())
    if not persons:
        return ()
    return (
        f"{counted(persons, 'contact')} {agree(persons, 'looks', 'look')} like a person's e-mail "
        "address or telephone number. A role is enough; give the file again without if that is not "
        "meant.",
    )


def demonstration(inputs: DemoInputs) -> list[DemoRow]:
    """Return a made-up plan for each of the three shops of a town that are struck most."""
    draw = inputs.stream("shop-plans")
    statuses = ("in place", "planned", "under review", "none")
    return [
        {
            "district": district,
            "shop": shop,
            "contact": "Retail crime officer (role)",
            "plan_status": "in place" if "Grocer" in shop else pick(draw, statuses),
            "review_date": (dt.date(2024, 9, 1) + dt.timedelta(days=int(draw() * 120))).isoformat(),
        }
        for shop, _, district in shops_of(inputs)
        if any(trade in shop for trade in TRADES[:3])
    ]


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
            name_of="district",
        ),
        RecordColumn(
            "shop",
            "text",
            True,
            "Shop, spelled as in the retail register",
            also=("store", "premises"),
            example="Example Grocer",
            name_of="shop",
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
    remarks=plan_remarks,
    demonstration=demonstration,
)
