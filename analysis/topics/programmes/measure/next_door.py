"""What was recorded next to a programme's ground: rings counted, and displacement round all of it as one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.model.areas import Area, union
from analysis.topics.evaluation.measure.displacement import Displacement, displacement
from analysis.topics.programmes.case import ProgrammeCase
from analysis.topics.programmes.measure.programme_areas import before_and_after_start, programme_areas
from analysis.topics.programmes.measure.programme_evidence import ASB
from analysis.topics.programmes.measure.programme_rings import ring_counts


@dataclass(frozen=True, eq=False)
class NextDoor:
    """Displacement round a programme's ground taken as one with the treated ground that it touches."""

    area: Area
    displacement: Displacement


def rings(asked: ProgrammeCase, key: str) -> pd.DataFrame:
    """Return the counts on the ground round each area that was neither patrolled nor in the programme.

    Columns as in `ring_counts`. Raises NeedsInputError without boundaries.
    """
    case, pair = asked.case, before_and_after_start(asked, key)
    own = [each.area for each in programme_areas(asked, key)]
    taken = case.treated.union(*(area.ground for area in own))
    counted = [ring_counts(case.panel, area, case.contiguity, pair, taken=taken) for area in own]
    return pd.concat(counted, ignore_index=True)


def next_door(asked: ProgrammeCase, key: str) -> NextDoor:
    """Return displacement of ASB round the programme's ground and the patrolled ground that it touches, as one.

    Raises what `displacement` raises.
    """
    case, pair = asked.case, before_and_after_start(asked, key)
    own = [each.area for each in programme_areas(asked, key)]
    round_it = [] if case.contiguity is None else [case.contiguity.ring(area.ground, 1) for area in own]
    near_ground = frozenset().union(*(area.ground for area in own), *round_it)
    near = [area for area in case.areas.values() if area.treated and area.ground & near_ground]
    name = " and ".join(area.name for area in (*near, *own))
    together = union([*near, *own], key="together", name=f"{name}, taken together")
    others = [area for area in case.areas.values() if area.treated and not area.ground <= together.ground]
    excluded = case.patrolled - together.ground
    setting = replace(
        case.setting,
        baseline=pair.baseline,
        comparison=pair.comparison,
        treated=excluded,
        like_for_like=True,
    )
    moved = case.cell(
        "next door",
        together,
        tuple(others),
        excluded,
        pair,
        make=lambda: displacement(setting, together, ASB, treated=others),
    )
    return NextDoor(together, moved)
