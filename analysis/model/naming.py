"""What this office, whoever asks, and its districts are called on the screen: settings, and no word of them in code.

Names are words on their way out. No figure, link or record is found by one: ground keeps its codes, areas their keys and
the names of the files (`Area.filed_name`), so that every number is the same before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from analysis.model.areas import Area, key_of
from analysis.model.english import upper_first
from analysis.model.errors import RefusedError
from analysis.model.names import PUBLISHED_LETTERS, NameRefusedError, checked_name

BODY_LETTERS = 100
"""Of a body's name in full: that of Devon, Cornwall and the Isles of Scilly has 87, more than other names may have."""

MOST_DISTRICTS = 400
"""England and Wales have 318 districts."""

OFFICE = "the office"
"""What sentences call the body until it has a name: what whoever keeps the dashboard is, under any law."""


@dataclass(frozen=True)
class Naming:
    """The names of one office: ``body`` in full, ``asks`` as in “the Board”, and districts by their name in the files.

    Each may be empty: then nothing is said of who asks, the body is `OFFICE`, and a district has the name of the ONS.
    """

    body: str = ""
    asks: str = ""
    districts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def credit(self) -> str:
        """The line that says for whom a page or a file is: ``Prepared for the Board, Mersea Council.``; empty without names."""
        named = ", ".join(filter(None, [self.asks, self.body]))
        return f"Prepared for {named}." if named else ""

    def own(self, thing: str) -> str:
        """Return a thing of the body's: ``the office’s own patrol log``, or ``own patrol log of Mersea Council``."""
        return f"own {thing} of {self.body}" if self.body else f"{OFFICE}’s own {thing}"

    def district(self, name: str) -> str:
        """Return what the district of this name in the files is called."""
        return self.districts.get(name, name)

    @property
    def mark(self) -> str:
        """A text that changes with every name; empty while there is none."""
        return repr((self.body, self.asks, sorted(self.districts.items()))) if self != Naming() else ""


def checked_naming(body: str, asks: str, districts: Mapping[str, str]) -> Naming:
    """Return the naming of these texts, each as `analysis.model.names` lets it stand; a blank one is none.

    A district called as in the files is left out. RefusedError for a name that may not stand, one without a letter, two
    districts called alike, and more than `MOST_DISTRICTS`.
    """
    if len(districts) > MOST_DISTRICTS:
        raise RefusedError(f"{len(districts)} districts are named, and {MOST_DISTRICTS} are the most.")
    called: dict[str, str] = {}
    for filed, name in districts.items():
        official, shown = _checked(filed, PUBLISHED_LETTERS), _checked(name)
        if shown and shown != official:
            called[official] = shown
    spelled: dict[str, str] = {}
    for official, shown in called.items():
        other = spelled.setdefault(key_of(shown), official)
        if other != official:
            raise RefusedError(
                f"{other} and {official} would both be called {shown}. Choose another name for one."
            )
    return Naming(_checked(body, BODY_LETTERS), _checked(asks), MappingProxyType(called))


def renamed(areas: Mapping[str, Area], naming: Naming) -> dict[str, Area]:
    """Return the areas with districts, and what is left of them, under the office's names; keys and ground stay.

    A name that another area has already is not given: two places under one name could not be told apart.
    """
    if not naming.districts:
        return dict(areas)
    taken = {key_of(area.name) for area in areas.values()}
    called = {
        key: naming.district(area.name)
        for key, area in areas.items()
        if area.kind == "district"
        and naming.district(area.name) != area.name
        and (
            key_of(naming.district(area.name)) not in taken
            or key_of(naming.district(area.name)) == key_of(area.name)
        )
    }
    shown = {}
    for key, area in areas.items():
        if key in called:
            shown[key] = replace(area, name=called[key], name_in_files=area.name)
        elif area.kind == "rest" and area.district in called:
            name = f"Rest of {called[area.district]}"
            shown[key] = replace(area, name=name, name_in_files=area.name)
        else:
            shown[key] = area
    return shown


def check_free(naming: Naming, areas: Iterable[Area]) -> None:
    """Raise RefusedError where a district would be called as another of these areas is."""
    names = {key_of(area.filed_name): area.filed_name for area in areas}
    for official, shown in naming.districts.items():
        other = names.get(key_of(shown), official)
        if key_of(other) != key_of(official):
            raise RefusedError(
                f"{official} cannot be called {shown}: that is the name of {other}. Choose another."
            )


def _checked(text: str, most: int | None = None) -> str:
    try:
        name = checked_name(text) if most is None else checked_name(text, most)
    except NameRefusedError as problem:
        raise RefusedError(f"{upper_first(str(problem))}.") from problem
    if name and not any(each.isalnum() for each in name):
        raise RefusedError(f"“{name}” has no letter. Write a name, or leave it empty.")
    return name
