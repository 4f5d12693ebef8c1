"""How long a download still takes, by how fast the last of it came."""

from __future__ import annotations

from collections import deque

WINDOW = 20.0
"""Seconds that the pace is taken over: short enough to follow a network, long enough not to jump."""

LEAST = 2.0
"""Seconds before anything is said."""


class Pace:
    """Moments and the bytes that had come by then."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def seconds_left(self, now: float, done: int, wanted: int) -> float | None:
        """Return the seconds until all is there, by the pace of the last `WINDOW`; None while nobody can say."""
        self._seen.append((now, done))
        while now - self._seen[0][0] > WINDOW and len(self._seen) > 2:
            self._seen.popleft()
        since, before = self._seen[0]
        if now - since < LEAST or done <= before:
            return None
        return max(0, wanted - done) * (now - since) / (done - before)
