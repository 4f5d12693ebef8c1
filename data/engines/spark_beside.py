"""A force's counts on a worker of Spark: from Spark's pandas into the port's form, and what was made of them back.

Tried with pandas 3.1: text that a worker gives back must be ``object``; pandas' own ``str``, made by joining tables, fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pyarrow as pa

from data.engines.port import AnswerType, ForceWork, in_form, plain_table

_SPARK: dict[AnswerType, str] = {"text": "string", "number": "double", "whole": "bigint", "flag": "boolean"}
_ARROW = {
    "string": pa.string(),
    "date": pa.date32(),
    "bigint": pa.int64(),
    "int": pa.int64(),
    "double": pa.float64(),
}


def spark_schema(columns: Mapping[str, AnswerType]) -> str:
    """Return what comes out, as Spark is told it: the columns, and the force and row that they are put in order by."""
    own = [f"`{name}` {_SPARK[kind]}" for name, kind in columns.items()]
    return ", ".join([*own, "`_force` string", "`_row` bigint"])


def by_force(
    work: ForceWork, keys: tuple[str, ...], types: Mapping[str, str]
) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return the function that a worker calls with the counts of one force; ``types`` are Spark's, by column."""
    schema = pa.schema([(name, _ARROW[types[name]]) for name in ("force", *keys, "incidents")])

    def judge(group: pd.DataFrame) -> pd.DataFrame:
        force = str(group["force"].iloc[0])
        arrow = pa.Table.from_pandas(group[schema.names], schema=schema, preserve_index=False)
        # the order of rows is lost on the way to a worker
        counts = plain_table(arrow.drop_columns(["force"])).sort_values(
            list(keys), ignore_index=True, na_position="last"
        )
        table = in_form(work(force, counts), work.columns)
        made = {
            name: table[name].astype(object).where(table[name].notna(), None)
            if kind in ("text", "flag")
            else table[name]
            for name, kind in work.columns.items()
        }
        return pd.DataFrame(made).assign(
            _force=pd.Series([force] * len(table), dtype=object), _row=range(len(table))
        )

    return judge
