"""Funding: what was granted for when and where, and what an hour of patrol cost where that can be said.

Records follow the contract of funding in `analysis.records`; amounts are pounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.model.areas import key_of
from analysis.model.errors import ContractError
from analysis.model.formats import pounds
from analysis.model.hours import elapsed, local

FUNDING_COLUMNS = ("programme", "amount", "first_day", "last_day", "places", "pays_for", "source")


NO_OTHER_NAMES: Mapping[str, str] = {}


def programme_key(name: str, also_called: Mapping[str, str] = NO_OTHER_NAMES) -> str:
    """Return the name of a programme without case, spaces and signs.

    ``also_called`` has the name that a programme stands under by each further name that it goes by.
    """
    key = key_of(str(name))
    return next((key_of(full) for other, full in also_called.items() if key_of(other) == key), key)


def with_published(
    given: pd.DataFrame,
    published: pd.DataFrame,
    *,
    given_by: str,
    also_called: Mapping[str, str] = NO_OTHER_NAMES,
) -> pd.DataFrame:
    """Return the records given, then the published ones of the programmes that those do not name.

    A programme that is named once in the records given has none of its published sums left: what the office
    gives for it replaces them. The columns of both, empty text where one has none, and ``given_by``: where each
    row stands (``given_by`` with the record's own source, or the review's slide).
    """
    named = {programme_key(name, also_called) for name in given["programme"]}
    kept = published.loc[[programme_key(name, also_called) not in named for name in published["programme"]]]
    kept = kept.assign(given_by=[f"the review, “{slide}”" for slide in kept["slide"]])
    said = given["source"].fillna("").astype("str")
    own = given.assign(given_by=[f"{given_by}: {text}" if text else given_by for text in said])
    # an empty frame brings no column of its own into the types of the other
    both = pd.concat([frame for frame in (own, kept) if len(frame)] or [own], ignore_index=True)
    words = ["amount_as_printed", "note", "slide"]
    return both.assign(**{name: both[name].fillna("") if name in both else "" for name in words})


@dataclass(frozen=True)
class Scope:
    """What a figure covers: whole days, both ends in, and named places."""

    first_day: pd.Timestamp
    last_day: pd.Timestamp
    places: frozenset[str]

    @property
    def label(self) -> str:
        """``1 Oct 2023 – 31 Mar 2024, all hotspots``."""
        return f"{_day(self.first_day)} – {_day(self.last_day)}, {', '.join(sorted(self.places))}"

    @property
    def days(self) -> int:
        """The number of days in the period."""
        return int((self.last_day - self.first_day).days + 1)


@dataclass(frozen=True)
class CostPerHour:
    """The cost of an hour of patrol, or why none can be given and what does agree.

    ``gbp_per_hour`` is None where money and hours do not share period and places; ``reason`` then says what
    differs and ``agrees`` what does not. ``shared_first_day`` to ``shared_last_day`` are the days that both
    cover (None where none), ``shared_places`` the places that both name.
    """

    gbp_per_hour: float | None
    reason: str
    amount_gbp: float
    hours: float
    money: Scope
    patrols: Scope
    agrees: tuple[str, ...]
    shared_first_day: pd.Timestamp | None
    shared_last_day: pd.Timestamp | None
    shared_places: frozenset[str]


def places_of(places: str | Iterable[str]) -> frozenset[str]:
    """Return the places of a record, each once: a tuple of names, or one text with semicolons between
    them."""
    parts = places.split(";") if isinstance(places, str) else places
    return frozenset(part.strip() for part in parts if part.strip())


def funding_timeline(funding: pd.DataFrame) -> pd.DataFrame:
    """Return the records in order of their first day, undated ones last, ties by programme, with ``days``.

    ``days`` counts both ends and is missing where an end is not given. Amounts are as recorded: a grant's
    amount is what was awarded or spent for the whole of its period, and is not spread over months. Columns
    beyond the contract's are kept.
    """
    missing = [column for column in FUNDING_COLUMNS if column not in funding.columns]
    if missing:
        raise ContractError(f"The funding records lack the column {', '.join(missing)}. Use the template.")
    others = [column for column in funding.columns if column not in FUNDING_COLUMNS]
    table = funding.loc[:, [*FUNDING_COLUMNS, *others]].copy()
    table["days"] = (table["last_day"] - table["first_day"]).dt.days + 1
    return table.sort_values(
        ["first_day", "programme", "amount"], na_position="last", ignore_index=True, kind="stable"
    )


def cost_per_hour(amount_gbp: float, money: Scope, seconds: float, patrols: Scope) -> CostPerHour:
    """Return the money divided by the patrol hours, only where both cover the same days and places.

    Otherwise no figure is given: a part of the money is not the money for a part of the time, and spreading
    it evenly would be a guess. Patrol hours, not officer hours. Where the money includes setting up, the
    figure includes it too: say so beside it.
    """
    hours = seconds / 3600
    same_days = (money.first_day, money.last_day) == (patrols.first_day, patrols.last_day)
    same_places = money.places == patrols.places
    first, last = max(money.first_day, patrols.first_day), min(money.last_day, patrols.last_day)
    meet = first <= last
    shared = money.places & patrols.places
    differs = []
    if not same_days:
        differs.append(
            f"The money covers {_day(money.first_day)} – {_day(money.last_day)}, the hours "
            f"{_day(patrols.first_day)} – {_day(patrols.last_day)}."
        )
    if not same_places:
        differs.append(
            f"The money is for {_names(money.places)}. The hours are for {_names(patrols.places)}."
        )
    agrees = []
    if same_days:
        agrees.append("the period")
    elif meet:
        agrees.append(f"{_day(first)} – {_day(last)}, which both cover")
    if same_places:
        agrees.append("the places")
    elif shared:
        agrees.append(f"{_names(shared)}, which both name")
    reason = ""
    if differs:
        reason = (
            f"No cost per patrol hour is given for {pounds(amount_gbp)}. {' '.join(differs)} Give the money, or a patrol log, for "
            "the same days and places."
        )
    elif not hours > 0:
        reason = "No cost per patrol hour is given: no patrol is logged for these days and places."
    return CostPerHour(
        gbp_per_hour=None if reason else amount_gbp / hours,
        reason=reason,
        amount_gbp=amount_gbp,
        hours=hours,
        money=money,
        patrols=patrols,
        agrees=tuple(agrees),
        shared_first_day=first if meet else None,
        shared_last_day=last if meet else None,
        shared_places=shared,
    )


def logged_seconds(log: pd.DataFrame, scope: Scope) -> float:
    """Return the patrol seconds logged for these hotspots by patrols that start on these days.

    Use it to bring a patrol log to the scope of the money; whole patrols count on the day they start, as the
    log's own date does. It cannot tell days without patrol from days that nobody logged.
    """
    day = local(log["start"]).dt.normalize()
    inside = log["hotspot"].isin(list(scope.places)) & day.between(scope.first_day, scope.last_day)
    return float(elapsed(log.loc[inside, "start"], log.loc[inside, "end"])["seconds"].sum())


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%b %Y}"


def _names(places: frozenset[str]) -> str:
    return ", ".join(sorted(places)) or "no named place"
