"""The topic's tables and figure."""
