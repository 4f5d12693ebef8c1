"""One area and crime type looked at from each side."""
