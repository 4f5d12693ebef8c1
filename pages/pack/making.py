"""A pack made: contents, then every format into a folder, put in place in one step; nothing half made is left."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from analysis.drawing import encoded
from analysis.model.errors import RefusedError
from analysis.model.selection import Selection
from data.desk import Desk
from pages.pack import beside, csv_files, html_page, manifest, pdf, stills, workbook
from pages.pack.build import Apart, build, chosen_chapters
from pages.pack.contents import Contents
from pages.pack.slides import write as write_slides

Tell = Callable[[int, int, str], None]

CSV_FOLDER, PICTURES = "csv", "pictures"

ZIP = "pack.zip"
"""All files of a pack in one, to be taken away at once."""


@dataclass(frozen=True)
class Making:
    """What is to be made: pages by their addresses (all for none), formats by key (`WHOLE` for none), a template for slides.

    ``beside`` has half of the pages made in a second process.
    """

    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    template: Path | None = None
    zipped: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Made:
    """What was made: the files by their path in the pack, and sentences on what could not be."""

    files: tuple[str, ...]
    said: tuple[str, ...]
    contents: Contents


@dataclass(frozen=True)
class Format:
    """A format of the pack: its name, how its file ends, and what writes it into a folder under a stem."""

    name: str
    write: Callable[[Contents, Path, Making], None]


def _named(folder: Path, contents: Contents, suffix: str) -> Path:
    return folder / encoded.file_name(f"town centres {contents.title}", suffix)


FORMATS: dict[str, Format] = {
    "pptx": Format("Slides", lambda c, folder, how: write_slides(c, _named(folder, c, "pptx"), how.template)),
    "xlsx": Format("Workbook", lambda c, folder, _: workbook.write(c, _named(folder, c, "xlsx"))),
    "csv": Format("CSV files", lambda c, folder, _: csv_files.write(c, folder / CSV_FOLDER)),
    "html": Format("HTML page", lambda c, folder, _: html_page.write(c, _named(folder, c, "html"))),
    "pdf": Format("PDF", lambda c, folder, _: _pdf(c, folder)),
    "png": Format("Pictures", lambda c, folder, _: stills.write(c, folder / PICTURES)),
}
"""By key, in the order in which they are made: a PDF is printed of the page before it."""

WHOLE = tuple(key for key in FORMATS if key != "png")
"""What a pack has where nothing else is asked: its pictures stand in the page, and are for an e-mail by themselves."""

OF_A_PAGE = ("xlsx", "csv", "html", "png")
"""What “Download this page” makes."""


def make(desk: Desk, chosen: Selection, out: Path, how: Making, tell: Tell | None = None) -> Made:
    """Make a pack in the folder ``out``, in place of the pack that lies there.

    What one format cannot do is its sentence, and the others are made. Raises RefusedError where the folder has other
    files, cannot be written, or a page or a format is not known; what was there is then unchanged.
    """
    formats = _chosen(how)
    _check(out)

    def begin(done: int, of: int, words: str) -> None:
        if tell is not None:
            tell(done, of + len(formats), words)

    contents = _contents(desk, chosen, how, begin)
    pages = len(contents.chapters)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".pack-", dir=out.parent) as beside:
            folder = Path(beside) / "pack"
            folder.mkdir()
            said = []
            for done, each in enumerate(formats.values()):
                begin(pages + done, pages, each.name)
                try:
                    each.write(contents, folder, how)
                except RefusedError as problem:
                    said.append(str(problem))
            (folder / manifest.NAME).write_text(manifest.text(contents.manifest), encoding="utf-8")
            if how.zipped:
                _zip(folder, manifest.epoch(contents))
            files = tuple(
                path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()
            )
            _put(folder, out)
    except OSError as problem:
        raise RefusedError(
            f"The pack cannot be written to {out} ({problem.strerror or problem}). Check the folder, its permissions and the "
            "space left."
        ) from problem
    return Made(files, tuple(said), contents)


def _contents(desk: Desk, chosen: Selection, how: Making, tell: Tell) -> Contents:
    """Return the contents, half of them made beside where the machine has a core for it."""
    keys = chosen_chapters(how.only)
    drawn = bool({"html", "pdf"} & set(how.formats or WHOLE))
    asked = manifest.selection_plain(chosen, keys)
    second = beside.begin(desk.store.path, asked, keys, drawn=drawn) if how.beside else None
    if second is None:
        return build(desk, chosen, keys, tell)
    try:
        return build(desk, chosen, keys, tell, Apart(beside.APART, second.chapters))
    finally:
        second.end()


def _chosen(how: Making) -> dict[str, Format]:
    for key in how.formats:
        if key not in FORMATS:
            raise RefusedError(f"“{key}” is no format of the pack. Choose among: {', '.join(FORMATS)}.")
    if how.template is not None and not how.template.is_file():
        raise RefusedError(f"{how.template} is no file. Name the office’s template, a PowerPoint file.")
    return {key: each for key, each in FORMATS.items() if key in (how.formats or WHOLE)}


def _check(out: Path) -> None:
    if out.is_file():
        raise RefusedError(f"{out} is a file. Name a new folder for the pack.")
    if out.is_dir() and any(out.iterdir()) and not (out / manifest.NAME).is_file():
        raise RefusedError(
            f"{out} has files that are no pack, and they stay as they are. Name a new folder, or an empty one."
        )


def _put(folder: Path, out: Path) -> None:
    """Put the new pack in the place of the one before, which is kept aside until then."""
    before = folder.with_name("before")
    if out.exists():
        out.rename(before)
    try:
        folder.rename(out)
    except OSError:
        if before.exists():
            with suppress(OSError):
                before.rename(out)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _pdf(contents: Contents, folder: Path) -> None:
    page = _named(folder, contents, "html")
    if page.exists():
        pdf.write(page, _named(folder, contents, "pdf"))
        return
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        page = Path(beside) / "page.html"
        html_page.write(contents, page)
        pdf.write(page, _named(folder, contents, "pdf"))


def _zip(folder: Path, made: int) -> None:
    """Write all files into one, in their order and with the moment of the pack: the same files give the same bytes."""
    moment = dt.datetime.fromtimestamp(max(made, 315_532_800), dt.UTC).timetuple()[:6]  # a zip begins in 1980
    with zipfile.ZipFile(folder / ZIP, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != ZIP:
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), moment)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes())
