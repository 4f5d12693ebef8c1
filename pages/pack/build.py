"""The contents of a pack, made of a desk and a selection: every chapter asked for, and what of the case a reader must know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import AnalysisError, NeedsInputError, RefusedError
from analysis.model.land import Land
from analysis.model.selection import Selection
from data.desk import Desk
from pages.pack import manifest
from pages.pack.chapters import CHAPTERS
from pages.pack.contents import AreaFact, CaseFacts, Chapter, Contents
from pages.pack.shared import MOVED, MovedError, Shared
from pages.pack.sheet import Asker, Sheet

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
    shared: Shared | None = None,
) -> Contents:
    """Return the contents of these chapters (all for none), each with the values that its page opens with.

    A page that cannot be answered is a chapter with the sentence why. With ``shared`` two processes make them, each some.
    Raises RefusedError for a chapter that there is not, and MovedError where what is held changed meanwhile.
    """
    state = _state(desk)
    case = desk.case(_whole(chosen))
    contents = _contents(Asker(desk, case), chosen_chapters(only), state, tell, shared)
    if _state(desk) != state:
        raise MovedError(MOVED)

    def make() -> Mapping[str, Any]:
        return manifest.manifest_of(desk, case, contents)

    values = make() if shared is None else shared.manifest(contents, make)
    return replace(contents, manifest=values or {})


def _whole(chosen: Selection) -> Selection:
    """Return a selection that something can be made of. RefusedError, in a sentence, for one without areas or types."""
    for what, values in (("area", chosen.areas), ("crime type", chosen.crime_types)):
        if not values:
            raise RefusedError(
                f"No {what} is chosen, so there is nothing to make a pack of. Choose one or more."
            )
    return chosen


def _state(desk: Desk) -> str:
    """Return a text that changes whenever anything that a pack is made of does."""
    return f"{desk.state()} {manifest.records(desk)}"


def _contents(
    at: Asker, keys: Sequence[str], state: str, tell: Tell | None, shared: Shared | None
) -> Contents:
    """Return the contents without a manifest."""
    desk, case = at.desk, at.case
    made: dict[str, Chapter] = {}

    def make(key: str) -> None:
        if tell is not None:
            tell(len(made), len(keys), CHAPTERS[key].name)
        made[key] = chapter(at, key)

    empty = Contents(
        title=title_of(case),
        body=desk.naming().credit,
        force=case.force,
        force_name=case.force_name,
        facts=facts_of(case),
        chapters=(),
        simulated=case.simulated,
        release=case.release,
        land=_land(case),
    )
    if shared is not None:
        for key in shared.own(keys):
            make(key)
        made |= shared.chapters(replace(empty, chapters=tuple(made.values())), state)
    for key in keys:
        if key not in made:  # all of them in one process; else those of the other, which ended without them
            make(key)
    return replace(empty, chapters=tuple(made[key] for key in keys))


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
