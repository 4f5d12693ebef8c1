"""The tables of the topic."""
