"""Actions, next steps and concerns: as the review says them, and as the office keeps them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from analysis.drawing.figure import Table
from analysis.model import formats
from analysis.model.periods import month_label

NOT_SAID = "not said"


def published_actions_table(actions: pd.DataFrame, title: str) -> Table:
    """Return lines of the review: what kind, what, when, and what the slide says of it.

    ``actions`` has kind, action, when (month or missing), number, number_of, status, note and slide
    (a review's table of actions), in the slide's order. What a slide does not say is "not said".
    """
    shown = pd.DataFrame(
        {
            "What": list(actions["action"]),
            "When": [NOT_SAID if pd.isna(month) else month_label(month) for month in actions["when"]],
            "How many": [_many(row) for row in actions.itertuples()],
            "Status": [status or NOT_SAID for status in actions["status"]],
            "Note": [_sentence(note) for note in actions["note"]],
        },
        index=pd.Index([_sentence(kind) for kind in actions["kind"]], name="Kind"),
    )
    shown = shown.loc[:, [name for name in shown if name in ("What", "Status") or _says(shown[name])]]
    slides = ", ".join(f"“{slide}”" for slide in dict.fromkeys(actions["slide"]))
    return Table(
        title=title,
        subtitle=f"As published, and no later news. Source: the review, {slides}.",
        shown=shown,
        data=actions.assign(when=[NOT_SAID if pd.isna(month) else str(month) for month in actions["when"]]),
    )


def kept_actions_table(actions: pd.DataFrame, source: str) -> Table:
    """Return the office's own actions of a page: due, action, owner, status and the latest news.

    ``actions`` is `analysis.topics.actions.measure.of_page` of the records.
    """
    done = int((actions["status"].fillna("").str.casefold() == "done").sum())
    shown = pd.DataFrame(
        {
            "Action": list(actions["action"]),
            "Owner": [_or_not_said(text) for text in actions["owner"]],
            "Status": [_or_not_said(text) for text in actions["status"]],
            "Latest news": [_or_not_said(text) for text in actions["update"]],
        },
        index=pd.Index([_day(day) for day in actions["due"]], name="Due"),
    )
    return Table(
        title=f"{formats.number(done)} of {formats.number(len(actions))} actions are done"
        if len(actions)
        else "The office’s records hold no action for this page",
        subtitle=f"Actions of this page in order of the day that they are due. {source}",
        shown=shown,
        data=actions,
    )


def dated(published: pd.DataFrame | None, kept: pd.DataFrame | None) -> pd.DataFrame:
    """Return what has a date, in order: day, what, kind, source ("the review" or "the office’s actions").

    A month of the review stands on its first day. ``published`` is None where there is no review, ``kept`` (of one page)
    where no records are held.
    """
    rows = []
    if published is not None:
        rows += [
            (row.when.to_timestamp().date(), _named(row), _sentence(row.kind), "the review")
            for row in published.loc[published["when"].notna()].itertuples()
        ]
    if kept is not None:
        due = kept.loc[kept["due"].notna()]
        rows += [
            (row.due.date(), str(row.action), "Action due", "the office’s actions")
            for row in due.itertuples()
        ]
    return pd.DataFrame(sorted(rows, key=_order), columns=["day", "what", "kind", "source"])


def _order(row: tuple[dt.date, str, str, str]) -> tuple[str, str]:
    return row[0].isoformat(), row[1]


def _named(row: Any) -> str:
    beside = "; ".join(part for part in (_many(row), row.status) if part)
    return f"{row.action} ({beside})" if beside else row.action


def _many(row: Any) -> str:
    return "" if pd.isna(row.number) else f"{formats.number(row.number)} {row.number_of}".strip()


def _says(column: pd.Series) -> bool:
    return bool((~column.isin(["", NOT_SAID])).any())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _or_not_said(text: object) -> str:
    return text if isinstance(text, str) and text else NOT_SAID


def _day(day: pd.Timestamp) -> str:
    return NOT_SAID if pd.isna(day) else f"{day.day} {day:%b %Y}"
