"""What is said under every map: whose outlines they are, and what of the force is in view."""

APPROXIMATE = (
    "Approximate footprints, not LSOA boundaries, of which none are held: ground within 300 m of one of police.uk’s anonymised "
    "points, given to the nearest point’s LSOA. Blank ground is ground without a point, not without crime. Import "
    "boundaries with: python -m data import-geography FILE…"
)
BOUNDARIES = (
    "Boundaries: Office for National Statistics, Open Government Licence v3.0; contain OS data © Crown copyright and "
    "database right."
)
FOOTPRINTS = " Approximate footprints, not LSOA boundaries."
PART = "The map opens on part of the force: zoom out for the rest."
SIMULATED = "Simulated ground: no outline on this map is a real place."


def source_line(*, approximate: bool, simulated: bool) -> str:
    """Return whose outlines a map is drawn on: simulated ones, footprints made of points, or those of the ONS."""
    if simulated:
        return SIMULATED
    return APPROXIMATE if approximate else BOUNDARIES
