"""What sort of screen a reader has: the server is not told the window's width, but whether it is a phone's."""

from __future__ import annotations

import textwrap
from typing import Any

import streamlit as st

PLOT_WIDTH = 265
"""Pixels of a plot on a phone: with the labels of its axis it is as wide as a page of 390."""


def is_phone() -> bool:
    """Return whether the reader's browser calls itself a phone's."""
    return "Mobile" in (st.context.headers.get("User-Agent") or "")


def narrow(specification: Any) -> Any:
    """Return a chart's specification with its panels under each other and no plot wider than a phone."""
    if isinstance(specification, list):
        return [narrow(each) for each in specification]
    if not isinstance(specification, dict):
        return specification
    made = {name: value if name in _TEXTS else narrow(value) for name, value in specification.items()}
    if "facet" in made and "spec" in made:
        made = _stacked(made)
    if "hconcat" in made:
        made["vconcat"] = made.pop("hconcat")
    if "encoding" in made:
        made["encoding"] = {channel: _wrapped(value) for channel, value in made["encoding"].items()}
    if "mark" in made or "layer" in made:
        width = made.get("width")
        if isinstance(width, int | float) and width > PLOT_WIDTH:
            made["width"] = PLOT_WIDTH
    return made


LETTERS = 42
"""Of the title of an axis, in a line on a phone."""


def _wrapped(channel: Any) -> Any:
    """Return what a channel says, with the title of its axis broken into lines that fit and the keys of its legend likewise."""
    if not isinstance(channel, dict):
        return channel
    made = dict(channel)
    if isinstance(made.get("axis"), dict):
        made["axis"] = _wrapped(made["axis"])
    if isinstance(made.get("title"), str) and len(made["title"]) > LETTERS:
        made["title"] = textwrap.wrap(made["title"], LETTERS)
    if isinstance(made.get("legend"), dict) and "columns" in made["legend"]:
        made["legend"] = {**made["legend"], "columns": 1}
    return made


_TEXTS = ("data", "datasets", "encoding", "transform", "params", "config")
"""Parts of a specification in which nothing says how wide it is."""


def _stacked(made: dict[str, Any]) -> dict[str, Any]:
    """Return a chart of panels as one column; panels by two things, one inside the other."""
    facet = made["facet"]
    if "row" not in facet and "column" not in facet:
        panels = {**made["spec"], "width": PLOT_WIDTH} if "width" in made["spec"] else made["spec"]
        return {**made, "columns": 1, "spec": panels}
    levels = [facet[way] for way in ("row", "column") if way in facet]
    inner = {**made["spec"], "width": PLOT_WIDTH}
    if len(levels) == 1:
        return {**made, "facet": _own(levels[0]), "columns": 1, "spec": inner}
    resolve = {"resolve": made["resolve"]} if "resolve" in made else {}
    panels = {"facet": _own(levels[1]), "columns": 1, "spec": inner, **resolve}
    return {**made, "facet": _own(levels[0]), "columns": 1, "spec": panels}


def _own(level: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in level.items() if name not in {"align", "center", "spacing"}}
