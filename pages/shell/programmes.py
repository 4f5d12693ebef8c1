"""Programmes on ground of their own: areas, deliverables, before and after, rings and overlap, by name."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.drawing.evidence.sentences import short_sentences
from analysis.drawing.figure import Table
from analysis.model.areas import Area, union
from analysis.model.errors import AreaError
from analysis.model.period_pairs import PeriodPair, before_and_after
from analysis.model.periods import REVIEW_BASELINE, REVIEW_COMPARISON, parse_month
from analysis.model.vocabulary import NEIGHBOURHOOD_CRIME
from analysis.topics.evaluation.measure.displacement import displacement
from analysis.topics.evaluation.show.evaluation_tables import displacement_table
from analysis.topics.funding.measure.funding_timeline import programme_key
from analysis.topics.programmes.measure.crime_groups import grouped
from analysis.topics.programmes.measure.programme_ground import deliverables as to_date
from analysis.topics.programmes.measure.programme_ground import overlap, rest_without_programmes
from analysis.topics.programmes.measure.programme_rings import ring_counts
from data.review import read_review
from pages.shell import tables
from pages.shell.choice import Selection
from pages.shell.records import Records

REVIEW_PERIODS = (REVIEW_BASELINE, REVIEW_COMPARISON)

PURPOSE = (
    "The patrols are a uniformed presence in the hotspots, to deter those who may engage in ASB or crime and to reassure "
    "the public. The Home Office funded a pilot in Cleveland, allocated to its four district councils after a delivery "
    "model was agreed; Stockton’s hotspots include the three town centres below."
)

SAFER_STREETS = "Safer Streets 5"
SAFER_STREETS_START = parse_month("2023-10")
GROUP = "Neighbourhood crime"
_ASB = "Anti-social behaviour"


def areas(chosen: Selection, programme: str) -> list[Area]:
    """Return the programme's areas of the force. AreaError where none is named."""
    held = tables.areas(chosen.force)
    defined = tables.store().definitions().areas
    found = [held[key] for key, area in defined.items() if area.programme == programme and key in held]
    if not found:
        raise AreaError(
            f"No area of {programme} is named for this force. Name its LSOAs in an areas.toml in the folder of the store."
        )
    return found


def areas_of(chosen: Selection, programme: str) -> pd.DataFrame:
    """Return the programme's areas as they are defined: name, lsoa, units, confidence, rule, note."""
    defined = tables.store().definitions().areas
    rows = [
        (area.name, area.lsoa, len(area), defined[area.key].confidence, defined[area.key].rule, area.note)
        for area in areas(chosen, programme)
    ]
    return pd.DataFrame(rows, columns=["name", "lsoa", "units", "confidence", "rule", "note"])


def published_deliverables(programme: str) -> tuple[pd.DataFrame, str]:
    """Return the review's deliverables of a programme in the columns of the records, and their source."""
    rows = read_review("deliverables")
    rows = rows.loc[rows["programme"] == programme]
    table = pd.DataFrame(
        {
            "programme": rows["programme"],
            "area": rows["place"],
            "deliverable": rows["deliverable"],
            "planned": float("nan"),
            "delivered": rows["number"],
            "share": float("nan"),
            "status": rows["status"],
            "note": rows["note"],
        }
    ).reset_index(drop=True)
    slides = ", ".join(f"“{slide}”" for slide in dict.fromkeys(rows["slide"]))
    return table, f"Source: the review, {slides}, as published."


def deliverables(held: Records, programme: str) -> tuple[pd.DataFrame, str]:
    """Return the deliverables of a programme, from the records or as published, and their source."""
    if held.table is None:
        return published_deliverables(programme)
    named = [programme_key(name) == programme_key(programme) for name in held.table["programme"]]
    rows = held.table.loc[named]
    if rows.empty:
        return published_deliverables(programme)
    return to_date(rows).assign(note=""), held.source


def pair(chosen: Selection) -> PeriodPair:
    """Return the months from October 2023 on and the same months the year before."""
    return before_and_after(SAFER_STREETS_START, tables.span(chosen.force))


def evidence(chosen: Selection) -> pd.DataFrame:
    """Return the evidence of each area, ASB and neighbourhood crime, against the rest of the district."""
    return _evidence(chosen, second=False)


def second_evidence(chosen: Selection) -> pd.DataFrame:
    """Return the same against the second rest, which has no programme ground in it."""
    return _evidence(chosen, second=True)


def overlaps(chosen: Selection) -> str:
    """Return what the areas share with the patrols, one sentence or two an area."""
    held = tables.areas(chosen.force)
    patrolled = [area for area in held.values() if area.treated]
    return " ".join(overlap(area, patrolled).sentence for area in areas(chosen, SAFER_STREETS))


def rings(chosen: Selection) -> pd.DataFrame:
    """Return the counts on the ground round each area that was neither patrolled nor in the programme."""
    own = areas(chosen, SAFER_STREETS)
    taken = tables.treated_ground(chosen.force).union(*(area.ground for area in own))
    found = [
        ring_counts(
            tables.cube(chosen.force),
            area,
            tables.contiguity(),
            pair(chosen),
            taken=taken,
        )
        for area in own
    ]
    return pd.concat(found, ignore_index=True)


def displacement_of(chosen: Selection) -> Table:
    """Return displacement of ASB round the programme's ground and the patrolled ground that it touches, as one."""
    held = tables.areas(chosen.force)
    own = areas(chosen, SAFER_STREETS)
    around = frozenset().union(*(a.ground for a in own), *(_ring(area) for area in own))
    near = [area for area in held.values() if area.treated and area.ground & around]
    name = " and ".join(area.name for area in (*near, *own))
    together = union([*near, *own], key="together", name=f"{name}, taken together")
    ground = tables.places(chosen.force)
    periods = pair(chosen)
    found = displacement(
        tables.cube(chosen.force),
        together,
        _ASB,
        contiguity=tables.contiguity(),
        places=ground.loc[ground["in_force"]],
        treated=[area for area in held.values() if area.treated and not area.ground <= together.ground],
        baseline=periods.baseline,
        comparison=periods.comparison,
        excluded=tables.patrolled_ground(chosen.force) - together.ground,
    )
    return displacement_table(found, together.name, _ASB, periods.label)


def answers(chosen: Selection) -> list[tuple[str, str]]:
    """Return what is said of each area first: ASB and neighbourhood crime, before and after, with the verdict."""
    table = evidence(chosen)
    leads = table.loc[table["crime_type"].isin([_ASB, GROUP])]
    return [(str(name), short_sentences(rows)) for name, rows in leads.groupby("area", sort=False)]


def _ring(area: Area) -> frozenset[str]:
    touching = tables.contiguity()
    return frozenset() if touching is None else touching.ring(area.ground, 1)


def _evidence(chosen: Selection, *, second: bool) -> pd.DataFrame:
    parts = [
        _area_evidence(tables.state(chosen.force), replace(chosen, areas=(area.key,)), second)
        for area in areas(chosen, SAFER_STREETS)
    ]
    return pd.concat(parts, ignore_index=True)


@st.cache_resource(max_entries=50, show_spinner="Weighing the evidence…")
def _area_evidence(state: str, chosen: Selection, second: bool) -> pd.DataFrame:
    held = tables.areas(chosen.force)
    area, own, periods = held[chosen.areas[0]], areas(chosen, SAFER_STREETS), pair(chosen)
    asked = replace(chosen, baseline=periods.baseline, comparison=periods.comparison)
    rest, excluded = None, frozenset[str]()
    if second:
        treated = [a for a in held.values() if a.treated]
        rest = rest_without_programmes(tables.measured_against(chosen.force, area.key).district, treated, own)
        excluded = frozenset().union(*(a.ground for a in own))
    counts = tables.cube(chosen.force)
    plain = tables.evidence_of(asked, area, rest=rest, excluded=excluded)
    types = [_ASB, *NEIGHBOURHOOD_CRIME]
    single = plain.loc[plain["crime_type"].isin(types)]
    both = tables.evidence_of(
        asked, area, counts=grouped(counts, NEIGHBOURHOOD_CRIME), rest=rest, excluded=excluded
    )
    group = both.loc[both["crime_type"] == NEIGHBOURHOOD_CRIME[0]].assign(crime_type=GROUP)
    found = pd.concat([single.assign(crime_type=single["crime_type"].astype(str)), group])
    order = {name: at for at, name in enumerate([_ASB, GROUP, *NEIGHBOURHOOD_CRIME])}
    return found.sort_values("crime_type", key=lambda names: names.map(order), ignore_index=True)
