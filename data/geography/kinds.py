"""Which of the layers in a file are LSOAs, wards or districts: known by their columns, as the ONS names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.model.errors import RefusedError
from analysis.model.ground import LSOA_CODE
from data.geography.files import Layer
from data.geography.lookup import DISTRICT_CODE
from data.geography.unpacking import WANTED
from data.police_uk.archive import plain_name

Unit = Literal["LSOA", "ward", "district", "centre"]

CODES: dict[Unit, str] = {"LSOA": LSOA_CODE, "ward": r"[EW]05\d{6}", "district": DISTRICT_CODE}
"""The form of a code of each unit in England and Wales; centres have none."""

# a shapefile cuts names after ten letters, and the districts of some years are named without their year
_COLUMNS: dict[Unit, str] = {
    "LSOA": r"LSOA(?P<year>11|21)CD",
    "ward": r"WD(?P<year>\d\d)CD",
    "district": r"LAD(?P<year>\d\d)CD|LADCD|LADCD_ACTI(VE)?",
}
_OTHER_UNIT = re.compile(r"(?!LSOA|WD\d|LAD)[A-Z]+\d\dCD")


@dataclass(frozen=True)
class Theme:
    """What a layer draws: the unit, its year (an empty text where not said) and the columns that name it.

    ``name``, ``district`` and ``tier`` (what sort of centre it is) are empty where the layer has no such column.
    """

    unit: Unit
    year: str
    code: str
    name: str = ""
    district: str = ""
    tier: str = ""

    @property
    def words(self) -> str:
        """The theme in a sentence: ``LSOAs of 2021``."""
        return f"{self.unit}s" + (f" of 20{self.year}" if self.year else "")


def fitting_layers(layers: Sequence[Layer]) -> list[tuple[Layer, Theme]]:
    """Return those of one file's layers that draw LSOAs, wards or districts, each with what it draws.

    LSOAs go before wards, and wards before districts, since a file carries the codes of the larger units too.
    Raises RefusedError, naming file and layers, where none fits, where two draw the same, where the years of a
    unit's codes are several, or where wards or districts have no column with their name.
    """
    fitting = [(layer, theme) for layer in layers if (theme := _theme(layer))]
    if not fitting:
        raise RefusedError(f"{layers[0].file}: {_none_fits(layers)}. {WANTED}.")
    for number, (layer, theme) in enumerate(fitting):
        for other, same in fitting[:number]:
            if (same.unit, same.year) == (theme.unit, theme.year):
                raise RefusedError(
                    f"{layer.file}: its layers “{other.label}” and “{layer.label}” both hold "
                    f"{theme.words}, so it is not known which to take. Keep one of them in the file."
                )
    return fitting


def _none_fits(layers: Sequence[Layer]) -> str:
    wanted = "neither LSOA11CD nor LSOA21CD, WDnnCD or LADnnCD"
    if len(layers) == 1:
        return f"it has {wanted} ({_some(layers[0].columns)}), so what it draws is not known"
    named = "; ".join(f"“{layer.label}”: {_some(layer.columns)}" for layer in layers)
    return f"none of its layers fits: they have {wanted} ({named})"


def _some(columns: Sequence[str]) -> str:
    return plain_name(", ".join(columns)) or "no columns"


def _theme(layer: Layer) -> Theme | None:
    names = {name.upper(): name for name in layer.columns}
    others = [place for place, name in enumerate(names) if _OTHER_UNIT.fullmatch(name)]
    for unit, pattern in _COLUMNS.items():
        readings = [
            (place, name, match) for place, name in enumerate(names) if (match := re.fullmatch(pattern, name))
        ]
        dated = [each for each in readings if each[2]["year"]] or readings[:1]
        if not dated:
            continue
        if unit != "LSOA" and any(place < dated[0][0] for place in others):
            return None  # outlines of smaller units, which carry the codes of the ward or the district they lie in
        if len(dated) > 1:
            which = " and ".join(name for _, name, _ in dated)
            both = "both " if len(dated) == 2 else ""
            raise RefusedError(
                f"{layer.file}: it has {both}{which}, so the {'vintage' if unit == 'LSOA' else 'year'} of its {unit}s is "
                f"not known. {WANTED}."
            )
        _, code, match = dated[0]
        year = match["year"] or ""
        name = _first(names, [f"{code[:-2]}NM"] if year else ["LADNM", "LADNM_ACTI", "LADNM_ACTIVE"])
        if unit != "LSOA" and not name:
            raise RefusedError(
                f"{layer.file}: it has {names[code]} and no column with the names of its {unit}s. {WANTED}."
            )
        districts = [each for each in names if re.fullmatch(r"LAD(\d\d)?NM", each)] if unit == "ward" else []
        return Theme(unit, year, names[code], name, _first(names, sorted(districts, reverse=True)))
    return None


def _first(names: dict[str, str], wanted: Iterable[str]) -> str:
    return next((names[name] for name in wanted if name in names), "")
