"""What every test may ask for: the real files beside the checkout, where they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and reference numbers; a test that needs it is skipped where it is absent."""
    if not (SHARED / "real").is_dir():
        pytest.skip("the folder of real data (../shared) is not beside this checkout")
    return SHARED
