"""What may be kept as a town centre: of which district, under which label, with which ground."""

from __future__ import annotations

from analysis.model.proposed_area import Cover, Held, ProposedArea, suggested_note
from analysis.topics.centres.measure import (
    MOST_SUGGESTED,
    Suggestion,
    from_proposals,
    from_suggestions,
    of_district,
)

DISTRICTS = {"A": "North", "B": "North", "C": "South"}
NAMES = {"A": "Market ward (001A)", "B": "Harbour ward (001B)"}


def proposal(code: str, name: str, *ground: str) -> ProposedArea:
    units = tuple(Cover(each, 1 / len(ground), 0.5, 1e6) for each in ground)
    return ProposedArea(code, name, "", "made.gpkg", units, ground, Held(1.0, 0.5, "high"))


NORTH, SOUTH, BOTH = (
    proposal("1", "High Street", "A"),
    proposal("2", "High Street", "C"),
    proposal("3", "Bridge", "B", "C"),
)


def test_a_proposal_is_of_each_district_that_it_takes_ground_of():
    every = (NORTH, SOUTH, BOTH)
    assert of_district(every, DISTRICTS, "North") == (NORTH, BOTH)
    assert of_district(every, DISTRICTS, "South") == (SOUTH, BOTH)
    assert of_district(every, DISTRICTS) == every
    assert of_district(every, DISTRICTS, "West") == ()


def test_two_of_one_name_are_told_apart_by_their_codes():
    assert [each.label for each in from_proposals((NORTH, SOUTH, BOTH))] == [
        "High Street, 1 (high confidence)",
        "High Street, 2 (high confidence)",
        "Bridge (high confidence)",
    ]


def test_the_first_suggestions_are_called_so_and_are_of_low_confidence():
    suggested = [Suggestion(f"Ward {at}", "North", ("A",), 90 - at, 10, 3) for at in range(12)]
    candidates = from_suggestions(suggested)
    assert len(candidates) == MOST_SUGGESTED
    assert candidates[0].label == "Suggestion 1: Ward 0"
    assert {(each.confidence, each.is_suggested) for each in candidates} == {("low", True)}


def test_the_note_of_a_suggestion_says_the_rule_or_what_was_changed_by_hand():
    assert suggested_note("Market", ["A"], ["A"], NAMES) == (
        "Made from “Market”. It is a suggestion from thefts recorded close together, and nobody’s outline. "
        "Taken are the fewest small areas that hold four fifths of its thefts within reach of each other. Confidence low."
    )
    assert suggested_note("Market", ["A"], ["B"], NAMES).endswith(
        "Added by hand: Harbour ward (001B). Taken away by hand: Market ward (001A). Confidence low."
    )
