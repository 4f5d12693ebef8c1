"""What leaves for the browser: CSV, pictures, and the files that maps are drawn from."""

from data.exports.csv_files import csv_bytes

__all__ = ["csv_bytes"]
