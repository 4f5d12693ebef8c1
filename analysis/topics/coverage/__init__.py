"""Which months are held, from which files, and what is missing."""
