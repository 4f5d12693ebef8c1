"""The numbers of the topic: what was delivered, and what was recorded on and next to a programme's ground."""

from analysis.topics.programmes.measure.delivered import Delivered, delivered
from analysis.topics.programmes.measure.next_door import NextDoor, next_door, rings
from analysis.topics.programmes.measure.programme_areas import before_and_after_start, programme_areas
from analysis.topics.programmes.measure.programme_evidence import ASB, GROUP, programme_evidence
from analysis.topics.programmes.measure.programme_ground import NOT_ISOLATED, deliverables, overlap

__all__ = [
    "ASB",
    "GROUP",
    "NOT_ISOLATED",
    "Delivered",
    "NextDoor",
    "before_and_after_start",
    "deliverables",
    "delivered",
    "next_door",
    "overlap",
    "programme_areas",
    "programme_evidence",
    "rings",
]
