"""Where do centres stand out, in every force held, and is it more than chance?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from analysis.drawing.answer import Answer, Made, Parts, Unanswered, part_of
from analysis.drawing.maps.districts import districts_land
from analysis.drawing.maps.shown import Shown
from analysis.model import formats
from analysis.model.english import counted, listed
from analysis.model.errors import NeedsInputError
from analysis.model.land import Land
from analysis.model.periods import Period
from analysis.model.vocabulary import CRIME_TYPES, PANEL_TYPES, SHOPLIFTING
from analysis.topics.country.case import CountryCase
from analysis.topics.country.measure import standing
from analysis.topics.country.show.centre_rows import centre_table, matching
from analysis.topics.country.show.country_map import country_map
from analysis.topics.country.show.funnel import funnel_figure
from analysis.topics.country.show.places import by_chance, stand_out

OPENS_WITH = SHOPLIFTING
"""The crime type that the page opens with: it is recorded in centres more than anywhere."""

COMMAND = "python -m pages.judge"

MOST_NAMED = 5
"""So many forces are named in a sentence; more are counted."""


def answer(country: CountryCase, crime_type: str = OPENS_WITH, words: str = "") -> Answer:
    """Return the funnel, the map and the table of one crime type, and what is said first of all crime types together.

    ``words`` choose centres of the table by name. Nothing but a sentence while nothing is judged.
    """
    if country.table.empty:
        return Answer(Unanswered(_nothing(country)), Parts({}), country.simulated, compares=True)
    months = months_of(country)

    def map_of() -> Shown:
        return country_map(country.table, crime_type, land_of(country), country.naming, months)

    parts: dict[str, Callable[[], Made]] = {
        "funnel": lambda: funnel_figure(country.table, crime_type, months),
        "map": map_of,
        "centres": lambda: centre_table(country.table, crime_type, words, months),
    }
    return Answer(
        (("Every centre judged", said_first(country)),),
        Parts({name: partial(part_of, make, country) for name, make in parts.items()}),
        country.simulated,
    )


def said_first(country: CountryCase) -> str:
    """Return how many of all changes judged stand out, how many would by chance alone, and of which months."""
    found = standing(country.table)
    places = country.table[["force", "area_key"]].drop_duplicates()
    if not found.judged:
        return f"In {counted(len(places), 'centre')} no change can be judged: the table says why."
    return (
        f"Of {formats.number(found.judged)} changes judged in {counted(len(places), 'centre')}, "
        f"{stand_out(found.told)}; {by_chance(found.by_chance)} would by chance alone. "
        f"They are of all crime types, {months_of(country)}."
    )


def remarks(country: CountryCase) -> tuple[str, ...]:
    """Return what a reader must know of forces judged on older months, not judged yet, and of ground that nobody named.

    Nothing of a simulated country: there is nothing to judge.
    """
    if (
        country.simulated
    ):  # no month of it can be judged, and the sentence in place of the answer says what to do
        return ()
    said = []
    if country.older:
        said.append(
            f"{_forces(country, country.older)}: judged before the months, ground or areas now held. {_again()}"
        )
    if country.waiting:
        said.append(f"{_forces(country, country.waiting)}: not judged yet. {_again()}")
    origins = set(country.table["origin"]) if len(country.table) else set()
    if "suggested" in origins:
        said.append(
            "Where no centre is named or held as an outline, suggestions are judged: ground where recorded thefts lie close "
            "together. Nobody has confirmed that it is a town centre."
        )
    if "proposed" in origins:
        said.append("Proposed centres are ground that nobody has published; the Overview marks them, too.")
    return tuple(said)


def months_of(country: CountryCase) -> str:
    """Return the two periods in words; where forces have several, that each has its own latest ones."""
    pairs = country.table[["baseline", "comparison"]].drop_duplicates()
    if len(pairs) != 1:
        return "each force’s latest twelve months held against the twelve before"
    baseline, comparison = (Period.parse(text).label for text in pairs.iloc[0])
    return f"{comparison} against {baseline}"


def found(country: CountryCase, words: str) -> dict[tuple[str, str], str]:
    """Return the centres with these words in a name, by force and key, each with its name and district, in order of name."""
    if country.table.empty:
        return {}
    rows = matching(country.table, words).drop_duplicates(["force", "area_key"])
    rows = rows.sort_values(["area", "force", "area_key"])
    return {
        (row.force, row.area_key): f"{row.area}, {row.district or row.force_name}"
        for row in rows.itertuples()
    }


def land_of(country: CountryCase) -> Land:
    """Return the districts as the ground of the map. NeedsInputError where none has an outline."""
    outlines = country.read_outlines()
    if outlines is None:
        raise NeedsInputError(
            "No outline of a district is held, so there is no map. Import boundaries: python -m data import-geography FILE…"
        )
    return districts_land(outlines, sorted(outlines["district_name"]))


def _nothing(country: CountryCase) -> str:
    if country.simulated:
        return "The demonstration has no country: its places are invented. Get real months first."
    which = _forces(country, tuple(country.forces))
    return f"No centre has been judged yet ({which} held). {_again()}"


def _again() -> str:
    return f"Whoever keeps the store judges by: {COMMAND}"


def _forces(country: CountryCase, keys: tuple[str, ...]) -> str:
    if len(keys) > MOST_NAMED:
        return counted(len(keys), "force")
    return listed([country.forces[key] for key in keys]) or "no force"


def types_of(country: CountryCase) -> Mapping[str, str]:
    """Return the crime types that can be chosen: the 14, and an old one where a centre was judged on months that have it."""
    judged = set(country.table["crime_type"]) if "crime_type" in country.table else set()
    return {each: each for each in PANEL_TYPES if each in CRIME_TYPES or each in judged}
