"""What the app serves to the browser: under its content's name, whole or not at all, and no more than is kept."""

from __future__ import annotations

import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageColor

from analysis.drawing.maps.layers import ROUND
from analysis.drawing.maps.palette import MARK_COLOURS
from analysis.drawing.maps.shown import SHAPES
from analysis.model.errors import RefusedError
from data.exports import served
from data.exports.map_pictures import SIZE, hatch, shapes
from data.exports.served import ADDRESS, serve


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_name_follows_from_the_content(tmp_path):
    one, again, other = (serve(text, "json", tmp_path) for text in ("{}", "{}", "[]"))
    assert one == again != other
    assert re.fullmatch(rf"{ADDRESS}/[0-9a-f]{{24}}\.json", one)
    assert len(files(tmp_path)) == 2
    assert (tmp_path / one.rsplit("/")[-1]).read_text() == "{}"


def test_text_and_its_bytes_are_one_file(tmp_path):
    assert serve("Caffè", "json", tmp_path) == serve("Caffè".encode(), "json", tmp_path)


def test_a_file_that_is_there_is_not_written_again_but_counts_as_used(tmp_path):
    path = tmp_path / serve("{}", "json", tmp_path).rsplit("/")[-1]
    inode = path.stat().st_ino
    os.utime(path, ns=(1, 1))
    serve("{}", "json", tmp_path)
    assert path.stat().st_ino == inode and path.stat().st_mtime_ns > 1


def test_it_is_put_in_place_in_one_step(tmp_path, monkeypatch):
    """At the moment of replacing, the whole content lies under another, hidden name, and none under its own."""
    seen = []
    replace = os.replace

    def watched(source, target):
        seen.append((Path(source).name, Path(source).read_bytes(), Path(target).exists()))
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    name = serve("whole", "json", tmp_path).rsplit("/")[-1]
    (hidden, content, there) = seen[0]
    assert hidden.startswith(".") and content == b"whole" and not there
    assert files(tmp_path) == [name]


def test_a_write_that_fails_leaves_nothing_under_the_name(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(RefusedError, match="No space left on device"):
        serve("whole", "json", tmp_path)
    assert files(tmp_path) == []


def test_many_readers_at_once_get_one_whole_file_each(tmp_path):
    texts = [str(number) * 200_000 for number in range(4)] * 8

    def whole(text: str) -> bool:
        return (tmp_path / serve(text, "json", tmp_path).rsplit("/")[-1]).read_text() == text

    with ThreadPoolExecutor(16) as readers:
        assert all(readers.map(whole, texts))
    assert len(files(tmp_path)) == 4


def test_readers_who_let_go_of_files_at_once_do_not_trip_over_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(served, "MOST_FILES", 3)
    with ThreadPoolExecutor(16) as readers:
        list(readers.map(lambda number: serve(str(number % 40), "json", tmp_path), range(400)))
    serve("last", "json", tmp_path)
    assert len(files(tmp_path)) == 3


def test_the_longest_unused_go_beyond_the_most_that_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(served, "MOST_FILES", 3)
    names = [serve(str(number), "json", tmp_path).rsplit("/")[-1] for number in range(3)]
    for age, name in enumerate(names, 1):
        os.utime(tmp_path / name, ns=(age, age))
    serve("0", "json", tmp_path)  # the oldest is used again
    newest = serve("new", "json", tmp_path).rsplit("/")[-1]
    assert files(tmp_path) == sorted([names[0], names[2], newest])
    # a file that was let go of is written again when it is wanted
    assert (tmp_path / serve("1", "json", tmp_path).rsplit("/")[-1]).exists()


def test_a_folder_that_cannot_be_written_is_a_sentence_that_names_it(tmp_path):
    (tmp_path / "maps").write_text("a file where the folder should be")
    with pytest.raises(RefusedError) as told:
        serve("{}", "json", tmp_path / "maps")
    assert "static/maps beside app.py" in str(told.value)
    assert "Check the folder’s permissions" in str(told.value) or "Check the folder's permissions" in str(
        told.value
    )


def test_stripes_are_a_tile_of_both_and_the_same_each_time():
    picture = Image.open(io.BytesIO(hatch()))
    assert picture.size == (SIZE, SIZE) and hatch() == hatch()
    alpha = picture.getchannel("A")
    assert alpha.getextrema() == (0, 255)


def test_the_shapes_stand_in_their_order_apart_and_alike_in_area_in_each_colour():
    picture = Image.open(io.BytesIO(shapes(MARK_COLOURS)))
    assert picture.size == (len(SHAPES) * SIZE, len(MARK_COLOURS) * SIZE)
    for row, colour in enumerate(MARK_COLOURS):
        tiles = [
            picture.crop((SIZE * at, SIZE * row, SIZE * (at + 1), SIZE * (row + 1)))
            for at in range(len(SHAPES))
        ]
        own = ImageColor.getcolor(colour, "RGBA")
        inside = [np.asarray(tile) for tile in tiles]
        told = int(np.argmin(own[:3]))  # red, green or blue: where it is farthest from the white rim
        coloured = [
            (255 - tile[..., told].astype(float)) / (255 - own[told]) * (tile[..., 3] == 255)
            for tile in inside
        ]
        areas = [each.mean() for each in coloured]
        # the same count is the same area, whatever its kind
        assert areas == pytest.approx([areas[0]] * 4, rel=0.02)
        across = np.flatnonzero((coloured[0] > 0.5).any(axis=0))
        # by which the screen is drawn
        assert (across[-1] - across[0] + 1) / SIZE == pytest.approx(ROUND, abs=0.03)
        for tile in inside:
            assert not tile[:, [0, -1], 3].any(), "one shape runs into the next"
            seen = tile[tile[..., 3] > 200][:, :3].astype(int)
            rim = (seen > 230).all(axis=-1).sum()
            assert rim > SIZE, "no rim sets it off"
        circle, diamond, square, triangle = (
            lambda x, y, tile=tile, own=own: tuple(tile[y, x]) == own for tile in inside
        )
        corner, side = (14, 14), (7, SIZE // 2)
        assert square(*corner) and not diamond(*corner) and not triangle(*corner)
        assert diamond(*side) and not square(*side)
        assert triangle(SIZE // 2, SIZE - 8) and not triangle(6, 6) and circle(SIZE // 2, SIZE // 2)
