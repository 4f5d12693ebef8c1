"""What runs always and what only repeats: every test that is named is there, and what is to run always runs."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests import exhaustive
from tests.conftest import PROJECT

NAME = "tests/test_some.py::test_a_page"


@pytest.fixture
def usual(monkeypatch) -> None:
    monkeypatch.setattr(exhaustive, "EXHAUSTIVE", False)
    monkeypatch.setattr(exhaustive, "EVER", {NAME: ("overview", "*-real")})


def item(name: str, parameters: str) -> SimpleNamespace:
    return SimpleNamespace(nodeid=f"{name}[{parameters}]", callspec=SimpleNamespace(id=parameters))


ITEMS = [item(NAME, each) for each in ("overview", "data", "data-real")] + [item(f"{NAME}_too", "data")]


def test_what_is_not_named_runs_and_of_what_is_named_the_parameters_beside_it(usual):
    runs, repeats = exhaustive.set_apart(ITEMS, ["tests"])
    assert [each.nodeid for each in repeats] == [f"{NAME}[data]"]
    assert len(runs) == 3


def test_an_exhaustive_run_and_a_test_asked_for_by_name_leave_nothing_out(usual, monkeypatch):
    assert exhaustive.set_apart(ITEMS, [NAME]) == (ITEMS, [])
    monkeypatch.setattr(exhaustive, "EXHAUSTIVE", True)
    assert exhaustive.set_apart(ITEMS, ["tests"]) == (ITEMS, [])
    assert exhaustive.some(("a",), "abc") == ["a", "b", "c"]
    assert exhaustive.times(3, 40) == 40


def test_a_parameter_that_is_to_run_always_and_is_nowhere_is_told(usual):
    with pytest.raises(pytest.UsageError, match="has no overview"):
        exhaustive.set_apart(ITEMS[1:], ["tests"])


@pytest.mark.parametrize("name", exhaustive.EVER)
def test_each_test_that_is_named_is_in_its_file(name):
    file, test = name.split("::")
    assert f"def {test}(" in (PROJECT / file).read_text(encoding="utf-8")
