"""How answers look: figures, tables and maps as values, drawn on a screen or on paper by somebody else."""
