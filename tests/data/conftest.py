"""Small made police.uk files: what a month looks like, without a real neighbourhood in it."""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path

import pytest

# fmt: off
STREET = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
]
OUTCOMES = [*STREET[:9], "Outcome type"]
# fmt: on


class MadeFiles:
    """Writes made months into a folder, named as police.uk names them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(
        self, month: str, *, count: int = 3, force: str = "Cleveland Police", **changed: str
    ) -> list[dict]:
        """``count`` rows of one month, each a burglary in Stockton-on-Tees 014F with a Crime ID of its own, some fields changed."""
        row = {
            "Crime ID": f"{1:064x}", "Month": month, "Reported by": force, "Falls within": force,
            "Longitude": "-1.310000", "Latitude": "54.560000", "Location": "On or near High Street",
            "LSOA code": "E01012267", "LSOA name": "Stockton-on-Tees 014F", "Crime type": "Burglary",
            "Last outcome category": "Under investigation", "Context": "",
        }  # fmt: skip
        return [row | {"Crime ID": f"{number:064x}"} | changed for number in range(1, count + 1)]

    def text(self, rows: list[dict], columns: list[str] = STREET) -> str:
        """The rows as the text of a CSV file."""
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()

    def street(
        self, month: str, rows: list[dict] | None = None, *, slug: str = "cleveland", folder: str = ""
    ) -> Path:
        """Write one street file and return its path."""
        text = self.text(self.rows(month) if rows is None else rows)
        return self.file(f"{folder or month}/{month}-{slug}-street.csv", text)

    def file(self, name: str, text: str | bytes) -> Path:
        """Write any file and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path


@pytest.fixture
def made(tmp_path) -> MadeFiles:
    """Made police.uk files in a folder of their own."""
    return MadeFiles(tmp_path / "files")


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    from data.store import open_store

    return open_store(tmp_path / "store")


@pytest.fixture
def command(tmp_path, capsys):
    """Return a function that runs a command for records in a store of its own: exit code, what was printed."""
    from data.records.records_cli import add_records_commands, run

    parser = argparse.ArgumentParser()
    add_records_commands(parser.add_subparsers(required=True))

    def call(*words: str, store: bool = True) -> tuple[int, str]:
        code = run(parser.parse_args([*words, *(["--store", str(tmp_path / "store")] if store else [])]))
        return code, capsys.readouterr().out

    return call
