"""Months that lie in tables of an engine's catalogue: what is held is asked of the tables, for they have no records beside."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.model.errors import AnalysisError
from analysis.model.vocabulary import Kind
from data.engines.catalogue import CatalogueRows, CatalogueTable
from data.engines.port import CatalogueEngine, Engine, Question, RowsWanted
from data.police_uk.file_names import COLUMNS, FORMAT
from data.police_uk.manifest import MonthRecord


def catalogue_table(kind: Kind, name: tuple[str, ...]) -> CatalogueTable:
    """Return the table of this name with the columns that the store's own files of the kind have."""
    own = tuple((column.name, column.type) for column in COLUMNS[kind])
    return CatalogueTable(name, (("force", "text"), ("month", "month"), *own, ("source_row", "whole")))


def catalogue_question(kind: Kind, name: tuple[str, ...], force: str, wanted: RowsWanted) -> Question:
    """Return the question for a force's rows in this table."""
    return Question((), wanted, CatalogueRows(catalogue_table(kind, name), force))


def catalogue_records(engine: Engine, tables: Mapping[Kind, tuple[str, ...]]) -> list[MonthRecord]:
    """Return what stands in the tables, month by month, as a store's records say it; in order of kind, force and month.

    Release and file hash are empty where the table does not say them. Rows were checked, or not, by whoever filled the
    table: none is counted as refused. AnalysisError where the engine has no catalogue.
    """
    if not isinstance(engine, CatalogueEngine):
        raise AnalysisError("The engine in use has no catalogue of tables. Leave TOWN_CENTRES_TABLES unset.")
    records = []
    for kind in COLUMNS:
        if kind not in tables:
            continue
        table = catalogue_table(kind, tables[kind])
        for row in engine.catalogue_months(table).itertuples():
            records.append(
                MonthRecord(
                    kind=kind,
                    force=row.force,
                    month=str(row.month),
                    data_file="",
                    source=table.shown,
                    member=table.shown,
                    sha256=row.file_hash,
                    bytes=0,
                    rows_read=row.rows,
                    rows_kept=row.rows,
                    without_lsoa=row.without_lsoa,
                    without_point=row.without_point,
                    rows_with_2021_code=0,
                    without_location=0,
                    release=row.release,
                    imported_at="",
                    format=FORMAT,
                    rows_with_id=row.with_id,
                    rows_repeating_id=row.with_id - row.different_ids,
                )
            )
    return records
