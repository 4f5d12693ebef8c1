"""Outlines put together into one: quickly where they meet edge by edge, and rightly where they do not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely


def united(shapes: np.ndarray | Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Return the union of these outlines.

    Outlines that meet edge by edge without lying over each other, as those of one ONS file do, only lose the edges
    that they share (`shapely.coverage_union_all`): a sixteenth of the time of `shapely.union_all`, and the same
    outline. Whether they do is looked at first, because of others that would give a wrong one; they are overlaid.
    """
    if len(shapes) > 1 and shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.union_all(shapes)
