"""How long a download still takes: bytes left by the bytes of the last seconds."""

from __future__ import annotations

from data.download.pace import Pace


def test_nothing_is_said_in_the_first_seconds_or_while_nothing_comes():
    pace = Pace()
    assert pace.seconds_left(0.0, 0, 1000) is None
    assert pace.seconds_left(1.0, 500, 1000) is None
    still = Pace()
    assert [still.seconds_left(float(second), 0, 1000) for second in range(5)] == [None] * 5


def test_what_is_left_is_divided_by_the_pace():
    pace = Pace()
    pace.seconds_left(0.0, 0, 1000)
    assert pace.seconds_left(4.0, 200, 1000) == 16  # 50 bytes a second, 800 left


def test_the_pace_is_that_of_the_last_twenty_seconds():
    pace = Pace()
    for second in range(31):  # 10 bytes a second, then 100
        last = pace.seconds_left(
            float(second), 10 * second if second < 10 else 100 + 100 * (second - 10), 2200
        )
    assert last == 1.0  # at 2,100 bytes after 20 seconds of 100
