"""What did the review publish, and what do the months held give?"""

from __future__ import annotations

from analysis.drawing.answer import Answer, answered
from analysis.model.case import Case
from analysis.topics.published.measure import published_cells
from analysis.topics.published.show.published_tables import differing_table, every_cell_table


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
