"""The engine as a command names it; what it is called stands nowhere else outside the engines' own room."""

from __future__ import annotations

import os

from data.engines.choosing import ENGINE, NAMES

ENGINES = NAMES
"""Names of engines that may be asked."""


def name_engine(name: str) -> None:
    """Let this process, and those that it starts, ask this engine."""
    os.environ[ENGINE] = name
