"""What is to be fetched: the months wanted, the release that each is taken from, and what of them is held already."""

from __future__ import annotations

import difflib
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

from analysis.model.english import listed
from analysis.model.errors import RefusedError
from analysis.model.vocabulary import KINDS, Kind
from data.areas import force_name
from data.download.address import archive_address
from data.download.choosing import choose, differ, is_ordinary, is_thin, passed_over
from data.download.editions import Archives, Edition, covers, first_month
from data.download.ranged import ChangedError
from data.download.service import GO_ON, Service
from data.download.values import Choice, DownloadPlan, DownloadRequest, Offer, State
from data.engines.duckdb import DuckDBEngine
from data.engines.port import Engine
from data.police_uk import file_names
from data.police_uk.file_names import FORMAT, FileKey
from data.police_uk.manifest import find_record, month_file
from data.store import Store

T = TypeVar("T")

WITNESSES = 3
"""Releases before the newest in which a second size of each month is looked for; the service seldom skips one."""

BEGINNINGS = 3
"""Times that a list of files is read anew because the archive changed meanwhile; it changes once a month."""


def plan_download(
    store: Store, request: DownloadRequest, cancel: threading.Event | None = None
) -> DownloadPlan:
    """Return what `download` would fetch for this request; nothing is written.

    Raises RefusedError, with its sentence, for a force or months that there cannot be and where the service cannot be
    read, and StoppedError where ``cancel`` is set meanwhile.
    """
    wanted = check_request(request)
    address = archive_address()
    with Service(cancel or threading.Event()) as service:
        return begun_anew(lambda: _planned(service, address, store, wanted))


def _planned(service: Service, address: str, store: Store, request: DownloadRequest) -> DownloadPlan:
    archives = Archives(service, address, request.forces)
    try:
        return replace(make_plan(store, request, archives), bytes_fetched=service.bytes_fetched)
    finally:
        archives.close()


def begun_anew(run: Callable[[], T]) -> T:
    """Return what ``run`` gives, run again where an archive changed while it was read; RefusedError where it goes on."""
    for _ in range(BEGINNINGS):
        try:
            return run()
        except ChangedError:
            continue
    raise RefusedError(
        f"The archives changed {BEGINNINGS} times while they were read. The months finished so far are held. {GO_ON}"
    )


def check_request(request: DownloadRequest) -> DownloadRequest:
    """Return the request with its force as in file names; RefusedError for months that there cannot be."""
    for month in filter(None, (request.first, request.last)):
        if not file_names.is_month(month):
            raise RefusedError(
                f"“{month}” is not a month that police.uk publishes ({file_names.FIRST_MONTH} or later, none to come). "
                "Write it as year and month, for example 2023-07."
            )
    if request.first and request.last and request.first > request.last:
        raise RefusedError(
            f"The months end before they begin ({request.first} to {request.last}). Give the earlier one first."
        )
    return replace(request, force=force_written(request.force))


def force_written(name: str) -> str:
    """Return a force, given by its own name or as in file names, as it stands in these."""
    force = file_names.force_slug(name)
    return force if force in file_names.FORCES else name.strip().lower()


def make_plan(
    store: Store, request: DownloadRequest, archives: Archives, *, settled: bool = False
) -> DownloadPlan:
    """Return what is to be fetched, from as few lists of files as tell it.

    With ``settled`` only the months that the two newest settle: older lists are then read while what came of these is
    imported. They are taken from the newest in the whole plan, too, whatever older lists it reads.

    Read are the newest archive and the one before it, which bears witness for each month. Older ones are read while a
    month is missing from all read so far, or too small in all of them (`choosing.THIN`). A month that no archive
    covers any more, or none offers, is said.
    """
    newest = archives.newest()
    check_force(request.force, newest.forces | file_names.FORCES)
    last = request.last or newest.release
    earliest = first_month(min(last, newest.release))
    first = max(request.first, earliest) if request.within_newest else request.first or earliest
    if first > newest.release:
        raise RefusedError(
            f"The newest archive ends in {newest.release}, before {first}. Ask for earlier months, or wait for the next."
        )
    keys = [
        FileKey(kind, force, str(month))
        for force in request.forces
        for month in pd.period_range(first, min(last, newest.release), freq="M")
        for kind in KINDS
    ]
    sure = _settled(keys, newest, archives)
    if settled:
        keys = [key for key in keys if key in sure]
    else:
        _read_back(keys, newest, archives)
    engine = DuckDBEngine()
    choices = []
    remarks = [*archives.unreadable, *(said for each in archives.editions for said in _refused(each, keys))]
    for key in keys:
        offers = offers_of(key, archives)
        if offers:
            chosen = sure.get(key) or choose(offers, usual(key, archives))
            others = tuple(offer for offer in offers if offer is not chosen and not differ(offer, chosen))
            choices.append(Choice(chosen, state_of(store.path, chosen, engine), others))
            remarks.append(passed_over(chosen, offers))
    # a month that is held from an archive of before is no gap
    told = {choice.offer.key for choice in choices} | {key for key in keys if find_record(store.path, key)}
    return DownloadPlan(
        request,
        newest.release,
        first,
        last,
        tuple(choices),
        tuple(filter(None, remarks)),
        tuple(_not_offered([key for key in keys if key not in told], newest.release, last)),
        sum(each.bytes for each in archives.editions),
    )


def check_force(force: str, forces: Collection[str] = file_names.FORCES) -> None:
    """Raise RefusedError, with the nearest names, where this is none of these forces."""
    if force not in forces:
        near = difflib.get_close_matches(force, sorted(forces), n=3, cutoff=0.5)
        like = f" Did you mean {listed(near, 'or')}?" if near else ""
        raise RefusedError(
            f"“{force}” is no force of data.police.uk.{like} Write it as in the names of its files, for "
            "example avon-and-somerset."
        )


def _read_back(keys: Sequence[FileKey], newest: Edition, archives: Archives) -> None:
    """Look at one archive after the other, from the newest back, while one may tell more of a month."""
    looked_at: dict[FileKey, int] = defaultdict(int)
    release = pd.Period(newest.release, freq="M")
    earliest = min((key.month for key in keys), default=newest.release)
    while str(release) >= earliest:
        open_keys = [
            key for key in keys if covers(str(release), key.month) and _is_open(key, archives, looked_at[key])
        ]
        if open_keys:
            archives.of(str(release))
            for key in open_keys:
                looked_at[key] += 1
        release -= 1


def _settled(keys: Sequence[FileKey], newest: Edition, archives: Archives) -> dict[FileKey, Offer]:
    """Return the files of months that the newest archive and the one before it settle.

    Both have the month, and the newest has it in the usual size of their files.
    """
    before = str(pd.Period(newest.release, freq="M") - 1)
    witness = archives.of(before) if any(covers(before, key.month) for key in keys) else None
    if witness is None:
        return {}
    usual_of = {
        each: max(edition.usual.get(each, 0.0) for edition in (newest, witness))
        for each in {(key.kind, key.force) for key in keys}
    }
    return {
        key: newest.offers[key]
        for key in keys
        if key in newest.offers
        and key in witness.offers
        and is_ordinary(newest.offers[key], usual_of[key.kind, key.force])
    }


def _is_open(key: FileKey, archives: Archives, looked_at: int) -> bool:
    offers = offers_of(key, archives)
    if len(offers) < 2 and looked_at <= WITNESSES:
        return True
    normal = usual(key, archives)
    return all(is_thin(offer, normal) for offer in offers)  # true, too, where there is none


def offers_of(key: FileKey, archives: Archives) -> list[Offer]:
    """Return what the archives looked at offer for a month, newest first."""
    return [each.offers[key] for each in archives.editions if key in each.offers]


def usual(key: FileKey, archives: Archives) -> float:
    """Return what the force's files of this kind usually have, by the archive in which that is most."""
    return max((each.usual.get((key.kind, key.force), 0.0) for each in archives.editions), default=0.0)


def state_of(root: Path, offer: Offer, engine: Engine) -> State:
    """Return how a file stands against the store: held as it is, or from a later release, is held."""
    record = find_record(root, offer.key)
    if record is None:
        return "new"
    same = record.bytes == offer.size and record.crc32 == offer.crc32 and record.format == FORMAT
    # a record of before check sums were kept: the same release and length are the same file
    same |= record.crc32 is None and record.bytes == offer.size and record.release == offer.release
    if not same and record.release <= offer.release:
        return "revised"
    whole = engine.is_whole(str(month_file(root, record)), record.rows_kept)
    return "held" if whole else "new"


def _refused(edition: Edition, keys: Iterable[FileKey]) -> list[str]:
    """Return the sentences on what an archive's list has wrong, of the files that are wanted."""
    names = {f"{key.month}-{key.force}-{key.kind}" for key in keys} | {str(key) for key in keys}
    return [sentence for sentence in edition.refused if any(name in sentence for name in names)]


def _not_offered(missing: Sequence[FileKey], newest: str, last: str) -> list[str]:
    months: dict[tuple[Kind, str], list[str]] = defaultdict(list)
    for key in missing:
        months[key.kind, key.force].append(key.month)
    sentences = [
        f"No archive has {'street-level data' if kind == 'street' else kind} of {force_name(force)} for "
        f"{listed(runs(each))}: a gap, and never a zero."
        for (kind, force), each in sorted(
            months.items(), key=lambda item: (item[0][1], KINDS.index(item[0][0]))
        )
    ]
    if last > newest:
        after = pd.Period(newest, freq="M") + 1
        span = runs(str(month) for month in pd.period_range(after, last, freq="M"))
        sentences.append(f"Not published yet: {listed(span)}; the newest archive is {newest}.")
    return sentences


def runs(months: Iterable[str]) -> list[str]:
    """Return months in a row as ``2022-07 to 2022-12``, single ones as they are, in order."""
    spans: list[list[str]] = []
    for month in sorted(months):
        if spans and str(pd.Period(spans[-1][-1], freq="M") + 1) == month:
            spans[-1].append(month)
        else:
            spans.append([month])
    return [f"{span[0]} to {span[-1]}" if len(span) > 1 else span[0] for span in spans]
