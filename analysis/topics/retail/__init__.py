"""Retail crime: shoplifting in open data, and shops by the office's own register."""
