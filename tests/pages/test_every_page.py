"""Every page of the menu, over real months and over the demonstration: it draws, and says what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.frame.menu import MENU
from pages.pack.chapters import CHAPTERS
from tests.pages.conftest import SCRIPTS, text_of
from tests.pages.test_filters import ENTRIES, LABELS, NEEDS_RECORDS

STORES = ("real_store", "demonstration_store")


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("held", STORES)
def test_a_page_draws_without_an_error(drawn, request, held, script):
    app = drawn(request.getfixturevalue(held), script)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert [warning.value for warning in app.warning] == []
    assert len(text_of(app)) > 200


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("held", STORES)
def test_no_page_shows_a_number_that_is_not_one(drawn, request, held, script):
    words = f" {text_of(drawn(request.getfixturevalue(held), script))} "
    for nonsense in (" nan", "NaN", " None ", " inf ", " −inf", "<NA>", "NaT"):
        assert nonsense not in words, (
            f"{nonsense!r} near …{words[max(0, words.find(nonsense) - 80) :][:160]}…"
        )


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_page_says_that_demonstration_data_are_simulated(drawn, demonstration_store, script):
    assert "Months and places are simulated" in text_of(drawn(demonstration_store, script))


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_page_offers_its_part_of_the_pack_and_makes_nothing_unasked(drawn, demonstration_store, script):
    app = drawn(demonstration_store, script)
    offers = [button.label for button in app.button if button.label.startswith("Make the")]
    of_page = ["Make the files of this page"] if Path(script).stem in CHAPTERS else []
    assert offers == (["Make the pack"] if script == "pages/about/pack.py" else of_page)


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_page_over_real_months_speaks_of_simulation(drawn, real_store, script):
    words = text_of(drawn(real_store, script))
    assert "simulated" not in words.lower() or "about/methods" in script or "records" in words.lower()


def drawn_filters(entry) -> list[str]:
    """Return the labels of the two filters of which one must be chosen, as far as the page draws them."""
    labels = {"areas": "Town centre", "types": "Crime types"}
    return [label for use, label in labels.items() if use in (entry.uses or ())]


@pytest.mark.parametrize("script", [each for each in SCRIPTS if each not in NEEDS_RECORDS])
def test_a_page_draws_the_filters_that_the_menu_names_and_no_other(drawn, real_store, script):
    app = drawn(real_store, script)
    labels = {each.label for each in [*app.multiselect, *app.selectbox, *app.toggle]}
    uses = ENTRIES[script].uses or frozenset()
    assert {use for use, label in LABELS.items() if label in labels} == set(LABELS) & uses


@pytest.mark.parametrize(
    ("script", "label"),
    [
        (f"pages/{script}.py", label)
        for section in MENU.values()
        for script, entry in section.items()
        for label in drawn_filters(entry)
    ],
)
def test_an_empty_choice_is_a_sentence_and_the_page_stays(run_app, real_store, script, label):
    app = run_app(real_store, script)
    before = text_of(app)
    next(box for box in app.multiselect if box.label == label).set_value([]).run()
    assert not app.exception
    assert [w.value for w in app.warning] == [
        f"No {label.lower().removesuffix('s')} is chosen. Choose one or more under “Change”. "
        "Until then the page stays as it is."
    ]
    # its end: over it stands the warning
    assert text_of(app).endswith(before[-min(2000, len(before) // 2) :])


def test_the_footer_names_source_licence_months_and_gap(drawn, real_store):
    words = text_of(drawn(real_store))
    assert "Open Government Licence v3.0" in words
    assert "23 months held of Jul 2022 – Jun 2024; not published here: Dec 2022" in words
