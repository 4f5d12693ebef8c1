"""The ONS exact-fit lookup of LSOAs of 2011 and 2021, read and checked.

Source: ONS Open Geography Portal, "LSOA (2011) to LSOA (2021) to Local Authority District (2022) Exact Fit
Lookup for EW", 35,796 rows. CHGIND says what became of a 2011 LSOA: U unchanged, S split, M merged,
X fragmented.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd

from analysis.model.errors import RefusedError
from analysis.model.ground import LOOKUP_COLUMNS, LSOA_CODE
from analysis.model.names import PUBLISHED_LETTERS, NameRefusedError, checked_name

DISTRICT_CODE = r"(E0[6-9]|W06)\d{6}"
"""Unitary authorities, districts, metropolitan districts, London boroughs; Welsh unitary authorities."""

EXACT_FIT = "the ONS lookup “LSOA (2011) to LSOA (2021) to Local Authority District (2022) Exact Fit”, as CSV"

_CODES = {"LSOA11CD": LSOA_CODE, "LSOA21CD": LSOA_CODE, "LAD22CD": DISTRICT_CODE}


def read_lookup(path: Path | str) -> pd.DataFrame:
    """Return the lookup with the columns `analysis.model.ground.LOOKUP_COLUMNS` as text, sorted by both codes.

    One row a pair of LSOAs that share ground; other columns (ObjectId, Welsh names) are left out. It may
    cover part of the country. Raises RefusedError, naming file and row, for a file that is no CSV in UTF-8, a
    best-fit lookup, a missing column, a malformed code or an empty name, a pair listed twice, one code under
    two names, an LSOA in two districts, and a change indicator that the pairs contradict (as when rows are
    missing).
    """
    path = Path(path)
    table = _read(path)
    _check_columns(path, list(table.columns))
    table = table.loc[:, list(LOOKUP_COLUMNS)].apply(lambda column: column.str.strip())
    if table.empty:
        raise RefusedError(f"{path.name}: it has a header and no rows. Give {EXACT_FIT}.")
    _check_values(path, table)
    _check_pairs(path, table)
    return table.sort_values(["LSOA11CD", "LSOA21CD"], ignore_index=True)


def _read(path: Path) -> pd.DataFrame:
    wrong = f"Give {EXACT_FIT}."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # a row with too many fields
            table = pd.read_csv(
                path,
                dtype="str",
                keep_default_na=False,
                encoding="utf-8-sig",
                index_col=False,
                compression=None,
            )
    except FileNotFoundError as error:
        raise RefusedError(f"{path}: there is no such file. Check the path.") from error
    except OSError as error:
        raise RefusedError(f"{path}: it cannot be read ({error.strerror}). {wrong}") from error
    except pd.errors.EmptyDataError as error:
        raise RefusedError(f"{path.name}: the file is empty. {wrong}") from error
    except UnicodeDecodeError as error:
        raise RefusedError(f"{path.name}: it is no text in UTF-8. {wrong}") from error
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        why = " ".join(str(error).split()).rstrip(".")
        raise RefusedError(f"{path.name}: it is no CSV that can be read ({why}). {wrong}") from error
    # ONS spells the indicator in two ways
    return table.rename(columns=lambda name: "CHGIND" if name.strip() == "CHNGIND" else name.strip())


def _check_columns(path: Path, columns: list[str]) -> None:
    missing = [name for name in LOOKUP_COLUMNS if name not in columns]
    if missing == ["CHGIND"]:
        raise RefusedError(
            f"{path.name}: this is a best-fit lookup (it has no CHGIND), which gives each LSOA one partner "
            f"and so moves ground from one to another. Give {EXACT_FIT}."
        )
    twice = sorted({name for name in LOOKUP_COLUMNS if columns.count(name) > 1})
    if missing or twice:
        parts = [f"missing: {', '.join(missing)}"] if missing else []
        parts += [f"twice: {', '.join(twice)}"] if twice else []
        raise RefusedError(
            f"{path.name}: its columns are not the lookup's ({'; '.join(parts)}). Give {EXACT_FIT}."
        )


def _check_values(path: Path, table: pd.DataFrame) -> None:
    for column in LOOKUP_COLUMNS:
        if column in _CODES:
            good, what = table[column].str.fullmatch(_CODES[column]), "is no such code"
        elif column == "CHGIND":
            good, what = table[column].isin(list("USMX")), "is none of U, S, M and X"
        else:
            good, what = table[column] != "", "is empty"
            if good.all():
                good, what = (
                    table[column].map(_is_name),
                    "is no name: too long, or with a character that cannot be seen",
                )
        if not good.all():
            row = _first(~good)
            more = int((~good).sum()) - 1
            raise RefusedError(
                f"{path.name}, row {row + 2}: {column} “{str(table[column].iloc[row])[:40]}” {what}"
                f"{f' (and {more:,} more rows)' if more else ''}. Download the lookup again."
            )


def _is_name(text: str) -> bool:
    try:
        return bool(checked_name(text, PUBLISHED_LETTERS))
    except NameRefusedError:
        return False


def _check_pairs(path: Path, table: pd.DataFrame) -> None:
    twice = table.duplicated(["LSOA11CD", "LSOA21CD"])
    if twice.any():
        row = _first(twice)
        old, new = table["LSOA11CD"].iloc[row], table["LSOA21CD"].iloc[row]
        raise RefusedError(
            f"{path.name}, row {row + 2}: the pair {old!s} and {new!s} is listed a second time. "
            "Download the lookup again."
        )
    for code, name in (
        ("LSOA11CD", "LSOA11NM"),
        ("LSOA21CD", "LSOA21NM"),
        ("LSOA21CD", "LAD22CD"),
        ("LAD22CD", "LAD22NM"),
    ):
        names = table.groupby(code)[name].nunique()
        if (names > 1).any():
            raise RefusedError(
                f"{path.name}: {names.idxmax()} stands under two values of {name}. Download the lookup again."
            )
    olds = table.groupby("LSOA21CD")["LSOA11CD"].transform("size")
    news = table.groupby("LSOA11CD")["LSOA21CD"].transform("size")
    one_to_one, split, merged = (olds == 1) & (news == 1), (news > 1) & (olds == 1), (olds > 1) & (news == 1)
    # X is what fits none of the three shapes; ONS leaves its form open, so any pairs may carry it
    shape = {"U": one_to_one, "S": split, "M": merged}
    for indicator, fits in shape.items():
        wrong = (table["CHGIND"] == indicator) & ~fits
        if wrong.any():
            row = _first(wrong)
            old, new = table["LSOA11CD"].iloc[row], table["LSOA21CD"].iloc[row]
            raise RefusedError(
                f"{path.name}, row {row + 2}: CHGIND is {indicator}, but {old!s} has "
                f"{_lsoas(news.iloc[row])} of 2021 and {new!s} has {_lsoas(olds.iloc[row])} of 2011, so "
                f"rows are missing or changed (a best-fit lookup looks so too). Give {EXACT_FIT}."
            )


def _first(wrong: pd.Series) -> int:
    return int(wrong.to_numpy().argmax())


def _lsoas(count: int) -> str:
    return f"{count} LSOA" if count == 1 else f"{count} LSOAs"
