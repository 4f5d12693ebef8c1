"""Crime types as police.uk spells them, in the order of the review."""

from __future__ import annotations

from analysis.model.vocabulary import CRIME_TYPES, SLIDE_CRIME_TYPES


def test_the_slides_eight_crime_types_come_first_in_its_order():
    assert CRIME_TYPES[:8] == SLIDE_CRIME_TYPES
    assert SLIDE_CRIME_TYPES[0] == "Anti-social behaviour"
    assert SLIDE_CRIME_TYPES[-1] == "Robbery"
    assert len(CRIME_TYPES) == len(set(CRIME_TYPES)) == 14
