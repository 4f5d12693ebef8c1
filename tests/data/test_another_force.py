"""Another force than the one that areas are named for: two commands lead to its verdicts, and no word is of others."""

from __future__ import annotations

import pytest

from analysis.topics import change
from analysis.topics.change.measure import evidence
from data.__main__ import main
from data.desk import Desk
from data.store import open_store
from tests.made import another_force
from tests.made.archive_server import redirecting, write_edition
from tests.made.ons_server import OnsServer


@pytest.fixture
def services(tmp_path, monkeypatch):
    """Both services, with the made months and layers of another force."""
    folder = tmp_path / "served"
    folder.mkdir()
    write_edition(folder / "2024-06.zip", "2024-06", another_force.street_files(), ("durham",))
    (folder / "latest.zip").symlink_to("2024-06.zip")
    with redirecting(folder) as (archives, _), OnsServer(another_force.layers()) as ons:
        monkeypatch.setenv("TOWN_CENTRES_ARCHIVE", archives.address)
        monkeypatch.setenv("TOWN_CENTRES_GEOGRAPHY", ons.address)
        yield


def test_two_commands_lead_to_the_verdicts_of_another_force(services, tmp_path, capsys):
    store = ["--store", str(tmp_path / "store")]
    assert main(["download", "--force", another_force.FORCE, *store]) == 0
    assert main(["download-geography", "--force", another_force.FORCE, *store]) == 0
    desk = Desk(open_store(tmp_path / "store"))
    case = desk.case(desk.default_selection(another_force.FORCE))
    answer = change.answer(case)
    words = " ".join([capsys.readouterr().out, *(f"{name} {text}" for name, text in answer.leads)])
    assert "East Riding" in words
    rows = evidence(case)
    assert len(rows) == 2 * len(case.crime_types)
    # two districts of a force cannot be judged against each other, and that is the word for it
    assert {row.verdict for row in rows} == {"too few to say"}
    assert not [word for word in another_force.WORDS_OF_OTHERS if word in words]
