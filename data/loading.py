"""What a program loads when it begins stays until it ends, and Python need not look through it for what nobody holds.

For programs that do one thing: a command of `data`, a worker, a pack. The lists of files of two archives, of some 5,000 names
each, made Python look twice through all that was loaded, a tenth of a second before the first file was fetched.
"""

import atexit
import gc

MADE_BETWEEN = 100_000
"""New values after which Python looks for those that nobody holds. Its own 700 cost a tenth of the time of a pack."""


def begin_loading() -> None:
    """Let Python not look for what nobody holds while modules are loaded: that took up to a fifth of the time."""
    gc.disable()


def end_loading() -> None:
    """Let it look again, seldom and never at what was loaded, which is handed back at the end of the program."""
    gc.freeze()
    gc.set_threshold(MADE_BETWEEN, 20, 50)
    gc.enable()
    atexit.register(gc.unfreeze)
