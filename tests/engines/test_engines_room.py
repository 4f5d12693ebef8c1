"""Only one room knows which engine holds the rows."""

from __future__ import annotations

import re

from tests.conftest import PROJECT

ENGINE = re.compile(
    r"^\s*(import|from) (duckdb|ibis)\b|\bSELECT .* FROM |\bread_parquet\(\?|\bCOPY \(", re.MULTILINE
)


def test_no_engine_and_no_sql_stands_outside_its_room():
    modules = [path for folder in ("data", "analysis") for path in (PROJECT / folder).rglob("*.py")]
    knowing = {
        path.relative_to(PROJECT).parts[:2] for path in modules if ENGINE.search(path.read_text("utf-8"))
    }
    assert knowing == {("data", "engines")}
