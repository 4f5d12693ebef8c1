"""The steps that a job can be made of, as both processes know them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Sort = Literal["months", "lookup", "boundaries", "centres"]
"""What files are given as."""


@dataclass(frozen=True)
class MonthsStep:
    """Fetch the months of a force from the archives; without months, all of the newest archive."""

    force: str
    first: str = ""
    last: str = ""
    with_railways: bool = False
    do: Literal["months"] = field(default="months", init=False)

    @property
    def title(self) -> str:
        """What the step does, in words."""
        return "Getting the months"


@dataclass(frozen=True)
class GeographyStep:
    """Fetch lookup, boundaries and wards of a force from the ONS."""

    force: str
    do: Literal["geography"] = field(default="geography", init=False)

    @property
    def title(self) -> str:
        """What the step does, in words."""
        return "Getting lookup and boundaries"


@dataclass(frozen=True)
class UpdateStep:
    """Fetch what is new or revised of every force held, and say what that changed in figures already shown."""

    do: Literal["update"] = field(default="update", init=False)

    @property
    def title(self) -> str:
        """What the step does, in words."""
        return "Getting what is new or revised"


@dataclass(frozen=True)
class FilesStep:
    """Import files that lie on this machine."""

    sort: Sort
    paths: tuple[str, ...]
    do: Literal["files"] = field(default="files", init=False)

    @property
    def title(self) -> str:
        """What the step does, in words."""
        return f"Importing the {self.sort}"


Step = MonthsStep | GeographyStep | UpdateStep | FilesStep


def to_plain(step: Step) -> dict[str, Any]:
    """Return a step as plain values, for JSON."""
    return asdict(step)


def from_plain(values: dict[str, Any]) -> Step:
    """Return the step of these plain values."""
    given = {name: value for name, value in values.items() if name != "do"}
    if values["do"] == "files":
        return FilesStep(given["sort"], tuple(given["paths"]))
    if values["do"] == "update":
        return UpdateStep()
    return GeographyStep(**given) if values["do"] == "geography" else MonthsStep(**given)
