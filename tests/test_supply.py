"""What comes from others is listed with its licence."""

from __future__ import annotations

import re
from pathlib import Path

from tests.supply.licences import LIBRARIES, needed

PROJECT = Path(__file__).parents[1]


def test_every_package_of_a_plain_installation_has_its_licence_in_the_list():
    listed = (PROJECT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = {
        re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^\| ([\w.-]+) \|", listed, re.MULTILINE)
    }
    there = set(needed("safe-town-centres"))
    assert len(there) > 50, "the project is not installed here by its name"
    # what one system needs alone (a time zone's names on Windows, say) is in neither list on the other
    assert there <= rows, "write it anew: python -m tests.supply.licences > docs/licences.md"
    assert "not given" not in listed


def test_every_library_inside_a_wheel_has_a_licence():
    listed = (PROJECT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert "see the package" not in listed
    assert all(f"({licence})" in listed for licence in LIBRARIES.values())
