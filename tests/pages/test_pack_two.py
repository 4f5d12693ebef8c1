"""A pack by two processes: each piece is made once, the same bytes come out, and one that ends early leaves nothing undone."""

from __future__ import annotations

import pytest

from data.desk import Desk
from pages.pack import beside, manifest
from pages.pack.beside import Side
from pages.pack.making import Making, help_make, make

PAGES, FORMATS = ("perceptions", "incidents", "data"), ("html", "csv", "xlsx", "pptx")


@pytest.fixture
def asked(real_store, monkeypatch):
    monkeypatch.setenv(manifest.EPOCH, "1767225600")
    desk = Desk(real_store)
    return desk, desk.default_selection("cleveland")


def files_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_sides_take_each_piece_once_from_the_two_ends(tmp_path):
    first, second, pieces = Side(tmp_path, 0), Side(tmp_path, 1), ("a", "b", "c")
    assert [*first.order(pieces)] == ["a", "b", "c"] and [*second.order(pieces)] == ["c", "b", "a"]
    assert first.take("a") and second.take("c") and second.take("b")
    assert not any(side.take(piece) for side in (first, second) for piece in pieces)


def test_what_one_side_gives_the_other_gets_and_makes_small_pieces_until_then(tmp_path):
    first, second, made = Side(tmp_path, 0), Side(tmp_path, 1), []

    def meanwhile() -> bool:
        made.append("a piece")
        if len(made) == 3:
            second.give("words", {"key": "value"})
        return True

    assert first.wait("words", meanwhile) == {"key": "value"}
    assert len(made) == 3


def test_who_waits_for_one_that_has_ended_gets_nothing_or_what_it_gave_before(tmp_path):
    first = Side(tmp_path, 0, alive=lambda: False)
    assert first.wait("words") is None
    Side(tmp_path, 1).give("words", "the last")
    assert first.wait("words") == "the last"


def test_two_processes_make_the_same_bytes_as_one_also_where_the_second_is_killed(asked, tmp_path):
    desk, chosen = asked
    make(desk, chosen, tmp_path / "one", Making(PAGES, FORMATS))
    alone = files_of(tmp_path / "one")
    for at, killed in enumerate((False, True)):
        second = beside.begin(help_make, fresh=False)
        assert second is not None
        if killed:
            second._process.kill()
        try:
            made = make(desk, chosen, tmp_path / f"two {at}", Making(PAGES, FORMATS, second=second))
        finally:
            second.end()
        assert made.said == ()
        assert files_of(tmp_path / f"two {at}") == alone
        assert not second._folder.exists() and not second._process.is_alive()
