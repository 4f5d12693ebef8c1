"""Raw tables of text into checked records: what is accepted, what is refused and why, what is dropped."""

from analysis.records.tidying.raw_table import RawTable
from analysis.records.tidying.table import TidiedRecords, tidy_records

__all__ = ["RawTable", "TidiedRecords", "tidy_records"]
