"""What a download is asked, what it would fetch, how far it is, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from analysis.model.english import counted, listed
from analysis.model.formats import number
from data.police_uk.archive import Member
from data.police_uk.file_names import RAILWAYS, FileKey
from data.police_uk.report import ImportReport

State = Literal["new", "revised", "held"]
"""Against the store: a month not held, one held from another file, one held as it is (nothing is fetched)."""


@dataclass(frozen=True)
class DownloadRequest:
    """Which force (as in file names, or by its own name) and which months, ``YYYY-MM``, both ends in.

    Without ``last`` the last month of the newest archive; without ``first`` the 36 months, an archive's, up to it.
    ``with_railways`` takes what British Transport Police recorded besides. ``within_newest`` leaves out months from before
    the newest archive's 36, of which no later release will come.
    """

    force: str
    first: str = ""
    last: str = ""
    with_railways: bool = False
    within_newest: bool = False

    @property
    def forces(self) -> tuple[str, ...]:
        """The forces whose files are wanted."""
        return (self.force, RAILWAYS) if self.with_railways and self.force != RAILWAYS else (self.force,)


@dataclass(frozen=True)
class Offer:
    """One file in one archive, by the archive's list of files: bytes unpacked and packed, check sum, where it lies.

    ``ends`` is where the next file begins, or the list.
    """

    key: FileKey
    release: str
    size: int
    packed: int
    crc32: int
    begins: int
    ends: int
    member: Member = field(compare=False, repr=False)


@dataclass(frozen=True)
class Choice:
    """The file that is taken for one month, how it stands against the store, and the other releases that have one.

    ``others`` are in order, newest first; one of them is tried where the importer refuses the file.
    """

    offer: Offer
    state: State
    others: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class DownloadPlan:
    """What a download would fetch. ``remarks`` say where an older release is taken; ``not_offered`` which months none has.

    ``archive_bytes`` is the length of the archives whose lists of files were read, ``newest`` the newest of them.
    """

    request: DownloadRequest
    newest: str
    first: str
    last: str
    choices: tuple[Choice, ...]
    remarks: tuple[str, ...] = ()
    not_offered: tuple[str, ...] = ()
    archive_bytes: int = 0
    bytes_fetched: int = 0

    @property
    def to_fetch(self) -> tuple[Choice, ...]:
        """Files that the store does not hold as they are, those of one archive together and in its order."""
        wanted = [choice for choice in self.choices if choice.state != "held"]
        return tuple(sorted(wanted, key=lambda c: (c.offer.release, -c.offer.begins), reverse=True))

    @property
    def bytes_to_fetch(self) -> int:
        """Bytes of those files as they are packed."""
        return sum(choice.offer.packed for choice in self.to_fetch)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain values, for JSON."""
        return {
            "force": self.request.force,
            "forces": list(self.request.forces),
            "newest_release": self.newest,
            "first": self.first,
            "last": self.last,
            "bytes_to_fetch": self.bytes_to_fetch,
            "bytes_fetched": self.bytes_fetched,
            "archive_bytes": self.archive_bytes,
            "files": [
                {
                    "kind": c.offer.key.kind, "force": c.offer.key.force, "month": c.offer.key.month,
                    "release": c.offer.release, "state": c.state, "bytes": c.offer.size, "packed": c.offer.packed,
                }
                for c in self.choices
            ],
            "remarks": list(self.remarks),
            "not_offered": list(self.not_offered),
        }  # fmt: skip

    def __str__(self) -> str:
        return "\n".join([self.heading, *self._amounts(), *self.remarks, *self.not_offered])

    @property
    def heading(self) -> str:
        """The forces, the months and the newest release, in a sentence."""
        forces = " and ".join(self.request.forces)
        return f"{forces}, {self.first} to {self.last}; the newest release is {self.newest}."

    def _amounts(self) -> list[str]:
        states = Counter(choice.state for choice in self.choices)
        releases = sorted({choice.offer.release for choice in self.to_fetch}, reverse=True)
        lines = ["Nothing is to be fetched."]
        if releases:
            lines = [
                f"{counted(len(self.to_fetch), 'file')} to fetch, {megabytes(self.bytes_to_fetch)}, of "
                f"{'release' if len(releases) == 1 else 'releases'} {listed(releases)}: "
                f"{number(states['new'])} new, {number(states['revised'])} revised."
            ]
        if states["held"]:
            lines.append(f"{counted(states['held'], 'file')} held already as published.")
        return lines


@dataclass(frozen=True)
class DownloadProgress:
    """How far a download is: bytes of the files to fetch, packed; both are 0 until it is known which they are.

    ``seconds_left`` is None until some have come. ``file`` is the file that is being fetched; ``files_imported`` of
    ``files`` are held.
    """

    doing: Literal["reading lists of files", "fetching", "importing"]
    bytes_done: int = 0
    bytes_wanted: int = 0
    files_imported: int = 0
    files: int = 0
    seconds_left: float | None = None
    file: str = ""


Progress = Callable[[DownloadProgress], None]
"""Called from the caller's own thread, after each piece that came."""


@dataclass(frozen=True)
class DownloadReport:
    """What became of a download: the plan that it followed, what the importer said, and how many bytes came.

    ``imported.refused`` has what no release could give whole. ``stopped`` is true where it was stopped; what was
    finished by then is held.
    """

    plan: DownloadPlan
    imported: ImportReport = field(default_factory=ImportReport)
    bytes_fetched: int = 0
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """True when nothing was refused and the end was reached."""
        return self.imported.ok and not self.stopped

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return self.imported.to_dict() | {
            "ok": self.ok,
            "stopped": self.stopped,
            "bytes_fetched": self.bytes_fetched,
            "plan": self.plan.to_dict(),
        }

    def __str__(self) -> str:
        if self.stopped and not self.plan.newest:
            return STOPPED
        plan, imported = self.plan, self.imported
        lines = [plan.heading]
        lines += [str(imported)] if imported.files or imported.refused else plan._amounts()
        lines += [*plan.remarks, *plan.not_offered]
        part = self.bytes_fetched / self.plan.archive_bytes if self.plan.archive_bytes else 0
        lines.append(
            f"{megabytes(self.bytes_fetched)} were fetched, lists of files included: {100 * part:.1f}% of the archives "
            "looked at."
        )
        if self.stopped:
            lines.append(STOPPED)
        return "\n".join(lines)


STOPPED = "Stopped. The months finished so far are held; the same download goes on from there."


def megabytes(count: int) -> str:
    """Return bytes as ``12.3 MB`` (a million bytes, as download pages write it), or ``4 kB`` under a tenth of one."""
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{-(-count // 1000):,} kB"
