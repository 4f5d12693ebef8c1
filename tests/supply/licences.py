"""The licence of everything that a plain installation brings, and the libraries that its wheels carry inside.

    python -m tests.supply.licences > docs/licences.md

Read from what is installed here: each package's metadata, and the shared libraries that lie in its wheel. To be run in
an environment of constraints.txt.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import PurePosixPath

from packaging.requirements import Requirement

PROJECT = "safe-town-centres"

HEAD = """# Licences of what is installed

What `pip install -e . -c constraints.txt` brings (written by `python -m tests.supply.licences` on Linux, x86-64). *Inside the
wheel* is what the package carries of others: shared libraries, what is built into it, and files with others' licences
beside its own. On other systems a wheel carries its own choice. The project itself is under the MIT licence.

Nothing here asks for more than its notice but for what is copyleft: GEOS and libquadmath (LGPL, shared libraries that can be
replaced), the runtimes of GCC (GPL with its exception for what is compiled), certifi and tqdm (MPL, unchanged).

| package | licence | inside the wheel |
|---|---|---|
"""

_PARTS_OF_A_NAME = re.compile(r"^lib(?P<name>.+?)(?:-[0-9a-f]{8,})?\.so")
_OWN = re.compile(r"licen[cs]e(\.\w+)?", re.IGNORECASE)
_OTHERS = re.compile(r"notice|third|bundled|vendor|licen[cs]e", re.IGNORECASE)

LIBRARIES = {
    "Xau": "MIT", "avif": "BSD-2-Clause", "brotlicommon": "MIT", "brotlidec": "MIT", "curl": "curl", "freetype": "FTL",
    "gdal": "MIT", "geos": "LGPL-2.1", "geos_c": "LGPL-2.1", "gfortran": "GPL-3.0 with the GCC exception",
    "gomp": "GPL-3.0 with the GCC exception", "harfbuzz": "MIT", "jpeg": "IJG and BSD-3-Clause", "lcms2": "MIT",
    "lzma": "0BSD", "nghttp2": "MIT", "openjp2": "BSD-2-Clause", "png16": "libpng", "proj": "MIT",
    "quadmath": "LGPL-2.1", "scipy_openblas": "BSD-3-Clause", "sharpyuv": "BSD-3-Clause", "sqlite3": "public domain",
    "tiff": "libtiff", "webp": "BSD-3-Clause", "webpdemux": "BSD-3-Clause", "webpmux": "BSD-3-Clause", "xcb": "MIT",
    "zstd": "BSD-3-Clause",
}  # fmt: skip
"""Of the shared libraries, by their own projects."""

BUILT_IN = {
    "duckdb": "DuckDB and what it builds in (MIT)",
    "lxml": "libxml2 and libxslt (MIT)",
    "matplotlib": "FreeType (FTL), AGG (BSD-3-Clause), DejaVu fonts (Bitstream Vera)",
    "pyarrow": "Arrow and what it builds in (its LICENSE.txt lists them)",
    "pydeck": "deck.gl (MIT)",
    "streamlit": "React, Vega, deck.gl, MapLibre and others in its page's program (its NOTICES)",
    "uvloop": "libuv (MIT)",
    "vl-convert-python": "Vega, Vega-Lite (BSD-3-Clause), Deno (MIT), V8 (BSD-3-Clause)",
}
"""What is compiled or copied in, and leaves no file of its own, by the packages' own words."""

_LONGEST = 60


def needed(name: str, extras: frozenset[str] = frozenset()) -> dict[str, Distribution]:
    """Return every package that this one needs where it is installed plainly, by name."""
    known: dict[str, Distribution] = {}
    todo = [(name, extras)]
    seen = set()
    while todo:
        asked = todo.pop()
        if asked in seen:
            continue
        seen.add(asked)
        try:
            package = distribution(asked[0])
        except PackageNotFoundError:
            continue
        known[_same(package.metadata["Name"])] = package
        for line in package.requires or ():
            need = Requirement(line)
            if need.marker is None or any(need.marker.evaluate({"extra": each}) for each in asked[1] or {""}):
                todo.append((_same(need.name), frozenset(need.extras)))
    known.pop(_same(name), None)
    return dict(sorted(known.items()))


def licence(package: Distribution) -> str:
    """Return the licence as the package gives it: its expression, its own words, or what it is classified as."""
    told = package.metadata
    words = told.get("License-Expression") or ""
    own = (told.get("License") or "").strip()
    if not words and 0 < len(own) <= _LONGEST and "\n" not in own:
        words = own
    classes = [
        line.split(" :: ")[-1] for line in told.get_all("Classifier", []) if line.startswith("License ::")
    ]
    return words or "; ".join(classes) or (own.splitlines()[0] if own else "not given")


def inside(package: Distribution) -> str:
    """Return what its wheel carries of others: shared libraries, then files with others' licences."""
    files = [PurePosixPath(str(file)) for file in package.files or ()]
    libraries = sorted(
        {
            _with_licence(match["name"])
            for file in files
            if any(part.endswith((".libs", ".dylibs")) for part in file.parts)
            and (match := _PARTS_OF_A_NAME.match(file.name))
        }
    )
    texts = sorted(
        {
            file.name
            for file in files
            if any(part.endswith(".dist-info") for part in file.parts)
            and file.suffix.lower() in ("", ".txt", ".md", ".html")
            and _OTHERS.search(file.name)
            and not _OWN.fullmatch(file.name)
        }
    )
    built_in = BUILT_IN.get(_same(package.metadata["Name"]), "")
    return "; ".join(filter(None, (built_in, ", ".join(libraries), ", ".join(texts))))


def _with_licence(library: str) -> str:
    name = re.sub(r"(64_)?(-[0-9a-f]{8})?$", "", library)
    return f"{name} ({LIBRARIES.get(name, 'see the package')})"


def table() -> str:
    """Return the whole document."""
    rows = [
        f"| {package.metadata['Name']} | {licence(package)} | {inside(package)} |"
        for package in needed(PROJECT).values()
    ]
    return HEAD + "\n".join(rows) + "\n"


def _same(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.stdout.write(table())
