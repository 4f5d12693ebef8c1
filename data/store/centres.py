"""Centres that somebody else drew, held in a store, and the areas of common ground that are proposed from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from analysis.model.areas import Area
from analysis.model.english import counted, first_of, is_are
from analysis.model.errors import AreaError, NeedsInputError
from analysis.model.own_area import own_area
from analysis.model.proposed_area import ProposedArea, chosen_note
from analysis.stats.ground_cover import covers, held, taken
from data.areas import force_name
from data.geography.centre_files import left_out, read_centres
from data.geography.geography_importer import held_centres as _held_centres
from data.geography.geography_importer import keep_centres
from data.police_uk.report import SideReport
from data.store.store import Store

NEEDS_BOUNDARIES = (
    "No boundaries are held, so it cannot be told which ground a centre lies on. Import them first: "
    "python -m data import-geography FILE"
)
NEEDS_MONTHS = (
    "No month is held, so it is not known whose ground the centres should lie on. Import months first: "
    "python -m data import PATH"
)


def import_centres(store: Store, path: Path | str) -> SideReport:
    """Keep the centres of this file that reach into the ground of the forces held, in place of all centres held.

    The file is GeoDS retail centres, OS NGD retail areas or any polygons with a name (`data.geography.centre_files`). The
    sentence of the report says how many were left out. Raises NeedsInputError without months or boundaries, and
    RefusedError, with its sentence, for a file that cannot be taken; then nothing held is changed.
    """
    if store.is_demonstration or not store.forces():
        raise NeedsInputError(NEEDS_MONTHS)
    own = _outlines(store, store.forces())
    centres = read_centres(path)
    kept, elsewhere = keep_centres(store.path, centres, own)
    file = str(kept["source"].iloc[0])
    names = " and ".join(force_name(force) for force in store.forces())
    said = [
        f"{file}: {counted(len(kept), 'centre')} on the ground of {names} {is_are(len(kept))} held, in place of any held before."
    ]
    if elsewhere:
        said.append(
            f"{counted(elsewhere, 'other')} left out: no part lies on that ground. When another force is imported, import "
            "this file again."
        )
    sentence = " ".join([*said, *left_out(centres), *centres.remarks])
    return SideReport(file, len(kept), sentence)


def held_centres(store: Store) -> gpd.GeoDataFrame | None:
    """Return the centres held: centre_code, centre_name, tier, source, geometry (EPSG:27700), by code; None without any.

    The demonstration has none: its months are made, and its places with them.
    """
    return None if store.is_demonstration else _held_centres(store.path)


def proposed_areas(store: Store, force: str) -> tuple[ProposedArea, ...]:
    """Return each centre held that reaches into a force's own ground, as the area proposed from it, by name and code.

    Ground of others is in none of them, so a centre across the force's border is held by its ground only in part. Raises
    NeedsInputError where centres are held and boundaries are not.
    """
    centres = held_centres(store)
    if centres is None:
        return ()
    ground = _outlines(store, (force,))
    shapes = ground.geometry.to_numpy()
    areas, codes = shapely.area(shapes), ground["ground_code"].to_numpy()
    tree = shapely.STRtree(shapes)
    proposed = []
    for row in centres.itertuples():
        near = tree.query(row.geometry, predicate="intersects")
        inside = shapely.area(shapely.intersection(shapes[near], row.geometry))
        units = covers(list(codes[near]), inside, areas[near], float(row.geometry.area))
        chosen = taken(units)
        if chosen:
            proposed.append(
                ProposedArea(
                    row.centre_code,
                    row.centre_name,
                    row.tier,
                    row.source,
                    units,
                    chosen,
                    held(units, chosen),
                )
            )
    return tuple(sorted(proposed, key=lambda each: (each.name, each.code)))


def centre_area(
    store: Store,
    force: str,
    proposed: ProposedArea,
    name: str = "",
    *,
    units: Collection[str] | None = None,
) -> Area:
    """Return the area made of a proposal, to be looked at, or kept by `data.permitted.save_own_area`.

    ``units`` are the codes of ground that the analyst chose, by default those proposed; ``name`` is by default the centre's.
    The note says where the area came from, what was added or taken away by hand, and how far the ground is the centre.
    Raises AreaError as `analysis.model.own_area.own_area` does: no ground left, ground that is not the force's, a name
    that is taken or too long.
    """
    chosen = frozenset(proposed.ground if units is None else units)
    area = own_area(name or proposed.name, chosen, store.ground(force), store.areas(force), force)
    note = centre_note(store, force, proposed, chosen)
    return replace(area, note=" ".join(filter(None, (area.note, note))))


def centre_note(
    store: Store,
    force: str,
    proposed: ProposedArea,
    chosen: Collection[str],
    names: Mapping[str, str] | None = None,
) -> str:
    """Return where an area of this ground came from, what of it was added or taken away by hand, and how far it is the centre.

    ``names`` is what each unit is called, by default its LSOA's name.
    """
    reached = {unit.ground_code for unit in proposed.units}
    outlines = _outlines(store, (force,))
    unreached = outlines.loc[outlines["ground_code"].isin(list(set(chosen) - reached))]
    meets = held(proposed.units, chosen, float(unreached.geometry.area.sum()))
    if names is None:
        ground = store.ground(force)
        names = dict(zip(ground["ground_code"], ground["ground_name"], strict=True))
    return chosen_note(proposed, chosen, meets, names)


def centre_named(proposed: Collection[ProposedArea], words: str) -> ProposedArea:
    """Return the proposal of this code or name, in any case. AreaError, naming some, where none or several have it."""
    wanted = words.strip().casefold()
    by_code = [each for each in proposed if each.code.casefold() == wanted]
    fitting = by_code or [each for each in proposed if each.name.casefold() == wanted]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        codes = first_of(each.code for each in fitting)
        raise AreaError(f"{len(fitting)} centres are called “{words}” ({codes}). Give the code of one.")
    some = first_of([each.name for each in proposed]) or "none"
    raise AreaError(f"No centre held is called “{words}”. Held: {some}.")


def _outlines(store: Store, forces: Collection[str]) -> gpd.GeoDataFrame:
    """Return the outlines of these forces' own ground. NeedsInputError without boundaries."""
    boundaries = store.boundaries()
    if boundaries is None:
        raise NeedsInputError(NEEDS_BOUNDARIES)
    tables = [store.ground(force) for force in forces]
    own = pd.concat([table.loc[table["in_force"], "ground_code"] for table in tables])
    return boundaries.loc[boundaries["ground_code"].isin(set(own))].reset_index(drop=True)
