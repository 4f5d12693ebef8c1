"""The only caching: each table is read once a store state and shared by every page and reader, never written to.

Large read-only tables are kept as resources (no copy on a hit). The fingerprint of the store is part of every
key, so an import shows at the next click.
"""

from __future__ import annotations

import atexit
import gc
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis.drawing.evidence.sentences import chance_sentence, lead_sentence
from analysis.model.areas import Area, Yardsticks, yardsticks
from analysis.model.breaks import Break
from analysis.model.breaks import breaks as known_breaks
from analysis.model.contiguity import Contiguity, build_contiguity
from analysis.model.cube import Panel, panel
from analysis.model.errors import NeedsInputError
from analysis.model.patrolled import Patrolled, patrolled_places, without_patrolled
from analysis.model.periods import REVIEW_BASELINE, REVIEW_COMPARISON, Period
from analysis.topics.calibration.measure.calibration import calibration as calibrate
from analysis.topics.change.measure.evidence import evidence as measure
from analysis.topics.published.measure.published_check import published_against_recomputed
from data.areas import force_name
from data.demo import build_demonstration
from data.review import read_review
from data.store import Store, open_store
from pages.shell import held_records, own_area
from pages.shell.choice import Selection

# what was frozen is handed back at the end, so that libraries can take leave of their own objects
atexit.register(gc.unfreeze)


FEW_FILES = 3
"""The footer names so many source files; more are counted, and About / Data names them all."""


def store() -> Store:
    """Return the store of real months or, while there is none, the demonstration store, made at first need."""
    held = _store_at(str(open_store().path))
    if not held.forces():
        _make_demonstration(str(held.path))
    return held


def is_demonstration() -> bool:
    """Return whether what is shown is simulated."""
    return store().is_demonstration


def forces() -> tuple[str, ...]:
    """Return the forces held, by their key."""
    return store().forces()


def held_forces() -> tuple[str, ...]:
    """Return the forces held. Raises NeedsInputError where there is none (only outcomes are held, say)."""
    held = forces()
    if not held:
        raise NeedsInputError(
            "No month of street-level data is held. Import a zip from data.police.uk first."
        )
    return held


def cube(force: str) -> Panel:
    """Return the force's counts by ground, month and crime type."""
    return _panel(store(), store().fingerprint(), force)


def span(force: str) -> Period:
    """Return the months from the first to the last held."""
    months = store().months(force)
    return Period(months[0], months[-1])


def areas(force: str) -> dict[str, Area]:
    """Return the force's areas by key, with the reader's own area where there is one."""
    own = own_area.held(force)
    return filed_areas(force) | ({} if own is None else {own.key: own})


def filed_areas(force: str) -> dict[str, Area]:
    """Return the areas of the force that the files of areas name, and its districts."""
    return _areas(store(), store().fingerprint(), force)


def places(force: str) -> pd.DataFrame:
    """Return the force's ground with names, districts and whether its codes could be joined."""
    return _ground(store(), store().fingerprint(), force)


def chosen_areas(chosen: Selection) -> list[Area]:
    """Return the chosen areas, in the order of the menu."""
    held = areas(chosen.force)
    return [held[key] for key in chosen.areas]


_REVIEW_COLUMNS = {
    "area": "area_key",
    "baseline_incidents": "baseline",
    "comparison_incidents": "comparison",
    "change": "difference",
    "percent_change": "percent",
    "district_percent_change": "district_percent",
}
"""The review's own headings beside those of the check."""

NEEDS_LOOKUP = (
    "The ground of the two LSOA vintages cannot be joined without the ONS exact-fit lookup, so places are not compared. "
    "Import it with: python -m data import-lookup FILE"
)


def joined(force: str) -> bool:
    """Return whether the lookup joins all of the force's ground between the two vintages."""
    ground = places(force)
    return bool(ground.loc[ground["in_force"], "joined"].all())


def treated_ground(force: str) -> frozenset[str]:
    """Return all ground of the force that is never a comparator: the treated areas', and what a log says was
    patrolled.
    """
    treated = frozenset().union(*(area.ground for area in areas(force).values() if area.treated))
    return treated | patrolled_ground(force)


def hotspots_of(force: str, log: pd.DataFrame) -> Patrolled:
    """Return the places that the hotspots of a patrol log lie in."""
    named = read_review("patrols")
    return patrolled_places(
        log,
        areas=areas(force),
        names=dict(zip(named["hotspot"], named["area"], strict=True)),
        crosswalk=store().crosswalk(),
        ground=places(force),
    )


def patrolled_ground(force: str) -> frozenset[str]:
    """Return the ground that the office's own patrol log names; simulated records name none."""
    given = held_records.given("patrol-log")
    if given is None or given.version.simulated:
        return frozenset()
    return _patrolled(store().fingerprint(), given.version.fingerprint, force)


def measured_against(force: str, key: str) -> Yardsticks:
    """Return the district of an area and the rest of it."""
    return yardsticks_of(force, areas(force)[key])


def yardsticks_of(force: str, area: Area) -> Yardsticks:
    """Return the district of any area, listed or not, and the rest of it without patrolled ground."""
    against = yardsticks(area, areas(force), force_name(force))
    return without_patrolled(against, patrolled_ground(force))


def state(force: str) -> str:
    """Return a text that changes whenever the months held or the ground entered as patrolled change."""
    return " ".join([store().fingerprint(), *sorted(patrolled_ground(force))])


def evidence(chosen: Selection) -> pd.DataFrame:
    """Return the evidence of every chosen area and crime type: one row each, areas in the menu's order."""
    tables = [_evidence(store(), state(chosen.force), replace(chosen, areas=(key,))) for key in chosen.areas]
    table = pd.concat(tables, ignore_index=True)
    return table.loc[table["crime_type"].isin(chosen.crime_types)].reset_index(drop=True)


def published_check(chosen: Selection) -> pd.DataFrame:
    """Return every published cell of the chosen areas beside what the months loaded give, with the area's name."""
    return _published(store(), store().fingerprint(), chosen.force, chosen.areas)


def lead_sentences(chosen: Selection) -> list[tuple[str, str]]:
    """Return one sentence a chosen area, with the area's name before it."""
    table = evidence(chosen)
    return [
        (area.name, lead_sentence(table.loc[table["area_key"] == area.key])) for area in chosen_areas(chosen)
    ]


def by_chance(chosen: Selection) -> str:
    """Return how many of the rows shown an exact test would call significant, and how many by chance."""
    return chance_sentence(evidence(chosen))


def breaks(chosen: Selection) -> tuple[Break, ...]:
    """Return the breaks of the series between the first and the last month chosen."""
    whole = Period(chosen.baseline.first, max(chosen.comparison.last, chosen.baseline.last))
    treated = any(area.treated for area in areas(chosen.force).values())
    return known_breaks(whole, chosen.crime_types, programmes=treated)


def calibration(chosen: Selection) -> pd.DataFrame:
    """Return how often the verdict's interval errs, and how often it tells a true fall, on the months chosen."""
    return _calibration(state(chosen.force), chosen.force, chosen.baseline, chosen.comparison)


def contiguity() -> Contiguity | None:
    """Return which ground touches which, or None while no boundaries are held."""
    return _contiguity(store(), store().fingerprint())


def coverage(force: str) -> pd.DataFrame:
    """Return month by kind what was published, what is missing and what is partly there."""
    return store().coverage(force)


def all_coverage() -> pd.DataFrame:
    """Return the coverage of every force held, with the force's name."""
    held = [coverage(force).assign(force=force_name(force)) for force in held_forces()]
    return pd.concat(held, ignore_index=True)


def release_line(force: str) -> str:
    """Say which releases the street-level months of a force came from, or the files where none is named."""
    files = manifest()
    street = files.loc[(files["force"] == force) & (files["kind"] == "street")]
    releases = sorted(set(street["release"]) - {""})
    if releases:
        return f"Release{'s' * (len(releases) > 1)}: {', '.join(releases)}."
    sources = sorted(set(street["source"]))
    named = ", ".join(sources) if len(sources) <= FEW_FILES else f"{len(sources)} files"
    return f"From {named}; no release is named in them."


def document(name: str) -> str:
    """Return a document of the project as Markdown."""
    return (Path(__file__).parents[2] / name).read_text(encoding="utf-8")


def manifest() -> pd.DataFrame:
    """Return every month held with the file it came from."""
    return store().manifest()


@st.cache_resource(max_entries=4, show_spinner=False)
def _store_at(path: str) -> Store:
    return open_store(path)


@st.cache_resource(max_entries=4, show_spinner="Making the demonstration data…")
def _make_demonstration(path: str) -> None:
    build_demonstration(Path(path))


@st.cache_resource(max_entries=8, show_spinner="Reading the months held…")
def _panel(_store: Store, fingerprint: str, force: str) -> Panel:
    counts = panel(_store.cube(force))
    # what stays for good need not be walked by every later collection
    gc.collect()
    gc.freeze()
    return counts


@st.cache_resource(max_entries=200, show_spinner="Weighing the evidence…")
def _evidence(_store: Store, fingerprint: str, chosen: Selection) -> pd.DataFrame:
    return evidence_of(chosen, areas(chosen.force)[chosen.areas[0]])


def evidence_of(
    chosen: Selection,
    area: Area,
    *,
    counts: Panel | None = None,
    rest: Area | None = None,
    excluded: frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """Return the evidence of any area, listed or not, for all crime types; not cached.

    ``counts`` takes the place of the force's own counts (a group of crime types added up, for one), ``rest`` that
    of the rest of the district; ``excluded`` is further ground that is no similar place.
    """
    against = yardsticks_of(chosen.force, area)
    if rest is not None:
        against = Yardsticks(against.district, rest)
    found = measure(
        cube(chosen.force) if counts is None else counts,
        area,
        district=against.district,
        rest=against.rest,
        places=places(chosen.force),
        baseline=chosen.baseline,
        comparison=chosen.comparison,
        like_for_like=chosen.like_for_like,
        contiguity=contiguity(),
        excluded=treated_ground(chosen.force) | excluded,
    )
    return found.assign(
        area_key=area.key,
        area=area.name,
        lsoa=area.lsoa,
        district=against.district.name,
        rest=against.rest.name,
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def _patrolled(fingerprint: str, version: str, force: str) -> frozenset[str]:
    given = held_records.given("patrol-log")
    return frozenset() if given is None else hotspots_of(force, given.table).ground


@st.cache_resource(max_entries=8, show_spinner=False)
def _areas(_store: Store, fingerprint: str, force: str) -> dict[str, Area]:
    return _store.areas(force)


@st.cache_resource(max_entries=8, show_spinner=False)
def _ground(_store: Store, fingerprint: str, force: str) -> pd.DataFrame:
    return _store.ground(force)


@st.cache_resource(max_entries=4, show_spinner=False)
def _contiguity(_store: Store, fingerprint: str) -> Contiguity | None:
    boundaries = _store.boundaries()
    return None if boundaries is None else build_contiguity(boundaries)


@st.cache_resource(max_entries=50, show_spinner=False)
def _published(_store: Store, fingerprint: str, force: str, keys: tuple[str, ...]) -> pd.DataFrame:
    held = areas(force)
    review = read_review("outcomes").rename(columns=_REVIEW_COLUMNS)
    named = review.loc[review["area_key"].isin(keys)]
    district = held[held[keys[0]].district] if len(named) else held[keys[0]]
    check = published_against_recomputed(
        named, cube(force), held, district=district, baseline=REVIEW_BASELINE, comparison=REVIEW_COMPARISON
    )
    return check.assign(area=[held[key].name for key in check["area_key"]])


@st.cache_resource(max_entries=20, show_spinner="Trying the verdict on every untreated place…")
def _calibration(fingerprint: str, force: str, baseline: Period, comparison: Period) -> pd.DataFrame:
    if not joined(force):
        raise NeedsInputError(NEEDS_LOOKUP)
    return calibrate(
        cube(force),
        places=places(force),
        excluded=treated_ground(force),
        baseline=baseline,
        comparison=comparison,
    )
