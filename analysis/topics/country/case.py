"""What the topic needs: every judged area of every force held, and what is known of forces where nothing is judged."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from analysis.model.naming import Naming


@dataclass(frozen=True, eq=False)
class CountryCase:
    """``table`` is the kept table: evidence of every judged area (`analysis.topics.country.measure.judge`), and force,
    force_name, origin (named, proposed or suggested), baseline, comparison, ground, rule, easting and northing (EPSG:27700,
    missing where no outlines are held). It has no row while nothing is judged.

    ``forces`` are the forces held, by key with their names; ``older`` those whose months, ground or areas changed since they
    were judged; ``waiting`` those that were never judged. ``state`` is that of all of it.
    """

    table: pd.DataFrame
    forces: Mapping[str, str]
    older: tuple[str, ...]
    waiting: tuple[str, ...]
    read_outlines: Callable[[], gpd.GeoDataFrame | None]
    naming: Naming
    simulated: bool
    state: str
    force_name: str = ""
    """Empty: a figure of all forces is that of none."""

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by."""
        return (self.state,)
