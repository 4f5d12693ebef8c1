"""One CSV file into one month of the store: read, checked, written, and put in place in one step."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analysis.model.errors import RefusedError
from data.atomic import move_into_place
from data.damage import is_whole
from data.police_uk import file_names, row_checks
from data.police_uk.file_checks import EXAMPLES, Checked, Job, check_header, check_kept, remarks
from data.police_uk.file_names import FORMAT, FileKey
from data.police_uk.manifest import MonthRecord, find_record, write_record
from data.police_uk.report import FileResult
from data.police_uk.row_checks import FIELDS, SEPARATOR
from data.police_uk.staging import Staged, stage, write_clean_copy

MEMORY_LIMIT = "300MB"
"""For each of two workers; the largest real month needs about 100 MB."""


class MonthWriter:
    """Imports one file after another over a connection of its own; two of them may work side by side."""

    def __init__(self, root: Path, staging: Path, name: str) -> None:
        self._root, self._staging = root, staging
        self._csv, self._clean = staging / f"{name}.csv", staging / f"{name}.clean.csv"
        self._parquet = staging / f"{name}.parquet"
        self._con = duckdb.connect(
            config={
                "threads": 1,
                "memory_limit": MEMORY_LIMIT,
                "temp_directory": str(staging / f"{name}.tmp"),
            }
        )
        self._con.execute("SET enable_progress_bar = false")  # it would draw into --json

    def close(self) -> None:
        """Let the connection go."""
        self._con.close()

    def write(self, job: Job) -> tuple[FileResult, Counter[str]]:
        """Return what became of the file, and the rows refused by reason. Never raises for what it holds."""
        try:
            return self._write(job)
        except RefusedError as refusal:
            return FileResult(job.member.label, "refused", job.key, sentences=(str(refusal),)), Counter()

    def _write(self, job: Job) -> tuple[FileResult, Counter[str]]:
        label = job.member.label
        held = find_record(self._root, job.key)
        if held and held.release and job.release and job.release < held.release:
            sentence = (
                f"{label}: release {job.release} is older than release {held.release} held for the "
                f"{job.key}; the newer one stays. Nothing needs to be done."
            )
            return FileResult(label, "kept the newer release", job.key, sentences=(sentence,)), Counter()
        staged = stage(job.member, self._csv)
        same = held and held.sha256 == staged.sha256 and held.format == FORMAT
        if held and same and is_whole(self._con, self._root, held):
            return self._unchanged(job, held), Counter()
        ignored = check_header(job, staged)
        checked = self._read(job, staged)
        check_kept(job, checked, None if same else held)
        record = MonthRecord(
            kind=job.key.kind,
            force=job.key.force,
            month=job.key.month,
            data_file=f"{job.key.month}.{staged.sha256[:8]}.parquet",
            source=job.member.source,
            member=job.member.shown,
            sha256=staged.sha256,
            bytes=staged.bytes,
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
        )
        self._commit(record)
        result = FileResult(
            label,
            "replaced" if held else "imported",
            job.key,
            checked.rows_read,
            checked.kept,
            remarks(label, checked, staged, job, ignored),
        )
        return result, checked.refused

    def _unchanged(self, job: Job, held: MonthRecord) -> FileResult:
        if job.release > held.release:
            write_record(self._root, MonthRecord(**{**vars(held), "release": job.release}), self._staging)
        return FileResult(job.member.label, "unchanged", job.key, held.rows_read, held.rows_kept)

    def _read(self, job: Job, staged: Staged) -> Checked:
        """Return what the checks found; the rows stand in the table ``staged``, refused ones marked."""
        if staged.encoding == "utf-8-sig" and self._load(job.key, staged.header, staged.path):
            checked = self._check(job.key)
            # a row broken over lines would hide rows inside a field: then every line is read by itself; so it is
            # where a row was refused, which may be for a blank at an end of a field
            if checked.rows_read == staged.lines - 1 and not checked.refused:
                return checked
        clean = write_clean_copy(staged, self._clean)
        if not self._load(job.key, staged.header, clean.path, rows_numbered=True):
            raise RefusedError(
                f"{job.member.label}: the file cannot be read as CSV. Download it again from data.police.uk."
            )
        checked = self._check(job.key)
        if clean.wrong_fields:
            checked.refused[FIELDS] = len(clean.wrong_fields)
            checked.examples[FIELDS] = clean.wrong_fields[:EXAMPLES]
        return Checked(**{**vars(checked), "rows_read": clean.rows_read, "encoding": clean.encoding})

    def _load(self, key: FileKey, header: list[str], path: Path, *, rows_numbered: bool = False) -> bool:
        query = row_checks.read_query(key, header, str(path), rows_numbered=rows_numbered)
        try:
            self._con.execute(f"CREATE OR REPLACE TEMP TABLE staged AS {query}")
        except (duckdb.InvalidInputException, duckdb.ConversionException):  # ragged rows, another encoding
            return False
        self._refuse_other_forces(key)
        return True

    def _refuse_other_forces(self, key: FileKey) -> None:
        if key.kind == "stop-and-search":  # it names no force
            return
        names = self._con.execute(
            "SELECT DISTINCT falls_within FROM staged WHERE falls_within <> ''"
        ).fetchall()
        others = [
            name
            for (name,) in names
            if (slug := file_names.force_slug(name)) != key.force and slug in file_names.FORCES
        ]
        if others:
            self._con.execute(row_checks.other_force_query("staged"), [others])

    def _check(self, key: FileKey) -> Checked:
        counts = self._con.execute(row_checks.counts_query(key, "staged")).fetchone()
        rows, refused, no_lsoa, no_point, new_code, no_location = counts or (0,) * 6
        reasons: Counter[str] = Counter()
        examples: dict[str, list[int]] = {}
        values: dict[str, str] = {}
        if refused:
            found = self._con.execute(
                "SELECT split_part(refused, ?, 1) AS reason, count(*), "
                "list(source_row ORDER BY source_row)[:?], "
                "split_part(first(refused ORDER BY source_row), ?, 2) FROM staged WHERE refused IS NOT NULL "
                "GROUP BY reason ORDER BY reason",
                [SEPARATOR, EXAMPLES, SEPARATOR],
            ).fetchall()
            for reason, count, some, value in found:
                reasons[reason], examples[reason], values[reason] = count, list(some), value
        return Checked(rows, reasons, examples, values, no_lsoa, no_point, new_code, no_location)

    def _commit(self, record: MonthRecord) -> None:
        folder = self._root / record.kind / record.force
        folder.mkdir(parents=True, exist_ok=True)
        target = str(self._parquet).replace("'", "''")
        self._con.execute(
            "COPY (SELECT * EXCLUDE refused FROM staged WHERE refused IS NULL) "
            f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
        move_into_place(self._parquet, folder / record.data_file)
        write_record(self._root, record, self._staging)
