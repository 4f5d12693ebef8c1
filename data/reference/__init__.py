"""Tables from the literature that ship with the program."""
