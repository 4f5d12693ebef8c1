"""What the measures of place share: the check that boundaries are held, and the matrix of neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from analysis.model.contiguity import Contiguity
from analysis.model.errors import NeedsInputError

IMPORT_BOUNDARIES = "Import the LSOA boundaries with: python -m data import-geography FILE…"


def need_contiguity(contiguity: Contiguity | None, what: str) -> Contiguity:
    """Return the contiguity, or raise NeedsInputError that says what needs it and which import mends it."""
    if contiguity is None:
        raise NeedsInputError(f"{what} needs to know which ground touches which. {IMPORT_BOUNDARIES}")
    return contiguity


def adjacency(contiguity: Contiguity, codes: Sequence[str], *, itself: bool) -> csr_array:
    """Return the binary matrix of neighbours among these codes, in their order; 1 on the diagonal on request.

    Neighbours that are not among the codes (ground of another force) are left out.
    """
    place = {code: row for row, code in enumerate(codes)}
    focal: list[int] = []
    other: list[int] = []
    for code, row in place.items():
        near = sorted(place[c] for c in contiguity.of(code) if c in place)
        if itself:
            near.append(row)
        focal.extend([row] * len(near))
        other.extend(near)
    return csr_array((np.ones(len(focal)), (focal, other)), shape=(len(codes), len(codes)))
