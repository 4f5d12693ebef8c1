"""The chapters of a pack, one file a page: each asks the topics what its page asks, with the values that the page opens with.

A part that is added to a page is added to its chapter, too: tests/pages/test_pack_chapters.py opens every page and holds it
to its chapter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.pack.chapters import (
    data,
    evaluation,
    high_crime,
    hotspots,
    incidents,
    methods,
    nte,
    overview,
    perceptions,
    retail_crime,
    safer_streets,
)
from pages.pack.sheet import Sheet


@dataclass(frozen=True)
class Registered:
    """A chapter: its page's short name and question as the menu has them, and what fills it."""

    name: str
    question: str
    fill: Callable[[Sheet], None]


CHAPTERS: dict[str, Registered] = {
    "overview": Registered("Overview", "Are our town centres safer than before?", overview.fill),
    "hotspots": Registered(
        "Hotspots",
        "What did the hotspot patrols do, and what was recorded on the ground they walked?",
        hotspots.fill,
    ),
    "retail_crime": Registered(
        "Retail",
        "Where was shoplifting recorded, and at which shops again and again?",
        retail_crime.fill,
    ),
    "safer_streets": Registered(
        "Safer Streets",
        "What did Safer Streets deliver, and what was recorded on its ground before and after?",
        safer_streets.fill,
    ),
    "nte": Registered(
        "Night-time",
        "What was funded for the night-time economy, and what was recorded on its ground?",
        nte.fill,
    ),
    "perceptions": Registered(
        "Perceptions", "Where do people feel unsafe, and are incidents recorded there?", perceptions.fill
    ),
    "incidents": Registered(
        "Incidents",
        "Which incidents were recorded, where and when, and what came of them?",
        incidents.fill,
    ),
    "evaluation": Registered(
        "Evaluation", "Did this area change more than it would have by itself?", evaluation.fill
    ),
    "high_crime": Registered(
        "High-crime",
        "Where were most incidents recorded, and is it the same ground as before?",
        high_crime.fill,
    ),
    "data": Registered("Data", "What data stand behind the figures?", data.fill),
    "methods": Registered("Methods", "How is each figure made, and how sure can one be of it?", methods.fill),
}
"""By the address of the page, in the order of the menu."""
