"""Records that an office gives: templates out, files in, versions kept."""

from data.records.keeping import (
    RecordsReport,
    RecordVersion,
    current_records,
    current_version,
    keep_records,
    published_records,
    put_back,
    read_upload,
    record_kind,
    record_kinds,
    records_csv,
    records_fingerprint,
    remove,
    template_csv,
    template_excel,
    versions,
)

__all__ = [
    "RecordVersion",
    "RecordsReport",
    "current_records",
    "current_version",
    "keep_records",
    "published_records",
    "put_back",
    "read_upload",
    "record_kind",
    "record_kinds",
    "records_csv",
    "records_fingerprint",
    "remove",
    "template_csv",
    "template_excel",
    "versions",
]
