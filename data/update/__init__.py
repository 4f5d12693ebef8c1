"""Months kept up to date, and what a revision changed in figures already shown, as a dated list in the store."""

from data.update.history import read_updates
from data.update.updating import update
from data.update.values import Judge, UpdateEntry, UpdateProgress, UpdateReport

__all__ = ["Judge", "UpdateEntry", "UpdateProgress", "UpdateReport", "read_updates", "update"]
