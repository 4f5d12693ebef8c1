"""The tables of the night-time page: December against its neighbours, and timed incidents by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.disclosure import HIDDEN, may_show
from analysis.model.periods import month_label
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.night_time.measure import DecemberEffect, hours_of_week
from analysis.topics.night_time.show.night_figures import at_night

TOTAL = "All places"
UNNAMED = "place not named"


def december_table(effects: Mapping[str, DecemberEffect], span: str) -> Table:
    """Return how far December stood from the months beside it, area by area, or why that cannot be said."""
    told = {name: effect for name, effect in effects.items() if not effect.reason}
    shown = pd.DataFrame(
        {
            "December": [_known(e.recorded, e.decembers) for e in effects.values()],
            "November and January": [_known(e.beside, e.decembers) for e in effects.values()],
            "Ratio a day": [formats.ratio(e.ratio) for e in effects.values()],
            "95% interval": [formats.interval(e.low, e.high) for e in effects.values()],
            "Decembers": [formats.number(e.decembers) for e in effects.values()],
            "Other months": [formats.number(e.ordinary_months) for e in effects.values()],
        },
        index=pd.Index(list(effects), name="Place"),
    )
    rows = [
        (name, e.recorded, e.beside, e.ratio, e.low, e.high, e.decembers, e.ordinary_months, e.reason)
        for name, e in effects.items()
    ]
    columns = ["area", "december", "beside", "ratio", "low", "high", "decembers", "ordinary_months", "reason"]
    return Table(
        title=december_title(effects),
        subtitle=f"Violence and sexual offences, public order, robbery, drugs and possession of weapons together, {span}. Incidents "
        f"recorded in December and in the November and January beside it, and the ratio of their daily rates. {SOURCE}",
        shown=shown,
        data=pd.DataFrame(rows, columns=columns),
        notes=(
            "A ratio of 1 is a December like any other month. What other months do against the two beside them is taken out, and how "
            "much they differ by themselves is in the interval.",
            *(
                ("It rests on one December: what stood out in it need not come back.",)
                if told and max(effect.decembers for effect in told.values()) == 1
                else ()
            ),
            *_not_judged(effects),
            *dict.fromkeys(e.reason for e in effects.values() if e.reason),
        ),
    )


def december_title(effects: Mapping[str, DecemberEffect]) -> str:
    """Return where December was higher and where lower than the months beside it, by how much, and what is not held.

    By how much: in per cent where the months beside it have 50 incidents or more, else in counts.
    """
    told = {name: effect for name, effect in effects.items() if not effect.reason}
    if not told:
        return "A December effect cannot be told from the months held"
    judged = sorted({month for effect in told.values() for month in effect.judged})
    named = f"December {judged[0].year}" if len(judged) == 1 else "December"
    stood = [
        f"{way} than the months beside it in {_listed(f'{name} ({_by(effect)})' for name, effect in which.items())}"
        for way in ("higher", "lower")
        if (which := {name: effect for name, effect in told.items() if effect.direction == way})
    ]
    plain = [name for name, effect in told.items() if not effect.direction]
    words = f"was {'. It was '.join(stood)}" if stood else "did not stand out from the months beside it"
    if stood and plain:
        words += f". It did not stand out in {_listed(plain)}"
    gaps = sorted({month for e in effects.values() for month in e.not_judged if month in e.not_held})
    if gaps:
        missing = _listed(f"December {month.year}" for month in gaps)
        words += f". {missing} {'is' if len(gaps) == 1 else 'are'} not held"
    return f"{named} {words}"


def _by(effect: DecemberEffect) -> str:
    if not effect.small_base:
        return f"{formats.percent(effect.percent)} a day"
    each = effect.beside / (2 * effect.decembers)
    recorded = formats.number(
        effect.recorded / effect.decembers, 0 if effect.recorded % effect.decembers == 0 else 1
    )
    return f"{recorded} recorded, about {formats.number(each, 0 if each == round(each) else 1)} a month beside it"


def _not_judged(effects: Mapping[str, DecemberEffect]) -> tuple[str, ...]:
    """Say which Decembers could not be judged, and which months are gaps."""
    alone = sorted({m for e in effects.values() for m in e.not_judged if m not in e.not_held})
    gaps = sorted({month for effect in effects.values() for month in effect.not_held})
    sentences = []
    if gaps:
        sentences.append(
            f"Not held: {', '.join(month_label(month) for month in gaps)}. Without a month, the two beside it cannot be judged either."
        )
    if alone:
        sentences.append(
            f"Not judged, since November or January beside it is not held: {', '.join(month_label(month) for month in alone)}."
        )
    return tuple(sentences)


def _known(count: float, decembers: int) -> str:
    return formats.number(count) if decembers else formats.MISSING


def _listed(names: Iterable[str]) -> str:
    *head, last = names
    return f"{', '.join(head)} and {last}" if head else last


def places_table(incidents: pd.DataFrame, period: str, source: str) -> Table:
    """Return timed incidents by place with the share at night in whole per cent, small counts and what gives them away hidden.

    ``incidents`` follows its contract in `analysis.records`. Only incidents with a usable time are counted.
    """
    named = incidents.assign(place=incidents["place"].fillna("").replace("", UNNAMED).astype("str"))
    weeks = {name: hours_of_week(rows).table for name, rows in named.groupby("place", sort=True)}
    counts = {name: round(float(week["incidents"].sum())) for name, week in weeks.items()}
    night = {name: float(week.loc[at_night(week), "incidents"].sum()) for name, week in weeks.items()}
    shows = dict(zip(counts, may_show(list(counts.values())), strict=True))
    shared = _shares_to_show(counts, night, shows)
    total, dark = sum(counts.values()), sum(night.values())
    whole = all(may_show([dark, total - dark]))
    table = pd.DataFrame(
        {
            "place": [*counts, TOTAL],
            "incidents": [*(n if shows[name] else float("nan") for name, n in counts.items()), total],
            "night_share": [
                *(round(night[n] / counts[n], 2) if n in shared else float("nan") for n in counts),
                round(dark / total, 2) if whole and total else float("nan"),
            ],
        }
    )
    hidden = table["incidents"].isna()
    shown = pd.DataFrame(
        {
            "Incidents": [HIDDEN if pd.isna(v) else formats.number(v) for v in table["incidents"]],
            "From 18:00 to 06:00": [formats.share(v) for v in table["night_share"]],
        },
        index=pd.Index(list(table["place"]), name="Place"),
    )
    return Table(
        title="Timed incidents by place",
        subtitle=f"Incidents with a usable time, and the share of them from 18:00 to 06:00, {period}. {source}",
        shown=shown,
        data=table,
        notes=(
            f"Hidden: places with fewer than {SMALL_COUNT} incidents, and those that would give one away.",
        )
        if hidden.any()
        else (),
    )


def _shares_to_show(
    counts: Mapping[str, int], night: Mapping[str, float], shows: Mapping[str, bool]
) -> set[str]:
    """Return the places whose share at night may be shown: neither it nor what the others leave is of 1 to 4 incidents."""

    def fine(dark: float, of: float) -> bool:
        return all(may_show([dark, of - dark]))

    told = sorted(
        (name for name in counts if shows[name] and counts[name] and fine(night[name], counts[name])),
        key=lambda name: (-counts[name], name),
    )
    while told:
        rest = [name for name in counts if name not in told]
        if fine(sum(night[name] for name in rest), sum(counts[name] for name in rest)):
            break
        told.pop()
    return set(told)
