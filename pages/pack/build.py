"""The contents of a pack, made of a desk and a selection: every chapter asked for, and what of the case a reader must know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import AnalysisError, NeedsInputError, RefusedError
from analysis.model.land import Land
from analysis.model.selection import Selection
from data.desk import Desk
from pages.pack import manifest
from pages.pack.chapters import CHAPTERS
from pages.pack.contents import AreaFact, CaseFacts, Chapter, Contents
from pages.pack.sheet import Asker, Sheet


@dataclass(frozen=True)
class Apart:
    """Chapters that another process makes: their keys, and what waits for them (None where it could not make them)."""

    keys: tuple[str, ...]
    wait: Callable[[], dict[str, Chapter] | None]


Tell = Callable[[int, int, str], None]
"""Is told what is begun: how many pieces are done, of how many, and the name of the next."""


def chosen_chapters(only: Iterable[str]) -> tuple[str, ...]:
    """Return these chapters in the order of the menu, all of them for none. RefusedError for one that there is not."""
    wanted = tuple(only)
    for key in wanted:
        if key not in CHAPTERS:
            raise RefusedError(f"“{key}” is no page of the pack. Choose among: {', '.join(CHAPTERS)}.")
    return tuple(key for key in CHAPTERS if not wanted or key in wanted)


def build(
    desk: Desk,
    chosen: Selection,
    only: Iterable[str] = (),
    tell: Tell | None = None,
    apart: Apart | None = None,
) -> Contents:
    """Return the contents of these chapters (all for none), each with the values that its page opens with.

    A page that cannot be answered is a chapter with the sentence why. ``apart`` has chapters that another process makes of
    the same values. Raises RefusedError for a chapter that there is not.
    """
    contents = chapters_of(desk, chosen, only, tell, apart)
    return replace(contents, manifest=manifest.manifest_of(desk, desk.case(chosen), contents))


def chapters_of(
    desk: Desk,
    chosen: Selection,
    only: Iterable[str] = (),
    tell: Tell | None = None,
    apart: Apart | None = None,
) -> Contents:
    """Return the same without a manifest."""
    keys = chosen_chapters(only)
    for what, values in (("area", chosen.areas), ("crime type", chosen.crime_types)):
        if not values:
            raise RefusedError(
                f"No {what} is chosen, so there is nothing to make a pack of. Choose one or more."
            )
    case = desk.case(chosen)
    at, own = Asker(desk, case), [key for key in keys if apart is None or key not in apart.keys]
    made: dict[str, Chapter] = {}

    def begin(key: str) -> None:
        if tell is not None:
            tell(len(made), len(keys), CHAPTERS[key].name)

    for key in own:
        begin(key)
        made[key] = chapter(at, key)
    left = [key for key in keys if key not in made]
    if apart is not None and left:
        begin(left[0])
        made |= apart.wait() or {}
    for key in left:
        if key not in made:  # the other process ended without it
            begin(key)
            made[key] = chapter(at, key)
    naming = desk.naming()
    return Contents(
        title=title_of(case),
        body=naming.credit,
        force=case.force,
        force_name=case.force_name,
        facts=facts_of(case),
        chapters=tuple(made[key] for key in keys),
        simulated=case.simulated,
        release=case.release,
        land=_land(case),
    )


def chapter(at: Asker, key: str) -> Chapter:
    """Return one chapter; where its page stops with a sentence, what came before and that sentence."""
    registered = CHAPTERS[key]
    sheet = Sheet(at, key, registered.name, registered.question)
    try:
        registered.fill(sheet)
    except AnalysisError as problem:
        sheet.unanswered(problem)
    return sheet.chapter()


def title_of(case: Case) -> str:
    """Return the title of a pack: the force and the months that are set against each other."""
    return f"{case.force_name}: {case.comparison.label} against {case.baseline.label}"


def facts_of(case: Case) -> CaseFacts:
    """Return what was asked, for a cover and a manifest."""
    return CaseFacts(
        case.baseline,
        case.comparison,
        tuple(map(_fact, case.chosen)),
        case.crime_types,
        case.like_for_like,
        case.show_small,
        tuple(_fact(area) for area in case.proposed_beside),
        has_review=case.review is not None,
    )


def _fact(area: Area) -> AreaFact:
    return AreaFact(area.key, area.name, area.kind, tuple(sorted(area.codes or area.ground)))


def _land(case: Case) -> Land | None:
    try:
        return case.land
    except NeedsInputError:
        return None
