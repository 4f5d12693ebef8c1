"""What the topic needs besides the case: the weights of the harm index."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from analysis.model.case import Case


@dataclass(frozen=True, eq=False)
class EvaluationCase:
    """A case with the weights of the harm index (`analysis.model.harm_weights`)."""

    case: Case
    weights: pd.DataFrame
    chosen_periods: ClassVar[bool] = True

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by: the weights ship with the program."""
        return self.case.key
