"""Areas: what the files define, resolved to common ground."""

from data.areas.resolving import (
    area_of,
    force_name,
    known_units,
    read_areas,
    resolve_areas,
    resolve_proposals,
)

__all__ = ["area_of", "force_name", "known_units", "read_areas", "resolve_areas", "resolve_proposals"]
