"""The full evaluation of one area beside the plain sums that it cannot do without."""

from __future__ import annotations

import pytest

from analysis.topics.change.measure.evidence import evidence
from analysis.topics.change.measure.outcomes import outcomes
from tests.made.evidence_world import MONTHS, force_places, review_areas
from tests.made.real import TREATED, cleveland, touching


@pytest.fixture(scope="module")
def world(shared):
    panel, own = cleveland(shared)
    areas = review_areas(own)
    return (
        panel,
        areas,
        {"district": areas["district"], "rest": areas["rest"], **MONTHS},
        own,
        touching(shared),
    )


@pytest.mark.benchmark(group="one area, 14 crime types, 351 units of ground, 30 months")
def test_the_outcomes_table_alone(benchmark, world):
    panel, areas, sets, _, _ = world
    assert len(benchmark(outcomes, panel, areas["stockton"], **sets)) == 14


@pytest.mark.benchmark(group="one area, 14 crime types, 351 units of ground, 30 months")
@pytest.mark.parametrize("key", ["thornaby", "stockton"])
def test_the_full_evidence_placebo_sets_included(benchmark, world, key):
    panel, areas, sets, own, near = world
    table = benchmark(
        evidence, panel, areas[key], places=force_places(own), excluded=TREATED, contiguity=near, **sets
    )
    assert (table["verdict"] != "").all()
