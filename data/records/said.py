"""What is said of the records that stand behind figures: whose they are, on a page and in a pack alike."""

from __future__ import annotations

from analysis.model.english import counted, upper_first
from analysis.model.naming import Naming
from analysis.records.contract import RecordKind
from analysis.records.given import refused_sentence
from data.records import RecordVersion


def held_line(version: RecordVersion, kind: RecordKind, naming: Naming) -> str:
    """Say which version of the office's own records is in use, how many of its rows were refused, and till when it is kept."""
    until = f", to be deleted after {version.delete_after}" if version.delete_after else ""
    rows = f"{counted(version.rows, 'row')} from " if kind.rows_said else ""
    return (
        f"{upper_first(naming.own('records'))}, version {version.version}: {rows}"
        f"{version.file_name}, kept on {version.kept_at[:10]}{until}. "
        f"{refused_sentence(version.rows, version.refused, rows_said=kind.rows_said)}"
    ).rstrip()


def not_held_line(naming: Naming) -> str:
    """Say that the office has given none."""
    return f"No records {f'of {naming.body}' if naming.body else 'of the office’s own'} are held."


def simulated_line(kind: RecordKind) -> str:
    """Say that the records shown are invented."""
    return (
        f"Simulated {kind.title.lower()}. Its rows are invented, to show the page at work. No row describes a real patrol, "
        "place, sum, shop or person."
    )
