"""Where most incidents were recorded, and whether it is the same ground as before."""
