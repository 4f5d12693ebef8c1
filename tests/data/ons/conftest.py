"""The Open Geography services on this machine, with made layers of three districts and two forces."""

from __future__ import annotations

import pytest

from tests.data.download.conftest import NoWaiting
from tests.made.ons_server import OnsServer, made_layers

AREAS = {
    "Cleveland": {"E06000001": "Hartlepool", "E06000004": "Stockton-on-Tees"},
    "Durham": {"E06000005": "Darlington"},
}


@pytest.fixture
def layers() -> dict:
    return made_layers(AREAS)


@pytest.fixture
def ons(layers, monkeypatch):
    """A service that answers by itself."""
    with OnsServer(layers) as server:
        monkeypatch.setenv("TOWN_CENTRES_GEOGRAPHY", server.address)
        yield server


@pytest.fixture
def redirecting_ons(layers, monkeypatch):
    """A service that sends on to another host."""
    with OnsServer(layers) as other, OnsServer({}, sends_to=other) as server:
        monkeypatch.setenv("TOWN_CENTRES_GEOGRAPHY", server.address)
        yield server


@pytest.fixture
def cancel() -> NoWaiting:
    return NoWaiting()
