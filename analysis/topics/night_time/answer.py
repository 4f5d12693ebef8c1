"""What was funded for the night-time economy, and what was recorded on its ground, by month and by hour?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pandas as pd

from analysis.drawing.answer import Answer, Made, Part, answered, resting_on
from analysis.drawing.evidence.evidence_tables import evidence_table
from analysis.drawing.evidence.sentences import lead_sentence
from analysis.drawing.figure import Figure, Table
from analysis.drawing.monthly import monthly_figure
from analysis.model.areas import Area, key_of
from analysis.model.case import Case
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import SMALL_COUNT
from analysis.records.given import Records
from analysis.topics.change.measure import evidence
from analysis.topics.night_time.case import NightCase
from analysis.topics.night_time.measure import (
    NIGHT_TIME_TYPES,
    DecemberEffect,
    daily_rate,
    december_effect,
    hours_of_week,
    month_pattern,
    stop_search_hours,
)
from analysis.topics.night_time.show.night_figures import hours_figure, pattern_figure, safe_hours_figure
from analysis.topics.night_time.show.night_tables import december_table, places_table

FUNDS = ("night_time_fund", "serious_violence_duty")
"""The programmes of a review that pay for the night-time economy, by their keys in it."""

FUND = "NTE Funding"
"""The name that such money is asked for by, where no review and no record names it."""

GROUND = (
    "Night-time ground is here the areas chosen in the filters. For another place, choose its ground as an area of your "
    "own. What is recorded on it includes the day."
)


def funds(case: Case, records: Records) -> tuple[str, ...]:
    """Return the programmes that pay for the night-time economy: the review's, else those that the records call NTE."""
    if case.review is not None:
        programmes = case.review.programmes
        return tuple(programmes[key].name for key in FUNDS if key in programmes)
    return _called_night_time(records) or (FUND,)


def sums(case: Case, grants: Records) -> tuple[str, ...]:
    """Return the programmes whose sums are shown: `funds`, and any other that the office's records call NTE."""
    return tuple(dict.fromkeys([*funds(case, grants), *_called_night_time(grants)]))


def paid_for(delivered: Mapping[str, Answer]) -> Answer:
    """Return what each fund paid for, under a title that names it; ``delivered`` has the answers by the fund's name."""
    parts = {
        f"{fund}: {name}": _titled(part, f"What the {fund} money pays for")
        for fund, answer in delivered.items()
        for name, part in answer.parts.items()
    }
    return Answer((), parts, any(answer.simulated for answer in delivered.values()))


def by_night(case: Case) -> Case:
    """Return the case with the five crime types of the night-time economy asked, on the areas chosen alone."""
    return case.asking(crime_types=NIGHT_TIME_TYPES, proposed=())


def answer(case: Case) -> Answer:
    """Return what was recorded of the five crime types on the chosen areas: by month, against the rest, and in December."""
    night = by_night(case)
    return answered(
        case,
        {
            "ground": lambda: case.text("night_time_ground", GROUND),
            "monthly": lambda: _monthly(night),
            "evidence": lambda: evidence_table(
                evidence(night), case.baseline, case.comparison, show_small=case.show_small
            ),
            "pattern": lambda: resting_on(
                pattern_figure({area.name: _months(case, area)[0] for area in case.chosen}, case.span.label),
                case.span,
            ),
            "december": lambda: resting_on(
                december_table({area.name: _months(case, area)[1] for area in case.chosen}, case.span.label),
                case.span,
            ),
        },
        lambda: _leads(night.chosen, evidence(night)),
    )


def hours(asked: NightCase) -> Answer:
    """Return records by weekday and hour: timed incidents, by place too, and stops and searches.

    The table of places is left out where there are too few timed incidents to draw, or none.
    """
    parts: dict[str, Callable[[], Made]] = {"timed": lambda: _timed(asked.timed)}
    if _enough(asked.timed):
        parts["places"] = lambda: _places(asked.timed)
    return answered(asked.case, parts | {"searches": lambda: _searches(asked)})


def _called_night_time(records: Records) -> tuple[str, ...]:
    """Return the programmes that an office's records call NTE, each once, in their order."""
    if records.table is None:
        return ()
    names = dict.fromkeys(map(str, records.table["programme"]))
    return tuple(name for name in names if key_of(name).startswith("nte-"))


def _titled(part: Part, title: str) -> Part:
    return replace(part, title=title) if isinstance(part, Table) else part


def _leads(areas: Iterable[Area], rows: tuple[Evidence, ...]) -> list[tuple[str, str]]:
    return [(area.name, lead_sentence([row for row in rows if row.area_key == area.key])) for area in areas]


def _monthly(night: Case) -> Figure:
    return monthly_figure(
        night.panel, night.chosen, NIGHT_TIME_TYPES, night.baseline, night.comparison, night.breaks()
    )


def _months(case: Case, area: Area) -> tuple[pd.DataFrame, DecemberEffect]:
    """Return how the months of a year differ on an area, and its December, over every month held."""

    def make() -> tuple[pd.DataFrame, DecemberEffect]:
        rate = daily_rate(case.panel, area.ground, name=area.name)
        return month_pattern(rate), december_effect(rate)

    return case.cell("night-time months", area, make=make)


def _enough(timed: Records) -> bool:
    return timed.table is not None and hours_of_week(timed.table).used >= SMALL_COUNT


def _timed(timed: Records) -> Figure:
    return safe_hours_figure(
        hours_of_week(timed.needed),
        what="timed incidents",
        period=_days(timed.needed),
        source=timed.source,
        caveat="Who keeps the record decides what is in it: calls, attendances and arrests are not the same incidents.",
    )


def _places(timed: Records) -> Table:
    return places_table(timed.needed, _days(timed.needed), timed.source)


def _days(incidents: pd.DataFrame) -> str:
    """Return the months from the first to the last timed incident, as a label."""
    moments = pd.concat([incidents[name].dropna() for name in ("date_time", "earliest", "latest")])
    return f"{moments.min():%b %Y} – {moments.max():%b %Y}"


def _searches(asked: NightCase) -> Figure:
    """Return stops and searches of the comparison period by weekday and hour: police activity, not crime.

    NeedsInputError for a force whose times do not vary, AnalysisError where none are held.
    """
    comparison = asked.case.comparison
    return hours_figure(
        stop_search_hours(asked.searched_at(comparison), force_name=asked.case.force_name),
        what="stops and searches",
        period=comparison.label,
        source="Source: police.uk stop and search, Open Government Licence v3.0.",
        caveat="This is when the police searched, a measure of police activity: it says nothing on when crime is.",
    )
