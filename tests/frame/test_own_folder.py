"""The store's folders are closed to other users of the machine; a kept area can be taken out again."""

from __future__ import annotations

import shutil
import stat

import pytest

from analysis.model.errors import RefusedError
from analysis.model.own_area import own_area
from data.__main__ import main
from data.store import open_store
from data.store.kept_areas import save_own_area
from data.store.own_folder import make_own
from data.store.removed_areas import remove_own_area


def modes(folder) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()] if path.is_dir()}


def test_folders_that_stood_open_are_closed(tmp_path):
    store = tmp_path / "store"
    (store / "records" / "patrol-log").mkdir(parents=True, mode=0o755)
    store.chmod(0o755)
    make_own(store)
    assert modes(store) == {0o700}
    make_own(tmp_path / "nothing here")


def test_what_the_command_line_writes_is_closed(shared, tmp_path):
    store = tmp_path / "store"
    lookup = shared / "geography" / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv"
    assert main(["import-lookup", str(lookup), "--store", str(store)]) == 0
    assert modes(store) == {0o700}
    files = [path for path in store.iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in files} == {0}


@pytest.fixture
def store(demonstration_store, tmp_path):
    shutil.copytree(demonstration_store.path, tmp_path / "store")
    opened = open_store(tmp_path / "store")
    for name, unit in (("Yarm [x]", "E01012266"), ("Norton", "E01012276")):
        ground, areas = opened.ground("cleveland"), opened.areas("cleveland")
        save_own_area(opened, own_area(name, [unit], ground, areas, "cleveland"))
    return opened


def test_a_kept_area_is_taken_out_and_the_others_stay(store):
    file = remove_own_area(store, "yarm-x")
    assert "yarm-x" not in store.areas("cleveland")
    assert store.areas("cleveland")["norton"].name == "Norton"
    remove_own_area(store, "norton")
    assert file.read_text(encoding="utf-8").startswith("# Areas of the office's own")
    assert store.definitions().areas.keys().isdisjoint({"norton", "yarm-x"})


@pytest.mark.parametrize("key", ["billingham", "nowhere", "", "norton]\n[areas.x"])
def test_an_area_that_is_not_the_stores_is_refused_and_the_file_stays(store, key):
    file = store.path / "demonstration" / "areas.toml"
    file = file if file.exists() else next(store.path.rglob("areas.toml"))
    before = file.read_bytes()
    with pytest.raises(RefusedError, match=r"norton, yarm-x"):
        remove_own_area(store, key)
    assert file.read_bytes() == before


def test_a_section_that_cannot_be_cut_safely_is_left_to_a_hand(store):
    file = next(store.path.rglob("areas.toml"))
    text = file.read_text(encoding="utf-8").replace(
        "[areas.norton]", "[areas]\nnorton.note = 'x'\n[areas.norton]"
    )
    for broken, words in ((text, "TOML"), (text.split("[areas]")[0] + NORTON_INLINE, "by hand")):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(RefusedError, match=words):
            remove_own_area(store, "norton")
        assert file.read_text(encoding="utf-8") == broken


NORTON_INLINE = '[areas]\nnorton = { name = "Norton", kind = "own" }\n'
