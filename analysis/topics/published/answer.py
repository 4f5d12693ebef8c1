"""What did the review publish, and what do the months held give?"""

from __future__ import annotations

import pandas as pd

from analysis.drawing.answer import Answer, answered
from analysis.model import english, formats
from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.model.periods import month_in_full
from analysis.model.review import Review
from analysis.topics.published.measure import published_cells
from analysis.topics.published.show.published_tables import differing_table, every_cell_table


def headline(case: Case) -> str:
    """Return how many published figures agree, differ and cannot be checked, in one line; nothing without a review."""
    review = case.review
    if review is None:
        return ""
    try:
        status = published_cells(case)["status"].value_counts()
    except AnalysisError:
        return "Published against recomputed"
    agree, differ, unchecked = (status.get(each, 0) for each in ("agrees", "differs", "cannot be checked"))
    missing = [month_in_full(month) for month in _missing_months(case, review)]
    why = (
        f" while {english.listed(missing)} {english.is_are(len(missing))} missing"
        if unchecked and missing
        else ""
    )
    if not status.sum():
        return "The review names none of the places chosen"
    return (
        f"Of {formats.number(status.sum())} published figures {formats.number(agree)} "
        f"{english.agree(agree, 'agrees', 'agree')}, {formats.number(differ)} {english.agree(differ, 'differs', 'differ')} and "
        f"{formats.number(unchecked)} cannot be checked{why}"
    )


def answer(case: Case) -> Answer:
    """Return the published counts that the data contradict, and every cell; nothing for a force without a review."""
    review = case.review
    if review is None:
        return Answer((), {}, case.simulated)
    years = (review.baseline, review.comparison)
    return answered(
        case,
        {
            "differing": lambda: differing_table(published_cells(case), *years),
            "cells": lambda: every_cell_table(published_cells(case), *years),
        },
    )


def _missing_months(case: Case, review: Review) -> list[pd.Period]:
    """Return the months of the review's two years that are not held, or were not published in any crime type."""
    held = {
        month for month, types in zip(case.panel.months, case.panel.published, strict=True) if types.any()
    }
    return [
        month
        for period in (review.baseline, review.comparison)
        for month in period.months
        if month not in held
    ]
