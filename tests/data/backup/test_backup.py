"""A store as one file and back: what is in it, what is refused, and what is held when it is stopped at any moment."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from pathlib import Path

import filelock
import geopandas as gpd
import pytest
from shapely.geometry import box

from analysis.model.errors import NeedsInputError, RefusedError
from analysis.model.naming import Naming
from analysis.model.own_area import own_area
from data import permitted
from data.__main__ import main
from data.audit import AuditLog
from data.backup import restore, write_backup
from data.backup.contents import LIST
from data.records import current_records, keep_records, read_upload
from data.store import open_store, swapping
from data.store.settings import keep_naming
from tests.data.conftest import MadeFiles
from tests.exhaustive import some
from tests.made import forked, hindered

OWNER = permitted.command_line()
LSOA = "E01012267"


def tree(root: Path) -> dict[str, bytes]:
    """All that is held, by path: no lock, no state, and not the log, which a restore adds to."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and not any(part[0] == "." or part == "audit" for part in path.relative_to(root).parts)
    }


FORCE, SLUG = "Durham Constabulary", "durham"
"""A force that no file of areas names."""


def month(made, name: str) -> None:
    """Write three made rows of one month, all in one LSOA."""
    rows = made.rows(name, force=FORCE, **{"LSOA name": "Darlington 001A"})
    made.street(name, rows, slug=SLUG)


@pytest.fixture(scope="module")
def prototype(tmp_path_factory):
    """A store with two months, lookup, boundaries, an area of its own, a name, and a version of the office's actions."""
    folder = tmp_path_factory.mktemp("backup")
    made, store = MadeFiles(folder / "files"), open_store(folder / "store")
    for name in ("2023-06", "2023-07"):
        month(made, name)
    assert store.import_police_uk(made.folder).ok
    lookup = "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM\n"
    lookup += f"{LSOA},Darlington 001A,{LSOA},Darlington 001A,U,E06000005,Darlington\n"
    store.import_lookup(made.file("lookup.csv", lookup))
    square = [box(444000, 519000, 444400, 519400)]
    gpd.GeoDataFrame({"LSOA21CD": [LSOA]}, geometry=square, crs="EPSG:27700").to_file(
        made.folder / "lsoa.geojson"
    )
    store.import_geography(made.folder / "lsoa.geojson")
    permitted.save_own_area(
        OWNER, store, own_area("Shops", [LSOA], store.ground(SLUG), store.areas(SLUG), SLUG)
    )
    keep_naming(store, Naming("Mersea Policing Board"))
    keep_records(store.path, "actions", read_upload("actions", "actions.csv", ACTIONS.encode()))
    (store.path / "updates").mkdir()
    (store.path / "updates" / "updates.jsonl").write_text("{}\n")
    return store.path


@pytest.fixture
def filled(prototype, tmp_path):
    """A store like the prototype, to be changed."""
    shutil.copytree(prototype, tmp_path / "store")
    return open_store(tmp_path / "store")


ACTIONS = "Action,Owner,Due date,Status,Page\nAsk for the log,The analyst,2026-01-31,Open,Hotspots\n"


@pytest.fixture
def backup(filled, tmp_path):
    file = tmp_path / "backup.zip"
    write_backup(filled.path, file)
    return file


def test_a_store_comes_back_whole_from_its_file(filled, backup, tmp_path):
    other = tmp_path / "other"
    report = restore(other, backup)
    assert tree(other) == tree(filled.path)
    assert report.sentence.startswith("backup.zip, made on ")
    assert "2 monthly files and 1 version of the office’s records are held now" in report.sentence
    again = open_store(other)
    assert again.count(SLUG) == filled.count(SLUG) == 6
    assert "shops" in again.areas(SLUG)
    assert len(current_records(other, "actions")) == 1


def test_what_is_made_anew_or_on_its_way_is_left_out(filled, tmp_path):
    root = filled.path
    made_anew = ("demonstration/street/x", "street/durham/stray.parquet")
    for name in (".download/part", ".before/street/x", ".given-1/file", *made_anew):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
    (root / "link.parquet").symlink_to(root / "lookup.parquet")
    write_backup(root, tmp_path / "backup.zip")
    names = zipfile.ZipFile(tmp_path / "backup.zip").namelist()
    assert not [name for name in names if name.startswith(".") or "/." in name]
    assert not {"link.parquet", "street/durham/stray.parquet", "demonstration/street/x"} & set(names)
    assert {
        "lookup.parquet",
        "areas.toml",
        "settings.toml",
        "updates/updates.jsonl",
        "audit/calls.jsonl",
    } <= set(names)


def test_what_was_held_and_is_not_in_the_file_is_gone_and_the_log_stays(filled, backup, made):
    month(made, "2023-08")
    filled.import_police_uk(made.folder)
    permitted.restore(OWNER, filled.path, backup)
    assert [str(month) for month in open_store(filled.path).months(SLUG)] == ["2023-06", "2023-07"]
    log = AuditLog(filled.path).table()
    assert log.iloc[0][["what", "outcome"]].tolist() == ["put a back-up back", "done"]
    assert "keep an area" in set(log["what"])


def test_the_log_of_another_store_comes_before_its_own(filled, backup, tmp_path, made):
    other = open_store(tmp_path / "other")
    month(made, "2023-05")
    with permitted.permitted(OWNER, permitted.Action.IMPORT_DATA, other.path, "its own"):
        assert other.import_police_uk(made.folder).ok
    for _ in range(2):  # a second time adds none twice
        restore(other.path, backup)
        subjects = AuditLog(other.path).table()["subject"].tolist()
        assert subjects.count("its own") == 1 and subjects.count("shops") == 1


def test_the_commands_say_what_they_did(filled, tmp_path, capsys):
    file, other = str(tmp_path / "mine.zip"), str(tmp_path / "other")
    assert main(["backup", file, "--store", str(filled.path)]) == 0
    assert main(["restore", file, "--store", other, "--json"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("mine.zip: 2 monthly files") and '"ok": true' in said
    assert main(["backup", file, "--store", str(filled.path)]) == 1
    assert "mine.zip is there already" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "none.zip"), "--store", other]) == 1
    assert "none.zip: no such file" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_so_is_a_sentence(filled, store, tmp_path):
    for target, said in (
        (tmp_path / "a.tar", "ends in .zip"),
        (filled.path / "a.zip", "in the store itself"),
    ):
        with pytest.raises(RefusedError, match=said):
            write_backup(filled.path, target)
    with pytest.raises(NeedsInputError, match="Nothing is held yet"):
        write_backup(tmp_path / "nowhere", tmp_path / "b.zip")
    next(filled.path.glob("street/durham/2023-07.*.parquet")).unlink()
    with pytest.raises(RefusedError, match=r"2023-07.* gone from the store"):
        write_backup(filled.path, tmp_path / "b.zip")
    assert not list(tmp_path.glob("*.zip")) and not list(tmp_path.glob(".b*"))


# hostile files


def rewritten(source: Path, target: Path, change) -> Path:
    """Write the back-up again as a list of (ZipInfo, bytes), after ``change`` had it; the list is mended by ``change``."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    listed = json.loads(members.pop(LIST))
    entries = [[zipfile.ZipInfo(name), content] for name, content in members.items()]
    change(entries, listed)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in [*entries, [zipfile.ZipInfo(LIST), json.dumps(listed).encode()]]:
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return target


def named(entries, listed, name: str, content: bytes = b"x", mode: int = 0) -> None:
    """Add a member that the list names too, so that only its name or nature is wrong."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    entries.append([info, content])
    listed["members"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def month_row(entries, listed, key: str, value) -> None:
    entry = next(each for each in entries if each[0].filename == "street/durham/2023-07.json")
    record = json.loads(entry[1]) | {key: value}
    entry[1] = json.dumps(record).encode()
    listed["members"][entry[0].filename] = {
        "bytes": len(entry[1]),
        "sha256": hashlib.sha256(entry[1]).hexdigest(),
    }


HOSTILE = {
    "a way up": (lambda e, k: named(e, k, "street/../../outside.json"), "has no place in a store"),
    "an absolute name": (lambda e, k: named(e, k, "/tmp/outside.json"), "has no place in a store"),
    "a backslash": (lambda e, k: named(e, k, "street\\..\\x.json"), "has no place in a store"),
    "a hidden file": (lambda e, k: named(e, k, "records/.lock"), "has no place in a store"),
    "a lock": (lambda e, k: named(e, k, ".lock"), "has no place in a store"),
    "a program": (lambda e, k: named(e, k, "store.py"), "has no place in a store"),
    "too deep": (lambda e, k: named(e, k, "street/a/b/c.json"), "has no place in a store"),
    "a link": (lambda e, k: named(e, k, "records/link.json", b"/etc/passwd", stat.S_IFLNK | 0o777), "is a link or no file"),
    "a name twice in other letters": (lambda e, k: named(e, k, "street/durham/2023-07.JSON"), "stands in it twice"),
    "a bomb": (lambda e, k: named(e, k, "records/bomb.json", b"0" * 30_000_000), "unpacks to more than 50 times"),
    "a member too many": (lambda e, k: e.append([zipfile.ZipInfo("records/x.json"), b"1"]), "does not hold what its"),
    "a member too few": (lambda e, k: e.pop(0), "does not hold what its"),
    "a later version": (lambda e, k: k.update(format=2), "made by another version of this program"),
    "later months": (lambda e, k: k.update(months=99), "made by another version of this program"),
    "another program": (lambda e, k: k.update(program="other"), "made by another program"),
    "no list": (lambda e, k: k.clear(), "backup.json cannot be read"),
    "a list of something else": (lambda e, k: k.update(members=[1]), "backup.json cannot be read"),
    "changed content": (lambda e, k: e[0].__setitem__(1, bytes(len(e[0][1]))), "is not what it was"),
    "rows that are not said": (lambda e, k: month_row(e, k, "rows_kept", 7), "7 are said of it"),
    "a month without rows": (lambda e, k: month_row(e, k, "data_file", "2023-07.none.parquet"), "cannot be read"),
    "rows from elsewhere": (lambda e, k: month_row(e, k, "data_file", "../../../x.parquet"), "cannot be"),
    "areas that are no TOML": (lambda e, k: named(drop(e, "areas.toml"), k, "areas.toml", b"[areas"), "areas.toml"),
    "settings that are none": (lambda e, k: named(drop(e, "settings.toml"), k, "settings.toml", b"body = 3"), "settings.toml"),
}  # fmt: skip


def drop(entries, name: str):
    entries[:] = [each for each in entries if each[0].filename != name]
    return entries


def test_every_hostile_file_is_a_sentence_and_nothing_held_is_touched(filled, backup, tmp_path):
    before = tree(filled.path)
    wrong = {}
    for name, (change, said) in HOSTILE.items():
        file = rewritten(backup, tmp_path / "hostile.zip", change)
        try:
            restore(filled.path, file)
            wrong[name] = "taken"
        except RefusedError as problem:
            if not (str(problem).startswith("hostile.zip: ") and said in str(problem)):
                wrong[name] = str(problem)
        if tree(filled.path) != before or list(filled.path.glob(".rest*ing")):
            wrong[name] = "something held was changed"
    assert not wrong
    assert not (tmp_path / "outside.json").exists()


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.99])
def test_a_file_cut_or_changed_anywhere_is_a_sentence(filled, backup, tmp_path, at):
    before, content = tree(filled.path), backup.read_bytes()
    cut, flipped = tmp_path / "cut.zip", bytearray(content)
    cut.write_bytes(content[: int(len(content) * at)])
    flipped[int(len(content) * min(at, 0.6))] ^= 0xFF
    changed = tmp_path / "changed.zip"
    changed.write_bytes(flipped)
    for file in (cut, changed):
        try:
            restore(filled.path, file)
        except RefusedError as problem:
            assert str(problem).startswith(file.name)
        assert tree(filled.path) == before  # or what was flipped was in nobody's content, and all came back


# stopped, full, busy, closed

KILLED = """
import os, signal, sys
from pathlib import Path
left, rename = int(sys.argv[1]), Path.rename
def killing(self, target):
    global left
    if "{0}" in str(self) or "{0}" in str(target):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = killing
from data.backup import restore
restore(sys.argv[2], sys.argv[3])
"""


def test_killed_at_any_move_a_store_is_as_before_or_as_the_file(filled, backup, made, tmp_path):
    """Moves are counted: before the first nothing is touched, and after it whoever opens the store finishes the rest."""
    restored = tree(filled.path)
    month(made, "2023-08")
    assert filled.import_police_uk(made.folder).ok
    (filled.path / "centres.parquet").write_bytes((filled.path / "lookup.parquet").read_bytes())
    before = tree(filled.path)
    every = ((0, before), (1, restored), (4, restored), (12, restored), (1000, restored))
    for moves, after in some(((0, before), (1, restored), (1000, restored)), every):
        root = tmp_path / f"killed-{moves}"
        shutil.copytree(filled.path, root)
        done = forked.python(KILLED.format(swapping.SWAP), moves, root, backup)
        assert done.returncode == (0 if moves == 1000 else -9), done.stderr
        assert tree(open_store(root).path) == after, moves
        # what was aside is gone with the step, and a restore after it is whole whatever was left
        assert not (root / swapping.SWAP).exists()
        assert restore(root, backup).files and tree(root) == restored


def test_a_full_disk_is_a_sentence_each_way_and_nothing_is_left(filled, backup, tmp_path):
    before = tree(filled.path)
    for words in (["backup", str(tmp_path / "new.zip")], ["restore", str(backup)]):
        said = hindered.on_a_full_disk(5_000, *words, "--store", str(filled.path))
        assert "cannot be written" in said and "File too large" in said
    assert tree(filled.path) == before
    assert not list(tmp_path.glob("*new*")) and not (filled.path / ".restoring").exists()


@hindered.only_root
def test_a_store_that_cannot_be_written_is_a_sentence_each_way(filled, backup):
    with hindered.open_folder() as folder:
        root, file = folder / "store", folder / "backup.zip"
        shutil.copytree(filled.path, root)
        shutil.copy(backup, file)
        for path in (file, root, *root.rglob("*")):
            path.chmod(0o755)
        before = tree(root)
        for call, other in (
            ("restore(*sys.argv[1:])", file),
            ("write_backup(*sys.argv[1:])", folder / "new.zip"),
        ):
            imports = "from data.backup import restore, write_backup"
            said = hindered.as_another_user(imports, call, str(root), str(other))
            assert "cannot be written: Permission denied" in said
        assert tree(root) == before


def test_two_at_once_is_a_sentence(filled, backup, tmp_path):
    with (
        filelock.FileLock(filled.path / ".restore.lock"),
        pytest.raises(RefusedError, match="Another back-up"),
    ):
        restore(filled.path, backup)
    with filelock.FileLock(filled.path / ".lock"):
        for do in (
            lambda: restore(filled.path, backup),
            lambda: write_backup(filled.path, tmp_path / "n.zip"),
        ):
            with pytest.raises(RefusedError, match="Another import into this store is running"):
                do()
    assert not (filled.path / ".restoring").exists()
