"""What travels with a change of a filter is values alone: a tenth of a plain map's bytes at most."""

from __future__ import annotations

from tests.made.real_maps import ours, plain, real_ground


def test_a_change_of_a_filter_sends_a_tenth_of_what_a_plain_map_does_at_most(real_store):
    ground = real_ground(real_store)
    assert len(ground[0].outlines) == 351
    ours_sent, plain_sent = (len(way(*ground, 1).encode()) for way in (ours, plain))
    assert ours_sent < 60_000
    assert ours_sent * 10 <= plain_sent
