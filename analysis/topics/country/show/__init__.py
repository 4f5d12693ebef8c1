"""Figures and tables of the topic."""
