"""Which slides there are, in which order: the review's where there is one, else the board, the areas, method and caveats."""

from __future__ import annotations

from collections.abc import Callable

from analysis.drawing.board import CENTRE
from pages.pack.contents import Contents
from pages.pack.slides import closing, outcomes, programmes
from pages.pack.slides.deck import Slide
from pages.pack.slides.plain import in_plain_words, without_commands_on

Making = Callable[[Contents], list[Slide]]

OF_A_REVIEW: tuple[Making, ...] = (
    outcomes.in_short,
    programmes.retail,
    programmes.streets,
    programmes.hotspots,
    programmes.two_sources,
    outcomes.board,
    outcomes.areas,
    outcomes.published,
    programmes.night,
    programmes.steps,
    programmes.perceptions,
    closing.questions,
    closing.method,
    closing.caveats,
)

OF_AREAS: tuple[Making, ...] = (
    outcomes.in_short,
    outcomes.board,
    outcomes.areas,
    closing.method,
    closing.caveats,
)


def plan(contents: Contents) -> list[Slide]:
    """Return all slides of a pack; a chapter that was left out of it has none."""
    making = OF_A_REVIEW if contents.facts.has_review else OF_AREAS
    slides = [opening(contents)]
    for make in making:
        made = make(contents)
        slides += map(without_commands_on, made if make is closing.method else map(in_plain_words, made))
    return slides


def opening(contents: Contents) -> Slide:
    """Return the first slide: the question, whose months are compared, and for whom."""
    overview = contents.chapter("overview")
    areas = ", ".join(area.name for area in contents.facts.areas)
    proposed = [area.name.removesuffix(CENTRE) for area in contents.facts.proposed]
    beside = f"Beside them, proposed: {', '.join(proposed)}" if proposed else ""
    under = "\n".join(filter(None, (contents.title, areas, beside, contents.body)))
    return Slide(
        overview.question if overview is not None else contents.title,
        source=contents.release,
        notes=(contents.title, areas, beside, contents.body, contents.release),
        opening=True,
        under=under,
    )
