"""Rows of evidence as sentences and as tables: said and shown alike on every page."""
