"""The numbers of the topic."""

from analysis.topics.calibration.measure.calibration import CALIBRATION_COLUMNS, REPEATS, calibration

__all__ = ["CALIBRATION_COLUMNS", "REPEATS", "calibration"]
