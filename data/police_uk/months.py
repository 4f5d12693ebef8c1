"""One CSV file into one month of the store: read, checked, and written where it waits for its place (`Coming`)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from analysis.model.errors import RefusedError
from data.atomic import move_into_place
from data.engines.arrow_import import read_month
from data.engines.csv_rules import CsvFile, Refusal, RowCounts
from data.engines.duckdb_import import CsvImport
from data.police_uk import file_names, row_checks
from data.police_uk.coming import Coming
from data.police_uk.file_checks import (
    EXAMPLES,
    Checked,
    Job,
    check_compared,
    check_header,
    check_kept,
    remarks,
)
from data.police_uk.file_names import FORMAT, FileKey
from data.police_uk.manifest import MonthRecord, month_file, write_record
from data.police_uk.report import FileResult
from data.police_uk.row_checks import FIELDS
from data.police_uk.staging import Staged, stage, write_clean_copy


class Rows(Protocol):
    """The rows of one file, read and checked by whichever way reads it."""

    def values(self, column: str) -> list[str]:
        """Return the texts that stand in a column, each once, in no order."""

    def counts(self) -> RowCounts:
        """Return how many rows were read, refused, and lack something."""

    def refusals(self, examples: int) -> list[Refusal]:
        """Return what was refused by reason, each with the first row numbers."""

    def repeated_ids(self, limit: int) -> list[str]:
        """Return the first Crime IDs that stand more than once, as the file writes them."""

    def write(self, target: Path) -> None:
        """Write the rows that no reason refused as Parquet."""


class MonthWriter:
    """Imports one file after another over a connection of its own; two of them may work side by side."""

    def __init__(self, coming: Coming, staging: Path, name: str) -> None:
        self._coming, self._staging = coming, staging
        self._csv, self._clean = staging / f"{name}.csv", staging / f"{name}.clean.csv"
        self._parquet = staging / f"{name}.parquet"
        self._rows = CsvImport(staging / f"{name}.tmp")

    def close(self) -> None:
        """Let the connection go."""
        self._rows.close()

    def write(self, job: Job) -> tuple[FileResult, Counter[str]]:
        """Return what became of the file, and the rows refused by reason. Never raises for what it holds."""
        try:
            return self._write(job)
        except RefusedError as refusal:
            return FileResult(job.member.label, "refused", job.key, sentences=(str(refusal),)), Counter()

    def _write(self, job: Job) -> tuple[FileResult, Counter[str]]:
        label = job.member.label
        held = self._coming.record(job.key)
        if held and held.release and job.release and job.release < held.release:
            sentence = (
                f"{label}: release {job.release} is older than release {held.release} held for the "
                f"{job.key}; the newer one stays. Nothing needs to be done."
            )
            return FileResult(label, "kept the newer release", job.key, sentences=(sentence,)), Counter()
        # a zip's list says of a member that it is the file held, before it is unpacked: as a download goes by it
        listed = job.member.crc32 is not None and held and held.crc32 == job.member.crc32
        if held and listed and held.bytes == job.member.size and self._stands(held):
            return self._unchanged(job, held, held.crc32), Counter()
        staged = stage(job.member, self._csv)
        same = held and held.sha256 == staged.sha256 and held.format == FORMAT
        if held and same and self._stands(held):
            return self._unchanged(job, held, staged.crc32), Counter()
        ignored = check_header(job, staged)
        rows, checked = self._read(job, staged)
        other = None if same else held
        check_kept(job, checked, other)
        check_compared(job, checked, other)
        record = MonthRecord(
            kind=job.key.kind,
            force=job.key.force,
            month=job.key.month,
            data_file=f"{job.key.month}.{staged.sha256[:8]}.parquet",
            source=job.member.source,
            member=job.member.shown,
            sha256=staged.sha256,
            bytes=staged.size,
            rows_read=checked.rows_read,
            rows_kept=checked.kept,
            without_lsoa=checked.without_lsoa,
            without_point=checked.without_point,
            rows_with_2021_code=checked.with_2021_code,
            without_location=checked.without_location,
            release=job.release,
            imported_at=datetime.now(UTC).isoformat(timespec="seconds"),
            format=FORMAT,
            refused=dict(sorted(checked.refused.items())),
            examples=checked.examples,
            ignored_columns=ignored,
            rows_with_id=checked.with_id,
            rows_repeating_id=checked.repeating_id,
            crc32=staged.crc32,
            **_revised(held, other),
        )
        self._commit(record, rows)
        result = FileResult(
            label,
            "replaced" if held else "imported",
            job.key,
            checked.rows_read,
            checked.kept,
            remarks(label, checked, staged, job, ignored),
        )
        return result, checked.refused

    def _stands(self, held: MonthRecord) -> bool:
        """Return whether a month held needs no writing: by today's rules, its Crime IDs counted, every value readable."""
        counted = held.format == FORMAT and held.rows_with_id is not None
        return counted and self._rows.is_whole(self._coming.data_file(held), held.rows_kept)

    def _unchanged(self, job: Job, held: MonthRecord, crc32: int | None) -> FileResult:
        if job.release > held.release or held.crc32 is None:
            known = {"release": max(job.release, held.release), "crc32": crc32}
            write_record(self._coming.path, MonthRecord(**{**vars(held), **known}), self._staging)
        return FileResult(job.member.label, "unchanged", job.key, held.rows_read, held.rows_kept)

    def _read(self, job: Job, staged: Staged) -> tuple[Rows, Checked]:
        """Return the rows and what the checks found in them; refused rows are marked."""
        if staged.encoding == "utf-8-sig":
            plain = staged.data and read_month(staged.data, staged.header, row_checks.month_rows(job.key))
            if plain and not _other_forces(plain, job.key):
                return plain, _check(plain)
            if self._load(job.key, staged.header, staged.on_disk()):
                checked = _check(self._rows)
                # a row broken over lines would hide rows inside a field: then every line is read by itself; so it is
                # where a row was refused, which may be for a blank at an end of a field
                if checked.rows_read == staged.lines() - 1 and not checked.refused:
                    return self._rows, checked
        clean = write_clean_copy(staged, self._clean)
        if not self._load(job.key, staged.header, clean.path, rows_numbered=True):
            raise RefusedError(
                f"{job.member.label}: the file cannot be read as CSV. Download it again from data.police.uk."
            )
        checked = _check(self._rows)
        if clean.wrong_fields:
            checked.refused[FIELDS] = len(clean.wrong_fields)
            checked.examples[FIELDS] = clean.wrong_fields[:EXAMPLES]
        return self._rows, Checked(
            **{**vars(checked), "rows_read": clean.rows_read, "encoding": clean.encoding}
        )

    def _load(self, key: FileKey, header: list[str], path: Path, *, rows_numbered: bool = False) -> bool:
        file = CsvFile(str(path), tuple(header), rows_numbered)
        if not self._rows.load(file, row_checks.month_rows(key)):
            return False
        if others := _other_forces(self._rows, key):
            self._rows.refuse(row_checks.OTHER_FORCE, "falls_within", others)
        return True

    def _commit(self, record: MonthRecord, rows: Rows) -> None:
        target = month_file(self._coming.path, record)
        target.parent.mkdir(parents=True, exist_ok=True)
        rows.write(self._parquet)
        move_into_place(self._parquet, target)
        write_record(self._coming.path, record, self._staging)


def _other_forces(rows: Rows, key: FileKey) -> list[str]:
    """Return the names of forces that are not the file's."""
    if key.kind == "stop-and-search":  # which names no force
        return []
    return [
        name
        for name in rows.values("falls_within")
        if (slug := file_names.force_slug(name)) != key.force and slug in file_names.FORCES
    ]


def _check(rows: Rows) -> Checked:
    counts = rows.counts()
    refusals = rows.refusals(EXAMPLES) if counts.refused else []
    return Checked(
        counts.read,
        Counter({each.reason: each.count for each in refusals}),
        {each.reason: list(each.rows) for each in refusals},
        {each.reason: each.value for each in refusals},
        counts.without_lsoa,
        counts.without_point,
        counts.with_2021_code,
        counts.without_location,
        counts.with_id,
        counts.repeating_id,
        tuple(rows.repeated_ids(EXAMPLES)) if counts.repeating_id else (),
    )


def _revised(held: MonthRecord | None, other: MonthRecord | None) -> dict[str, Any]:
    """Return what a record says of the file that this one takes the place of: another one, or what was said before."""
    if other is not None:
        return {
            "revised_rows": other.rows_kept,
            "revised_release": other.release,
            "revised_sha256": other.sha256,
        }
    if held is None:
        return {}
    return {name: getattr(held, name) for name in ("revised_rows", "revised_release", "revised_sha256")}
