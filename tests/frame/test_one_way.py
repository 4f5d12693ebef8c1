"""Pages change the store, and take raw records out of it, through the calls that ask for a role, and no other way."""

from __future__ import annotations

import ast

from tests.conftest import PROJECT

ASKING = {"data.permitted", "data.access"}
GUARDED = {
    "keep_records",
    "put_back",
    "remove",
    "records_csv",
    "save_own_area",
    "remove_own_area",
    "import_police_uk",
    "import_lookup",
    "import_geography",
    "write_backup",
    "restore",
}
"""Names of what needs a role; reached from elsewhere in `data` they ask nobody."""


def unasked(text: str) -> set[str]:
    """Return the guarded names that a module takes from elsewhere than the calls that ask, or calls on a store."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("data"):
            found |= {alias.name for alias in node.names if node.module not in ASKING} & GUARDED
        elif isinstance(node, ast.Attribute) and not (
            isinstance(node.value, ast.Name) and node.value.id == "permitted"
        ):
            found |= {node.attr} & (GUARDED - {"remove"})  # lists and sets have a remove too
    return found


def test_what_is_unasked_is_found():
    assert unasked("from data.records import put_back, versions") == {"put_back"}
    assert unasked("store.import_lookup(file)") == {"import_lookup"}
    assert unasked("from data.permitted import put_back\nput_back(v, p, k, 1)") == set()
    assert unasked("from data import permitted\npermitted.keep_records(v, p, r)") == set()


def test_pages_go_through_the_calls_that_ask():
    wrong = {
        str(path.relative_to(PROJECT)): names
        for path in sorted((PROJECT / "pages").rglob("*.py"))
        if (names := unasked(path.read_text(encoding="utf-8")))
    }
    assert not wrong
