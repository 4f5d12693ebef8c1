"""Did recorded incidents change, and is the change more than ordinary ups and downs?"""

from __future__ import annotations

from dataclasses import replace

from analysis.drawing.answer import Answer, answered, resting_on
from analysis.drawing.evidence.evidence_tables import evidence_table, periods_line, slide_table
from analysis.drawing.evidence.sentences import chance_sentence, lead_sentence
from analysis.drawing.evidence.wholeness import lead_notes, led, with_shares
from analysis.drawing.figure import Figure, Table
from analysis.drawing.maps.bearings import names_on, outlined, ring_outlines
from analysis.drawing.maps.change_map import change_map, with_verdicts
from analysis.drawing.maps.chosen_table import chosen_table
from analysis.drawing.maps.shown import Shown
from analysis.drawing.monthly import monthly_figure
from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import AreaError, NeedsInputError
from analysis.model.evidence import Evidence
from analysis.model.ground_names import ward_of
from analysis.model.own_area import extended, own_area
from analysis.model.periods import YEAR, default_pair
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.places_left import PlacesLeft
from analysis.topics.change.measure import (
    all_together,
    area_evidence,
    board_evidence,
    chosen_after,
    evidence,
    ground_changes,
    index_evidence,
)
from analysis.topics.change.show.board_parts import board_of, reason_of
from analysis.topics.change.show.intervals import interval_figure
from analysis.topics.change.show.review_verdicts import verdicts_block
from analysis.topics.change.show.together_table import index_table, together_table

CHOSEN_NAME = "Chosen on the map"


def answer(case: Case) -> Answer:
    """Return what changed in each chosen area, the slide's table, how sure one can be, and month by month."""
    rows = evidence(case)
    before, after = case.baseline, case.comparison
    return answered(
        case,
        {
            "slide": lambda: with_shares(slide_table(rows, before, after, show_small=case.show_small), rows),
            "chance": lambda: chance_sentence(rows),
            "intervals": lambda: interval_figure(rows, periods_line(before, after)),
            "evidence": lambda: with_shares(
                evidence_table(rows, before, after, show_small=case.show_small), rows
            ),
            "periods": lambda: periods_sentence(case),
            "index": lambda: index_table(
                index_evidence(case), before, after, chosen_after(case), show_small=case.show_small
            ),
            "together": lambda: together_table(all_together(case), before, after, chosen_after(case)),
            "monthly": lambda: monthly(case, case.chosen),
        },
        lambda: leads(case, rows),
    )


def board(case: Case) -> Answer:
    """Return the board of the chosen areas and crime types, with the sentence counted from its cells.

    Proposed centres stand beside the areas where the selection has them: here and in no other part.
    """
    return answered(case, {"board": lambda: board_of(case, board_evidence(case))})


def reason(case: Case, area_key: str, crime_type: str) -> Answer:
    """Return what stands beside the board for one cell, and its row of the evidence, set upright."""

    area = next(each for each in (*case.proposed_beside, *case.areas.values()) if each.key == area_key)

    def row() -> Evidence:
        return next(row for row in area_evidence(case, area) if row.crime_type == crime_type)

    def upright() -> Table:
        table = evidence_table([row()], case.baseline, case.comparison, show_small=case.show_small)
        shown = table.shown.reset_index(drop=True).T.set_axis(["This change"], axis=1).rename_axis("Measure")
        return replace(table, title="What the verdict rests on", shown=shown)

    return answered(
        case,
        {"reason": lambda: reason_of(case, area, row()), "evidence": upright},
    )


def question(case: Case) -> str:
    """Return the question of the board: "than a year before" only where the months are a year apart."""
    year = case.comparison.shifted(-YEAR) == case.baseline
    return f"Are our town centres safer than {'a year before' if year else 'before'}?"


def periods_sentence(case: Case) -> str:
    """Return which months are held against which, and what they are called."""
    before, after = case.baseline, case.comparison
    year = after.shifted(-YEAR) == before
    latest = (before, after) == default_pair(case.span)
    review = case.review
    own = review is not None and (before, after) == (review.baseline, review.comparison)
    what = f"{after.label}, {'the latest months held, ' if latest else ''}against "
    what += f"{before.label}, {'a year before' if year else 'not the year before'}."
    return f"{what} These are the review’s own years." if own else what


def leads(case: Case, rows: tuple[Evidence, ...]) -> list[tuple[str, str]]:
    """Return one sentence a chosen area, with the area's name before it."""
    return [
        (area.name, _lead(case, [row for row in rows if row.area_key == area.key])) for area in case.chosen
    ]


def _lead(case: Case, rows: list[Evidence]) -> str:
    """Return the sentence on one area, and of which crime types locations or months are missing."""
    first = lead_sentence(led(rows, case.comparison))
    return " ".join(filter(None, (first, lead_notes(rows, case.comparison))))


def review_verdicts(case: Case) -> str:
    """Return every verdict of the chosen areas and all crime types beside the plain rule's, as a Markdown table."""
    return verdicts_block(evidence(case.asking(crime_types=CRIME_TYPES)))


def where(case: Case, crime_type: str, whole: bool = False) -> Answer:
    """Return the map of change in one crime type: opened on the chosen areas, or on all of their districts."""

    def make() -> Shown:
        areas = case.chosen
        focus = case.districts_round(*areas) if whole else _round(case, areas)
        rows = [row for area in areas for row in area_evidence(case, area) if row.crime_type == crime_type]
        return _map(case, crime_type, areas, rows, focus)

    return answered(case, {"map": make})


def round_area(case: Case, key: str, crime_type: str) -> Answer:
    """Return the map of change round one area, with the ground that touches it outlined, and opened on both."""

    def make() -> Shown:
        area = case.areas[key]
        rows = [row for row in area_evidence(case, area) if row.crime_type == crime_type]
        drawn = _map(case, crime_type, (area,), rows, _round(case, (area,)), area.ground, f"in {area.name}")
        return replace(drawn, outlines=(*drawn.outlines, *ring_outlines(case.contiguity, [area])))

    return answered(case, {"map": make})


def chosen_ground(case: Case, shown: Shown, codes: tuple[str, ...]) -> Answer:
    """Return what was recorded on the ground that a reader chose on a map: what the map says of it, and by month."""

    def area() -> Area:
        known = [code for code in codes if code in case.own_ground]
        if not known:
            raise AreaError("What was clicked is no ground of this force. Click again.")
        return own_area(CHOSEN_NAME, known, case.places, case.filed_areas, case.force)

    def by_month() -> Figure:
        figure = monthly(case, (area(),))
        # the page may show the same figure of its own areas, and two of one title are one to a screen
        return replace(figure, title=f"{CHOSEN_NAME}: {figure.title[:1].lower()}{figure.title[1:]}")

    def of_the_map() -> Table:
        return resting_on(chosen_table(shown, area()), *shown.rests_on)

    return answered(case, {"table": of_the_map, "monthly": by_month})


def grown(case: Case, codes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the areas that a reader could make of the ground chosen on a map, by what each is called."""

    def wards() -> dict[str, tuple[str, str]]:
        try:
            inside = ward_of(case.land)
        except NeedsInputError:
            return {}
        district = dict(zip(case.places["ground_code"], case.places["district_name"], strict=True))
        # wards of two districts may have one name
        return {code: (ward, district[code]) for code, ward in inside.items() if code in district}

    usable = frozenset(case.places.loc[case.places["joined"].astype(bool), "ground_code"]) & case.own_ground
    return extended(codes, usable, case.contiguity, case.cell("wards", make=wards))


def places_left(today: Case, tried: Case) -> tuple[PlacesLeft, ...]:
    """Return how many similar places each change judged today has, and would have in the case that is tried.

    One value an area and crime type chosen, named by both.
    """
    after = {(row.area_key, row.crime_type): row.similar_places for row in evidence(tried)}
    return tuple(
        PlacesLeft(
            f"{row.area}, {row.crime_type.lower()}",
            row.similar_places,
            after[row.area_key, row.crime_type],
        )
        for row in evidence(today)
    )


def monthly(case: Case, areas: tuple[Area, ...]) -> Figure:
    """Return the chosen crime types by month on these areas, one year over the other."""
    return monthly_figure(case.panel, areas, case.crime_types, case.baseline, case.comparison, case.breaks())


def _map(
    case: Case,
    crime_type: str,
    areas: tuple[Area, ...],
    rows: list[Evidence],
    focus: frozenset[str],
    subject: frozenset[str] = frozenset(),
    subject_name: str = "under review",
) -> Shown:
    """Return the map; ``subject`` is the ground that the title speaks of, all that is treated where none is given."""
    labels = names_on(case.land, areas, wards=case.land.wards)
    return change_map(
        ground_changes(case, crime_type),
        names=case.names,
        periods=periods_line(case.baseline, case.comparison),
        subject=subject or case.treated,
        subject_name=subject_name,
        outlines=outlined(areas),
        labels=with_verdicts(labels, rows, show_small=case.show_small),
        focus=focus,
        show_small=case.show_small,
    )


def _round(case: Case, areas: tuple[Area, ...]) -> frozenset[str]:
    """Return the ground of areas and of what lies next to them."""
    near = (outline.ground for outline in ring_outlines(case.contiguity, areas))
    return frozenset().union(*(area.ground for area in areas), *near)
