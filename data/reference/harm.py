"""The weights of the Cambridge Crime Harm Index, from ``data/harm_weights.csv``.

Public figures of the Cambridge Centre for Evidence-Based Policing, 2026 edition: days by Home Office
offence subgroup (median and mean over the offences of the subgroup), with the police.uk crime type that the
subgroup is published under. Copied by hand at second hand: check against the published index before resting
a decision on them.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.model.errors import RefusedError
from analysis.model.harm_weights import check_weights

WEIGHTS = Path(__file__).with_name("harm_weights.csv")


def read_harm_weights(path: str | Path = WEIGHTS) -> pd.DataFrame:
    """Return the checked table of weights, one row an offence subgroup (`analysis.model.harm_weights.WEIGHT_COLUMNS`).

    Raises RefusedError when the file cannot be read as a table of numbers, ContractError when it is another
    table.
    """
    path = Path(path)
    text = {"crime_type": str, "offence_subgroup": str, "edition": str, "source": str}
    try:
        weights = pd.read_csv(path, dtype=text, encoding="utf-8")
    except (OSError, ValueError) as problem:
        raise RefusedError(
            f"{path.name} cannot be read as a table of harm weights ({problem}). "
            "Restore the file that came with the project, or correct the line."
        ) from problem
    for column in ("median_days", "mean_days", "offences"):
        if column in weights.columns and not pd.api.types.is_numeric_dtype(weights[column]):
            raise RefusedError(f"{path.name}: {column} holds something that is no number. Correct it.")
    return check_weights(weights)
