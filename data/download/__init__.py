"""Months of police.uk fetched from its monthly archives: only one force's files, and only what is new or revised."""

from data.download.downloading import download
from data.download.planning import plan_download
from data.download.service import StoppedError
from data.download.values import DownloadPlan, DownloadProgress, DownloadReport, DownloadRequest

__all__ = [
    "DownloadPlan",
    "DownloadProgress",
    "DownloadReport",
    "DownloadRequest",
    "StoppedError",
    "download",
    "plan_download",
]
