"""A still map of Cleveland's units with names, outlines and legend, beside a plain `GeoDataFrame.plot` of the same.

    python -m pytest tests/bench/test_bench_still.py --benchmark-only

Both end in PNG bytes of 1,600 by 900 pixels. The guide is 2 seconds, matplotlib's import apart.
"""

from __future__ import annotations

from io import BytesIO

import geopandas as gpd
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.drawing.maps.palette import DIVERGING, HATCH, LIGHT, STANDS_OUT
from analysis.drawing.maps.shown import Ground, Key, Name, Outline, Shown
from analysis.drawing.maps.still import still
from data.exports.pictures import png_bytes

SIMPLIFIED = 15.0
"""Metres: outlines on a screen are no finer."""

KEYS = (*(Key(f"Class {at}", colour) for at, colour in enumerate(DIVERGING)), Key("Few", HATCH, "hatch"))


@pytest.fixture(scope="module")
def ground(real_store) -> gpd.GeoDataFrame:
    held = real_store.boundaries()
    return held.set_geometry(held.geometry.simplify(SIMPLIFIED))


@pytest.fixture(scope="module")
def shown(ground, real_store) -> Shown:
    codes = list(ground["ground_code"])
    table = pd.DataFrame(
        {"ground_code": codes, "name": codes, "key": [at % len(KEYS) for at in range(len(codes))], "text": ""}
    )
    centres = [frozenset(area.ground) for area in real_store.areas().values() if area.kind == "town centre"]
    points = ground.geometry.representative_point()
    return Shown(
        title="Anti-social behaviour fell in two of three town centres",
        subtitle="Recorded anti-social behaviour by common ground",
        alt="",
        data=table,
        ground=Ground("Change, per cent", KEYS, table),
        outlines=tuple(Outline(Key("Town centre", STANDS_OUT, "line"), centre) for centre in centres),
        names=tuple(Name(f"Name {at}", point.x, point.y) for at, point in enumerate(points[::9])),
    )


@pytest.mark.benchmark(group="still map of a force")
def test_a_still_with_all_that_belongs_to_it(benchmark, ground, shown):
    got = benchmark.pedantic(lambda: png_bytes(still(shown, ground, LIGHT)), rounds=5, warmup_rounds=1)
    assert len(got) > 100_000


@pytest.mark.benchmark(group="still map of a force")
def test_a_plain_plot(benchmark, ground, shown):
    coloured = [KEYS[at].colour for at in shown.ground.table["key"]]

    def plain() -> bytes:
        figure = Figure(figsize=(16, 9), dpi=100)
        ground.plot(ax=figure.add_subplot(), color=coloured, edgecolor="white", linewidth=0.5)
        into = BytesIO()
        FigureCanvasAgg(figure).print_png(into)
        return into.getvalue()

    assert len(benchmark.pedantic(plain, rounds=5, warmup_rounds=1)) > 50_000
