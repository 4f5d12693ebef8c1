"""The layers of the Open Geography services that are read, by edition: the one place to change when the ONS adds one.

Names and columns were read in public code that asks these services; the service itself can be reached from no machine
that runs the tests. Of a subject the first layer that is there is taken, so the newest stands first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.download.address import web_address
from data.geography.geography_importer import LOOKUP_FILE
from data.geography.held import DISTRICTS_FILE, READ_FILE, WARDS_FILE

ENVIRONMENT_VARIABLE = "TOWN_CENTRES_GEOGRAPHY"
SERVICE = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
PORTAL = "https://geoportal.statistics.gov.uk"

Key = Literal["forces", "forces of 2022", "lookup", "LSOAs of 2011", "LSOAs of 2021", "wards", "districts"]


def geography_address() -> str:
    """Return the address under which the layers lie: ``$TOWN_CENTRES_GEOGRAPHY``, else the service's own.

    It is never taken from a screen or a link, as that of the archives.
    """
    return web_address(ENVIRONMENT_VARIABLE, SERVICE)


@dataclass(frozen=True)
class Layer:
    """One layer: its name at the service, the columns that tell its rows apart, and the column of district codes.

    ``district`` is empty where the layer names no district; its names stand in the column that ends in NM.
    """

    name: str
    order: tuple[str, ...]
    district: str = ""

    @property
    def district_name(self) -> str:
        """The column with the names of the districts."""
        return f"{self.district[:-2]}NM"

    @property
    def force_name(self) -> str:
        """The column with the names of the police force areas, in a lookup of districts to them."""
        return self.district_name.replace("LAD", "PFA")


@dataclass(frozen=True)
class Subject:
    """What is wanted: its words, the layers that may give it, what to look for by hand, and the file that holds it.

    ``outlines`` is False for a table. ``command`` imports what was fetched by hand; it is empty where nothing imports it.
    """

    key: Key
    words: str
    layers: tuple[Layer, ...]
    title: str
    outlines: bool = False
    file: str = ""
    command: str = ""

    @property
    def by_hand(self) -> str:
        """What to do where the service does not give it."""
        searched = f"Fetch it by hand: {PORTAL} has it as “{self.title}”"
        return f"{searched}; then python -m data {self.command} FILE." if self.command else f"{searched}."


def _districts_to_forces(year: str) -> Layer:
    return Layer(f"LAD{year}_CSP{year}_PFA{year}_EW_LU", (f"LAD{year}CD",), f"LAD{year}CD")


_AREAS = "Local Authority District to Community Safety Partnership to Police Force Area Lookup in EW"

FORCES = Subject(
    "forces",
    "the districts of police force areas",
    tuple(_districts_to_forces(year) for year in ("25", "24", "23")),
    f"{_AREAS} (the latest year)",
)
FORCES_2022 = Subject(
    "forces of 2022",
    "the districts of police force areas in 2022",
    (_districts_to_forces("22"),),
    f"{_AREAS} (2022)",
)
"""The exact-fit lookup names the districts of 2022: some were merged since."""

LOOKUP = Subject(
    "lookup",
    "the exact-fit lookup of LSOAs",
    (Layer("LSOA11_LSOA21_LAD22_EW_LU_v5", ("LSOA11CD", "LSOA21CD"), "LAD22CD"),),
    "LSOA (2011) to LSOA (2021) to Local Authority District (2022) Exact Fit Lookup for EW",
    file=LOOKUP_FILE,
    command="import-lookup",
)
LSOAS_2011 = Subject(
    "LSOAs of 2011",
    "LSOAs of 2011",
    (Layer("LSOA_Dec_2011_Boundaries_Generalised_Clipped_BGC_EW_V3", ("LSOA11CD",)),),
    "Lower Layer Super Output Areas (December 2011) Boundaries EW BGC",
    outlines=True,
    file=READ_FILE,
    command="import-geography",
)
LSOAS_2021 = Subject(
    "LSOAs of 2021",
    "LSOAs of 2021",
    (Layer("Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5", ("LSOA21CD",)),),
    "Lower layer Super Output Areas (December 2021) Boundaries EW BGC",
    outlines=True,
    file=READ_FILE,
    command="import-geography",
)
WARDS = Subject(
    "wards",
    "wards",
    (
        Layer("WD_DEC_2025_UK_BGC", ("WD25CD",), "LAD25CD"),
        Layer("WD_MAY_2025_UK_BGC_V2", ("WD25CD",), "LAD25CD"),
        Layer("Wards_December_2024_Boundaries_UK_BGC", ("WD24CD",), "LAD24CD"),
    ),
    "Wards Boundaries UK BGC (the latest year)",
    outlines=True,
    file=WARDS_FILE,
    command="import-geography",
)
DISTRICTS = Subject(
    "districts",
    "districts",
    (
        Layer("Local_Authority_Districts_DEC_2025_Boundaries_UK_BGC", ("LAD25CD",), "LAD25CD"),
        Layer("LAD_MAY_2025_UK_BGC_V2", ("LAD25CD",), "LAD25CD"),
        Layer("Local_Authority_Districts_December_2024_Boundaries_UK_BGC", ("LAD24CD",), "LAD24CD"),
    ),
    "Local Authority Districts Boundaries UK BGC (the latest year)",
    outlines=True,
    file=DISTRICTS_FILE,
    command="import-geography",
)

SUBJECTS = (FORCES, FORCES_2022, LOOKUP, LSOAS_2011, LSOAS_2021, WARDS, DISTRICTS)
"""In the order in which they are fetched: each is asked for by what the ones before it gave."""
