"""Whether a file may become a month of the store, and the sentences on what was left out of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from analysis.model.english import agree, counted, is_are, listed, was_were
from analysis.model.errors import RefusedError
from data.police_uk import file_names
from data.police_uk.archive import Member, plain_name
from data.police_uk.file_names import FileKey
from data.police_uk.manifest import MonthRecord
from data.police_uk.staging import Staged

EXAMPLES = 3
"""Row numbers kept of each reason: enough to find the fault, few enough to read."""


FEWER, MORE = 0.8, 1.25
"""A file with less or more than this share of the rows held is no revision of the month but another thing.

Between two releases a month moves by late and cancelled records, a few rows in a hundred. A fifth is as far as the lowest
true month of Cleveland lies under its median; what differs by more from the same month is a part of it, or it twice."""

FEWEST_COMPARED = 100
"""Rows held under which a share says nothing: a stub may be replaced by the month that it is a stub of."""

ID_SHOWN = 12
"""Characters of a Crime ID that a sentence shows: enough to find it."""


@dataclass(frozen=True)
class Job:
    """One file to import, with the release it came from (empty where that is not known).

    ``replace`` takes the file whatever it has against the month held.
    """

    member: Member
    key: FileKey
    release: str = ""
    replace: bool = False


@dataclass(frozen=True)
class Checked:
    """What the checks found in the table ``staged``."""

    rows_read: int
    refused: Counter[str]
    examples: dict[str, list[int]]
    values: dict[str, str]
    without_lsoa: int
    without_point: int
    with_2021_code: int
    without_location: int
    with_id: int = 0
    repeating_id: int = 0
    repeated_ids: tuple[str, ...] = ()
    encoding: str = ""

    @property
    def kept(self) -> int:
        """Rows that no reason refused."""
        return self.rows_read - self.refused.total()


def _repeating(label: str, checked: Checked) -> str:
    shown = listed(f"{each[:ID_SHOWN]}…" for each in checked.repeated_ids)
    bear = agree(checked.repeating_id, "bears", "bear")
    return (
        f"{label}: {counted(checked.repeating_id, 'row')} of {checked.with_id:,} with a Crime ID {bear} one that an earlier "
        f"row of the file has ({shown}{' and others' if checked.repeating_id > len(checked.repeated_ids) else ''}). "
        "All rows are held; anti-social behaviour has no Crime ID and cannot be checked so."
    )


def check_header(job: Job, staged: Staged) -> list[str]:
    """Return the columns that are left out, or raise RefusedError where one is missing or stands twice."""
    label, kind, header = job.member.label, job.key.kind, staged.header
    missing = file_names.missing_columns(kind, header)
    if missing:
        raise RefusedError(
            f"{label}: row 1, the header, lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}. "
            f"Give the {kind} file as data.police.uk publishes it."
        )
    twice = [name for name, count in Counter(header).items() if count > 1 and name]
    if twice:
        raise RefusedError(
            f"{label}: row 1, the header, has the column {twice[0]} twice, so it is not clear which holds. "
            "Remove one of them and import the file again."
        )
    return [name for name in header if name not in file_names.known_columns(kind)]


def check_kept(job: Job, checked: Checked, held: MonthRecord | None) -> None:
    """Raise RefusedError where no row could be kept, or fewer than the month held has because rows were refused."""
    if not checked.kept:
        if not checked.rows_read:
            raise RefusedError(
                f"{job.member.label}: the file has a header and no rows. It was refused, because it would make "
                "a zero out of a month that is not published. Download it again, or leave the month as a gap."
            )
        raise RefusedError(
            f"{job.member.label}: no row could be kept; {_most_common(checked)}. "
            "Check that the name of the file is right, or download it again from data.police.uk."
        )
    if held and checked.refused and checked.kept < held.rows_kept:
        raise RefusedError(
            f"{job.member.label}: {_most_common(checked)}, and only {counted(checked.kept, 'row')} could be kept "
            f"where {held.rows_kept:,} {is_are(held.rows_kept)} held from {held.source}; the month held stays. "
            "Correct the file, or download it again, and import it again."
        )


def check_compared(job: Job, checked: Checked, held: MonthRecord | None) -> None:
    """Raise RefusedError where the file has far fewer or far more rows than the month held, unless asked to replace it."""
    if job.replace or held is None or held.rows_kept < FEWEST_COMPARED:
        return
    share = checked.kept / held.rows_kept
    if FEWER <= share <= MORE:
        return
    release = f", release {held.release}" if held.release else ""
    twice = ""
    if job.key.kind == "street" and checked.repeating_id:
        repeat = agree(checked.repeating_id, "repeats", "repeat")
        twice = f" {counted(checked.repeating_id, 'row')} of it {repeat} the Crime ID of an earlier row."
    raise RefusedError(
        f"{job.member.label}: the file has {counted(checked.kept, 'row')} where {held.rows_kept:,} "
        f"{is_are(held.rows_kept)} held from {held.source}{release}: far {'fewer' if share < 1 else 'more'}.{twice} A revision "
        "moves a month by a few rows in a hundred, so the month held stays. If this file is the right one, import it "
        "again with --replace."
    )


def _most_common(checked: Checked) -> str:
    reason, count = max(checked.refused.items(), key=lambda item: (item[1], item[0]))
    return f"{_rows(count)} refused for {reason} ({_first(checked, reason)})"


def _first(checked: Checked, reason: str) -> str:
    value = checked.values.get(reason)
    return f"row {checked.examples[reason][0]:,}" + (f", “{value}”" if value is not None else "")


def _rows(count: int) -> str:
    return f"{counted(count, 'row')} {was_were(count)}"


def remarks(label: str, checked: Checked, staged: Staged, job: Job, ignored: list[str]) -> tuple[str, ...]:
    """Return a sentence for each reason that refused rows, for columns left out or empty, for the encoding."""
    said = [
        f"{label}: {_rows(count)} refused for {reason} "
        f"({_first(checked, reason)}{' is the first' * (count > 1)}). "
        f"The other {counted(checked.kept, 'row')} {is_are(checked.kept)} held; correct the file and import it again to have all."
        for reason, count in sorted(checked.refused.items())
    ]
    if ignored:
        names = ", ".join(f"“{plain_name(name)}”" for name in ignored[:5])
        names += f" and {len(ignored) - 5:,} more" if len(ignored) > 5 else ""
        said.append(
            f"{label}: row 1 names {names}, which police.uk's {job.key.kind} files do not have; "
            "left out. Nothing needs to be done."
        )
    absent = [
        name
        for name in file_names.known_columns(job.key.kind)
        if name not in staged.header and name != "Context"
    ]
    if absent:
        said.append(
            f"{label}: row 1 does not name {', '.join(absent)}; left empty. "
            "Give the file as data.police.uk publishes it to have them."
        )
    if job.key.kind == "street" and checked.repeating_id:
        said.append(_repeating(label, checked))
    if checked.encoding == "cp1252":
        said.append(f"{label}: the file is not UTF-8 and was read as Windows-1252. Check names with accents.")
    return tuple(said)
