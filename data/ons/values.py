"""What a download of geography is asked, how far it is, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from analysis.model.english import listed
from data.download.values import megabytes
from data.ons.editions import HeldEdition
from data.police_uk.report import SideReport


@dataclass(frozen=True)
class GeographyRequest:
    """Whose lookup and outlines: forces as in file names or by their own names; without any, the forces held."""

    forces: tuple[str, ...] = ()


@dataclass(frozen=True)
class GeographyProgress:
    """How far a download is: which layer of how many, its rows so far and in all, and the bytes of all layers."""

    doing: Literal["fetching", "importing"]
    words: str = ""
    layers_done: int = 0
    layers: int = 0
    rows_done: int = 0
    rows_wanted: int = 0
    bytes_fetched: int = 0


Progress = Callable[[GeographyProgress], None]
"""Called from the caller's own thread, after each piece that came."""


@dataclass(frozen=True)
class GeographyReport:
    """What became of a download: what the importers said, and the editions that are held now.

    ``refused`` has a sentence for each layer that could not be had; the others are held all the same. Where it was
    ``stopped`` nothing was imported. ``remarks`` say what was fetched beside what was asked for.
    """

    forces: tuple[str, ...]
    imported: tuple[SideReport, ...] = ()
    editions: tuple[HeldEdition, ...] = ()
    remarks: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    bytes_fetched: int = 0
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """True when nothing was refused and the end was reached."""
        return not self.refused and not self.stopped

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {"ok": self.ok} | asdict(self)

    def __str__(self) -> str:
        lines = [each.sentence for each in self.imported]
        if self.editions:
            lines.append(f"Editions: {listed([each.layer for each in self.editions])}.")
        lines += [*self.remarks, *self.refused]
        lines.append(f"{megabytes(self.bytes_fetched)} were fetched for {listed(self.forces)}.")
        if self.stopped:
            lines.append(STOPPED)
        return "\n".join(lines)


STOPPED = "Stopped. Nothing held was changed; ask again to fetch it from the beginning."
