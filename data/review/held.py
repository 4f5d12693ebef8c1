"""The reviews that ship with the program, each read once: its tables, its words, and what it names."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.model.breaks import Break
from analysis.model.errors import ContractError
from analysis.model.periods import Period, parse_month
from analysis.model.review import Programme, Review, ReviewTerm
from data.review.reader import REVIEW_TABLES, read_review

FOLDER = Path(__file__).parent
FILE = "review.toml"


@lru_cache(maxsize=1)
def reviews() -> dict[str, Review]:
    """Return every review held, by the name of its folder."""
    return {file.parent.name: read(file.parent) for file in sorted(FOLDER.glob(f"*/{FILE}"))}


def review_of(force: str) -> Review | None:
    """Return the review of a force, the last by name where several are held, None where none is."""
    return next((review for review in reversed(reviews().values()) if review.force == force), None)


def read(folder: Path) -> Review:
    """Return the review in one folder. Raises ContractError where its words or its tables have another form."""
    try:
        words = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        return Review(
            name=folder.name,
            force=words["force"],
            title=words["title"],
            baseline=Period.parse(words["baseline"]),
            comparison=Period.parse(words["comparison"]),
            tables={name: read_review(name, folder) for name in REVIEW_TABLES},
            texts=words.get("texts", {}),
            programmes={key: _programme(key, each) for key, each in words.get("programmes", {}).items()},
            breaks=tuple(_break(each) for each in words.get("breaks", [])),
            action_names={key: tuple(names) for key, names in words.get("action_names", {}).items()},
            terms=tuple(_term(each) for each in words.get("terms", [])),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise ContractError(
            f"{folder.name}/{FILE} is not the content of a review ({problem}). data/review/cleveland_2024 shows the form."
        ) from problem


def _programme(key: str, entry: dict[str, Any]) -> Programme:
    return Programme(key, **entry | {"also_called": tuple(entry.get("also_called", ()))})


def _break(entry: dict[str, Any]) -> Break:
    return Break(parse_month(entry["month"]), entry["what"], entry["why"], entry["source"], "programme")


def _term(entry: dict[str, Any]) -> ReviewTerm:
    return ReviewTerm(**entry | {"spellings": tuple(entry.get("spellings", ()))})
