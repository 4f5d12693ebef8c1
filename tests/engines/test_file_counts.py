"""Files counted by the numbers that they hold for texts: to the last row, however a file is put together."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.engines.file_counts import count_files
from data.engines.port import RowsUnreadableError

PLACES = ((None, None), ("E1", "Here"), ("E1", "Here by another name"), ("E2", "There"), ("E3", None))
ROWS = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(["Burglary", "Drugs", "Robbery"])), max_size=20
)


def written(file, rows, **how):
    columns = [[place[0] for place, _ in rows], [place[1] for place, _ in rows], [kind for _, kind in rows]]
    names = ["lsoa_code", "lsoa_name", "crime_type"]
    # a column without a missing text says so, as those of a month in which every row has an LSOA
    fields = [
        pa.field(name, pa.string(), None in values) for name, values in zip(names, columns, strict=True)
    ]
    pq.write_table(pa.table(columns, schema=pa.schema(fields)), file, **how)
    return str(file)


def as_pairs(counted):
    places = list(zip(counted.codes, counted.names, strict=True))
    assert len(set(places)) == len(places)
    found = [Counter() for _ in counted.values]
    for at, place, kind in zip(*counted.values.nonzero(), strict=True):
        found[at][places[place], counted.crime_types[kind]] = int(counted.values[at, place, kind])
    assert counted.values.any(axis=(0, 2)).all() and counted.values.any(axis=(0, 1)).all()
    return found


@given(st.lists(ROWS, min_size=1, max_size=4), st.integers(1, 7), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_row_counts_once_in_its_file_whatever_the_groups_and_the_encoding(
    tmp_path, files, size, numbered
):
    paths = [
        written(tmp_path / f"{at}.parquet", rows, row_group_size=size, use_dictionary=numbered)
        for at, rows in enumerate(files)
    ]
    assert as_pairs(count_files(paths)) == [Counter(rows) for rows in files]


def test_a_file_that_is_gone_damaged_or_has_no_such_column_cannot_be_read(tmp_path):
    whole = written(tmp_path / "whole.parquet", [(PLACES[1], "Drugs")] * 50)
    half = tmp_path / "half.parquet"
    half.write_bytes((tmp_path / "whole.parquet").read_bytes()[:200])
    other = tmp_path / "other.parquet"
    pq.write_table(pa.table({"lsoa_code": ["E1"]}), other)
    for file in (tmp_path / "gone.parquet", half, other):
        with pytest.raises(RowsUnreadableError, match="Import its month again"):
            count_files([whole, str(file)])
