"""The exact-fit lookup: the real file, and what other files get."""

from __future__ import annotations

import pytest

from analysis.model.errors import RefusedError
from analysis.model.ground import LOOKUP_COLUMNS, build_crosswalk
from data.geography.lookup import read_lookup

HEADER = "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM"
SAME = "E01000001,A 001A,U,E01000001,A 001A,E09000001,A"
SPLIT = [
    "E01000002,A 001B,S,E01033800,A 001D,E09000001,A",
    "E01000002,A 001B,S,E01033801,A 001E,E09000001,A",
]
MERGED = [
    "E01000003,A 002A,M,E01033802,A 002C,E09000001,A",
    "E01000004,A 002B,M,E01033802,A 002C,E09000001,A",
]


def written(tmp_path, *lines: str, encoding: str = "utf-8"):
    path = tmp_path / "lookup.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding=encoding)
    return path


def test_a_good_file_is_read_whatever_its_byte_order_mark_and_further_columns(tmp_path):
    lines = [
        HEADER + ",LAD22NMW,ObjectId",
        *(f"{line},,{i}" for i, line in enumerate([*MERGED, *SPLIT, SAME])),
    ]
    table = read_lookup(written(tmp_path, *lines, encoding="utf-8-sig"))
    assert tuple(table.columns) == LOOKUP_COLUMNS
    assert list(table["LSOA11CD"]) == [f"E0100000{i}" for i in (1, 2, 2, 3, 4)]
    assert list(build_crosswalk(table).table["ground_code"]) == ["E01000001", "E01000002", "E01033802"]
    assert read_lookup(written(tmp_path, HEADER.replace("CHGIND", "CHNGIND"), SAME))["CHGIND"].tolist() == [
        "U"
    ]


def test_fragmented_pairs_may_have_any_shape(tmp_path):
    pairs = [line.replace(",S,", ",X,") for line in SPLIT]
    pairs += [pairs[0].replace("E01000002,A 001B", "E01000003,A 002A")]
    crosswalk = build_crosswalk(read_lookup(written(tmp_path, HEADER, *pairs)))
    assert list(crosswalk.table["ground_code"]) == ["E01000002"]
    assert crosswalk.table["codes_2021"].iloc[0] == ("E01033800", "E01033801")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEADER], "no rows"),
        ([HEADER.replace(",CHGIND", ""), SAME.replace(",U", "")], "best-fit lookup"),
        ([HEADER.replace("LAD22CD", "LAD24CD"), SAME], "missing: LAD22CD"),
        ([HEADER + ", LAD22NM", SAME + ",A"], "twice: LAD22NM"),
        (
            [HEADER, SAME.replace("E01000001,A", "E0100001,A", 1)],
            "row 2: LSOA11CD “E0100001” is no such code",
        ),
        ([HEADER, SAME, SAME.replace("U,E01000001", "U,S01000001")], "row 3: LSOA21CD"),
        ([HEADER, SAME.replace("E09000001", "E08")], "row 2: LAD22CD “E08”"),
        ([HEADER, SAME.replace(",U,", ",,")], "none of U, S, M and X"),
        ([HEADER, SAME.replace(",E09000001,A", ",E09000001,")], "LAD22NM “” is empty"),
        ([HEADER, SAME, SAME], "row 3: the pair E01000001 and E01000001 is listed a second time"),
        ([HEADER, SPLIT[0]], "CHGIND is S.*has 1 LSOA of 2021.*rows are missing"),
        ([HEADER, MERGED[1]], "CHGIND is M"),
        ([HEADER, *(line.replace(",S,", ",U,") for line in SPLIT)], "CHGIND is U.*has 2 LSOAs of 2021"),
        ([HEADER, *(line.replace(",M,", ",S,") for line in MERGED)], "CHGIND is S"),
        ([HEADER, SPLIT[0], SPLIT[1].replace("A 001B", "A 001C")], "two values of LSOA11NM"),
        ([HEADER, MERGED[0], MERGED[1].replace("E09000001", "E09000002")], "two values of LAD22CD"),
        ([HEADER, SAME, *(line.replace(",A", ",B") for line in SPLIT)], "two values of LAD22NM"),
        (['"unclosed', "x"], "CSV|missing"),
    ],
)
def test_another_file_gets_a_sentence_that_names_it_and_what_to_give(tmp_path, lines, said):
    path = written(tmp_path, *lines)
    with pytest.raises(RefusedError, match=said) as error:
        read_lookup(path)
    assert "lookup.csv" in str(error.value)
    assert "lookup" in str(error.value).split(". ")[-1]


def test_what_is_no_text_or_no_file_is_refused(tmp_path):
    path = tmp_path / "lookup.csv"
    path.write_bytes(b"")
    with pytest.raises(RefusedError, match="empty"):
        read_lookup(path)
    path.write_bytes(b"\xff\xfe\x00PK\x03\x04")
    with pytest.raises(RefusedError, match="UTF-8"):
        read_lookup(path)
    with pytest.raises(RefusedError, match="no such file"):
        read_lookup(tmp_path / "absent.csv")
    with pytest.raises(RefusedError, match="cannot be read"):
        read_lookup(tmp_path)


def test_cleveland_has_351_units_and_nine_stockton_lsoas_that_changed_only_their_name(shared):
    lookup = read_lookup(shared / "geography" / "lsoa11_lsoa21_lad22_exact_fit_cleveland.csv")
    assert len(build_crosswalk(lookup).table) == 351
    renamed = lookup.loc[(lookup["CHGIND"] == "U") & (lookup["LSOA11NM"] != lookup["LSOA21NM"])]
    stockton = renamed.loc[renamed["LAD22NM"] == "Stockton-on-Tees"]
    assert len(stockton) == 9
    assert set(zip(stockton["LSOA11NM"].str[-4:], stockton["LSOA21NM"].str[-4:], strict=True)) >= {
        ("014A", "026B"),
        ("014F", "025C"),
    }
    assert lookup["CHGIND"].value_counts().to_dict() == {"U": 342, "S": 16, "M": 2}
