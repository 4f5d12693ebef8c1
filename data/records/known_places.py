"""The names of places that records of a store may bear: its areas, their districts, and the review's hotspots."""

from __future__ import annotations

from pathlib import Path

from data.areas.area_files import PROPOSED
from data.review import read_review
from data.store import open_store


def known_places(store_path: str | Path) -> tuple[str, ...]:
    """Return the names known to this store, in order, each once: of every area kept, district and hotspot."""
    definitions = open_store(store_path).definitions()
    # a record is placed by no proposal
    areas = [area for area in definitions.areas.values() if area.kind != PROPOSED]
    names = {area.name for area in areas} | {area.district for area in areas}
    names |= {district for force in definitions.forces.values() for district in force.districts}
    names |= {str(name) for name in read_review("patrols")["hotspot"]}
    return tuple(sorted(name for name in names if name))
