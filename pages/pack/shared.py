"""A pack made by two processes: which gives the other what (chapters, manifest, pictures), and what each of them writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from analysis.drawing.answer import DrawnFigure
from analysis.drawing.maps.shown import Shown
from analysis.model.errors import RefusedError
from pages.pack import pictures
from pages.pack.beside import Side
from pages.pack.contents import Chapter, Contents

Pictured = Mapping[str, Shown | DrawnFigure]


MOVED = "Months, records or settings changed while the pack was made, so its figures might not belong together. Make it again."


class MovedError(RefusedError):
    """What is held changed while a pack was made of it."""


class Shared:
    """The work of one side. ``drawn`` says whether a format is asked for that has pictures."""

    def __init__(self, side: Side, *, drawn: bool) -> None:
        self._side, self._drawn = side, drawn

    def own(self, keys: Iterable[str]) -> Iterable[str]:
        """Yield the chapters that this side makes, each taken when it comes to it."""
        return (key for key in self._side.order(keys) if self._side.take(f"chapter {key}"))

    def chapters(self, own: Contents, state: str) -> dict[str, Chapter]:
        """Give the other side this one's chapters, and return its own by key; none where it ended without.

        Until they come this side draws pictures of its chapters. ``state`` is that of the store, which they were made of.
        Raises MovedError where the other side's were made of another.
        """
        self._side.give("chapters", (state, own.chapters))
        theirs: tuple[str, tuple[Chapter, ...]] | None = self._side.wait("chapters", self._drawing(own))
        if theirs is None:
            return {}
        if theirs[0] != state:
            raise MovedError(MOVED)
        return {chapter.key: chapter for chapter in theirs[1]}

    def manifest(self, contents: Contents, make: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any] | None:
        """Return the manifest, which the first side makes and the second gets, drawing until it comes."""
        if self._side.first:
            values = make()
            self._side.give("manifest", values)
            return values
        given: Mapping[str, Any] | None = self._side.wait("manifest", self._drawing(contents))
        return given

    def pictures(self, contents: Contents) -> None:
        """Draw what the other side has not taken, and give and keep what each drew, so that each picture is drawn once."""
        if not self._drawn:
            return
        parts = _pictured(contents)
        for piece in self._side.order(parts):
            self._draw(contents, parts, piece)
        self._side.give("pictures", {piece: pictures.kept(part) for piece, part in parts.items()})
        for piece, drawn in (self._side.wait("pictures") or {}).items():
            pictures.keep(parts[piece], drawn)

    def formats(
        self, groups: Iterable[tuple[str, ...]], write: Callable[[Iterable[str]], dict[str, str]]
    ) -> dict[str, str]:
        """Write what formats the other side has not taken; return what was said of each format, of both sides.

        The first side writes besides what the second took and did not bring to its end.
        """
        listed = {group[0]: group for group in groups}
        done: dict[str, str] = {}
        for first in self._side.order(listed):
            if self._side.take(f"format {first}"):
                done |= write(listed[first])
        self._side.give("formats", done)
        if self._side.first:
            done |= self._side.wait("formats") or {}
            done |= write([key for group in listed.values() for key in group if key not in done])
        return done

    def _drawing(self, contents: Contents) -> Callable[[], bool]:
        """Return what draws one picture each time that it is called, and returns False when there is none left."""
        parts = _pictured(contents) if self._drawn else {}
        left = iter(self._side.order(parts))

        def draw() -> bool:
            piece = next(left, "")
            if piece:
                self._draw(contents, parts, piece)
            return bool(piece)

        return draw

    def _draw(self, contents: Contents, parts: Pictured, piece: str) -> None:
        if not self._side.take(piece):
            return
        part = parts[piece]
        if isinstance(part, Shown):
            pictures.map_png(contents, part)
        else:
            pictures.chart_svg(part)


def _pictured(contents: Contents) -> dict[str, Shown | DrawnFigure]:
    """Return charts and maps by a name that both sides have for them.

    Maps stand first: each sort begins with a library to load, so that it is quicker to draw it on one side.
    """
    named_parts = [
        (f"picture {chapter.key} {at}", named.part)
        for chapter in contents.chapters
        for at, (_, named) in enumerate(chapter.named())
        if isinstance(named.part, Shown | DrawnFigure)
    ]
    return dict(sorted(named_parts, key=lambda each: isinstance(each[1], DrawnFigure)))
