"""Where a store lies that nobody names."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from analysis.model.vocabulary import KINDS
from data.police_uk.importer import DEMONSTRATION

ENVIRONMENT_VARIABLE = "TOWN_CENTRES_STORE"
PROJECT_STORE = Path(__file__).parent
"""Where every store lay once, beside the code that reads it; one that is there is still found."""

_STORE_FOLDERS = (*KINDS, DEMONSTRATION, "records")
"""A folder that holds one of these is a store: the code alone is none."""


def default_store_path() -> Path:
    """Return the folder of the store where none is named.

    That is ``$TOWN_CENTRES_STORE``; else ``data/store`` in the project where a store lies there already; else the place
    that this system gives the data of programs of one user (on Linux ``~/.local/share/safe-town-centres``).
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        return Path(named)
    if any((PROJECT_STORE / folder).is_dir() for folder in _STORE_FOLDERS):
        return PROJECT_STORE
    return platformdirs.user_data_path("safe-town-centres", appauthor=False)
