"""What holds for any files: the store does not depend on how its months came in."""

from __future__ import annotations

import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store import open_store
from tests.data.conftest import MadeFiles
from tests.exhaustive import examples

MONTHS = ("2023-01", "2023-02", "2023-04")


def content(store):
    """Everything the store says, save when and from which file it came."""
    tables = [
        store.street(force)
        .execute()
        .sort_values(["month", "source_row"], ignore_index=True)
        .assign(crime_id=lambda t: [bytes(i).hex() for i in t["crime_id"]])
        for force in store.forces()
    ]
    manifest = store.manifest().drop(columns=["source", "member", "imported_at"])
    return [*tables, manifest, *(store.cube(force) for force in store.forces())]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Six months of made files, three each of two forces."""
    made = MadeFiles(tmp_path_factory.mktemp("files"))
    return [
        made.street(month, made.rows(month, count=count, force=f"{slug.title()} Police"), slug=slug)
        for count, (month, slug) in enumerate(
            [(m, s) for m in MONTHS for s in ("cleveland", "durham")], start=1
        )
    ]


@pytest.fixture(scope="module")
def whole(files, tmp_path_factory):
    """A store to which all of them came at once."""
    store = open_store(tmp_path_factory.mktemp("whole"))
    assert store.import_police_uk(*files).ok
    return store


@examples(6)  # each writes a whole store
@given(data=st.data())
def test_any_split_and_any_order_give_the_same_store(data, files, whole, tmp_path_factory):
    folder = tmp_path_factory.mktemp("split")
    order = data.draw(st.permutations(files))
    cuts = data.draw(st.lists(st.integers(1, len(files) - 1), max_size=3, unique=True).map(sorted))
    pieces = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    split = open_store(folder / "split")
    for number, piece in enumerate(pieces):
        if data.draw(st.booleans()):
            archive = folder / f"{number}.zip"
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
                for file in piece:
                    out.write(file, f"{file.name[:7]}/{file.name}")
            assert split.import_police_uk(archive).ok
        else:
            assert split.import_police_uk(*piece).ok

    assert split.fingerprint() == whole.fingerprint()
    for one, other in zip(content(split), content(whole), strict=True):
        pd.testing.assert_frame_equal(one, other)
