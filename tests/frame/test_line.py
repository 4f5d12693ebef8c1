"""Readers wait in line for a core: so many at a time, in order, and one reader with many windows has one place."""

from __future__ import annotations

import threading
import time

import pytest

from pages.frame.line import Line


class Reader(threading.Thread):
    """One window of a reader: waits for its turn, works until it is let go."""

    def __init__(self, line: Line, name: str) -> None:
        super().__init__(daemon=True)
        self.line, self.reader = line, name
        self.told: list[int] = []
        self.at_work, self.done = threading.Event(), threading.Event()

    def run(self) -> None:
        with self.line.place(self.reader, self.told.append):
            self.at_work.set()
            self.done.wait(20)


@pytest.fixture
def line() -> Line:
    return Line(2)


def come(line: Line, *names: str) -> list[Reader]:
    readers = []
    for name in names:
        readers.append(Reader(line, name))
        readers[-1].start()
        deadline = time.monotonic() + 10
        while not (readers[-1].at_work.is_set() or readers[-1].told) and time.monotonic() < deadline:
            time.sleep(0.005)
    return readers


def end(*readers: Reader) -> None:
    for reader in readers:
        reader.done.set()
        reader.join(20)
        assert not reader.is_alive()


def test_two_work_at_a_time_and_the_others_are_told_their_place(line):
    one, two, three, four = come(line, "a", "b", "c", "d")
    assert one.at_work.is_set()
    assert two.at_work.is_set()
    assert (three.told[0], four.told[0]) == (1, 2)
    end(one)
    assert three.at_work.wait(10)
    assert not four.at_work.is_set()
    end(two, three)
    assert four.at_work.wait(10)
    end(four)


def test_one_reader_has_one_place_and_those_behind_go_first(line):
    one, again, again_too, other = come(line, "a", "a", "a", "b")
    assert other.at_work.is_set()
    assert not again.at_work.is_set()
    assert not again_too.at_work.is_set()
    end(one)
    assert again.at_work.wait(10)
    assert not again_too.at_work.is_set()
    end(again, other)
    assert again_too.at_work.wait(10)
    end(again_too)


def test_a_reader_who_has_gone_leaves_the_line(line):
    one, two = come(line, "a", "b")

    def gone(_at: int) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError), line.place("c", gone):
        pass
    end(one, two)
    assert line._waiting == []
    assert line._working == []


def test_what_fails_at_work_gives_its_place_up(line):
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), line.place("a", lambda at: None):
            raise ZeroDivisionError
    assert come(line, "a")[0].at_work.is_set()
