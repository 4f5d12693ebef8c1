"""What an update changed of one force: its months by their records, the counts of its named areas, its verdicts."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.model.areas import Area
from analysis.model.errors import AnalysisError, NeedsInputError, RefusedError
from analysis.model.periods import Period, default_pair
from analysis.model.revision import RevisedCount, RevisedVerdicts, paired, revised_counts
from data.areas import resolve_proposals
from data.store import Store
from data.update.values import Judge, UpdateEntry


class NotToldError(RefusedError):
    """How verdicts changed could not be told now, and may be told by the next update."""


def entry_for(
    before: Store, after: Store, force: str, judge: Judge, *, in_the_end: bool = True
) -> UpdateEntry | None:
    """Return what is new or revised of a force and what that changed in figures already shown; None where nothing is.

    What cannot be compared (no ground of its own, no lookup) is said in the note of the verdicts; where ``judge``
    fails, that is NotToldError unless this is the last time that it is asked (``in_the_end``).
    """
    was, now = _files(before, force), _files(after, force)
    new, revised = (
        sorted(now.keys() - was.keys()),
        sorted(key for key in now.keys() & was.keys() if was[key] != now[key]),
    )
    if not new and not revised:
        return None
    entry = UpdateEntry(
        dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        force,
        tuple(month for kind, month in new if kind == "street"),
        tuple(month for kind, month in revised if kind == "street"),
        sum(kind != "street" for kind, _ in [*new, *revised]),
        (_newest(before, force), _newest(after, force)),
    )
    if force not in before.forces() or not (entry.new or entry.revised):
        return entry
    return _with_figures(entry, (before, after), judge, in_the_end=in_the_end)


def _with_figures(
    entry: UpdateEntry, stores: tuple[Store, Store], judge: Judge, *, in_the_end: bool
) -> UpdateEntry:
    (before, after), force = stores, entry.force
    notes: list[str] = []
    counts: tuple[RevisedCount, ...] = ()
    try:
        pairs = paired(_areas(before, force), _areas(after, force))
        counts = revised_counts(before.panel(force), after.panel(force), pairs, before.months(force))
    except AnalysisError as problem:
        notes.append(f"Counts could not be compared. {problem}")
    verdicts = RevisedVerdicts(note=" ".join(notes))
    if not notes:
        try:
            verdicts = judge(before, after, force)
        except AnalysisError as problem:
            # what is missing stays so until somebody brings it; anything else may be over by the next update
            if not in_the_end and not isinstance(problem, NeedsInputError):
                raise NotToldError(str(problem)) from problem
            verdicts = RevisedVerdicts(note=f"Verdicts could not be compared. {problem}")
    return UpdateEntry(
        entry.when, force, entry.new, entry.revised, entry.other_files, entry.releases, counts, 0, verdicts,
        _opens(before, force), _opens(after, force),
    )  # fmt: skip


def _files(store: Store, force: str) -> dict[tuple[str, str], str]:
    """Return the content's mark of each file held of a force, by kind and month."""
    own = store.manifest(force)
    keys = zip(own["kind"], own["month"].astype(str), strict=True)
    return dict(zip(keys, own["sha256"], strict=True))


def _newest(store: Store, force: str) -> str:
    return max(store.manifest(force)["release"], default="")


def _areas(store: Store, force: str) -> dict[str, Area]:
    ground = store.ground(force)
    return resolve_proposals(store.definitions(), store.crosswalk(), ground, force) | store.areas(force)


def _opens(store: Store, force: str) -> str:
    """Return the periods that pages open with, in words; nothing where there is one period alone."""
    months: tuple[pd.Period, ...] = store.months(force)
    baseline, comparison = default_pair(Period(months[0], months[-1]))
    return f"{comparison.label} against {baseline.label}" if baseline != comparison else ""
