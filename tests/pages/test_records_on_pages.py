"""Records through a page: given, reported on, kept, put back, removed for good; and what the page does with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.desk import Desk
from data.records import versions
from data.state import put_state_away
from data.store import open_store
from pages.frame import asking, folds, records
from pages.frame.records import AS_IT_STANDS
from tests.pages.conftest import text_of

HOTSPOTS = "pages/review/hotspots.py"
HEAD = "Date,Hotspot,Start,End,Officers,Resident engagements,LSOA,Reporter\n"
LOG = HEAD + (
    "2023-10-01,Billingham Central,10:00,11:30,2,3,,A. Person\n"
    "2024-03-31,Billingham Central,10:00,10:30,,1,,A. Person\n"
    "2023-11-05,Linthorpe Road,22:00,23:00,2,0,{lsoa},A. Person\n"
    "2023-12-01,Nowhere Known,22:00,23:00,2,0,,A. Person\n"
    "2024-01-05,Billingham Central,12:00,12:00,2,0,,A. Person\n"
)


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def stamps_in(store: Path) -> set[tuple[str, float]]:
    """Return name and time of every file of months, lookup and outlines."""
    files = [*store.glob("*.parquet"), *store.glob("[sco]*/*/*"), *store.glob("counts/*")]
    assert len(files) > 100
    return {(file.relative_to(store).as_posix(), file.stat().st_mtime) for file in files if file.is_file()}


@pytest.fixture(scope="module")
def copied(real_store, tmp_path_factory):
    """A copy of the real store, whose months are read once for all tests of this file."""
    return Path(shutil.copytree(real_store.path, tmp_path_factory.mktemp("copied") / "store"))


@pytest.fixture
def own_store(real_store, copied):
    """A copy of the real store that a test may write records to; they are taken out after it, and nothing else was changed."""
    yield open_store(copied)
    assert stamps_in(copied) == stamps_in(real_store.path)
    put_state_away(copied)
    for each in names_in(copied) - names_in(real_store.path):
        shutil.rmtree(copied / each) if (copied / each).is_dir() else (copied / each).unlink()
    asking.forget()


@pytest.fixture
def elsewhere(real_store) -> str:
    """A unit of ground in Middlesbrough, which no area of the review touches."""
    ground = real_store.ground("cleveland")
    return str(ground.loc[ground["district_name"] == "Middlesbrough", "ground_code"].iloc[0])


def box(app, words: str):
    return next(b for b in app.file_uploader if words in b.label)


def button(app, words: str):
    return next(b for b in app.button if words in b.label)


def keep(app, kind: str = "patrol log"):
    """Take the names that are asked about as they stand, and keep the file."""
    for box in [box for box in app.selectbox if "no place that the dashboard knows" in box.label]:
        box.set_value(AS_IT_STANDS)
        app.run()
    return button(app, f"Keep this {kind}").click().run()


CLOSED = {folds.OPEN: "no"}
"""Where only the box of a file is looked at: what stands behind the other titles takes most of the page's time."""


def given(run_app, store, content: str, name: str = "log.csv", kind: str = "Patrol log", **query: str):
    app = run_app(store, HOTSPOTS, **query)
    box(app, kind).set_value((name, content.encode(), "text/csv"))
    return app.run()


def test_a_log_is_reported_on_then_kept_recomputes_the_page_and_its_ground_leaves_the_comparators(
    run_app, own_store, elsewhere
):
    app = given(run_app, own_store, LOG.format(lsoa=elsewhere))
    words = text_of(app)
    assert "Patrol log, log.csv: 4 rows accepted, 1 refused." in words
    assert "Not taken in, since the template does not have them: Reporter." in words
    assert "Row Reason 6 The patrol ends when it starts; correct the end." in words
    assert "Nothing is kept yet" in words
    assert versions(own_store.path, "patrol-log") == ()
    assert "408 141 399" in words  # the published table stands
    keep(app)
    assert not app.exception
    words = text_of(app)
    assert "version 1: 4 rows from log.csv" in words
    # 90 and 30 minutes; two officers on the first, not said on the second
    assert "Billingham Central 2:00:00 3:00:00 2 4 0" in words
    assert "do not say how many businesses were engaged with: 4." in words
    assert "Linthorpe Road 1:00:00 2:00:00 1 0 0" in words
    assert "do not say how many officers there were: 1." in words
    assert "Billingham Central Nov 2023, Dec 2023, Jan 2024, Feb 2024" in words
    assert "Linthorpe Road. 1 patrol, 1 hour." in words
    assert "No ground is known of Nowhere Known" in words
    at = Desk(own_store)
    case = at.case(at.default_selection("cleveland"))
    assert elsewhere in case.treated  # similar places are never drawn from it
    assert elsewhere not in case.yardsticks(case.areas["middlesbrough"]).rest.ground


def test_an_earlier_version_is_put_back_and_one_removed_for_good(run_app, own_store, elsewhere):
    app = given(run_app, own_store, LOG.format(lsoa=elsewhere))
    keep(app)
    box(app, "Patrol log").set_value(
        ("second.csv", (HEAD + "2023-10-01,Yarm,10:00,11:00,1,0,,\n").encode(), "text/csv")
    )
    app.run()
    keep(app)
    assert "version 2: 1 row from second.csv" in text_of(app)
    next(s for s in app.selectbox if s.label == "Version of the patrol log").set_value(1).run()
    button(app, "Put this version in use").click().run()
    assert "version 1: 4 rows from log.csv" in text_of(app)
    button(app, "Remove version 1 for good").click().run()
    assert [v.version for v in versions(own_store.path, "patrol-log")] == [2]
    assert "408 141 399" in text_of(app)  # nothing is in use: the published table stands again


def test_a_wrong_file_is_a_sentence_and_leaves_what_was_held(run_app, own_store, elsewhere):
    app = given(run_app, own_store, LOG.format(lsoa=elsewhere), **CLOSED)
    keep(app)
    for name, content in (
        ("columns.csv", "a,b\n1,2\n"),
        ("words.xlsx", "not a workbook"),
        ("zeros.csv", "\0\0"),
    ):
        box(app, "Patrol log").set_value((name, content.encode(), "text/csv"))
        app.run()
        assert not app.exception
        assert any(name in info.value or "This is not a patrol log" in info.value for info in app.info), name
        assert "version 1: 4 rows from log.csv" in text_of(app), name


def test_a_file_leaves_the_servers_memory_when_it_is_kept_and_when_it_is_refused(
    run_app, own_store, elsewhere, monkeypatch
):
    gone = []
    monkeypatch.setattr(records, "let_go_of", lambda files: gone.extend(file.name for file in files))
    app = given(run_app, own_store, LOG.format(lsoa=elsewhere), **CLOSED)
    assert gone == []  # it is read again until somebody decides
    keep(app)
    assert gone == ["log.csv"]
    box(app, "Patrol log").set_value(("columns.csv", b"a,b\n1,2\n", "text/csv"))
    app.run()
    assert gone == ["log.csv", "columns.csv"]
    assert box(app, "Patrol log").value is None  # the box is empty again, and the reason stands under it
    assert any("This is not a patrol log" in info.value for info in app.info)
    app.run()
    assert any("This is not a patrol log" in info.value for info in app.info)
    box(app, "Patrol log").set_value(("log.csv", LOG.format(lsoa=elsewhere).encode(), "text/csv"))
    app.run()
    assert not any("This is not a patrol log" in info.value for info in app.info)


def test_money_for_the_days_and_places_of_the_log_has_a_cost_per_hour(run_app, own_store, elsewhere):
    app = given(
        run_app,
        own_store,
        HEAD + "".join(f"2023-1{m}-15,Billingham Central,10:00,12:00,2,0,,\n" for m in (0, 1, 2)),
    )
    keep(app)
    funding = "Programme,Amount,From,To,Places,What it pays for\nASB Hotspots,£1200,2023-10-01,2023-12-31,Billingham Town Centre,set-up\n"
    box(app, "Funding").set_value(("money.csv", funding.encode(), "text/csv"))
    app.run()
    keep(app, "funding")
    words = text_of(app)
    assert "A cost per patrol hour can be given for 1 of 1 sums" in words
    assert "6:00:00" in words
    assert "£200" in words
    assert "Where a sum includes setting up, so does the cost of an hour." in words


def test_funding_given_for_one_programme_leaves_the_published_sums_of_the_others(run_app, own_store):
    funding = (
        "Programme,Amount,From,To,Places,What it pays for\n"
        "Safer Streets 5,£1234,2023-10-01,2023-12-31,Ropner,cameras\n"
    )
    app = given(run_app, own_store, funding, "money.csv", "Funding")
    keep(app, "funding")
    hotspots = text_of(app)
    assert "£135,633 1 Oct 2023 31 Mar 2024" in hotspots
    assert "the review, “ASB Hotspots”" in hotspots
    assert "Source: the office’s own funding" not in hotspots  # none of its sums is shown here
    streets = text_of(app.switch_page("pages/review/safer_streets.py").run())
    assert "Safer Streets 5 £1,234" in streets
    assert "£331k, Safer Streets 5" not in streets
    assert "Source: the office’s own funding, money.csv" in streets
    night = text_of(app.switch_page("pages/review/nte.py").run())
    assert "over £40,000" in night
    assert "over £20,000" in night


UNKNOWN = HEAD + (
    "2023-10-01,Billingham Central,10:00,11:30,2,N/K,,A. Person\n"
    "2023-10-02,Billingam Central,10:00,10:30,1,1,,A. Person\n"
    "2023-10-03,Billingham Central,12:00,12:00,2,0,,A. Person\n"
)


def test_an_unknown_place_is_asked_about_and_what_was_not_read_or_refused_is_said(run_app, own_store):
    app = given(run_app, own_store, UNKNOWN)
    words = text_of(app)
    assert "Patrol log: 1 cell taken as not known" in words
    assert "2 Resident engagements N/K “N/K” says that it is not known" in words
    asked = next(box for box in app.selectbox if "Billingam Central" in box.label)
    assert "did you mean Billingham Central" in asked.label
    assert button(app, "Keep this patrol log").disabled
    asked.set_value("Billingham Central").run()
    assert not button(app, "Keep this patrol log").disabled
    button(app, "Keep this patrol log").click().run()
    (kept,) = versions(own_store.path, "patrol-log")
    assert (kept.rows, kept.refused) == (2, 1)
    names = Desk(own_store).records("patrol-log").needed["hotspot"]
    assert set(names) == {"Billingham Central"}
    # wherever the records are shown
    words = text_of(app)
    assert "kept on " in words
    assert words.count("1 of 3 rows refused.") > 1  # under the heading, and under each table and figure of it


def test_success_is_said_where_one_is_looking_and_going_back_is_one_click(run_app, own_store, elsewhere):
    app = keep(given(run_app, own_store, LOG.format(lsoa=elsewhere)))
    assert any("Kept and in use as version 1" in said.value for said in app.success)
    box(app, "Patrol log").set_value(("second.csv", UNKNOWN.encode(), "text/csv"))
    app.run()
    app = keep(app)
    assert "version 2: 2 rows from second.csv" in text_of(app)
    button(app, "Go back to version 1").click().run()
    assert "version 1: 4 rows from log.csv" in text_of(app)
    assert any("Version 1 (log.csv) is in use again" in said.value for said in app.success)
    assert not any("in use again" in said.value for said in app.run().success)  # said once


def test_a_file_is_read_once_however_often_the_page_is_run(run_app, own_store, elsewhere, monkeypatch):
    read = []
    real = records.read_bounded
    monkeypatch.setattr(
        records, "read_bounded", lambda *given, **more: read.append(given) or real(*given, **more)
    )
    app = given(run_app, own_store, LOG.format(lsoa=elsewhere).replace("A. Person", "Once"), **CLOSED)
    app.run().run()
    box(app, "Funding").set_value(("refused.csv", b"a,b\n1,once\n", "text/csv"))
    app.run().run()
    assert [name for _, name, _ in read] == ["log.csv", "refused.csv"]
