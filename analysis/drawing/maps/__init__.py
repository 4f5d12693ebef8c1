"""Maps as values: what is shown, by which colours and words; a deck for the screen, a still for paper."""
