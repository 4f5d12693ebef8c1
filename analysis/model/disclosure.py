"""Small counts from an office's records, hidden so that no shop or person can be known by them.

A count of 1 to 4 (by default) is small and is shown as "fewer than 5"; a nought is shown, since it tells of
nobody. Where totals are shown, a hidden cell could be had by taking the others away, so further cells are
hidden until none can. Source: the suppression rules of the Government Statistical Service for tables from
administrative sources; the check of what remains is an exact one (bounds by linear programming).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.model.errors import ContractError
from analysis.model.formats import number
from analysis.model.vocabulary import SMALL_COUNT

SMALL = "small"
PROTECTING = "protecting"
_TOLERANCE = 1e-6


def is_small(counts: pd.Series) -> pd.Series:
    """Return where a count is 1 to 4: neither none nor enough to hide whose it is."""
    return counts.between(1, SMALL_COUNT - 1)


def hide_small(
    frame: pd.DataFrame,
    columns: Sequence[str],
    under: int = SMALL_COUNT,
    *,
    total_column: str | None = None,
    total_row: object = None,
) -> pd.DataFrame:
    """Return the frame with its counts as text, small ones as "fewer than 5", protecting ones as "hidden".

    Arguments as for `hidden_cells`. Other columns are returned as they are: a share or a rate that would
    reveal a hidden count is for the caller to leave out. A missing count stays missing (an en dash).
    """
    why = hidden_cells(frame, columns, under, total_column=total_column, total_row=total_row)
    shown = frame.copy()
    for name in why.columns:
        shown[name] = [
            f"fewer than {under}"
            if reason == SMALL
            else "hidden"
            if reason
            else number(float("nan") if pd.isna(value) else value)
            for value, reason in zip(frame[name], why[name], strict=True)
        ]
    return shown


def hidden_cells(
    frame: pd.DataFrame,
    columns: Sequence[str],
    under: int = SMALL_COUNT,
    *,
    total_column: str | None = None,
    total_row: object = None,
) -> pd.DataFrame:
    """Return for each count "" (shown), "small" (1 to under - 1) or "protecting" (guards a small one).

    ``columns`` are the counts (numbers of 0 or more, or missing); ``total_column`` names the one that adds
    the others up along each row, ``total_row`` the index label of the row that adds the others up. With them,
    cells are hidden until every small one could hold at least two values for a reader who knows what is
    shown, which cells are "fewer than", and this rule. The cell hidden next is the smallest near the exposed
    one, the first in order among equals; a total is hidden only where nothing else is left, and a nought
    never is. ContractError when the totals do not add up or a label is absent.
    """
    names = list(dict.fromkeys([*columns, *([total_column] if total_column else [])]))
    counts = _counts(frame, names)
    row_labels = list(frame.index)
    if total_row is not None and row_labels.count(total_row) != 1:
        raise ContractError(f"The table has no single row “{total_row}” to be its total.")
    small = (counts > 0) & (counts < under)
    hidden = small.copy()
    total_at = (
        row_labels.index(total_row) if total_row is not None else None,
        names.index(total_column) if total_column else None,
    )
    lines = _lines(counts, *total_at)
    for line in lines:
        _check_adds_up(counts, line)
    # a line with a missing count in it tells nothing
    live = [line for line in lines if not any(np.isnan(counts[cell]) for cell in _cells_of(line))]
    for cell in ((int(i), int(j)) for i, j in np.argwhere(small)):
        # hiding more only widens what could be, so a cell found safe stays safe
        while _exposed(cell, counts, hidden, small=small, lines=live, under=under):
            partner = _partner(cell, counts, hidden, lines=live, total_at=total_at)
            if partner is None:
                break
            hidden[partner] = True
    why = np.where(small, SMALL, np.where(hidden, PROTECTING, ""))
    return pd.DataFrame(why, index=frame.index, columns=names)


_Cell = tuple[int, int]
_Line = tuple[_Cell, list[_Cell]]


def _counts(frame: pd.DataFrame, names: list[str]) -> np.ndarray:
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise ContractError(f"The table has no column {', '.join(missing)}.")
    counts = frame[names].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    if (counts < 0).any() or (np.nan_to_num(counts) % 1 != 0).any():
        raise ContractError("Counts to be hidden are whole numbers of 0 or more.")
    return np.asarray(counts)


def _lines(counts: np.ndarray, total_row: int | None, total_column: int | None) -> list[_Line]:
    """Return each sum that a reader knows: its total cell and the cells that it adds up."""
    rows, columns = counts.shape
    lines: list[_Line] = []
    if total_column is not None:
        for i in range(rows):
            lines.append(((i, total_column), [(i, j) for j in range(columns) if j != total_column]))
    if total_row is not None:
        for j in range(columns):
            lines.append(((total_row, j), [(i, j) for i in range(rows) if i != total_row]))
    return lines


def _check_adds_up(counts: np.ndarray, line: _Line) -> None:
    total, parts = line
    values = [counts[cell] for cell in parts]
    if not np.isnan([*values, counts[total]]).any() and sum(values) != counts[total]:
        raise ContractError("A total of the table is not the sum of its parts, so it cannot be protected.")


def _exposed(
    cell: _Cell, counts: np.ndarray, hidden: np.ndarray, *, small: np.ndarray, lines: list[_Line], under: int
) -> bool:
    """Return whether a reader can work out the value of a hidden cell: with what is shown, no other fits."""
    own = [line for line in lines if cell in _cells_of(line)]
    if not own:
        return False
    if any(sum(bool(hidden[c]) for c in _cells_of(line)) == 1 for line in own):
        return True  # a plain subtraction; no need for the programme below
    knot, reached = _knot(cell, hidden, lines)
    place = {unknown: position for position, unknown in enumerate(sorted(knot))}
    equations = np.zeros((len(reached), len(place)))
    known = np.zeros(len(reached))
    for at, (total, parts) in enumerate(reached):
        for part, sign in [(total, -1.0), *((part, 1.0) for part in parts)]:
            if part in place:
                equations[at, place[part]] = sign
            else:
                known[at] -= sign * counts[part]
    bounds: list[tuple[int, int | None]] = [
        (1, under - 1) if small[unknown] else (under, None) for unknown in place
    ]
    truth = counts[cell]
    return not any(
        _reaches(place[cell], way, equations, known=known, bounds=bounds) * way > truth * way + 1 - _TOLERANCE
        for way in (1, -1)
    )


def _reaches(
    position: int,
    way: int,
    equations: np.ndarray,
    *,
    known: np.ndarray,
    bounds: list[tuple[int, int | None]],
) -> float:
    """Return the largest (way 1) or smallest (way -1) value that a cell can have."""
    from scipy.optimize import linprog  # heavy, and only tables with totals need it

    aim = np.zeros(equations.shape[1])
    aim[position] = -way
    # sums along rows and columns have whole-number corners, so the ends are counts that can truly be
    found = linprog(aim, A_eq=equations, b_eq=known, bounds=bounds)
    if found.status == 3:  # without an end
        return way * np.inf
    return -way * found.fun if found.success else np.nan


def _cells_of(line: _Line) -> list[_Cell]:
    return [line[0], *line[1]]


def _knot(cell: _Cell, hidden: np.ndarray, lines: list[_Line]) -> tuple[set[_Cell], list[_Line]]:
    """Return the hidden cells tied to this one by shared sums, and the sums that tie them."""
    knot = {cell}
    while True:
        reached = [line for line in lines if knot & set(_cells_of(line))]
        grown = {c for line in reached for c in _cells_of(line) if hidden[c]} | knot
        if grown == knot:
            return knot, reached
        knot = grown


def _partner(
    exposed: _Cell,
    counts: np.ndarray,
    hidden: np.ndarray,
    *,
    lines: list[_Line],
    total_at: tuple[int | None, int | None],
) -> _Cell | None:
    """Return the cell to hide next: near the exposed one, no total if there is a choice, the smallest."""
    own = [line for line in lines if exposed in _cells_of(line)]
    alone = [line for line in own if sum(bool(hidden[c]) for c in _cells_of(line)) == 1]
    stages = (alone, own, _knot(exposed, hidden, lines)[1])
    for totals in (False, True):
        for reached in stages:
            shown = {c for line in reached for c in _cells_of(line) if not hidden[c] and counts[c] > 0}
            choice = [c for c in shown if (c[0] == total_at[0] or c[1] == total_at[1]) is totals]
            if choice:
                return min(choice, key=lambda c: (counts[c], c))
    return None
