"""Names and words that somebody might write to do more than be read, and a store that has them everywhere."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.model.naming import checked_naming
from analysis.records import RECORD_KINDS
from data.desk import demonstration_records
from data.records import RecordsReport, keep_records
from data.store import Store
from data.store.settings import keep_naming

NAMES = (
    "![x](http://evil.example/x.png)",
    "[Click to sign in](http://evil.example)",
    "@@#a.b",
    "@@=a(",
    "$\\frac{1}{0}$ and $x^$",
    "x,=cmd|'/C calc'!A0",
    "<img src=//evil.example/x.png>",
    "ሀ𓀀 مرحبا :red[x] `y`",
    "https://evil.example www.evil.example",
)
"""Each may stand: no longer than a name may be, and with nothing in it that cannot be seen."""


def fill(store: Store) -> None:
    """Give a copy of the demonstration's store areas, records and an office whose every word is hostile."""
    _areas(store)
    keep_naming(store, checked_naming(NAMES[0], NAMES[1], {"Stockton-on-Tees": f"{NAMES[6]} {NAMES[4]}"}))
    for kind in RECORD_KINDS:
        frame = demonstration_records(kind.key).copy()
        for column in kind.columns:
            if column.type == "text" and (column.place or column.name_of or not column.required):
                frame[column.name] = [
                    value if (column.place == "known" and at % 2) else NAMES[at % len(NAMES)]
                    for at, value in enumerate(frame[column.name])
                ]
                frame[column.name] = frame[column.name].astype("str")
        refused = frame.head(0)[[]].assign(row=[], reason=[])
        report = RecordsReport(kind, frame, refused, refused, (), (), file_name=f"{NAMES[0][:40]}.csv")
        keep_records(store.path, kind.key, report)


def _areas(store: Store) -> None:
    ground = store.ground("cleveland")
    whole = ground.loc[ground["in_force"] & ground["joined"]].head(len(NAMES))
    sections = [
        f'[areas.hostile-{at}]\nname = {json.dumps(name, ensure_ascii=False)}\nkind = "own"\n'
        f'force = "cleveland"\ndistrict = {json.dumps(unit.district_name)}\n'
        f"ground = [{{ lsoa_2011 = {json.dumps(list(unit.codes_2011))}, lsoa_2021 = {json.dumps(list(unit.codes_2021))} }}]\n"
        for at, (name, unit) in enumerate(zip(NAMES, whole.itertuples(), strict=True))
    ]
    Path(store.path / "demonstration" / "areas.toml").write_text("\n".join(sections), encoding="utf-8")
