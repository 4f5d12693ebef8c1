"""What the files of areas say: sections of forces and of areas, checked, not yet resolved to ground.

The project's own file holds the three town centres of the review; an office adds a file of its own beside its
store.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from analysis.model.areas import key_of
from analysis.model.errors import RefusedError
from analysis.model.ground import LSOA_CODE
from analysis.model.names import GIVEN_LETTERS, PUBLISHED_LETTERS, NameRefusedError, checked_name
from analysis.model.proposed_area import Confidence
from analysis.model.vocabulary import AreaKind

PROJECT_AREAS = Path(__file__).with_name("areas.toml")

PROPOSED: AreaKind = "proposed centre"
DEFINED_KINDS: tuple[AreaKind, ...] = ("town centre", PROPOSED, "programme area", "own")
"""The kinds a file may define, in the order shown. Districts and rests follow from the data."""

CONFIDENCES = get_args(Confidence)
"""What a proposal may be rated."""

_TEXTS = ("programme", "rule", "confidence")
_FORCE_KEYS = {"name", "districts"}
_AREA_KEYS = {"name", "kind", "force", "district", "treated", "lsoa", "note", "ground", *_TEXTS}
_UNIT_KEYS = {"lsoa_2011", "lsoa_2021", "name"}
_CODE = re.compile(LSOA_CODE + r"\Z")


@dataclass(frozen=True)
class UnitDefinition:
    """One unit of common ground as a file names it: the LSOAs of each vintage that cover the same land."""

    name: str
    codes_2011: tuple[str, ...]
    codes_2021: tuple[str, ...]

    @property
    def ground_code(self) -> str:
        """The code that `analysis.model.ground.build_crosswalk` gives the unit."""
        merged = len(self.codes_2011) > 1 and len(self.codes_2021) == 1
        return self.codes_2021[0] if merged else min(self.codes_2011)

    @property
    def codes(self) -> frozenset[str]:
        """The LSOA codes of both vintages."""
        return frozenset(self.codes_2011) | frozenset(self.codes_2021)


@dataclass(frozen=True)
class AreaDefinition:
    """An area as a file defines it, not yet resolved to ground.

    Where nobody published a boundary, ``rule`` says how the ground was chosen and ``confidence`` how far.
    """

    key: str
    name: str
    kind: AreaKind
    force: str
    district: str
    units: tuple[UnitDefinition, ...]
    treated: bool = False
    lsoa: str = ""
    note: str = ""
    programme: str = ""
    rule: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class ForceDefinition:
    """A force by the name it has in file names, with its districts (empty: those that the data show)."""

    key: str
    name: str
    districts: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaDefinitions:
    """All that the files of areas say, checked."""

    forces: Mapping[str, ForceDefinition]
    areas: Mapping[str, AreaDefinition]


def read_areas(path: Path | str = PROJECT_AREAS, extra: Path | str | None = None) -> AreaDefinitions:
    """Return the areas and forces defined in the project's file and, where it exists, in an office's own.

    ``extra`` may name a file that is not there; ``path`` may not. An area of the office's takes the place of a proposal of the
    same key. Raises RefusedError with a sentence naming
    file, section, what is wrong and what to do: no TOML, an unknown or missing entry, no LSOA code, a key or
    a force in both files, an LSOA in two different units of ground, a district that is not the force's.
    """
    files = [Path(path)]
    if extra is not None and Path(extra).exists():
        files.append(Path(extra))
    return _read(tuple(files), tuple(map(_stamp, files)))


def _stamp(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:  # said in a sentence where it is read
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=16)
def _read(files: tuple[Path, ...], stamps: tuple[tuple[int, ...], ...]) -> AreaDefinitions:
    """Return what these files say; ``stamps`` tell one state of them from another, as each page asks for them again."""
    forces: dict[str, ForceDefinition] = {}
    areas: dict[str, AreaDefinition] = {}
    for file in files:
        tables = _tables(file)
        for key, entry in tables.get("forces", {}).items():
            if key in forces:
                raise _refused(
                    file, f"forces.{key}", "is already defined in another file", "Keep one of the two"
                )
            forces[key] = _force(file, key, entry)
        for key, entry in tables.get("areas", {}).items():
            # an office that names the area itself has the better word
            if key in areas and areas[key].kind != PROPOSED:
                raise _refused(
                    file, f"areas.{key}", "is already defined in another file", "Rename one of the two"
                )
            areas[key] = _area(file, key, entry)
            _check_district(file, areas[key], forces)
        _check_units(file, areas.values())
    return AreaDefinitions(MappingProxyType(forces), MappingProxyType(areas))


def _tables(file: Path) -> dict[str, Any]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefusedError(
            f"{file.name} is not a TOML file that can be read ({error}). Mend that line; "
            "the project's data/areas.toml shows the form."
        ) from error
    except OSError as error:
        raise RefusedError(f"{file} cannot be read ({error.strerror}). Check the path.") from error
    unknown = sorted(set(tables) - {"forces", "areas"})
    if unknown:
        raise _refused(file, unknown[0], "is no section", "Sections are [forces.<name>] and [areas.<key>]")
    for name in ("forces", "areas"):
        if not isinstance(tables.get(name, {}), dict):
            raise _refused(file, name, "is not a table", f"Write sections as [{name}.<key>]")
    return tables


def _force(file: Path, key: str, entry: object) -> ForceDefinition:
    where = f"forces.{key}"
    values = _entries(file, where, entry, allowed=_FORCE_KEYS, needed={"name"})
    districts = values.get("districts", [])
    if not isinstance(districts, list) or not all(isinstance(name, str) and name for name in districts):
        raise _refused(file, where, "has districts that are not a list of names", 'Write ["Name", "Name"]')
    if len(set(districts)) != len(districts):
        raise _refused(file, where, "names a district twice", "Name each district once")
    for district in districts:
        _name(file, where, {"districts": district}, "districts", PUBLISHED_LETTERS)
    return ForceDefinition(key, _name(file, where, values, "name", PUBLISHED_LETTERS), tuple(districts))


def _area(file: Path, key: str, entry: object) -> AreaDefinition:
    where = f"areas.{key}"
    if key_of(key) != key or key.startswith("rest-of-"):
        raise _refused(
            file,
            where,
            "has a key that cannot stand in a link",
            "Use small letters, digits and hyphens, no rest-of-",
        )
    values = _entries(
        file, where, entry, allowed=_AREA_KEYS, needed={"name", "kind", "force", "district", "ground"}
    )
    kind = next((kind for kind in DEFINED_KINDS if kind == values["kind"]), None)
    if kind is None:
        raise _refused(
            file, where, f"has the kind “{values['kind']}”", f"Use one of: {', '.join(DEFINED_KINDS)}"
        )
    if not isinstance(values.get("treated", False), bool):
        raise _refused(file, where, "has a treated that is neither true nor false", "Write treated = true")
    if kind == PROPOSED:
        _check_proposal(file, where, values)
    ground = values["ground"]
    if not isinstance(ground, list) or not ground:
        raise _refused(file, where, "has no ground", "List at least one unit with lsoa_2011 and lsoa_2021")
    return AreaDefinition(
        key=key,
        name=_name(file, where, values, "name", GIVEN_LETTERS),
        kind=kind,
        force=_text(file, where, values, "force"),
        district=_name(file, where, values, "district", PUBLISHED_LETTERS),
        units=tuple(_unit(file, where, unit) for unit in ground),
        treated=values.get("treated", False),
        lsoa=_text(file, where, values, "lsoa"),
        note=_text(file, where, values, "note"),
        **{name: _text(file, where, values, name) for name in _TEXTS},
    )


def _check_proposal(file: Path, where: str, values: Mapping[str, Any]) -> None:
    """Raise where a proposal is treated, or does not say by which rule and how far it is to be trusted."""
    if values.get("treated", False):
        raise _refused(
            file, where, "is a proposal and treated", "Make it a town centre once it is known to be one"
        )
    if not values.get("rule") or values.get("confidence") not in CONFIDENCES:
        raise _refused(
            file,
            where,
            "is a proposal without a rule or a confidence",
            f"Write the rule, and a confidence of: {', '.join(CONFIDENCES)}",
        )


def _unit(file: Path, where: str, entry: object) -> UnitDefinition:
    values = _entries(file, where, entry, allowed=_UNIT_KEYS, needed={"lsoa_2011", "lsoa_2021"})
    codes: dict[str, tuple[str, ...]] = {}
    for vintage in ("lsoa_2011", "lsoa_2021"):
        given = values[vintage] if isinstance(values[vintage], list) else [values[vintage]]
        if not given:
            raise _refused(
                file, where, f"has a unit without {vintage}", "Write at least one code of each vintage"
            )
        for code in given:
            if not isinstance(code, str) or not _CODE.match(code):
                raise _refused(
                    file, where, f"has “{code}”, which is no LSOA code", "Codes look like E01012276"
                )
        codes[vintage] = tuple(sorted(set(given)))
    name = _name(file, where, values, "name", PUBLISHED_LETTERS) or codes["lsoa_2011"][0]
    return UnitDefinition(name, codes["lsoa_2011"], codes["lsoa_2021"])


def _entries(file: Path, where: str, entry: object, *, allowed: set[str], needed: set[str]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise _refused(file, where, "is not a table", "The project's data/areas.toml shows the form")
    unexpected, missing = sorted(set(entry) - allowed), sorted(needed - set(entry))
    if unexpected or missing:
        parts = [f"unexpected: {', '.join(unexpected)}"] if unexpected else []
        parts += [f"missing: {', '.join(missing)}"] if missing else []
        raise _refused(
            file, where, f"has other entries than it should ({'; '.join(parts)})", "Mend the entries"
        )
    return entry


def _text(file: Path, where: str, values: Mapping[str, Any], name: str) -> str:
    value = values.get(name, "")
    if not isinstance(value, str) or (name in values and not value.strip()):
        raise _refused(file, where, f"has an entry {name} that is no text", f'Write {name} = "…"')
    return value


def _name(file: Path, where: str, values: Mapping[str, Any], name: str, most: int) -> str:
    try:
        return checked_name(_text(file, where, values, name), most)
    except NameRefusedError as error:
        raise _refused(file, where, f"cannot be taken: {error}", "Mend the entry") from error


def _check_district(file: Path, area: AreaDefinition, forces: Mapping[str, ForceDefinition]) -> None:
    force = forces.get(area.force)
    if force and force.districts and area.district not in force.districts:
        raise _refused(
            file,
            f"areas.{area.key}",
            f"lies in “{area.district}”, which is no district of {force.name}",
            f"Use one of: {', '.join(force.districts)}",
        )


def _check_units(file: Path, areas: Iterable[AreaDefinition]) -> None:
    seen: dict[str, tuple[str, UnitDefinition]] = {}
    for area in areas:
        for unit in area.units:
            for code in sorted(unit.codes):
                first, other = seen.setdefault(code, (area.key, unit))
                if other.codes != unit.codes:
                    raise _refused(
                        file,
                        f"areas.{area.key}",
                        f"puts {code} in another unit of ground than areas.{first} does"
                        if first != area.key
                        else f"puts {code} in two units of ground",
                        "Give each LSOA one unit, with all the codes that cover the same land",
                    )
        listed = [unit.ground_code for unit in area.units]
        if len(set(listed)) != len(listed):
            raise _refused(file, f"areas.{area.key}", "lists a unit of ground twice", "List each unit once")


def _refused(file: Path, where: str, wrong: str, remedy: str) -> RefusedError:
    return RefusedError(f"{file.name}: [{where}] {wrong}. {remedy}.")
