"""The line in which readers wait for work that takes a core: so many at a time, and one reader has one place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

LOOK = 1.0
"""Seconds between two words to who waits; a reader who has gone is noticed then, and leaves the line."""


@dataclass(frozen=True, eq=False)
class _Ticket:
    reader: Hashable


class Line:
    """So many work at a time (``most``), in the order in which they came.

    A reader who is at work waits with all else that he asks for, and those behind go first: opening many windows
    takes nobody's place.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._waiting: list[_Ticket] = []
        self._working: list[_Ticket] = []
        self._changed = threading.Condition()

    @contextmanager
    def place(self, reader: Hashable, tell: Callable[[int], None]) -> Iterator[None]:
        """Do what stands inside in this reader's turn.

        While others are before, ``tell`` is called with the place in line, 1 for the next; what it raises (the
        reader has gone) ends the waiting.
        """
        ticket = _Ticket(reader)
        with self._changed:
            self._waiting.append(ticket)
        try:
            while (at := self._take(ticket)) > 0:
                tell(at)
                with self._changed:
                    self._changed.wait_for(lambda: self._turn() is ticket, LOOK)
            yield
        finally:
            with self._changed:
                for tickets in (self._waiting, self._working):
                    if ticket in tickets:
                        tickets.remove(ticket)
                self._changed.notify_all()

    def _take(self, ticket: _Ticket) -> int:
        """Return 0 and begin where it is this ticket's turn, else its place in line."""
        with self._changed:
            if self._turn() is not ticket:
                return self._waiting.index(ticket) + 1
            self._waiting.remove(ticket)
            self._working.append(ticket)
            self._changed.notify_all()
            return 0

    def _turn(self) -> _Ticket | None:
        if len(self._working) >= self.most:
            return None
        busy = {ticket.reader for ticket in self._working}
        return next((ticket for ticket in self._waiting if ticket.reader not in busy), None)
