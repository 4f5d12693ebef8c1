"""What a kept value weighs: its arrays and tables, wherever in it they stand."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.model.cells import Cells, CellsBeside, bytes_of


@dataclass(frozen=True, eq=False)
class Inner:
    numbers: np.ndarray


@dataclass(frozen=True, eq=False)
class Outer:
    inner: Inner
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)


def test_arrays_count_through_values_tuples_and_dictionaries():
    array = np.zeros(100_000)  # 800 kB
    table = pd.DataFrame({"a": np.zeros(50_000)})  # 400 kB
    assert 800_000 <= bytes_of(array) < 801_000
    assert 800_000 <= bytes_of(Outer(Inner(array))) < 802_000
    assert 1_200_000 <= bytes_of((Outer(Inner(array), {"t": table}),)) < 1_203_000
    assert 1_600_000 <= bytes_of([array, array]) < 1_602_000  # shared, and counted in both


def test_a_view_weighs_what_it_shows():
    assert 400_000 <= bytes_of(np.zeros(100_000)[::2]) < 401_000


def test_a_value_that_holds_itself_is_weighed_all_the_same():
    loop: list[object] = []
    loop.append(loop)
    assert bytes_of(loop) > 0


def test_cells_are_let_go_of_by_their_bytes():
    cells = Cells(1_000_000, weigh=bytes_of)
    for number in range(10):
        cells.get(number, lambda: Inner(np.zeros(30_000)))  # 240 kB each
    assert len(cells) == 4
    assert cells.weight <= 1_000_000


def test_forms_of_a_value_are_kept_by_key_and_gone_with_it():
    forms: CellsBeside = CellsBeside(1_000, weigh=len)
    mine, theirs, made = Inner(np.zeros(1)), Inner(np.zeros(1)), []

    def make(text: str):
        return lambda: made.append(text) or text

    assert forms.get(mine, make("light"), "light") == "light"
    assert forms.get(mine, make("again"), "light") == "light"
    assert forms.get(mine, make("dark"), "dark") == "dark"
    assert forms.get(theirs, make("other"), "light") == "other"
    assert made == ["light", "dark", "other"]
    assert forms.weight == len("lightdarkother")
    del mine
    gc.collect()
    assert forms.weight == len("other")


def test_forms_are_let_go_of_by_their_bytes_and_made_again():
    forms: CellsBeside = CellsBeside(1_000, weigh=len)
    values = [Inner(np.zeros(1)) for _ in range(30)]
    for value in values:
        forms.get(value, lambda: "x" * 300)
        assert forms.weight <= 1_000
    assert forms.get(values[0], lambda: "y") == "y"


def test_a_cell_that_two_made_at_once_weighs_once():
    cells = Cells(100, lambda cell: 10)
    keep, second = cells._keep, []

    def kept(key, cell):
        if not second:
            second.append(True)
            cells.get("a", lambda: 1)
        keep(key, cell)

    cells._keep = kept
    assert cells.get("a", lambda: 1) == 1
    assert (cells.weight, len(cells)) == (10, 1)
