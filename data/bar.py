"""How far a command is, as a line on the terminal that is taken away at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from tqdm import tqdm


class Show(Protocol):
    """Shows how much is done, of how much (None where that is not known), and in words what is being done to what."""

    def __call__(self, done: int, total: int | None, doing: str, detail: str = "") -> None:
        """Show it, on the line that is there already."""


@contextmanager
def bar(unit: str, *, shown: bool) -> Iterator[Show]:
    """Give the function that draws the line, of bytes (``B``, scaled) or another unit; where it is not shown, it does nothing."""
    with tqdm(unit=unit, unit_scale=unit == "B", leave=False, disable=not shown) as line:

        def show(done: int, total: int | None, doing: str, detail: str = "") -> None:
            line.total = total
            line.set_description_str(doing, refresh=False)
            line.set_postfix_str(detail[-40:], refresh=False)
            line.update(done - line.n)

        yield show
