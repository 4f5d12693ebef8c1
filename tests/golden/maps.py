"""A map's deck as rows: ground by its code, points by count, sum and hash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.golden.values import canonical, digest, numbered, short, text

STATIC = Path(__file__).parents[2] / "static"
ADDRESS = "app/static/"
PLACES = 5
"""Decimals of a degree, a metre."""

_RULE = re.compile(r'\.p(\w+)::after\{content:"((?:[^"\\]|\\[0-9a-f]+ )*)"\}')
_BY_CLASS = re.compile(r'^@@=\((\[.*\])\)\[\("(\d*)"\)\[properties\.i\]\]$')
_GROUND = ("ground", "hatch")
_UNTOLD = {"data", "id", "updateTriggers", "iconAtlas", "fillPatternAtlas", "iconMapping"}

Line = tuple[str, str, str]
"""Row label, column, value."""


def pointed_texts(styles: Iterable[str]) -> dict[str, str]:
    """Return the texts shown on pointing at a map, which travel as rules of a style sheet, by the rule's name."""
    return {
        name: text(re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), words))
        for style in styles
        if "<style" in style
        for name, words in _RULE.findall(style)
    }


def deck_rows(deck: dict[str, Any], texts: dict[str, str]) -> Iterator[Line]:
    """Yield the rows of a deck: its view, and each layer by its data."""
    yield "(view)", "", canonical(deck.get("initialViewState"))
    yield "(layers)", "", " | ".join(str(layer.get("id")) for layer in deck.get("layers", []))
    for layer in deck.get("layers", []):
        name, data = str(layer.get("id")), layer.get("data")
        if name in _GROUND:
            yield from _ground(name, layer, _outlines(data), texts if name == "ground" else {})
            continue
        for key in sorted(set(layer) - _UNTOLD):
            yield f"({name})", key, short(canonical(layer[key]))
        features = _served(data)
        if isinstance(features, dict):
            yield from _features(name, features["features"])
        elif isinstance(features, list):
            yield from _points(name, features, texts)


def _served(data: Any) -> Any:
    """Return what lies at an address that the app serves, or the data itself."""
    if isinstance(data, str) and ADDRESS in data:
        return json.loads((STATIC / data.split(ADDRESS, 1)[1]).read_text(encoding="utf-8"))
    return data


@dataclass(frozen=True)
class _Outline:
    """A unit of ground: its place among the classes, and its name and shape in the form of a row."""

    code: str
    at: int
    name: str
    shape: str


def _outlines(data: Any) -> tuple[_Outline, ...]:
    """Return the outlines of a layer, of its own or at an address: a file is read again only when it has changed."""
    if isinstance(data, str) and ADDRESS in data:
        file = STATIC / data.split(ADDRESS, 1)[1]
        found = file.stat()
        return _outlines_in(file, (found.st_mtime_ns, found.st_size))
    return _told(data)


@lru_cache(maxsize=8)
def _outlines_in(file: Path, _stamp: tuple[int, int]) -> tuple[_Outline, ...]:
    return _told(json.loads(file.read_text(encoding="utf-8")))


def _told(features: dict[str, Any]) -> tuple[_Outline, ...]:
    return tuple(
        _Outline(
            str(properties["code"]),
            int(properties["i"]),
            canonical(properties.get("name")),
            digest([canonical(_rounded(feature["geometry"]))]),
        )
        for feature in features["features"]
        for properties in (feature["properties"],)
    )


def _ground(
    layer_name: str, layer: dict[str, Any], outlines: tuple[_Outline, ...], texts: dict[str, str]
) -> Iterator[Line]:
    """Yield class, colour and text of each unit by its code: the class is a digit at the unit's place."""
    expression = layer["_subLayerProps"]["polygons-fill"]["getFillColor"]
    found = _BY_CLASS.match(expression)
    if found is None:
        yield f"({layer_name})", "colour", short(expression)
        return
    colours, classes = json.loads(found[1]), found[2]
    for each in outlines:
        label = "ground" if layer_name == "ground" else "stripes"
        yield each.code, f"{label} class", classes[each.at]
        yield each.code, f"{label} colour", canonical(colours[int(classes[each.at])])
        if layer_name == "ground":
            yield each.code, "name", each.name
            yield each.code, "shape", each.shape
            yield each.code, "text", texts.get(str(each.at), "")


def _features(name: str, features: list[dict[str, Any]]) -> Iterator[Line]:
    yield f"({name})", "features", str(len(features))
    if name == "borders":  # the ground's own shapes once more
        return
    told = sorted((canonical(each["properties"]), canonical(_rounded(each["geometry"]))) for each in features)
    for label, (properties, geometry) in zip(numbered(f"({name}) shape" for _ in told), told, strict=True):
        yield label, "properties", properties
        yield label, "geometry", digest([geometry])


def _points(name: str, records: list[dict[str, Any]], texts: dict[str, str]) -> Iterator[Line]:
    """Yield the count of points, and of each property the sum of its numbers and the hash of its values."""
    if any(str(record.get("i", "")) in texts for record in records):
        records = [{**record, "text": texts.get(str(record.get("i", "")), "")} for record in records]
    # `i` is a point's number in the order made: it leads to the text, and is no property of the place
    points = [{key: _rounded(value) for key, value in record.items() if key != "i"} for record in records]
    points.sort(key=canonical)
    yield f"({name})", "points", str(len(points))
    for key in sorted({key for point in points for key in point}):
        values = [point.get(key) for point in points]
        for at, column in enumerate(zip(*(v if isinstance(v, list) else [v] for v in values), strict=False)):
            if all(isinstance(each, (int, float)) for each in column):
                yield f"({name})", f"{key} {at} sum", canonical(round(sum(column), PLACES))
        yield f"({name})", f"{key} hash", digest(canonical(value) for value in values)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, (list, tuple)):
        return [_rounded(each) for each in value]
    return {key: _rounded(each) for key, each in value.items()} if isinstance(value, dict) else value
