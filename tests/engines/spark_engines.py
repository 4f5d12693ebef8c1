"""Spark as the conformance suite asks it: inside this process, over Spark Connect, and of tables of a catalogue by name."""

from __future__ import annotations

import tempfile
from pathlib import Path

from data.engines.catalogue import CatalogueRows, CatalogueTable
from data.engines.port import Question
from data.engines.spark import SparkEngine, _read_files
from data.engines.spark_catalogue import quoted
from data.police_uk.file_names import COLUMNS

# as an office's own table may have them, each of another type than the store's files
ODD_TYPES = {
    "month": "date_format(month, 'yyyy-MM')",
    "crime_id": "lower(hex(crime_id))",
    "longitude": "CAST(longitude AS DECIMAL(9, 6))",
    "lsoa_code": "coalesce(lsoa_code, '')",
    "source_row": "CAST(source_row AS INT)",
    "searched_at": "CAST(searched_at AS TIMESTAMP)",
}


class CatalogueSpark(SparkEngine):
    """Puts the files of a question into a table with an awkward name and odd types, and asks that by its name.

    A table holds all forces of its kind; a question is one force's.
    """

    def __init__(self, address: str, folder: Path) -> None:
        super().__init__(address)
        self._folder, self._tables = folder, {}

    def is_whole(self, file: str, rows: int) -> bool:
        # only a file can be spoiled
        return SparkEngine(self._address).is_whole(file, rows)

    def each_force(self, questions, keys, work):
        return super().each_force({force: self._asked(each) for force, each in questions.items()}, keys, work)

    def _ask(self, question: Question, ask):
        return super()._ask(self._asked(question), ask)

    def _asked(self, question: Question) -> Question:
        whole = all(Path(file).exists() and Path(file).stat().st_size > 100 for file in question.files)
        if question.catalogue is None and whole:
            file = Path(question.files[0])
            table = self._table_of(file.parents[1], question.wanted.kind)
            return Question((), question.wanted, CatalogueRows(table, file.parent.name))
        return question

    def _table_of(self, folder: Path, kind: str) -> CatalogueTable:
        if folder not in self._tables:
            self._tables[folder] = table_of(self, folder, kind, f"odd.na`me {len(self._tables)}")
        return self._tables[folder]


def table_of(
    engine: SparkEngine, folder: Path, kind: str, name: str, *further: str, **changed: str
) -> CatalogueTable:
    """Put the files under a folder of one kind into a table; ``changed``: a column's expression, "" for none; ``further`` ones.

    A name of letters alone becomes a table of a schema; any other one a view, for Spark's own catalogue has no such tables.
    """
    _, session = engine._begun()
    held = _read_files(session, [str(file) for file in sorted(folder.rglob("*.parquet"))])
    columns = ODD_TYPES | changed
    chosen = [f"{columns.get(each, each)} AS {each}" for each in held.columns if columns.get(each) != ""]
    own = tuple((column.name, column.type) for column in COLUMNS[kind])
    columns_needed = (("force", "text"), ("month", "month"), *own, ("source_row", "whole"))
    rows = held.selectExpr(*chosen, *further)
    if not name.isidentifier():
        rows.createOrReplaceTempView(quoted(name))
        return CatalogueTable((name,), columns_needed)
    session.sql(f"CREATE DATABASE IF NOT EXISTS made_police LOCATION '{engine._folder}/schema'")
    session.sql(f"DROP TABLE IF EXISTS made_police.{name}")
    rows.createOrReplaceTempView("rows_to_keep")
    place = f"{tempfile.mkdtemp(dir=engine._folder)}/rows"
    session.sql(f"CREATE TABLE made_police.{name} USING parquet LOCATION '{place}' AS TABLE rows_to_keep")
    return CatalogueTable(("made_police", name), columns_needed)
