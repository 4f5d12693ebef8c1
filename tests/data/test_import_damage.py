"""Files and stores damaged in ways that a stranger finds: each gives a sentence, and nothing held is lost."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from analysis.model.errors import AnalysisError, NeedsInputError, RefusedError
from data.__main__ import main
from data.geography import read_geography
from data.geography.lookup import read_lookup
from data.police_uk.file_names import FORCES, force_slug
from data.store import open_store
from tests.exhaustive import times

NAME = "2023-07-cleveland-street.csv"
ODD_FORCES = {
    "Avon and Somerset Constabulary": "avon-and-somerset",
    "British Transport Police": "btp",
    "City of London Police": "city-of-london",
    "Devon & Cornwall Police": "devon-and-cornwall",
    "Dyfed-Powys Police": "dyfed-powys",
    "Durham Constabulary": "durham",
    "Metropolitan Police Service": "metropolitan",
    "Police Service of Northern Ireland": "northern-ireland",
    "West Mercia Police": "west-mercia",
}


@pytest.fixture
def held(made, store):
    """A store that holds June 2023 (three rows)."""
    assert store.import_police_uk(made.street("2023-06", folder="held")).ok
    return store


def refused(store, *paths) -> str:
    """Import what must be refused as a whole, with what was held unchanged; return the one sentence."""
    before = store.fingerprint()
    report = store.import_police_uk(*paths)
    assert len(report.refused) == 1, str(report)
    assert store.fingerprint() == before
    assert "\n" not in report.refused[0]
    return report.refused[0]


def zipped(path: Path, files, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip of names and texts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as out:
        for name, text in files:
            out.writestr(name, text)
    return path


def long_text(made, month: str) -> str:
    """A month whose rows do not pack down to nothing."""
    dice = random.Random(month)
    return made.text([r | {"Crime ID": f"{dice.getrandbits(256):064x}"} for r in made.rows(month, count=300)])


# files


@pytest.mark.parametrize("text", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xff\xfe", b"\xfe\xff", b"\0\0"])
def test_a_file_with_nothing_but_the_mark_of_its_encoding_is_empty(held, made, text):
    assert "the file is empty" in refused(held, made.file(NAME, text))


@pytest.mark.parametrize("name", [NAME, "another name.csv"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_line_ends_encoding_and_name_change_no_count(held, made, name, end, encoding):
    text = made.text(made.rows("2023-07", count=5)).replace("\n", end)
    report = held.import_police_uk(made.file(name, text.encode(encoding)))
    assert report.ok and report.rows_kept == 5 and not report.rows_refused


@pytest.mark.parametrize("name", [NAME, "another name.csv"])
def test_a_field_past_any_real_one_spoils_no_other_row(held, made, name):
    text = made.text(made.rows("2023-07", count=5)).replace("On or", "O" * 3_000_000, 1)
    report = held.import_police_uk(made.file(name, text))
    assert report.rows_kept == 4 and report.rows_refused == {"the wrong number of fields": 1}


def test_a_broken_utf_16_file_is_not_read_as_another_encoding(held, made):
    text = made.text(made.rows("2023-07", Location="On or near Café Yard")).encode("utf-16") + b"\0"
    report = held.import_police_uk(made.file(NAME, text))
    assert report.rows_kept == 3
    found = held.street("cleveland").execute()["location"]
    assert (found == "On or near Café Yard").sum() == 3


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_file_in_a_zip_is_refused_whatever_its_name_and_packing(held, made, method):
    texts = [(NAME, long_text(made, "2023-07")), ("notes.csv", long_text(made, "2023-08"))]
    path = zipped(made.folder / "a.zip", texts, method)
    data = bytearray(path.read_bytes())
    for part in (1, 3):
        at = len(data) * part // 4
        data[at : at + 90] = bytes(90)
    path.write_bytes(data)
    before = held.fingerprint()
    report = held.import_police_uk(path)
    assert [s.split(": the file is damaged inside")[0] for s in report.refused] == [
        f"a.zip: {n}" for n, _ in texts
    ]
    assert held.fingerprint() == before


def test_any_flipped_bytes_of_a_zip_end_in_sentences_and_whole_months(held, made):
    texts = [(f"2023-0{n}/2023-0{n}-cleveland-street.csv", long_text(made, f"2023-0{n}")) for n in (7, 8)]
    texts.append(("x/other.csv", long_text(made, "2023-09")))
    data = zipped(made.folder / "a.zip", texts).read_bytes()
    dice = random.Random(7)
    for number in range(times(14, 40)):
        spoiled = bytearray(data)
        for _ in range(dice.choice([1, 3, 20])):
            spoiled[dice.randrange(len(data) * (number % 2) * 9 // 10, len(data))] = dice.randrange(256)
        report = held.import_police_uk(made.file("b.zip", bytes(spoiled)))
        assert not any("\n" in said for said in (*report.refused, *report.remarks))
    assert len(held.street("cleveland").execute()) == held.manifest()["rows_kept"].sum()


@pytest.mark.parametrize(
    "name",
    ["0000-12-cleveland-street.csv", "2010-11-cleveland-street.csv", "9999-12-cleveland-stop-and-search.csv"],
)
def test_a_month_that_police_uk_cannot_have_published(held, made, name):
    path = made.file(name, made.text(made.rows(name[:7])))
    assert f"“{name[:7]}” in the file's name is not a month that police.uk publishes" in refused(held, path)


@pytest.mark.parametrize(
    "name",
    ["2023-07-cleveland-\u017ftreet.csv", "\uff12\uff10\uff12\uff13-07-cleveland-street.csv", "a" * 5000],
)
def test_a_name_that_only_looks_like_one_of_police_uk_is_known_by_its_rows(held, made, name):
    path = zipped(
        made.folder / "a.zip", [(f"{name.removesuffix('.csv')}.csv", made.text(made.rows("2023-07")))]
    )
    assert held.import_police_uk(path).rows_kept == 3
    assert [str(month) for month in held.months("cleveland")] == ["2023-06", "2023-07"]


def test_a_force_longer_than_any_is_no_force(held, made):
    sentence = refused(held, made.file("a.csv", made.text(made.rows("2023-07", force="A" * 400))))
    assert "its rows name no force" in sentence


def test_names_with_line_breaks_and_colours_stay_on_one_line(held, made):
    path = zipped(made.folder / "a.zip", [("../x\ny\x1b[31m.csv", "x"), (f"a\nb/{NAME}", "")])
    report = held.import_police_uk(path)
    assert len(report.refused) == 2 and not any(set("\n\x1b") & set(said) for said in report.refused)


def test_folders_written_with_backslashes_are_folders(held, made):
    searches = "Type,Date,Latitude,Longitude\nPerson search,2023-07-02T00:00:00+00:00,54.5,-1.3\n"
    files = [("2023-07\\2023-07-cleveland-stop-and-search.csv", searches)]
    assert held.import_police_uk(zipped(made.folder / "a.zip", files)).rows_kept == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8 are a matter of Linux")
def test_a_folder_whose_name_is_not_utf_8(held, made):
    path = made.street("2023-07", folder=os.fsdecode(b"caf\xe9"))
    assert held.import_police_uk(path).rows_kept == 3
    assert json.loads((held.path / "street/cleveland/2023-07.json").read_text())["member"] == NAME


def test_the_resource_forks_of_a_mac_are_left_alone(held, made):
    files = [
        (NAME, made.text(made.rows("2023-07"))),
        (f"__MACOSX/._{NAME}", b"\0\5\x16\7" + b"\xff" * 200_000),
    ]
    report = held.import_police_uk(zipped(made.folder / "a.zip", files))
    assert report.ok and report.rows_kept == 3 and report.ignored == (f"__MACOSX/._{NAME}",)


def test_a_zip_is_a_zip_whatever_its_name(held, made):
    files = [(NAME, made.text(made.rows("2023-07"))), ("shops.csv", "name\na\n")]
    assert held.import_police_uk(zipped(made.folder / "2024-08.ZIP", files)).ok
    assert held.manifest()["release"].tolist() == ["", "2024-08"]


def test_a_zip_in_a_zip_and_an_empty_path_say_what_to_do(held, made):
    inner = zipped(made.folder / "in.zip", [(NAME, made.text(made.rows("2023-07")))]).read_bytes()
    assert "a zip inside it is not opened" in refused(
        held, zipped(made.folder / "a.zip", [("in.zip", inner)])
    )
    with pytest.raises(RefusedError, match="A path is empty"):
        held.import_police_uk("")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_refused_and_not_waited_for(held, made):
    made.folder.mkdir(exist_ok=True)
    os.mkfifo(made.folder / NAME)
    assert "neither a file nor a folder" in refused(held, made.folder / NAME)


def test_rows_of_another_force_are_refused_and_counted(held, made):
    mixed = made.rows("2023-07") + made.rows("2023-07", force="Durham Constabulary", count=2)
    report = held.import_police_uk(made.street("2023-07", mixed))
    assert report.rows_kept == 3 and report.rows_refused == {"a force that is not the file's": 2}
    assert "(row 5, “Durham Constabulary” is the first)" in report.remarks[0]
    wrong = made.street("2023-08", made.rows("2023-08", force="Durham Constabulary"))
    assert "no row could be kept; 3 rows were refused for a force" in refused(held, wrong)


@pytest.mark.parametrize(("name", "slug"), ODD_FORCES.items())
def test_no_force_is_taken_for_another_in_its_own_file(held, made, name, slug):
    assert force_slug(name) == slug and slug in FORCES
    report = held.import_police_uk(made.street("2023-07", made.rows("2023-07", force=name), slug=slug))
    assert report.rows_kept == 3 and not report.rows_refused


def test_a_force_under_a_name_that_police_uk_does_not_have_is_its_own_file_s(held, made):
    rows = made.rows("2023-07", force="Hampshire and Isle of Wight Constabulary")
    assert held.import_police_uk(made.street("2023-07", rows, slug="hampshire")).rows_kept == 3


# the store


def record_of(store) -> Path:
    return store.path / "street/cleveland/2023-06.json"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:40],
        lambda text: "",
        lambda text: "[]",
        lambda text: json.dumps({**json.loads(text), "more": 1}),
        lambda text: json.dumps({**json.loads(text), "month": "2023-05"}),
        lambda text: json.dumps({**json.loads(text), "rows_kept": "three"}),
    ],
)
def test_a_damaged_record_is_named_and_the_next_import_of_its_month_mends_it(held, made, damage):
    assert held.import_police_uk(made.street("2023-07")).ok
    record_of(held).write_text(damage(record_of(held).read_text()))
    with pytest.raises(
        RefusedError, match=r"street/cleveland/2023-06\.json: this record in the store is damaged"
    ):
        held.manifest()
    assert held.import_police_uk(
        made.street("2023-08")
    ).ok  # another month does not stop, nor sweep its data away
    assert held.import_police_uk(made.street("2023-06", folder="held")).ok
    assert held.manifest()["rows_kept"].tolist() == [3, 3, 3] and len(held.street("cleveland").execute()) == 9


def test_another_file_beside_the_records_is_left_alone(held):
    (record_of(held).parent / "notes.json").write_text("{}")
    assert held.manifest()["rows_kept"].tolist() == [3]


@pytest.mark.parametrize("damage", [None, b"", b"PAR1", "middle"])
def test_damaged_data_are_named_and_the_same_file_imported_again_mends_them(held, made, damage):
    data = next(record_of(held).parent.glob("*.parquet"))
    if damage is None:
        data.unlink()
    elif damage == "middle":
        spoiled = bytearray(data.read_bytes())
        spoiled[8:200] = b"\xaa" * 192  # the first columns
        data.write_bytes(spoiled)
    else:
        data.write_bytes(damage)
    with pytest.raises(
        RefusedError, match=r"2023-06\.\w+\.parquet: the data of this month .* damaged or gone"
    ):
        held.count_by("cleveland", ["month", "location"])
    assert held.cube("cleveland")["incidents"].sum() == 3  # counted when they were whole
    assert held.import_police_uk(made.street("2023-06", folder="held")).files[0].outcome == "replaced"
    assert held.cube("cleveland")["incidents"].sum() == 3


@pytest.mark.parametrize(
    ("file", "ask"), [("lookup.parquet", "crosswalk"), ("boundaries.parquet", "boundaries")]
)
def test_a_damaged_lookup_or_boundaries_are_named(held, file, ask):
    (held.path / file).write_bytes(b"x")
    with pytest.raises(RefusedError, match=f"{file}: the .* in the store cannot be read"):
        getattr(held, ask)()


def test_a_file_in_the_place_of_the_store_is_said_and_not_taken_for_an_empty_one(tmp_path, made, capsys):
    path = tmp_path / "a file"
    path.write_text("x")
    with pytest.raises(RefusedError, match="this is a file, where the store needs a folder"):
        open_store(path).forces()
    with pytest.raises(RefusedError, match="The store “a file” cannot be written"):
        open_store(path).import_police_uk(made.street("2023-07"))
    assert main(["status", "--store", str(path)]) == 1
    assert "needs a folder" in capsys.readouterr().err


def test_a_full_disk_is_a_sentence_and_the_months_stay(held, made, monkeypatch):
    def full(*given, **named):
        raise OSError(28, "No space left on device")

    before = held.fingerprint()
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(RefusedError, match=r"cannot be written: No space left on device\. .* unchanged"):
        held.import_police_uk(made.street("2023-07"))
    assert held.fingerprint() == before and len(held.street("cleveland").execute()) == 3


def test_months_are_read_whole_while_they_are_replaced(made, store, monkeypatch):
    for count in (5, 8):
        for month in ("2023-06", "2023-07", "2023-08"):
            made.street(month, made.rows(month, count=count), folder=f"{count}/{month}")
    store.import_police_uk(made.folder / "5")
    stop, faults, sums = threading.Event(), [], set()

    def read():
        while not stop.is_set():
            try:
                rows = store.cube("cleveland").groupby("month", observed=True)["incidents"].sum()
                sums.update(rows.tolist())
            except AnalysisError as fault:
                faults.append(str(fault))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(6):
        open_store(store.path).import_police_uk(made.folder / ("8" if number % 2 == 0 else "5"))
    stop.set()
    reader.join()
    assert not faults and sums <= {5, 8}


def test_a_force_without_any_lsoa_says_so(held, made):
    bare = {"LSOA code": "", "LSOA name": "", "Longitude": "", "Latitude": "", "Location": "No Location"}
    rows = made.rows("2023-07", force="Police Service of Northern Ireland", **bare)
    assert held.import_police_uk(made.street("2023-07", rows, slug="northern-ireland")).rows_kept == 3
    with pytest.raises(NeedsInputError, match="No row of northern-ireland names an LSOA"):
        held.cube("northern-ireland")
    assert held.unlocated("northern-ireland")["incidents"].sum() == 3
    assert held.areas("northern-ireland") == {}


# lookup and command line


def test_a_lookup_in_a_wrapping_or_with_a_row_too_long(tmp_path):
    for name, content in (("l.zip", b"PK\3\4xx\xff"), ("l.csv.gz", b"\x1f\x8b\xff\xff")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RefusedError, match=f"{name}: it is no text in UTF-8"):
            read_lookup(tmp_path / name)
    head = "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\n"
    row = "E01012267,Stockton-on-Tees 014F,U,E01012267,Stockton-on-Tees 025C,E06000004,Stockton-on-Tees"
    (tmp_path / "l.csv").write_text(f"{head}{row},a,b\n")
    with pytest.raises(RefusedError, match=r"l\.csv: it is no CSV that can be read"):
        read_lookup(tmp_path / "l.csv")


def test_a_lookup_cut_short_says_what_of_the_months_held_it_lacks(held, made, tmp_path):
    head = "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\n"
    row = "E01012100,Hartlepool 001A,U,E01012100,Hartlepool 001A,E06000001,Hartlepool"
    (tmp_path / "l.csv").write_text(f"{head}{row}\n")
    sentence = held.import_lookup(tmp_path / "l.csv").sentence
    assert "It does not name 1 LSOA of the districts held (E01012267)" in sentence


def test_output_that_nobody_reads_or_that_cannot_be_written_as_it_stands(held):
    command = [sys.executable, "-m", "data", "status", "--store", str(held.path)]
    project = Path(__file__).parents[2]
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*command[:-1], str(held.path / "none")], cwd=project, env=plain, capture_output=True, check=False
    )
    assert done.returncode == 0 and b"holds no month" in done.stdout and not done.stderr
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert isinstance(child.stdout, io.BufferedReader)
        child.stdout.close()
        said = child.stderr.read() if child.stderr else b""
        assert child.wait() == 0 and not said


@pytest.mark.parametrize(
    "ring", [[[-1.3, 54.5], [-1.2, 54.6], [-1.2, 54.5]], [[float("nan"), 54.5], [-1.2, 54.6]]]
)
def test_an_outline_that_does_not_close_is_refused_without_the_path_of_this_machine(tmp_path, ring):
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"LSOA21CD": "E01012267"}, "geometry": shape}
    path = tmp_path / "g.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(RefusedError, match=r"g\.geojson: it cannot be read, or only in part") as refusal:
        read_geography([path])
    assert str(tmp_path) not in str(refusal.value)
