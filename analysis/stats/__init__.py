"""Statistics: arrays in, values out. Each states its formula, null, when not to trust it and one worked number."""
