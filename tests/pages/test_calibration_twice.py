"""The same question is answered once: the command line and About / Methods, with a patrol log held."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout

import pytest

from data.records import keep_records, read_upload
from data.store import open_store
from pages.calibration import __main__ as command
from tests.pages.conftest import text_of

HEAD = "Date,Hotspot,Start,End,LSOA\n"


@pytest.fixture(scope="module")
def patrolled_store(real_store, tmp_path_factory):
    """The real months with a patrol log whose hotspots name forty further units of ground in Middlesbrough."""
    folder = tmp_path_factory.mktemp("patrolled") / "store"
    shutil.copytree(real_store.path, folder)
    store = open_store(folder)
    ground = store.ground("cleveland")
    codes = ground.loc[ground["district_name"] == "Middlesbrough", "ground_code"].iloc[:40]
    rows = "".join(f"2023-10-01,Hotspot {at},10:00,11:00,{code}\n" for at, code in enumerate(codes))
    report = read_upload("patrol-log", "log.csv", (HEAD + rows).encode())
    assert len(report.accepted) == 40
    keep_records(folder, "patrol-log", report)
    return store


@pytest.fixture(scope="module")
def printed(patrolled_store) -> dict[str, tuple[str, str]]:
    """What the command writes to standard output and to standard error, as text and as JSON, of one calibration."""
    rows = command.calibration_rows
    made, written = [], {}

    def once(case, **options):
        made.append(made[0] if made else rows(case, **options))
        return made[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "calibration_rows", once)
        for form, options in (("text", []), ("json", ["--json"])):
            with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
                assert command.main(["--store", str(patrolled_store.path), *options]) == 0
            written[form] = (out.getvalue(), err.getvalue())
    assert len(made) == len(written)
    return written


def test_the_command_and_the_page_leave_out_the_same_ground_and_say_the_same(
    walk_app, patrolled_store, printed
):
    lines = printed["text"][0].splitlines()
    page = text_of(walk_app(patrolled_store, "pages/about/methods.py"))
    assert lines[0] in page and lines[1] in page
    asb = next(
        row for row in json.loads(printed["json"][0])["rows"]
        if (row["design"], row["scope"], row["crime_type"]) == ("verdict", "places", "Anti-social behaviour")
    )  # fmt: skip
    assert asb["places"] < 303
    figures = " ".join(f"{asb[key]:.1f}%" for key in ("told_30", "told_50"))
    assert figures in page


def test_json_alone_goes_to_standard_output_with_every_key(printed):
    out, err = printed["json"]
    found = json.loads(out)
    assert "about a minute" in err
    assert list(found) == ["baseline", "comparison", "history", "rows"]
    assert (found["baseline"], found["comparison"]) == ("2022-07:2023-06", "2023-07:2024-06")
    assert {tuple(row) for row in found["rows"]} == {
        (
            "design", "scope", "crime_type", "places", "false_fell", "false_rose", "false_fell_after_bad_year",
            "false_rose_after_good_year", "told_30", "told_50",
        )
    }  # fmt: skip
    assert {(row["design"], row["scope"]) for row in found["rows"]} == {
        ("plain", "places"), ("plain", "sets of 3"), ("verdict", "places"), ("verdict", "sets of 3"),
        ("together", "triples"), ("index", "places"), ("index", "sets of 3"), ("index", "triples"),
    }  # fmt: skip
    assert all(
        row["false_fell"] + row["false_rose"] <= 5.5 for row in found["rows"] if row["design"] == "verdict"
    )
    assert {row["false_fell_after_bad_year"] for row in found["rows"]} == {None}


def test_unlike_seasons_are_compared_only_when_it_is_asked_for(real_store, capsys):
    unlike = [
        "--store",
        str(real_store.path),
        "--baseline",
        "2023-07:2023-12",
        "--comparison",
        "2024-01:2024-06",
    ]
    assert command.main([*unlike, "--repeats", "1"]) == 1
    assert "different calendar months" in capsys.readouterr().err
    assert command.main([*unlike, "--any-season", "--repeats", "1"]) == 0
    out = capsys.readouterr().out
    assert "not the same calendar months" in out and "11 earlier months seen" in out
