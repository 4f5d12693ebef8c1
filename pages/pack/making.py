"""A pack made: contents, then every format into a folder, put in place in one step; nothing half made is left."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from analysis.drawing import encoded
from analysis.model.errors import AnalysisError, RefusedError
from analysis.model.selection import Selection
from data.desk import Desk
from data.store import open_store
from data.workspace import workspace
from pages.pack import csv_files, html_page, manifest, pdf, stills, workbook
from pages.pack.beside import Second, Side
from pages.pack.build import build, chosen_chapters
from pages.pack.contents import Contents
from pages.pack.shared import MovedError, Shared
from pages.pack.slides import write as write_slides

Tell = Callable[[int, int, str], None]

CSV_FOLDER, PICTURES = "csv", "pictures"

ZIP = "pack.zip"
"""All files of a pack in one, to be taken away at once."""


@dataclass(frozen=True)
class Making:
    """What is to be made: pages by their addresses (all for none), formats by key (`WHOLE` for none), a template for slides.

    ``second`` is a second process that makes some of it, None where one makes all.
    """

    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    template: Path | None = None
    zipped: bool = False
    second: Second | None = None


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

DRAWN = {"html", "pdf", "png"}
"""Formats with pictures of every chart and map."""

TOGETHER = (("html", "pdf"), ("png",), ("csv",), ("xlsx",), ("pptx",))
"""As two processes take them, one from each end: a PDF is printed of the page, and a browser does so beside the rest."""

TASK = "task"

BEGINS = ".town-centres-pack-"
"""How the name of a folder beside a pack begins, in which it is made: what a killed process left is removed by the next."""

OF_A_PAGE = ("xlsx", "csv", "html", "png")
"""What “Download this page” makes."""


def make(desk: Desk, chosen: Selection, out: Path, how: Making, tell: Tell | None = None) -> Made:
    """Make a pack in the folder ``out``, in place of the pack that lies there.

    What one format cannot do is its sentence, and the others are made. Raises RefusedError where the folder has other
    files, cannot be written, or a page or a format is not known; what was there is then unchanged.
    """
    formats = _chosen(how)

    def begin(done: int, of: int, words: str) -> None:
        if tell is not None:
            tell(done, of + len(formats), words)

    try:
        _check(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with workspace(BEGINS, out.parent) as beside:
            folder = beside / "pack"
            folder.mkdir()
            contents, said = _made(desk, chosen, folder, how, begin)
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
    return Made(files, tuple(said[key] for key in formats if said[key]), contents)


def _made(
    desk: Desk, chosen: Selection, folder: Path, how: Making, tell: Tell
) -> tuple[Contents, dict[str, str]]:
    """Return the contents and what was said of each format, by two processes where there is a second.

    Where the two saw two states of what is held, one begins anew. Raises MovedError where that changes again.
    """
    if how.second is not None:
        selection = manifest.selection_plain(chosen, chosen_chapters(how.only))
        task = _Task(desk.store.path, selection, folder.absolute(), replace(how, second=None))
        try:
            how.second.side.give(TASK, task)
            return _by_two(how.second.side, task, desk, chosen, tell)
        except MovedError:
            how.second.end()
            shutil.rmtree(folder)
            folder.mkdir()
    contents = build(desk, chosen, how.only, tell)
    return contents, _write(contents, folder, how, _chosen(how), tell)


def _write(
    contents: Contents, folder: Path, how: Making, formats: Iterable[str], tell: Tell
) -> dict[str, str]:
    """Write these formats; return what each could not do by its key, nothing for one that is whole."""
    said, pages = {}, len(contents.chapters)
    for done, key in enumerate(formats):
        tell(pages + done, pages, FORMATS[key].name)
        try:
            FORMATS[key].write(contents, folder, how)
            said[key] = ""
        except RefusedError as problem:
            said[key] = str(problem)
    return said


@dataclass(frozen=True)
class _Task:
    """What the second process has to know."""

    store: Path
    selection: dict[str, Any]
    folder: Path
    how: Making


def help_make(side: Side) -> None:
    """Make what the first process leaves of a pack: the work of the second."""
    task: _Task = side.wait(TASK)
    desk = Desk(open_store(task.store))
    try:
        _by_two(side, task, desk, manifest.selection_of(desk, task.selection), _quiet)
    except (
        AnalysisError,
        OSError,
    ):  # the first makes what this one does not bring to its end, and says why it cannot
        return


def _by_two(
    side: Side, task: _Task, desk: Desk, chosen: Selection, tell: Tell
) -> tuple[Contents, dict[str, str]]:
    """Return the contents and what was said of each format; two processes call it, and each makes some."""
    formats, how = _chosen(task.how), task.how
    shared = Shared(side, drawn=bool(DRAWN & set(formats)))
    contents = build(desk, chosen, how.only, tell, shared)
    shared.pictures(contents)
    begun = count(len(contents.chapters))

    def next_of_all(_: int, of: int, words: str) -> None:
        tell(next(begun), of, words)

    groups = (tuple(key for key in group if key in formats) for group in TOGETHER)
    said = shared.formats(
        filter(None, groups), lambda keys: _write(contents, task.folder, how, keys, next_of_all)
    )
    return contents, said


def _quiet(done: int, of: int, words: str) -> None:
    """Tell nobody."""


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
