"""Perceptions for the page: the survey's places with what was recorded on their ground."""

from __future__ import annotations

from analysis.topics.perceptions.measure.perceived_places import place_ground, recorded_on
from analysis.topics.perceptions.measure.perception import Perceptions
from analysis.topics.perceptions.measure.perception import perceptions as set_beside
from analysis.topics.perceptions.show.perception_table import safe
from pages.shell import tables
from pages.shell.choice import Selection
from pages.shell.records import Records

QUESTION = "How can OPCC and partners address negative perceptions of town centre spaces?"


def ground(chosen: Selection, held: Records) -> dict[str, frozenset[str]]:
    """Return the common ground of each place of the survey. NeedsInputError where no survey is held."""
    return place_ground(
        held.needed,
        crosswalk=tables.store().crosswalk(),
        areas=tables.areas(chosen.force).values(),
        boundaries=tables.store().boundaries(),
    )


def survey(chosen: Selection, held: Records) -> Perceptions:
    """Return the places of the survey in four quadrants. NeedsInputError where no survey is held."""
    answers = held.needed
    counted = recorded_on(
        tables.cube(chosen.force), ground(chosen, held), chosen.crime_types, chosen.comparison
    )
    return safe(set_beside(answers, counted))


def counted(chosen: Selection) -> str:
    """Say which incidents are set beside the answers."""
    return (
        f"recorded incidents of the {len(chosen.crime_types)} crime types chosen, {chosen.comparison.label}"
    )
