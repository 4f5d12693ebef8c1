"""The project's documents as a page shows them, each read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def methods() -> str:
    """Return how each figure is made, as Markdown: what holds for all, then each topic's own."""
    parts = [PROJECT / "METHODS.md", *sorted((PROJECT / "analysis" / "topics").glob("*/METHOD.md"))]
    return "\n\n".join(part.read_text(encoding="utf-8").strip() for part in parts)
