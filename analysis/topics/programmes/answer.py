"""What did a programme deliver, and what was recorded on its ground before and after?

Each function takes a programme by its key (``safer_streets``); where the files of areas name no ground of it, the first
answer says so and the others have no parts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.drawing.answer import Answer, Made, answered, resting_on
from analysis.drawing.board import GLYPHS, WORDS, counts_of, standing
from analysis.drawing.cards import Card, Cards, Figured, change_card
from analysis.drawing.displacement_table import displacement_table
from analysis.drawing.evidence.evidence_tables import evidence_table, periods_line
from analysis.drawing.evidence.sentences import short_sentences, verdict_words
from analysis.drawing.evidence.wholeness import missing_sentence
from analysis.drawing.figure import Table
from analysis.drawing.line import CARD, two_years
from analysis.drawing.maps.bearings import PROGRAMMES, names_on, outlined, ring_outlines
from analysis.drawing.maps.change_map import change_map
from analysis.drawing.maps.shown import Shown
from analysis.model import english
from analysis.model.areas import town_centres
from analysis.model.errors import AnalysisError, AreaError
from analysis.model.evidence import Evidence
from analysis.model.formats import number
from analysis.model.periods import month_in_full
from analysis.model.vocabulary import TOLD
from analysis.topics.change.measure import ground_changes
from analysis.topics.evaluation.measure import displacement_finding
from analysis.topics.programmes import measure
from analysis.topics.programmes.case import ProgrammeCase
from analysis.topics.programmes.measure import ASB, GROUP, NOT_ISOLATED
from analysis.topics.programmes.say import in_short
from analysis.topics.programmes.show.programme_tables import (
    areas_table,
    before_after_table,
    deliverables_table,
    ring_table,
)


def answer(asked: ProgrammeCase, key: str) -> Answer:
    """Return one lead an area: ASB and neighbourhood crime with their verdict; what the ground shares with patrols, and
    what the review says of the programme.
    """
    case = asked.case
    parts: dict[str, Callable[[], Made]] = (
        {"cards": lambda: _cards(asked, key)} if _has_ground(asked, key) else {}
    )
    # without a patrolled area there is nothing to be told apart from
    if _has_ground(asked, key) and any(area.treated for area in case.areas.values()):
        parts["overlap"] = lambda: _overlap(asked, key)
    about = case.text(key)
    if about:
        parts["about"] = lambda: about
    return answered(case, parts | {"not isolated": lambda: NOT_ISOLATED}, lambda: _leads(asked, key))


def delivered(asked: ProgrammeCase, name: str) -> Answer:
    """Return the deliverables of a programme by its name; without a part where neither records nor review have any."""
    delivery = measure.delivered(asked, name)
    if delivery is None:
        return answered(asked.case, {})
    return answered(asked.case, {"deliverables": lambda: deliverables_table(delivery.table, delivery.source)})


def delivered_in_short(asked: ProgrammeCase, name: str) -> Answer:
    """Return the same as a sentence, for the head of a page whose table stands in a fold."""
    delivery = measure.delivered(asked, name)
    parts: dict[str, Callable[[], Made]] = {}
    if delivery is not None:
        parts["in short"] = lambda: in_short(delivery.table)
    return answered(asked.case, parts)


def ground(asked: ProgrammeCase, key: str) -> Answer:
    """Return the programme's areas with the rule that chose their ground."""

    def areas() -> Table:
        table = pd.DataFrame(
            [
                (each.area.name, each.area.lsoa, len(each.area), each.confidence, each.rule, each.area.note)
                for each in measure.programme_areas(asked, key)
            ],
            columns=["name", "lsoa", "units", "confidence", "rule", "note"],
        )
        return areas_table(table, asked.case.text("programme_areas"))

    return _of_ground(asked, key, {"areas": areas})


def where(asked: ProgrammeCase, key: str, crime_type: str) -> Answer:
    """Return the map of change in one crime type before and after, with the patrolled centres outlined too."""
    return _of_ground(asked, key, {"map": lambda: _map(asked, key, crime_type)})


def before_and_after(asked: ProgrammeCase, key: str) -> Answer:
    """Return ASB and neighbourhood crime before and after by two rests, and the evidence by the first."""

    def both() -> Table:
        pair = measure.before_and_after_start(asked, key)
        table = before_after_table(
            _evidence(asked, key),
            measure.programme_evidence(asked, key, second_rest=True),
            pair,
            show_small=asked.case.show_small,
        )
        return resting_on(table, pair.baseline, pair.comparison)

    def first() -> Table:
        pair = measure.before_and_after_start(asked, key)
        table = evidence_table(
            _evidence(asked, key),
            pair.baseline,
            pair.comparison,
            show_small=asked.case.show_small,
        )
        return resting_on(table, pair.baseline, pair.comparison)

    return _of_ground(asked, key, {"two rests": both, "evidence": first})


def since(asked: ProgrammeCase, key: str, lead: str = "") -> str:
    """Return the words over before and after, with the month of the start where it is known, after a ``lead``."""
    try:
        start = measure.before_and_after_start(asked, key).comparison.first
    except AnalysisError:
        return f"{lead}Before and after"
    return f"{lead}Before and after {month_in_full(start)}"


def next_door(asked: ProgrammeCase, key: str) -> Answer:
    """Return the counts on the ground round the areas, and displacement round all of it as one."""

    def around() -> Table:
        pair = measure.before_and_after_start(asked, key)
        return resting_on(ring_table(measure.rings(asked, key), pair), pair.baseline, pair.comparison)

    def moved() -> Table:
        beside = measure.next_door(asked, key)
        if missing := displacement_finding(asked.case, ASB, beside.displacement).missing:
            raise AnalysisError(missing_sentence(missing, "the displacement difference"))
        pair = measure.before_and_after_start(asked, key)
        table = displacement_table(beside.displacement, beside.area.name, ASB, pair.label)
        return resting_on(table, pair.baseline, pair.comparison)

    return _of_ground(asked, key, {"rings": around, "displacement": moved})


def _has_ground(asked: ProgrammeCase, key: str) -> bool:
    try:
        return bool(measure.programme_areas(asked, key))
    except AreaError:
        return False


def _of_ground(asked: ProgrammeCase, key: str, parts: dict[str, Callable[[], Made]]) -> Answer:
    """Return the answer of parts that need the programme's ground, without any where no area is named."""
    return answered(asked.case, parts if _has_ground(asked, key) else {})


def _evidence(asked: ProgrammeCase, key: str) -> tuple[Evidence, ...]:
    """Return the evidence of the programme; AreaError of a demonstration that has no ground of one of its areas."""
    if asked.case.simulated:
        known = set(asked.case.panel.ground)
        absent = [
            each.area.name for each in measure.programme_areas(asked, key) if not known & each.area.ground
        ]
        if absent:
            raise AreaError(
                f"The demonstration has no ground of {english.listed(absent)}: its places are invented. Get real months first."
            )
    return measure.programme_evidence(asked, key)


def _overlap(asked: ProgrammeCase, key: str) -> str:
    patrolled = [area for area in asked.case.areas.values() if area.treated]
    return " ".join(
        measure.overlap(each.area, patrolled).sentence for each in measure.programme_areas(asked, key)
    )


def _cards(asked: ProgrammeCase, key: str) -> Cards:
    """Return one card an area: anti-social behaviour, with neighbourhood crime in the note, and whatever else stands out as loud.

    The last card says what cannot be told.
    """
    rows = _evidence(asked, key)
    pair = measure.before_and_after_start(asked, key)
    groups = {row.area_key: row for row in rows if row.crime_type == GROUP}
    areas = {each.area.key: each.area for each in measure.programme_areas(asked, key)}
    cards = []
    for row in (row for row in rows if row.crime_type == ASB):
        lines = two_years(asked.case, areas[row.area_key], ASB, CARD, (pair.baseline, pair.comparison))
        card = change_card(row, lines, show_small=asked.case.show_small)
        others = [
            each
            for each in rows
            if each.area_key == row.area_key and each.crime_type not in (ASB, GROUP) and each.verdict in TOLD
        ]
        group = groups.get(row.area_key)
        if group is not None and group.verdict in TOLD:
            others, group = [group, *others], None
        also = tuple(f"{GLYPHS[standing(each)]} {_group_note(each)}" for each in others)
        cards.append(replace(card, note=_group_note(group), also=also))
    shared = _shared(asked, key)
    return Cards((*cards, *([shared] if shared else [])), f"{pair.label}.")


def _group_note(row: Evidence | None) -> str:
    if row is None:
        return ""
    return f"{row.crime_type}: {counts_of(row)}, {WORDS[standing(row)] if row.verdict not in TOLD else verdict_words(row)}."


def _shared(asked: ProgrammeCase, key: str) -> Card | None:
    """Return the card that says which areas were patrolled in the same months; None where none was."""
    patrolled = [area for area in asked.case.areas.values() if area.treated]
    overlaps = {
        each.area.name: measure.overlap(each.area, patrolled) for each in measure.programme_areas(asked, key)
    }
    names = [name for name, found in overlaps.items() if found.share > 0]
    if not names:
        return None
    extent = "too" if all(overlaps[name].share >= 1 for name in names) else "at least in part"
    return Card(
        "What cannot be told",
        "patrols walked the same ground",
        figures=(
            Figured(
                f"{number(len(names))} of {number(len(overlaps))}",
                f"{english.agree(len(overlaps), 'area', 'areas')} {english.was_were(len(names))} patrolled {extent}",
            ),
        ),
        note=f"{english.listed(names)}: what patrols and the programme did cannot be told apart.",
    )


def _leads(asked: ProgrammeCase, key: str) -> list[tuple[str, str]]:
    rows = [row for row in _evidence(asked, key) if row.crime_type in (ASB, GROUP)]
    names = dict.fromkeys(row.area for row in rows)
    return [(name, short_sentences([row for row in rows if row.area == name])) for name in names]


def _map(asked: ProgrammeCase, key: str, crime_type: str) -> Shown:
    case, pair = asked.case, measure.before_and_after_start(asked, key)
    own = [each.area for each in measure.programme_areas(asked, key)]
    centres = [area for area in town_centres(case.areas).values() if area.treated]
    shown = change_map(
        ground_changes(case, crime_type, (pair.baseline, pair.comparison)),
        names=case.names,
        periods=periods_line(pair.baseline, pair.comparison),
        subject=frozenset().union(*(area.ground for area in (*own, *centres))),
        subject_name="of the programme and the patrolled centres" if centres else "of the programme",
        outlines=(*outlined(centres), *outlined(own, PROGRAMMES)),
        labels=names_on(case.land, [*centres, *own], wards=case.land.wards),
        focus=frozenset().union(
            *(each.ground for each in (*outlined(own), *ring_outlines(case.contiguity, own)))
        ),
        show_small=case.show_small,
    )
    return resting_on(shown, pair.baseline, pair.comparison)
