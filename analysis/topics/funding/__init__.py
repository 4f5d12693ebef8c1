"""Sums of money over their days."""
