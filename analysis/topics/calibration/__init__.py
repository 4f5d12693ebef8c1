"""How often the verdict errs, and what it can tell, on the ground held."""
