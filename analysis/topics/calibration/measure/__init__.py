"""The numbers of the topic."""

from analysis.topics.calibration.measure.calibration import CALIBRATION_COLUMNS, calibration
from analysis.topics.calibration.measure.verdict_rows import (
    CALIBRATED,
    REPEATS,
    Calibration,
    calibration_rows,
    force_of,
)

__all__ = [
    "CALIBRATED",
    "CALIBRATION_COLUMNS",
    "REPEATS",
    "Calibration",
    "calibration",
    "calibration_rows",
    "force_of",
]
