"""Records that an office gives of its own: their contracts, and how a file is tidied into one."""

from analysis.records.registry import RECORD_KINDS, record_kind

__all__ = ["RECORD_KINDS", "record_kind"]
