"""Results into maps: what a map shows, as values; then a deck for the screen or a still for slides and print.

The only place in which WGS84 appears; everything that comes in is in metres (EPSG:27700).
"""
