"""Files into checked tables. All reading and writing happens here."""
