"""A download says what it is above its numbers, and is read back as it was."""

from __future__ import annotations

import io

import pandas as pd

from data.exports import csv_bytes


def test_numbers_come_back_from_under_heads_with_commas_quotes_and_line_breaks():
    frame = pd.DataFrame({"place": ["A, B", "=1+1"], "incidents": [1, 2]})
    heads = ["Jul 2022 – Jun 2023, three places", 'said "so"', "over\ntwo lines"]
    content = csv_bytes(frame, heads)
    again = pd.read_csv(io.BytesIO(content), comment="#", encoding="utf-8-sig")
    assert again["incidents"].tolist() == [1, 2]
    assert again["place"].tolist() == ["A, B", "'=1+1"]
    text = content.decode("utf-8-sig").splitlines()
    assert text[:3] == ["# Jul 2022 – Jun 2023, three places", "# said ”so”", "# over two lines"]
