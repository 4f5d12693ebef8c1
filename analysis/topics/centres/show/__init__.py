"""The tables, figures and maps of the topic."""
