"""How files are shared out to the workers: what the table names is there, and the longest come first."""

from __future__ import annotations

import pytest

from tests.conftest import PROJECT
from tests.sharing_out import SECONDS, TOGETHER, rank, unit_of


def test_every_file_that_is_named_is_there():
    assert [
        file for file in {*SECONDS, *TOGETHER, *TOGETHER.values()} if not (PROJECT / file).is_file()
    ] == []


def test_files_that_go_together_are_one_unit_and_have_one_length():
    assert set(TOGETHER.values()) <= set(SECONDS)
    assert not set(TOGETHER) & set(SECONDS)
    assert all(rank(file) == rank(unit_of(file)) for file in TOGETHER)


def test_the_tests_of_this_run_stand_in_that_order(request: pytest.FixtureRequest):
    ranks = [rank(item.path.relative_to(PROJECT).as_posix()) for item in request.session.items]
    assert ranks == sorted(ranks)
