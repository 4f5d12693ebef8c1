"""The simulated tables of the demonstration beside the patrol log.

Sums of money, programmes, deliverables and actions are those that the review names; what it does not say
(planned numbers, owners, due dates, statuses) is made up. Shops, offences, answers and incidents are made up
throughout, and every shop's name says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

import pandas as pd

_REVIEW = "Scrutiny Review of Welcoming and Safe Town Centres"
_TOWNS = (
    ("Billingham Town Centre", "Stockton-on-Tees"),
    ("Thornaby Town Centre", "Stockton-on-Tees"),
    ("Stockton Town Centre", "Stockton-on-Tees"),
    ("Middlesbrough centre", "Middlesbrough"),
    ("Hartlepool centre", "Hartlepool"),
    ("Redcar centre", "Redcar and Cleveland"),
)
_TRADES = ("Grocer", "Chemist", "Clothes shop", "Off-licence", "Hardware shop", "Department store")
_OUTCOMES = ("Under investigation", "No suspect identified", "Charged", "Community resolution", "")
_FIRST, _DAYS = dt.date(2022, 7, 1), 731  # July 2022 to June 2024


def demo_frame(key: str, draw: Random) -> pd.DataFrame:
    """Return the simulated table of a kind, as text, columns as the contract names them."""
    return pd.DataFrame(_TABLES[key](draw))


def _pick(draw: Random, items: tuple[str, ...]) -> str:
    return items[int(draw.random() * len(items))]


def _shops() -> list[tuple[str, str, str]]:
    """Return shop, locality, district; the earlier a shop in its town, the more often it is struck."""
    return [(f"Invented {trade} of {town}", town, district) for town, district in _TOWNS for trade in _TRADES]


def _register(draw: Random) -> list[dict[str, str]]:
    shops = _shops()
    rows = []
    for _ in range(900):
        # squared, so that a few shops of each town have most of the offences, as in real registers
        town, trade = int(draw.random() * len(_TOWNS)), int(draw.random() ** 2 * len(_TRADES))
        shop, locality, district = shops[town * len(_TRADES) + trade]
        day = _FIRST + dt.timedelta(days=int(draw.random() * _DAYS))
        passed = draw.random()
        passed_on = day + dt.timedelta(days=int(draw.random() ** 2 * 30))
        evidence = passed_on.isoformat() if passed < 0.5 else "yes" if passed < 0.6 else "no"
        rows.append(
            {
                "date": day.isoformat(),
                "shop": shop,
                "locality": locality,
                "district": district,
                "offence": "Shoplifting" if draw.random() < 0.9 else "Criminal damage and arson",
                "value": f"£{5 + draw.random() ** 3 * 300:.2f}" if draw.random() < 0.9 else "",
                "evidence_passed": evidence if passed < 0.9 else "",
                "outcome": _pick(draw, _OUTCOMES),
            }
        )
    return sorted(rows, key=lambda row: (row["date"], row["shop"]))


def _plans(draw: Random) -> list[dict[str, str]]:
    statuses = ("in place", "planned", "under review", "none")
    return [
        {
            "district": district,
            "shop": shop,
            "contact": "Retail crime officer (role)",
            "plan_status": "in place" if "Grocer" in shop else _pick(draw, statuses),
            "review_date": (dt.date(2024, 9, 1) + dt.timedelta(days=int(draw.random() * 120))).isoformat(),
        }
        for shop, _, district in _shops()
        if any(trade in shop for trade in _TRADES[:3])
    ]


def _deliverables(_: Random) -> list[dict[str, str]]:
    lines = (
        ("Portrack and Tilery", "Target hardening packs distributed", "100", "100", "delivered"),
        ("Portrack and Tilery", "Kick rails installed", "4", "4", "delivered"),
        ("Portrack and Tilery", "CCTV and lighting columns installed", "9", "9", "delivered"),
        ("Portrack and Tilery", "Power of Women project", "3", "2", "under way"),
        ("Ropner", "Operation Nightfall", "6", "4", "under way"),
    )
    return [
        {
            "programme": "Safer Streets 5",
            "area": area,
            "deliverable": deliverable,
            "planned": planned,
            "delivered": delivered,
            "date": "2024-06-30",
            "status": status,
        }
        for area, deliverable, planned, delivered, status in lines
    ]


def _funding(_: Random) -> list[dict[str, str]]:
    # the money is for all of Stockton's hotspots, of which the log has three: no cost per hour follows from it
    centres = "Stockton Town Centre; Billingham Town Centre; Thornaby Town Centre; other Stockton hotspots"
    lines = (
        ("ASB Hotspots", "£135,633", "2023-10-01", "2024-03-31", centres, "set-up; delivery"),
        ("ASB Hotspots", "£263,000", "2024-04-01", "2025-03-31", centres, "delivery"),
        ("Safer Streets 5", "£331k", "2023-10-01", "2025-03-31", "Portrack and Tilery; Ropner", "delivery"),
        (
            "NTE Funding",
            "£40,000",
            "2022-04-01",
            "2023-03-31",
            "Stockton-on-Tees",
            "training; equipment; CCTV",
        ),
        ("Serious Violence Duty", "£20,000", "2023-04-01", "2024-03-31", "Stockton-on-Tees", "delivery"),
    )
    names = ("programme", "amount", "first_day", "last_day", "places", "pays_for")
    return [dict(zip(names, line, strict=True)) | {"source": _REVIEW} for line in lines]


def _actions(_: Random) -> list[dict[str, str]]:
    lines = (
        ("Retail crime", "Follow up the Retail Crime Summit", "2024-10-31", "under way"),
        ("Retail crime", "Hold the scrutiny meeting on retail crime", "2024-10-31", "not started"),
        ("Night-time economy", "Extend radio systems to Yarm", "2024-12-31", "under way"),
        ("Night-time economy", "Train staff in bleed kits and cabinets", "2024-11-30", "under way"),
        ("Night-time economy", "Run a media campaign on perpetrator behaviour", "2025-01-31", "not started"),
        ("Night-time economy", "Settle how night-time resources are sustained", "2025-03-31", "not started"),
        ("Night-time economy", "Secure licensed premises' commitment", "2025-03-31", "not started"),
        ("Perceptions", "Promote success of joint operations with local media", "2024-12-31", "under way"),
        ("Perceptions", "Use enforcement tools such as PSPOs effectively", "2024-11-30", "under way"),
        ("Perceptions", "Find out what makes people feel unsafe", "2024-12-31", "under way"),
    )
    names = ("page", "action", "due", "status")
    return [
        dict(zip(names, line, strict=True)) | {"owner": "Programme lead (role)", "update": "Simulated"}
        for line in lines
    ]


def _survey(_: Random) -> list[dict[str, str]]:
    lines = (
        ("Billingham Town Centre", "E01012276", 96, 31),
        ("Thornaby Town Centre", "E01012284", 88, 37),
        ("Invented high street", "E01012267", 164, 91),
        ("Invented riverside path", "E01035197", 57, 39),
        ("Invented underpass", "E01035199", 43, 33),
        ("Invented bus station", "E01035200", 71, 24),
        ("Invented park gate", "E01035198", 8, 6),
    )
    return [
        {
            "place": place,
            "lsoa": lsoa,
            "respondents": str(asked),
            "felt_unsafe": str(unsafe),
            "date": "2023-11-30",
        }
        for place, lsoa, asked, unsafe in lines
    ]


def _incidents(draw: Random) -> list[dict[str, str]]:
    kinds = ("Disorder", "Assault", "Criminal damage", "Drunkenness")
    rows = []
    for _ in range(420):
        day = dt.datetime(2023, 7, 1) + dt.timedelta(days=int(draw.random() * 366))
        late = draw.random() < (0.75 if day.weekday() >= 4 else 0.4)
        hour = 19 + draw.random() * 4.9 if late else draw.random() * 24
        if draw.random() < 0.05:
            hour = 3 + draw.random() * 16
        at = (day + dt.timedelta(hours=hour)).replace(second=0, microsecond=0)
        place, _district = _TOWNS[int(draw.random() * 3)]
        row = {"place": place, "kind": _pick(draw, kinds), "source": "Simulated records"}
        # one hour a year does not exist and one comes twice; nothing is drawn into either
        if at.hour == 1:
            at += dt.timedelta(hours=2)
        if draw.random() < 0.2:
            row |= {"earliest": _moment(at), "latest": _moment(at + dt.timedelta(hours=8))}
        else:
            row["date_time"] = _moment(at)
        rows.append(row)
    return sorted(rows, key=lambda row: row.get("date_time") or row["earliest"])


def _moment(at: dt.datetime) -> str:
    # an end that falls between one and two is moved out of the hour that a change of the clocks touches
    return f"{at + dt.timedelta(hours=1) if at.hour == 1 else at:%Y-%m-%d %H:%M}"


_TABLES: dict[str, Callable[[Random], list[dict[str, str]]]] = {
    "retail-register": _register,
    "shop-plans": _plans,
    "deliverables": _deliverables,
    "funding": _funding,
    "actions": _actions,
    "perception-survey": _survey,
    "timed-incidents": _incidents,
}
