"""What a file of outlines holds: GeoJSON, a GeoPackage or a zipped shapefile, known by its first bytes.

A file that was cut short is told here: the library would read what is left of a shapefile.
"""

from __future__ import annotations

import struct
import warnings
from dataclasses import dataclass, replace
from pathlib import Path

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from analysis.model.errors import RefusedError
from data.engines.sqlite_file import views_of
from data.geography.unpacking import LIGHTER, LIGHTER_OTHERS, MAX_BYTES, WANTED, too_large, unpack
from data.police_uk.archive import plain_name

_SQLITE, _ZIP = b"SQLite format 3\0", b"PK"
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Layer:
    """One table of outlines in a file.

    ``file`` and ``label`` are how sentences name the file and the layer, ``path`` and ``name`` how it is read,
    ``features`` how many the library counts (-1 where it cannot). ``wanted`` tells in sentences what to give in place of it.
    """

    file: str
    label: str
    path: Path
    name: str
    columns: tuple[str, ...]
    features: int
    wanted: str = WANTED

    @property
    def lighter(self) -> str:
        """What to give in place of a file that is too large."""
        return LIGHTER if self.wanted == WANTED else LIGHTER_OTHERS


def list_layers(path: Path, workspace: Path, wanted: str = WANTED) -> list[Layer]:
    """Return the layers with outlines in this file; a zip is unpacked into ``workspace``, an empty folder of ours.

    Raises RefusedError, naming the file, for one that is absent, empty, too large, cut short, of another format,
    locked with a password, or a zip in which a part of a shapefile is missing.
    """
    shown = plain_name(path.name)
    if not path.is_file():
        raise RefusedError(f"{path}: there is no such file. Check the path.")
    if not path.stat().st_size:
        raise RefusedError(f"{shown}: the file is empty. {wanted}.")
    try:
        with path.open("rb") as stream:
            start = stream.read(1024)
    except OSError as error:
        raise RefusedError(f"{shown}: it cannot be read ({error.strerror}). {wanted}.") from error
    if not start.startswith(_ZIP):
        return _layers(shown, path, start, wanted)
    layers = []
    for inner, part in unpack(shown, path, workspace, wanted):
        with part.open("rb") as stream:
            start = stream.read(1024)
        for layer in _layers(f"{shown}: {inner}", part, start, wanted):
            label = layer.label if part.suffix == ".gpkg" else inner
            layers.append(replace(layer, file=shown, label=label))
    return layers


def _layers(shown: str, path: Path, start: bytes, wanted: str) -> list[Layer]:
    if path.stat().st_size > MAX_BYTES:
        raise RefusedError(too_large(shown, path.stat().st_size, wanted))
    text = start.removeprefix(_MARK).lstrip()
    if path.suffix.lower() == ".shp" and not start.startswith(_SQLITE) and not text.startswith(b"{"):
        _check_shapefile(shown, path, wanted)
    elif start.startswith(_SQLITE):
        _check_whole_database(shown, path, start, wanted)
    elif path.suffix.lower() == ".gpkg":
        raise RefusedError(f"{shown}: it is no GeoPackage, whatever its name says. {wanted}.")
    elif not text.startswith(b"{"):
        raise RefusedError(f"{shown}: it is no GeoJSON, GeoPackage or zip. {wanted}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # what it warns of is refused, in a sentence
            found = pyogrio.list_layers(path)
            # a view may join a table with itself without end
            views = views_of(path) if start.startswith(_SQLITE) else frozenset()
            names = [str(name) for name, shape in found if shape is not None and str(name) not in views]
            about = [pyogrio.read_info(path, layer=name) for name in names]
    except (DataSourceError, DataLayerError, ValueError) as error:
        raise unreadable(shown, path, error, wanted) from error
    if not names:
        tables = ", ".join(f"“{plain_name(str(name))}”" for name, _ in found) or "none at all"
        raise RefusedError(f"{shown}: it has no layer with outlines (its tables: {tables}). {wanted}.")
    if not any(each["features"] for each in about):
        raise RefusedError(f"{shown}: it holds no outline. {wanted}.")
    return [
        Layer(
            shown,
            plain_name(name),
            path,
            name,
            tuple(map(str, each["fields"])),
            int(each["features"]),
            wanted,
        )
        for name, each in zip(names, about, strict=True)
    ]


def unreadable(shown: str, path: Path, error: Exception, wanted: str = WANTED) -> RefusedError:
    """Return the sentence about a file that the library could not read, with the library's first words."""
    # what follows them is advice for programmers, and the path on this machine
    why = " ".join(str(error).replace(f"'{path}'", "it is").replace(str(path), "it").split(";")[0].split())
    return RefusedError(
        f"{shown}: it cannot be read, or only in part ({why.rstrip('.')}). Download it again. {wanted}."
    )


def _check_whole_database(shown: str, path: Path, start: bytes, wanted: str) -> None:
    if len(start) < 100:  # the length of its header
        raise RefusedError(f"{shown}: it is cut short. Download it again. {wanted}.")
    page, pages = struct.unpack(">H", start[16:18])[0], struct.unpack(">I", start[28:32])[0]
    expected = (65536 if page == 1 else page) * pages
    if path.stat().st_size < expected:
        raise RefusedError(
            f"{shown}: it is cut short ({path.stat().st_size:,} of {expected:,} bytes). Download it again. {wanted}."
        )


def _check_shapefile(shown: str, path: Path, wanted: str) -> None:
    """Raise where a part is shorter than its header says: the library would give empty outlines for the rest."""
    for part, least in (
        (path, _shp_bytes),
        (path.with_suffix(".shx"), _shp_bytes),
        (path.with_suffix(".dbf"), _dbf_bytes),
    ):
        size = part.stat().st_size
        with part.open("rb") as stream:
            header = stream.read(100)
        expected = least(header)
        if expected is None or size < expected:
            raise RefusedError(
                f"{shown}: its {part.suffix} is cut short or damaged ({size:,} bytes). Download it again. {wanted}."
            )


def _shp_bytes(header: bytes) -> int | None:
    if len(header) < 100 or struct.unpack(">i", header[:4])[0] != 9994:
        return None
    return 2 * int.from_bytes(header[24:28], "big", signed=True)


def _dbf_bytes(header: bytes) -> int | None:
    if len(header) < 32:
        return None
    rows, first, length = map(int, struct.unpack("<IHH", header[4:12]))
    return first + rows * length
