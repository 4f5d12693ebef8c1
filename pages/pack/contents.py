"""What a pack holds, as values: chapters (one a page), their sections, and the parts in them. A writer computes nothing.

Every title, sentence, row and specification stands in the parts, drawn once by the topics as the pages have them. Text from
outside (names, records) stands in them as it was read: each writer encodes it for its own interpreter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analysis.drawing.answer import Part
from analysis.drawing.certificate import Certificate
from analysis.model.land import Land
from analysis.model.periods import Period

Lead = tuple[str, str]
"""A place, and the sentence that is said first of it."""


class NamedPart(NamedTuple):
    """A part by its name in its answer, and how whole the data behind it are (None where that is not told)."""

    name: str
    part: Part
    whole: Certificate | None = None


@dataclass(frozen=True, eq=False)
class Section:
    """What stands under one title of a page: sentences (``said``) and leads first, then the parts, in the page's order.

    ``title`` is that of the fold or heading on the page, empty for what stands first; ``key`` is unique in its chapter.
    ``said`` are the page's own sentences, such as whose records are shown, ``below`` those that stand under the parts.
    """

    key: str
    title: str
    parts: tuple[NamedPart, ...] = ()
    leads: tuple[Lead, ...] = ()
    said: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    def get(self, name: str) -> Part | None:
        """Return the first part of this name, None where there is none."""
        return next((each.part for each in self.parts if each.name == name), None)


@dataclass(frozen=True, eq=False)
class Chapter:
    """One page: ``key`` is its address (``hotspots``), ``name`` its short name in the menu.

    ``leads`` are the first ones of the page (also in their section), ``notes`` what stands under “Keep in mind”,
    ``certificate`` that of the page. ``document`` is Markdown of our own, for a page that is a document; else empty.
    """

    key: str
    name: str
    question: str
    leads: tuple[Lead, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    certificate: Certificate | None = None
    document: str = ""

    def section(self, key: str) -> Section | None:
        """Return the section of this key, None where the page has none of it."""
        return next((each for each in self.sections if each.key == key), None)

    def named(self) -> Iterator[tuple[Section, NamedPart]]:
        """Yield every part with the section that it stands in, in the page's order."""
        for section in self.sections:
            for each in section.parts:
                yield section, each

    def get(self, name: str, section: str = "") -> Part | None:
        """Return the first part of this name (in this section, where one is given), None where there is none."""
        return next(
            (
                each.part
                for of, each in self.named()
                if each.name == name and (not section or of.key == section)
            ),
            None,
        )


@dataclass(frozen=True)
class AreaFact:
    """An area that was chosen: its name, of which kind it is, and the LSOA codes of its ground, sorted."""

    key: str
    name: str
    kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class CaseFacts:
    """What was asked: the two periods, the areas with their codes, and the filters."""

    baseline: Period
    comparison: Period
    areas: tuple[AreaFact, ...]
    crime_types: tuple[str, ...]
    like_for_like: bool
    show_small: bool
    proposed: tuple[AreaFact, ...] = ()
    has_review: bool = False


@dataclass(frozen=True, eq=False)
class Contents:
    """All that a pack says. ``body`` is for whom it is (empty where the office gave no name).

    ``manifest`` are plain values for ``manifest.json`` (`pages.pack.manifest`); ``land`` is what maps are drawn on, None
    where there is none: `pages.pack.pictures.map_png` draws them. ``simulated`` marks the demonstration, and every writer says
    so on each sheet, page and slide.
    """

    title: str
    body: str
    force: str
    force_name: str
    facts: CaseFacts
    chapters: tuple[Chapter, ...]
    simulated: bool
    release: str = ""
    manifest: Mapping[str, Any] = field(default_factory=dict)
    land: Land | None = None

    def chapter(self, key: str) -> Chapter | None:
        """Return the chapter of a page, None where the pack leaves it out."""
        return next((each for each in self.chapters if each.key == key), None)
