"""Every area of a force judged by the Overview's own rule: one pure function, which any process or machine can be given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Literal, cast

import pandas as pd

from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.model.evidence import Evidence, to_frame
from analysis.model.periods import check_two
from analysis.topics.change.measure import area_evidence

RULE = "3"
"""The version of the verdict's rule: raised when the same months could get another word. Rows of another are judged anew."""

ColumnType = Literal["text", "number", "whole", "flag"]

_TYPES: dict[str, ColumnType] = {"str": "text", "float": "number", "int": "whole", "bool": "flag"}

EVIDENCE_TYPES: dict[str, ColumnType] = {each.name: _TYPES[cast(str, each.type)] for each in fields(Evidence)}
"""The fields of a row of evidence, with the type that each has in a table."""


def judge(case: Case, areas: Iterable[Area]) -> pd.DataFrame:
    """Return a row of evidence for each area and each of the 14 crime types, in the order of the areas.

    What an area can be compared with is as on the Overview: it need be no area of the case, and no other area's
    comparators know of it. An area that cannot be judged has one row, without a crime type, whose ``reason`` says why; so
    has a force whose months make no two periods. A whole district is never judged, since it has no similar places. The
    table's index is the number of the area that a row is of, from 0, in the order given.
    """
    rows: list[Evidence] = []
    numbers: list[int] = []
    for number, area in enumerate(areas):
        if area.kind in ("district", "rest"):
            continue
        try:
            check_two(case.baseline, case.comparison)
            rows += area_evidence(case, area)
        except AnalysisError as problem:
            rows.append(Evidence(area.key, area.name, area.lsoa, kind=area.kind, reason=str(problem)))
        numbers += [number] * (len(rows) - len(numbers))
    return to_frame(rows).set_axis(pd.Index(numbers, dtype="int64"))
