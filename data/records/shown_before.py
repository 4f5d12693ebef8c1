"""What versions of a register showed, kept in the store so that a later version does not give away what they hid.

One file a kind beside the versions: for each version that was in use, by quarter, the totals shown and which units
had none, with their names sealed; no hidden count and no name. It stays when versions are removed: what a screen
showed is known, and only by it can the next version be made safe beside it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.model.errors import RefusedError
from analysis.model.publishing import Published, Shown
from analysis.records.contract import RecordKind
from data.atomic import write_file


class ShownBefore:
    """What the versions of one kind in one store showed, in the order in which they came into use."""

    def __init__(self, records: Path, kind: RecordKind) -> None:
        self.kind = kind
        self.path = records / "shown" / f"{kind.key}.json"

    def published(self, frame: pd.DataFrame, fingerprint: str) -> Published:
        """Return what of a version may be shown, given what those before it showed. Raises RefusedError where the list is damaged."""
        salt, entries = self._read()
        return self._decide(frame, fingerprint, salt=salt, entries=entries)

    def note(self, frame: pd.DataFrame, fingerprint: str) -> None:
        """Write what a version shows, before it comes into use; nothing for a kind that is not decided or is noted already.

        The caller holds the store's lock.
        """
        if self.kind.publish is None:
            return
        salt, entries = self._read()
        if any(entry["fingerprint"] == fingerprint for entry in entries):
            return
        salt = salt or secrets.token_hex(16)
        states = self._decide(frame, fingerprint, salt=salt, entries=entries).states
        entry = {
            "fingerprint": fingerprint,
            "quarters": {quarter: _listed(state) for quarter, state in states.items()},
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_file(self.path, json.dumps({"salt": salt, "versions": [*entries, entry]}))

    def _decide(
        self, frame: pd.DataFrame, fingerprint: str, *, salt: str, entries: list[dict[str, Any]]
    ) -> Published:
        names = [entry["fingerprint"] for entry in entries]
        # a version that is put back shows what it showed: those that came after it were made safe beside it
        until = names.index(fingerprint) + 1 if fingerprint in names else len(entries)
        try:
            earlier = [
                {quarter: _shown(state, salt) for quarter, state in entry["quarters"].items()}
                for entry in entries[:until]
            ]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise RefusedError(self._damaged()) from error
        if self.kind.publish is None:
            raise RefusedError(
                f"What may be shown of the {self.kind.title.lower()} is not decided by version."
            )
        return self.kind.publish(frame, earlier, salt)

    def _read(self) -> tuple[str, list[dict[str, Any]]]:
        try:
            listed = json.loads(self.path.read_text(encoding="utf-8"))
            entries = [{**entry, "fingerprint": str(entry["fingerprint"])} for entry in listed["versions"]]
            return str(listed["salt"]), entries
        except FileNotFoundError:
            return "", []
        except (ValueError, KeyError, TypeError) as error:
            raise RefusedError(self._damaged()) from error

    def _damaged(self) -> str:
        return (
            f"The list of what versions of the {self.kind.title.lower()} showed is damaged, so nothing of it is shown: a hidden "
            f"count could be had from two versions. Put {self.path.name} in the store's records back from a copy."
        )


def _listed(state: Shown) -> dict[str, Any]:
    return {
        "counts": dict(state.counts),
        "hidden": sorted(state.hidden),
        "blind": sorted(state.blind),
        "rows": state.rows,
    }


def _shown(listed: Mapping[str, Any], salt: str) -> Shown:
    return Shown(
        {str(name): int(count) for name, count in listed["counts"].items()},
        frozenset(listed["hidden"]),
        frozenset(listed["blind"]),
        str(listed["rows"]),
        salt,
    )
