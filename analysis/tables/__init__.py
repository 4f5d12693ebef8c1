"""Results into tables as text: rows and headings as a reader sees them, numbers formatted by `analysis.formats`."""
