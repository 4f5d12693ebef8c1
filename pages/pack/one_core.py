"""Imported first by `python -m pages.pack`: a process that makes a pack is one of two on two cores, and keeps to its own.

NumPy's arithmetic otherwise begins a thread a core in each, which wait for each other at the core: on matrices as small as
ours that took a twentieth of the time.
"""

import gc
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

MADE_BETWEEN = 100_000
"""New values after which Python looks for those that nobody holds. Its own 700 cost a tenth of the time of a pack."""


def begin_loading() -> None:
    """Let Python not look for what nobody holds while modules are loaded, which stay: that took a fifth of the time."""
    gc.disable()


def end_loading() -> None:
    """Let it look again, seldom and never at what was loaded: for a process of seconds."""
    gc.freeze()
    gc.set_threshold(MADE_BETWEEN, 20, 50)
    gc.enable()
