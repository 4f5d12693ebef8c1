"""Lookup and outlines of a force from the Open Geography services of the ONS, handed to the importers of `data.geography`."""

from data.ons.downloading import download_geography
from data.ons.editions import HeldEdition, read_editions
from data.ons.values import GeographyProgress, GeographyReport, GeographyRequest

__all__ = [
    "GeographyProgress",
    "GeographyReport",
    "GeographyRequest",
    "HeldEdition",
    "download_geography",
    "read_editions",
]
