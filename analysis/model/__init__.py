"""What the analysis speaks of: months, ground, areas, the cube, and the errors and formats that all share."""
