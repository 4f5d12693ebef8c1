"""Overview: the review's table from real months, what was published beside it, and the filters."""

from __future__ import annotations

from data.store import open_store
from tests.pages.conftest import text_of

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)


def northumbria(tmp_path, crime_type="Anti-social behaviour"):
    """A store of a made force: two districts, two rows of one crime type a month in the first year and one in the second."""
    for year, times in ((2021, 2), (2022, 1)):
        for month in range(1, 13):
            stamp = f"{year}-{month:02d}"
            rows = [
                f",{stamp},Northumbria Police,Northumbria Police,-1.6,54.9,On or near High Street,{code},{name},"
                f"{crime_type},,"
                for code, name in (("E01008162", "Gateshead 001A"), ("E01008700", "Sunderland 002B"))
                for _ in range(times)
            ]
            file = tmp_path / "files" / f"{stamp}-northumbria-street.csv"
            file.parent.mkdir(exist_ok=True)
            file.write_text("\n".join([STREET, *rows]) + "\n", encoding="utf-8")
    store = open_store(tmp_path / "store")
    assert store.import_police_uk(tmp_path / "files").ok
    return store


def choose(app, label, value):
    box = next(b for b in [*app.multiselect, *app.selectbox, *app.toggle] if b.label == label)
    return box.set_value(value).run()


def test_the_real_table_is_on_the_page_like_for_like(drawn, real_store):
    words = text_of(drawn(real_store))
    assert "Compared: 11 months on each side. Dec 2022 is not published here" in words
    # Thornaby, anti-social behaviour: 201 to 88 in the eleven months that both years have
    assert "Antisocial behaviour 201 88 −113 −56% −4% +1%" in words
    assert "Public Order 514 371 −143 −28% −30% −31%" in words


def test_the_slides_spelling_stays_on_the_slides_tables(drawn, real_store):
    words = text_of(drawn(real_store))
    evidence = words[
        words.index("judged are told from what similar places did") : words.index("Month by month")
    ]
    assert "Antisocial behaviour" not in evidence
    assert "Anti-social behaviour" in evidence


def test_a_percentage_on_a_small_base_is_hidden_until_asked_for(run_app, real_store):
    app = run_app(real_store)
    assert "Burglary 23 9 −14 hidden" in text_of(app)
    choose(app, "Show percentages on small bases", True)
    assert "Burglary 23 9 −14 −61%" in text_of(app)


def test_like_for_like_off_gives_counts_as_held_and_no_percentage(run_app, real_store):
    app = run_app(real_store)
    choose(app, "Like for like", False)
    words = text_of(app)
    assert "Antisocial behaviour 201 96 −105 – – –" in words
    assert "so a percentage would compare unlike months" in words


def test_the_three_cells_that_differ_are_flagged_with_the_likely_reason(drawn, real_store):
    words = text_of(drawn(real_store))
    flagged = words[
        words.index("The counts that differ") : words.index("A difference or percentage that rests")
    ]
    assert "Burglary Jul 2022 – Jun 2023 47 23" in flagged
    assert "Burglary Jul 2022 – Jun 2023 44 22" in flagged
    assert "Drugs Jul 2022 – Jun 2023 2 3" in flagged
    assert flagged.count("Jul 2022 – Jun 2023") == 4  # the three cells and the subtitle
    assert "a double count is likely, not proven" in flagged


def test_what_is_told_in_thornaby_leads_with_its_rank_and_the_rise_is_said_too(drawn, real_store):
    words = text_of(drawn(real_store, area="Thornaby Town Centre"))
    for said in (
        "Recorded criminal damage and arson fell from 92 to 33 (−64%); the rest of Stockton-on-Tees fell by 13%.",
        "Fell more than similar places: about 1 in 235 ended as far below what was expected.",
        "Recorded anti-social behaviour fell from 201 to 88 (−56%); the rest of Stockton-on-Tees rose by 1%.",
        "Within ordinary ups and downs: about 1 in 22 ended as far below what was expected.",
        "Recorded shoplifting rose from 63 to 95 (+51%); the rest of Stockton-on-Tees fell by 9%.",
    ):
        assert said in words


def test_it_opens_on_the_latest_twelve_months_and_says_so(drawn, real_store):
    words = text_of(drawn(real_store))
    assert "Jul 2023 – Jun 2024, the latest months held, against Jul 2022 – Jun 2023, a year before." in words
    assert "Disorder (index)" in words and "it was chosen after them" in words


def test_one_town_centre_from_a_link_is_the_only_one_shown(drawn, real_store):
    words = text_of(drawn(real_store, area="Thornaby Town Centre"))
    assert "Thornaby Town Centre." in words
    assert "Billingham" not in words.replace("Billingham and Thornaby", "").replace(
        "Stockton, Billingham", ""
    )


def test_a_link_to_what_is_not_held_says_so(drawn, real_store):
    app = drawn(real_store, area="Atlantis")
    assert [w.value for w in app.warning] == [
        "The link asks for town centre “Atlantis”, which is not held here. The filters show what is."
    ]


def test_periods_that_overlap_are_a_sentence_and_the_page_stays(run_app, real_store):
    app = run_app(real_store)
    before = text_of(app)
    choose(app, "Periods", "Other months")
    choose(app, "Comparison from", "Jan 2023")
    assert not app.exception
    assert "Until then the page stays as it is" in app.warning[0].value
    assert "reaches outside the months held" in app.warning[0].value or "overlap" in app.warning[0].value
    assert "Antisocial behaviour 201 88 −113 −56% −4% +1%" in text_of(app)
    assert before.count("201 88") == text_of(app).count("201 88")
    assert "Open Government Licence" in text_of(app)


def test_in_the_demonstration_published_equals_recomputed_by_construction(drawn, demonstration_store):
    words = text_of(drawn(demonstration_store))
    assert "Of 120 published figures, 120 agree, 0 differ, 0 cannot be checked" in words
    assert "by construction" in words


def test_the_first_real_month_puts_the_demonstration_away_at_the_next_click(run_app, shared, tmp_path):
    store = open_store(tmp_path / "store")
    app = run_app(store)
    assert "Months and places are simulated" in text_of(app)
    assert store.import_police_uk(shared / "real" / "cleveland-2022-07-to-2024-06.zip").ok
    app.run()
    words = text_of(app)
    assert "simulated" not in words
    assert "Antisocial behaviour 201 88 −113 −56% −4% +1%" in words


def test_without_a_lookup_the_table_stands_and_the_page_says_which_import_gives_a_verdict(drawn, bare_store):
    words = text_of(drawn(bare_store))
    assert "Antisocial behaviour 201 88 −113 −56% −4% +1%" in words
    assert "not given" in words
    assert "fell more than similar places" not in words.lower()
    assert "python -m data import-lookup" in words


def test_another_force_unknown_to_areas_toml_shows_its_districts(run_app, tmp_path):
    store = northumbria(tmp_path)
    words = text_of(run_app(store))
    assert "Gateshead." in words
    assert "Sunderland." in words
    assert "Antisocial behaviour 24 12 −12 hidden" in words
