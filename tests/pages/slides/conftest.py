"""The contents of a pack, made once in a run of the tests: of the demonstration, and of Cleveland's real months."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.desk import Desk
from pages.pack.build import build
from pages.pack.contents import Contents
from pages.pack.slides import write

PAGES = ("overview", "hotspots", "retail_crime", "safer_streets", "nte", "perceptions")


def contents_of(store, force: str = "", **asked) -> Contents:
    desk = Desk(store)
    chosen = replace(desk.default_selection(force or desk.forces()[0]), **asked)
    return build(desk, chosen, PAGES)


@pytest.fixture(scope="session")
def invented(demonstration_store) -> Contents:
    return contents_of(demonstration_store)


@pytest.fixture(scope="session")
def real(real_store) -> Contents:
    return contents_of(real_store)


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Return a function that writes contents as slides, once for each name."""
    folder: Path = tmp_path_factory.mktemp("slides")

    def once(contents: Contents, name: str, template: Path | None = None) -> Path:
        path = folder / f"{name}.pptx"
        if not path.exists():
            write(contents, path, template)
        return path

    return once
