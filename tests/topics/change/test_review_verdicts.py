"""The verdicts of the review's own years as METHOD.md lists them: those that the program gives."""

from __future__ import annotations

import pytest

from analysis.model.evidence import Evidence
from analysis.topics import change
from analysis.topics.change.show.review_verdicts import MARKERS, why, written
from data.desk import Desk
from tests.conftest import PROJECT

METHOD = (PROJECT / "analysis" / "topics" / "change" / "METHOD.md").read_text(encoding="utf-8")


def test_the_list_in_the_method_is_what_the_command_prints(real_store):
    desk = Desk(real_store)
    case = desk.case(desk.default_selection("cleveland"))
    review = case.review
    assert (case.baseline, case.comparison) == (review.baseline, review.comparison)
    block = change.review_verdicts(case)
    assert written(METHOD, block) == METHOD
    assert len(block.splitlines()) == 2 + 3 * 14


@pytest.mark.parametrize(
    ("plain", "verdict", "says"),
    [
        ("fell more than elsewhere", "fell more than similar places", ""),
        ("too few to say", "too few to say", ""),
        ("no clear change", "much as similar places did", "Neither tells it"),
        ("too few to say", "much as similar places did", "too few places of like size"),
    ],
)
def test_why_a_verdict_changed(plain, verdict, says):
    row = Evidence(plain_verdict=plain, verdict=verdict, z=-2.2, rirr=0.5, change=-9.0)
    assert why(row).startswith(says) or says in why(row)
    assert bool(why(row)) == bool(says)


def test_every_changed_verdict_has_its_reason():
    _, block = METHOD.split(MARKERS[0])[1].split(MARKERS[1])[0].strip().split("\n", 1)
    for line in block.splitlines()[1:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        plain, verdict, reason = cells[5], cells[6].strip("*"), cells[7]
        assert reason or plain.replace("elsewhere", "similar places") == verdict
