"""Outlines: LSOAs of both vintages, wards and districts, from the files of the ONS to the ground that maps are drawn on.

    unpacking a zip unpacked in safety
    files     what a file given holds: its layers, and whether it is whole
    kinds     which of its layers are LSOAs, wards or districts, by their columns
    outlines  one layer read, a batch at a time, in metres
    checks    what is asked of it: codes, shape, place
    centre_files  outlines of centres, of any file with a column of names
    reading   several files together, and which outlines overlap
    ground    LSOAs joined to common ground, ground to districts
    screen    ground simplified for the screen
    held      the files of the store: written all at once, joined anew by a lookup

Source: ONS Open Geography Portal, boundaries of LSOAs (December 2011 and 2021), wards and local authority districts.
Everything is kept on the British National Grid, in metres.
"""

from data.geography.ground import (
    dissolve_to_districts,
    dissolve_to_ground,
    missing_sentence,
    without_boundary,
)
from data.geography.held import (
    BOUNDARIES_FILE,
    CENTRES_FILE,
    DISTRICTS_FILE,
    OUTLINE_FILES,
    SCREEN_FILE,
    WARDS_FILE,
    ground_files,
    read_held,
    rebuild_boundaries,
    replace_files,
    write_geography,
)
from data.geography.reading import Geography, read_geography
from data.geography.screen import SCREEN_TOLERANCE, simplify_districts, simplify_for_screen

__all__ = [
    "BOUNDARIES_FILE",
    "CENTRES_FILE",
    "DISTRICTS_FILE",
    "OUTLINE_FILES",
    "SCREEN_FILE",
    "SCREEN_TOLERANCE",
    "WARDS_FILE",
    "Geography",
    "dissolve_to_districts",
    "dissolve_to_ground",
    "ground_files",
    "missing_sentence",
    "read_geography",
    "read_held",
    "rebuild_boundaries",
    "replace_files",
    "simplify_districts",
    "simplify_for_screen",
    "without_boundary",
    "write_geography",
]
