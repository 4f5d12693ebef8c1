"""What stands on the cover of each format: for whom, of what, from which data, and what a reader must keep in mind."""

from __future__ import annotations

from analysis.drawing.answer import DEMONSTRATION, SIMULATED_SOURCE
from analysis.drawing.figure import SOURCE
from pages.pack.contents import AreaFact, Contents

ASKED_ON_PAGES = "Where a sentence asks for records or files, they are given on that page of the dashboard; they are then in the next pack."
OPENS_WITH = "Each page is as the dashboard opens it with these filters; a choice that a page has of its own is its first."
SYMBOLS = "“–” is not known or not published, “hidden” is a percentage on fewer than 50 incidents, 0 is none."

Fact = tuple[str, str]


def facts(contents: Contents) -> tuple[Fact, ...]:
    """Return what the pack is of, as labels and words, in the order of a cover."""
    asked = contents.facts
    listed = [
        ("Force", contents.force_name),
        ("Comparison period", asked.comparison.label),
        ("Baseline period", asked.baseline.label),
        ("Areas", "; ".join(map(_area, asked.areas)) or "none"),
        ("Proposed centres, on the board alone", "; ".join(map(_area, asked.proposed))),
        ("Crime types", "; ".join(asked.crime_types)),
        (
            "Months compared",
            "like for like" if asked.like_for_like else "all, also without a partner a year apart",
        ),
        ("Percentages on small bases", "shown" if asked.show_small else "hidden"),
        ("Release", contents.release),
        ("Source", source(contents)),
        ("Prepared for", contents.body.removeprefix("Prepared for ").removesuffix(".")),
        ("Pages", "; ".join(chapter.name for chapter in contents.chapters)),
        ("Program", f"Safe Town Centres {contents.manifest.get('program', {}).get('version', '')}".rstrip()),
    ]
    return tuple((label, words) for label, words in listed if words)


def mark(contents: Contents) -> str:
    """Return what stands on every sheet and page of simulated months; empty over real ones."""
    return DEMONSTRATION if contents.simulated else ""


def source(contents: Contents) -> str:
    """Return the source and licence of the months."""
    return SIMULATED_SOURCE if contents.simulated else SOURCE.removeprefix("Source: ")


def reminders() -> tuple[str, ...]:
    """Return what a reader of any format must know of how it was made."""
    return (OPENS_WITH, SYMBOLS, ASKED_ON_PAGES)


def _area(area: AreaFact) -> str:
    return (
        f"{area.name} ({', '.join(area.codes)})"
        if len(area.codes) <= 8
        else f"{area.name} ({len(area.codes)} LSOAs)"
    )
