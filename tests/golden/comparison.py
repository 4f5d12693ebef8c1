"""What differs between two lists: by page, selection and part, with the values on both sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.golden.rows import Row, hashes, read_hashes, read_rows

MOST_LINES = 12
"""Differences of one part that are printed; the rest are counted."""

PACKED, HASHED = ".tsv.gz", ".tsv"


def compare(old: Path, new: Path) -> list[str]:
    """Return the lines that say what differs; none where nothing does.

    Each side is a folder of lists or one list. Of folders the stores that both have are compared: in full where
    both have the full list, else by hash a part.
    """
    if old.is_file():
        return _pair(old, new)
    names = sorted(_names(old) & _names(new))
    if not names:
        return [f"{old} and {new} have no list of the same name."]
    return [line for name in names for line in _pair(_best(old, name), _best(new, name))]


def differences(old: list[Row], new: list[Row]) -> Iterator[str]:
    """Yield the heads of the parts that differ, and under each the rows that only one side has."""
    before, after = _by_part(old), _by_part(new)
    for part in sorted(before.keys() | after.keys()):
        gone = sorted((before[part] - after[part]).elements())
        come = sorted((after[part] - before[part]).elements())
        if not gone and not come:
            continue
        yield f"{' · '.join(part)}: {len(gone):,} rows only in the old, {len(come):,} only in the new"
        lines = list(_paired(gone, come))
        yield from lines[:MOST_LINES]
        if len(lines) > MOST_LINES:
            yield f"    and {len(lines) - MOST_LINES:,} more"


def _paired(gone: list[Row], come: list[Row]) -> Iterator[str]:
    """Yield a line a place: what stood there and what stands there, where only the value differs."""
    at: dict[tuple[str, ...], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((gone, come)):
        for row in rows:
            at[row[3:6]][side].append(row.value)
    for place, (were, are) in sorted(at.items()):
        for i in range(max(len(were), len(are))):
            was, now = (f"“{side[i]}”" if i < len(side) else "nothing" for side in (were, are))
            yield f"    {' | '.join(filter(None, place))}: {was} -> {now}"


def _by_part(rows: list[Row]) -> defaultdict[tuple[str, ...], Counter[Row]]:
    parts: defaultdict[tuple[str, ...], Counter[Row]] = defaultdict(Counter)
    for row in rows:
        parts[row[:3]][row] += 1
    return parts


def _pair(old: Path, new: Path) -> list[str]:
    full = [file.name.endswith(PACKED) for file in (old, new)]
    if all(full):
        found = list(differences(read_rows(old), read_rows(new)))
    else:
        before, after = (
            {line[:3]: line[3:] for line in (hashes(read_rows(file)) if packed else read_hashes(file))}
            for file, packed in zip((old, new), full, strict=True)
        )
        found = [
            f"{' · '.join(part)}: {_told(before.get(part))} -> {_told(after.get(part))}"
            for part in sorted(before.keys() | after.keys())
            if before.get(part) != after.get(part)
        ]
    return [f"{old.name.split('.')[0]}: {len(found):,} lines of difference", *found] if found else []


def _told(line: tuple[str, ...] | None) -> str:
    return "nothing" if line is None else f"{line[0]} rows, {line[1]}"


def _names(folder: Path) -> set[str]:
    return {file.name.split(".")[0] for file in folder.iterdir() if file.name.endswith((PACKED, HASHED))}


def _best(folder: Path, name: str) -> Path:
    """Return the full list of a store where the folder has it, else its hashes."""
    packed = folder / f"{name}{PACKED}"
    return packed if packed.exists() else folder / f"{name}{HASHED}"
