"""Hostile names on maps: no directive for the browser's deck, no end to the style sheet, a picture all the same."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

from analysis.drawing.maps.deck import pointing
from analysis.drawing.maps.palette import LIGHT
from analysis.drawing.maps.shown import Key, Marks, Name
from analysis.drawing.maps.still import still
from data.exports.pictures import png_bytes
from tests.hostile import NAMES
from tests.made.made_maps import CODES, by_class, drawn, made, made_land, squares

HOSTILE = (*NAMES, "@@@", "a\0b", "abc\u202edef", "x" * 5_000, "@@#a.b\n@@=a(")
HOTSPOT = Key("Hotspot", "#F46A25", "circle")


def hostile_map(name: str):
    key = Key(name, "#12436D")
    marks = pd.DataFrame(
        {
            "easting": [442_000.0],
            "northing": [512_000.0],
            "key": [0],
            "size": [20.0],
            "name": [name],
            "text": [name],
        }
    )
    return made(
        title=name,
        subtitle=name,
        ground=by_class(dict.fromkeys(CODES, 0), (key,), name),
        marks=Marks("Marks", (HOTSPOT,), marks),
        names=(Name(name, 445_000, 515_000, first=True),),
    )


def strings(value) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_is_a_directive_of_the_map(name):
    deck = drawn(hostile_map(name), land=made_land(dict.fromkeys(CODES, name)))
    for layer in deck["layers"]:
        if isinstance(layer.get("data"), list):
            for text in strings(layer["data"]):
                assert not any(line.startswith("@@") for line in text.split("\n"))


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_ends_the_style_sheet(name):
    sheet = pointing(hostile_map(name), made_land())
    assert sheet.count("{") == sheet.count("}") == 1 + len(CODES) + 1
    assert "<" not in sheet


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_picture_is_drawn_and_a_letter_without_a_form_is_a_box(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert png_bytes(still(hostile_map(name), squares(), LIGHT))[:4] == b"\x89PNG"
