"""Places by name: wards, LSOAs and the streets of police.uk's points, found by the beginnings of their words.

A street is the name of a point that incidents are moved to, so it stands for the ground that its incidents were counted
on, and never for an address. Of a name in several districts each stands by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.model.ground_names import ward_of
from analysis.model.land import Land
from analysis.model.locations import NEAR, UNNAMED

PlaceKind = Literal["ward", "LSOA", "street"]

FEWEST_LETTERS = 2
"""One letter begins half of all names."""

MOST_FOUND = 8
"""As many as stand on one screen; a longer name parts them."""

WIDEST_STREET = 8
"""A name on more ground of one district is a kind of place (“Parking Area”, “Supermarket”), and no place."""

_ORDER: dict[PlaceKind, int] = {"ward": 0, "LSOA": 1, "street": 2}


@dataclass(frozen=True)
class NamedPlace:
    """A name and the ground that it stands for; ``district`` parts two of one name."""

    name: str
    kind: PlaceKind
    district: str
    ground: frozenset[str]

    @property
    def label(self) -> str:
        """The place as it is offered: ``Central ward, Hartlepool``, ``Prince Regent Street, Stockton-on-Tees``."""
        if self.kind == "LSOA":
            return self.name
        return f"{self.name}{' ward' if self.kind == 'ward' else ''}, {self.district}"


def named_places(
    places: pd.DataFrame, land: Land | None, labels: Mapping[str, str], streets: pd.DataFrame
) -> tuple[NamedPlace, ...]:
    """Return every place of a force's own ground that can be looked for.

    ``places`` has ground_code, district_name, in_force and joined; ``labels`` are the LSOAs by ground code; ``streets`` has
    location (as police.uk writes it) and ground_code. Ground whose two vintages are not joined is no place, for no area can be
    made of it; without ``land`` there are no wards.
    """
    usable = places.loc[places["in_force"].astype(bool) & places["joined"].astype(bool)]
    district = dict(zip(usable["ground_code"], usable["district_name"], strict=True))
    found: dict[tuple[PlaceKind, str, str], set[str]] = {}
    wards = ward_of(land) if land is not None else {}
    for code, name in wards.items():
        if code in district:
            found.setdefault(("ward", name, district[code]), set()).add(code)
    for code, name in labels.items():
        if code in district:
            found.setdefault(("LSOA", name, district[code]), set()).add(code)
    for location, code in zip(streets["location"], streets["ground_code"], strict=True):
        name = str(location).removeprefix(NEAR).strip()
        if code in district and name and name not in UNNAMED:
            found.setdefault(("street", name, district[code]), set()).add(code)
    return tuple(
        NamedPlace(name, kind, where, frozenset(ground))
        for (kind, name, where), ground in found.items()
        if kind != "street" or len(ground) <= WIDEST_STREET
    )


def find_places(words: str, places: Iterable[NamedPlace]) -> tuple[NamedPlace, ...]:
    """Return the places each of whose words looked for begins a word of the name, its kind or its district.

    The first `MOST_FOUND`: names that begin so, then wards, LSOAs and streets by name. Capitals, accents and apostrophes do
    not count. Nothing for fewer than `FEWEST_LETTERS` letters.
    """
    wanted = _words(words)
    if sum(map(len, wanted)) < FEWEST_LETTERS:
        return ()
    fits = [place for place in places if _fits(wanted, _words(place.label))]
    fits.sort(key=lambda place: (not _begins(wanted, place), _ORDER[place.kind], place.name, place.district))
    return tuple(fits[:MOST_FOUND])


def _fits(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _begins(wanted: Sequence[str], place: NamedPlace) -> bool:
    return " ".join(_words(place.name)).startswith(" ".join(wanted))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in plain if not unicodedata.combining(each) and each not in "'’")
    return re.findall(r"\w+", kept)
