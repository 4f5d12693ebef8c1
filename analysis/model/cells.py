"""What was worked out last, kept by the values it was worked out from.

An answer is put together from cells (an area's evidence, a drawn figure); a reader who changes one filter has most of
them made already. Nothing here is read or written outside memory, and a cell is the same whether it was kept or made.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import is_dataclass
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

T = TypeVar("T")


DEEPEST = 8
"""So many values inside each other are looked into: ours are an array in a value in a value."""


def bytes_of(value: Any, depth: int = DEEPEST) -> int:
    """Return about how many bytes a value holds: its arrays and tables, through values, tuples and dictionaries.

    About: what two values share counts in both; texts that are Python's own, and outlines, count as the references to them.
    """
    if isinstance(value, np.ndarray):
        # a view has no bytes of its own, and keeps those that it shows
        return max(int(value.__sizeof__()), int(value.nbytes))
    if isinstance(value, pd.DataFrame | pd.Series | pd.Index):
        return int(np.sum(value.memory_usage()))
    own = int(value.__sizeof__())
    if not depth:
        return own
    inside: list[Any] = []
    if is_dataclass(value):
        inside = list(vars(value).values()) if hasattr(value, "__dict__") else []
    elif isinstance(value, Mapping):
        inside = [*value.keys(), *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        inside = list(value)
    return own + sum(bytes_of(each, depth - 1) for each in inside)


class Cells:
    """The cells used last, up to so many units of weight; the longest unused go first.

    ``weigh`` says what a cell weighs (1 each without it, so that ``most`` is a number of cells). Several threads may ask
    at once; one that asks for a cell that another is making waits for it.
    """

    def __init__(self, most: int, weigh: Callable[[Any], int] | None = None) -> None:
        self.most = most
        self._weigh = weigh or (lambda cell: 1)
        self._cells: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self.weight = 0

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the cell of this key, made now where it is not held; what ``make`` raises is raised and not kept."""
        with self._lock:
            if key in self._cells:
                self._cells.move_to_end(key)
                return cast(T, self._cells[key][0])
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._cells:
                    return cast(T, self._cells[key][0])
            try:
                cell = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            self._keep(key, cell)
        return cell

    def _keep(self, key: Hashable, cell: Any) -> None:
        weight = self._weigh(cell)
        with self._lock:
            if key in self._cells:  # another made it, too, between the making and the keeping of this one
                self.weight -= self._cells.pop(key)[1]
            self._cells[key] = (cell, weight)
            self.weight += weight
            # the cell just made stays, however heavy it is
            while self.weight > self.most and len(self._cells) > 1:
                _, (_, let_go) = self._cells.popitem(last=False)
                self.weight -= let_go

    def clear(self) -> None:
        """Let go of every cell."""
        with self._lock:
            self._cells.clear()
            self.weight = 0

    def __len__(self) -> int:
        return len(self._cells)


class CellsBeside:
    """What was made of values, each kept no longer than its value, and all together up to so many units of weight.

    Where one cell more would be too much, all are let go of: they are forms of what is kept elsewhere, soon made again.
    """

    def __init__(self, most: int, weigh: Callable[[Any], int]) -> None:
        self.most = most
        self._weigh = weigh
        self._of: WeakKeyDictionary[Any, dict[Hashable, tuple[Any, int]]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    @property
    def weight(self) -> int:
        """The units of weight of all cells held now: what values that are gone had is gone with them."""
        with self._lock:
            return self._sum()

    def get(self, value: Any, make: Callable[[], T], *key: Hashable) -> T:
        """Return what ``make`` gives of this value and key, made now where it is not held."""
        with self._lock:
            cells = self._of.get(value, {})
            if key in cells:
                return cast(T, cells[key][0])
        cell = make()
        weight = self._weigh(cell)
        with self._lock:
            if self._sum() + weight > self.most:
                self._of.clear()
            self._of.setdefault(value, {})[key] = (cell, weight)
        return cell

    def _sum(self) -> int:
        return sum(weight for cells in list(self._of.values()) for _, weight in cells.values())
