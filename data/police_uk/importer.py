"""From paths to months: what each file is about, which of them clash, and two workers that write them."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import filelock

from analysis.model.errors import RefusedError
from data.damage import writing
from data.police_uk import file_names
from data.police_uk.archive import Listing, Member, list_path, plain_name
from data.police_uk.coming import COMING, Coming, is_unfinished
from data.police_uk.file_checks import Job
from data.police_uk.file_names import FileKey
from data.police_uk.manifest import find_record, sidecar_path, sidecars, sweep, write_record
from data.police_uk.report import FileResult, ImportReport, build_report
from data.police_uk.unnamed_files import key_from_rows
from data.police_uk.writers import MonthWriters, Written
from data.state import changing

Progress = Callable[[int, int, str], None]
"""Called from the caller's own thread with bytes done, bytes of all files, and the file just finished."""

DEMONSTRATION = "demonstration"
"""The folder inside a store where simulated months lie until the first real one is imported."""

_STAGING, _LOCK = ".staging", ".lock"
_RELEASE = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def import_files(
    root: Path,
    paths: Iterable[Path],
    *,
    release: str = "",
    replace: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import zips, folders and CSV files into the store at ``root`` and return what became of each file.

    ``release`` is the edition of data.police.uk (``2024-08``); where it is empty, a zip named after a month
    gives it. A file with far fewer or far more rows than the month held is refused, unless ``replace`` asks for it
    (`data.police_uk.file_checks.check_compared`). One import at a time: a second one raises RefusedError, and so does a
    store that cannot be written.
    """
    paths = list(dict.fromkeys(paths))
    if release and not _RELEASE.fullmatch(release):
        raise RefusedError(f"“{release}” is not a release. Write it as year and month, for example 2024-08.")
    with alone(root):
        return _import(root, (_listed(path, Terms(release, replace)) for path in paths), progress)


def confirm_releases(root: Path, releases: Mapping[FileKey, str]) -> None:
    """Write down that these months stand in a later release just as they are held; raises as `import_files` does."""
    with alone(root), changing(root):
        staging = root / _STAGING
        staging.mkdir(exist_ok=True)
        for key, release in releases.items():
            record = find_record(root, key)
            if record and release > record.release:
                write_record(root, dataclasses.replace(record, release=release), staging)
                # what a killed import had of it is of a release before this one
                sidecar_path(root / COMING, key).unlink(missing_ok=True)
        shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Change the store with nobody else importing into it; RefusedError where somebody does, or it cannot be written."""
    try:
        with writing(root), filelock.FileLock(root / _LOCK, timeout=0):
            yield
    except filelock.Timeout as busy:
        raise RefusedError(
            "Another import into this store is running. Wait until it has finished, then import again."
        ) from busy


@dataclass(frozen=True)
class Terms:
    """What an import was asked: the release that its files come from, and whether they replace whatever is held."""

    release: str = ""
    replace: bool = False


@dataclass(frozen=True)
class Given:
    """One thing to import: the files in it, its terms, its name, and whether it is one CSV file named by itself."""

    listing: Listing
    terms: Terms
    name: str = ""
    alone: bool = False


def _listed(path: Path, terms: Terms) -> Given:
    listing = list_path(path)
    zipped = any(member.archive for member in listing.members)
    edition = terms.release or (path.stem if zipped and _RELEASE.fullmatch(path.stem) else "")
    alone = path.is_file() and not zipped
    return Given(listing, Terms(edition, terms.replace), plain_name(path.resolve().name), alone)


@contextmanager
def begun(root: Path) -> Iterator[tuple[Coming, Path]]:
    """Give what an import writes into, and a folder for its own files that goes with its end. For who is `alone`."""
    staging = root / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    coming = Coming(root)
    sweep(root)
    try:
        yield coming, staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _import(root: Path, everything: Iterable[Given], progress: Progress | None) -> ImportReport:
    refused: list[str] = []
    ignored: list[str] = []
    jobs: list[Job] = []
    results: list[FileResult] = []
    opened = []
    with begun(root) as (coming, staging):
        try:
            for given in everything:
                listing = given.listing
                refused += listing.refused
                ignored += listing.ignored
                opened += [m.archive for m in listing.members[:1] if m.archive]
                found, others, wrong = jobs_of(listing.members, given.terms, alone=given.alone)
                jobs += found
                ignored += others
                results += wrong
                if listing.members and not found and not wrong:
                    refused.append(
                        f"{given.name}: no file of data.police.uk is in it (their names look like "
                        "2023-07/2023-07-cleveland-street.csv). Give a zip or folder of street-level data."
                    )
            jobs, clashes = _clashes(jobs)
            results += clashes
            rows = Counter[str]()
            for result, counted in _work(coming, staging, jobs, progress):
                results.append(result)
                rows += counted
        except KeyboardInterrupt:  # the months finished so far are held, as whoever stopped it is told
            coming.put_in_place()
            raise
        finally:
            for archive in opened:
                archive.close()
        coming.put_in_place()
    put_away = put_demonstration_away(root)
    return build_report(results, refused, [], rows, ignored, put_away=put_away)


def _work(coming: Coming, staging: Path, jobs: list[Job], progress: Progress | None) -> Iterable[Written]:
    total, done = sum(job.member.size for job in jobs), 0
    if not jobs:
        return
    writers = MonthWriters(coming, staging)
    try:
        # month by month, as the progress names them; of each the largest first, so that no worker is left with a long
        # file at the end
        ordered = sorted(jobs, key=lambda job: (job.key.month, -job.member.size))
        futures = {writers.submit(job): job for job in ordered}
        for future in as_completed(futures):
            job = futures[future]
            done += job.member.size
            if progress:
                progress(done, total, job.member.label)
            yield future.result()
    finally:
        writers.close()


def jobs_of(
    members: Iterable[Member], terms: Terms, *, alone: bool
) -> tuple[list[Job], list[str], list[FileResult]]:
    """Return the files that may be imported, the names of those that are none, and what is refused for its name or header.

    ``alone`` is said of one CSV file named by itself, which must be one.
    """
    jobs, ignored, wrong = [], [], []
    for member in members:
        key = file_names.key_from_name(member.file_name)
        try:
            if key is None:
                key = key_from_rows(member)
                if key is None and not alone:
                    ignored.append(member.shown)
                    continue
            if key is None:
                raise RefusedError(
                    f"{member.label}: row 1, the header, is not that of a police.uk file (street, outcomes "
                    "or stop-and-search). Give a CSV file from data.police.uk."
                )
            if not file_names.is_month(key.month):
                raise RefusedError(
                    f"{member.label}: “{key.month}” in the file's name is not a month that police.uk publishes "
                    f"({file_names.FIRST_MONTH} or later, none to come). Name the file as data.police.uk does, "
                    f"for example 2023-07-{key.force}-{key.kind}.csv."
                )
        except RefusedError as refusal:
            wrong.append(FileResult(member.label, "refused", sentences=(str(refusal),)))
        else:
            jobs.append(Job(member, key, terms.release, terms.replace))
    return jobs, ignored, wrong


def _clashes(jobs: list[Job]) -> tuple[list[Job], list[FileResult]]:
    by_key: dict[FileKey, list[Job]] = defaultdict(list)
    for job in jobs:
        by_key[job.key].append(job)
    single, refused = [], []
    for key, same in by_key.items():
        if len(same) == 1:
            single += same
            continue
        names = " and ".join(sorted(job.member.label for job in same))
        sentence = (
            f"{names} hold the same {key}, so all of them were refused. "
            "Import them one after the other, the one to keep last."
        )
        refused += [
            FileResult(job.member.label, "refused", key, sentences=(sentence,) if i == 0 else ())
            for i, job in enumerate(same)
        ]
    return single, refused


def tidy(root: Path) -> None:
    """Finish what an import left that was killed while, or when, its months took their place, unless another one is running."""
    if (root / _STAGING).exists() or is_unfinished(root) or (root / DEMONSTRATION).exists():
        with suppress(filelock.Timeout), filelock.FileLock(root / _LOCK, timeout=0):
            shutil.rmtree(root / _STAGING, ignore_errors=True)
            Coming(root)
            put_demonstration_away(root)


def put_demonstration_away(root: Path) -> bool:
    """Delete the demonstration data once a real month is held; return whether there were any."""
    demonstration = root / DEMONSTRATION
    if not demonstration.is_dir() or next(sidecars(root), None) is None:
        return False
    shutil.rmtree(demonstration)
    return True
