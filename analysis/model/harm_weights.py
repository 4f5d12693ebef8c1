"""The contract of the table of harm weights: what its reader in ``data/`` and the harm measure agree on."""

from __future__ import annotations

import pandas as pd

from analysis.model.errors import ContractError
from analysis.model.vocabulary import CRIME_TYPES

WEIGHT_COLUMNS = (
    "crime_type",
    "offence_subgroup",
    "median_days",
    "mean_days",
    "offences",
    "edition",
    "source",
)
"""One row an offence subgroup; days are of one incident, ``offences`` the offences of the index behind them."""


def check_weights(weights: pd.DataFrame) -> pd.DataFrame:
    """Return the table of weights, or raise ContractError for a column, type or number that is not right."""
    if list(weights.columns) != list(WEIGHT_COLUMNS):
        unexpected = sorted(set(weights.columns) - set(WEIGHT_COLUMNS))
        missing = sorted(set(WEIGHT_COLUMNS) - set(weights.columns))
        raise ContractError(
            f"The harm weights have other columns than {', '.join(WEIGHT_COLUMNS)} in this order "
            f"(unexpected: {', '.join(unexpected) or 'none'}; missing: {', '.join(missing) or 'none'})."
        )
    strange = sorted(set(weights["crime_type"]) - set(CRIME_TYPES))
    if strange:
        raise ContractError(
            f"The harm weights name crime types that police.uk has not: {', '.join(strange)}."
        )
    twice = weights.duplicated(["crime_type", "offence_subgroup"])
    if twice.any():
        raise ContractError(f"The harm weights hold {weights.loc[twice, 'offence_subgroup'].iloc[0]} twice.")
    if not (weights[["median_days", "mean_days", "offences"]] > 0).all(axis=None):
        raise ContractError("The harm weights hold days or offences that are not above zero.")
    if len(set(weights["edition"])) != 1 or len(set(weights["source"])) != 1:
        raise ContractError(
            "The harm weights must be of one edition and one source; mixed ones do not add up."
        )
    return weights
