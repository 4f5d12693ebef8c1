"""Results into Altair charts."""
