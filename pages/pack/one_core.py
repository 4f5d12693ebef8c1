"""Imported first by `python -m pages.pack`: a process that makes a pack is one of two on two cores, and keeps to its own.

NumPy's arithmetic otherwise begins a thread a core in each, which wait for each other at the core: on matrices as small as
ours that took a twentieth of the time.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
