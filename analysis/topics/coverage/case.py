"""What the topic needs: what is held of every force, as the store tells it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class Holdings:
    """Coverage of every force held (its name, kind, month, status, incidents, …) and every monthly file."""

    coverage: pd.DataFrame
    manifest: pd.DataFrame
    simulated: bool
    state: str

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by."""
        return (self.state,)
