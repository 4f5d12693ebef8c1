"""Words are as wide as Arial's, and are shortened to what fits with the mark that they were."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.pack.slides import measure
from tests.made import slides_read

WORDS = st.text(alphabet=string.ascii_letters + string.digits + " .,;−–%→", max_size=200)


def test_every_letter_of_the_keyboard_is_as_wide_as_in_liberation_sans():
    for bold in (False, True):
        for letter in string.ascii_letters + string.digits + ".,:;()%+-–−’£“”≠":
            ours = measure.width_of(letter, 1000, bold)
            assert abs(ours - slides_read.width(letter, 1000, bold)) < 1.5, letter


def test_a_line_is_filled_word_by_word():
    # an “a” is 556 thousandths wide, a space 278: at 10 points “aa aa” is 25.02 points
    assert measure.width_of("aa aa", 10) == pytest.approx(25.02)
    assert measure.wrapped("aa aa aa", 10, 25.02 / measure.SLACK + 0.01) == ["aa aa", "aa"]
    assert measure.height_of("aa aa aa", 10, 26) == 2 * 10 * measure.LINE


def test_a_word_longer_than_a_line_is_broken_where_the_line_ends():
    assert measure.wrapped("a" * 10, 10, 4 * 5.56 / measure.SLACK + 0.01) == ["aaaa", "aaaa", "aa"]


@given(WORDS, st.floats(30, 900), st.integers(1, 5))
def test_what_is_shortened_fits_and_says_so(words, room, most):
    short = measure.shortened(words, 18, room, most)
    if len(measure.wrapped(words, 18, room)) <= most:
        assert short == words
    else:
        assert short.endswith("…")
        assert words.startswith(short.rstrip(" …").rstrip())
        assert len(measure.wrapped(short, 18, room)) <= most or len(short) <= 2


def test_whole_sentences_are_kept_before_words_are():
    words = "Burglary fell. Violence fell too, and by much more than it did in places like these."
    assert measure.shortened(words, 18, 300, 1) == "Burglary fell …"
