"""Each probe of SECURITY.md has a test that there is."""

from __future__ import annotations

import ast
import re

from tests.conftest import PROJECT

DOCUMENT = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")


def rows() -> list[list[str]]:
    """Return the cells of each row of the tables, without their heads."""
    lines = [line.strip("|").split(" | ") for line in DOCUMENT.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line] for line in lines if line[0].strip() != "probe"]


def test_each_probe_names_tests_that_there_are():
    assert len(rows()) > 50
    for probe, *_, named in rows():
        tests = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", named)
        assert tests, probe
        assert re.sub(r"`[^`]+`(, )?", "", named) == "", probe
        for file, name in tests:
            path = PROJECT / file
            assert path.exists(), file
            defined = {
                each.name
                for each in ast.walk(ast.parse(path.read_text()))
                if isinstance(each, ast.FunctionDef)
            }
            assert name in defined, f"{file}::{name}"


def test_each_row_says_what_was_and_what_is():
    assert {len(row) for row in rows()} == {4}
