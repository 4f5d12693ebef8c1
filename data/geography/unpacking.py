"""A zip of outlines, unpacked in safety: into a folder of ours, under names of ours and within a limit."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from analysis.model.errors import RefusedError
from data.police_uk.archive import CHUNK, plain_name
from data.zips import DAMAGE, files_of, member

MAX_BYTES = 512 * 2**20
"""The largest file read, unpacked. The most vertices taken (`data.geography.outlines.MAX_VERTICES`) are 100 MB as a
GeoPackage or shapefile and about 270 MB as GeoJSON: twice that is no file that would be taken."""

MAX_MEMBERS = 1_000
"""Files in a zip. A shapefile is five to ten."""

WANTED = "Give the ONS boundaries of LSOAs (2011 or 2021), wards or districts as GeoJSON, GeoPackage or zipped shapefile"

_SHAPEFILE = {
    ".shp": "the outlines",
    ".shx": "their index",
    ".dbf": "their codes",
    ".prj": "the coordinate system",
}
_OTHERS = (".gpkg", ".geojson", ".json")


LIGHTER = "the generalised boundaries (BGC) instead of those in full resolution, or those of your own area"
LIGHTER_OTHERS = "simplified outlines, or those of your own area"
"""What to give in place of a file that is too large: the ONS's, and others'."""


def too_large(shown: str, size: int, wanted: str = WANTED) -> str:
    """Say that a file is larger than is read."""
    return (
        f"{shown}: it has {size / 2**20:,.0f} MB unpacked, and the limit is {MAX_BYTES // 2**20:,} MB. "
        f"Give {LIGHTER if wanted == WANTED else LIGHTER_OTHERS}."
    )


def unpack(shown: str, path: Path, workspace: Path, wanted: str = WANTED) -> list[tuple[str, Path]]:
    """Return the files with outlines in a zip, unpacked, each with its name in the zip; ``wanted`` says what to give."""
    try:
        archive = zipfile.ZipFile(path)
    except (*DAMAGE, OSError) as error:
        raise RefusedError(
            f"{shown}: the zip is cut short or damaged. Download it again. {wanted}."
        ) from error
    with archive:
        entries = files_of(archive)
        if len(entries) > MAX_MEMBERS:
            raise RefusedError(
                f"{shown}: the zip holds {len(entries):,} files, and a shapefile is five to ten. {wanted}."
            )
        members = _members(shown, entries, wanted)
        total = sum(entry.file_size for entry in members.values())
        if total > MAX_BYTES:
            raise RefusedError(too_large(shown, total, wanted))
        for name, entry in members.items():
            _extract(shown, archive, entry, workspace / name, wanted)
    return [
        (plain_name(entry.filename), workspace / name)
        for name, entry in members.items()
        if Path(name).suffix in (".shp", *_OTHERS)
    ]


def _members(shown: str, entries: Iterable[zipfile.ZipInfo], wanted: str) -> dict[str, zipfile.ZipInfo]:
    """Return what is to be unpacked by the name that it gets: those of one shapefile have one stem."""
    by_stem: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if (
            not name.name or name.name.startswith("._") or "__MACOSX" in name.parts
        ):  # of no name, or what a Mac puts beside each file
            continue
        by_stem.setdefault(str(name.with_suffix("")).lower(), {})[name.suffix.lower()] = entry
    members: dict[str, zipfile.ZipInfo] = {}
    for number, (stem, parts) in enumerate(sorted(by_stem.items())):
        for suffix in _OTHERS:
            if suffix in parts:
                members[f"{number}{suffix}"] = parts[suffix]
        missing = [suffix for suffix in _SHAPEFILE if suffix not in parts]
        if ".shp" not in parts:
            if {".dbf", ".shx"} & set(parts):
                raise RefusedError(
                    f"{shown}: the shapefile “{plain_name(stem)}” lacks its .shp ({_SHAPEFILE['.shp']}). "
                    "Zip all of its files together."
                )
        elif missing:
            what = " and ".join(f"{suffix} ({_SHAPEFILE[suffix]})" for suffix in missing)
            raise RefusedError(
                f"{shown}: the shapefile “{plain_name(stem)}” lacks its {what}. Zip all of its files together."
            )
        else:
            members |= {f"{number}{s}": parts[s] for s in (*_SHAPEFILE, ".cpg") if s in parts}
    if not members:
        raise RefusedError(f"{shown}: the zip holds no shapefile (.shp), GeoPackage or GeoJSON. {wanted}.")
    return members


def _extract(shown: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, wanted: str) -> None:
    inner = plain_name(entry.filename)
    if entry.flag_bits & 0x1:
        raise RefusedError(
            f"{shown}: “{inner}” is locked with a password. Unlock the zip and import it again."
        )
    try:
        # zipfile gives no more bytes than the entry declares, and these were counted above
        with member(archive, entry) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, CHUNK)
    except NotImplementedError as error:  # zipfile's own, for a packing it does not know
        raise RefusedError(
            f"{shown}: “{inner}” is packed by a method that cannot be read here. Unpack it and zip it anew."
        ) from error
    except DAMAGE as error:
        raise RefusedError(
            f"{shown}: “{inner}” is damaged inside the zip. Download it again. {wanted}."
        ) from error
