"""`python -m pages.pack`: see `pages.pack.command`, which is loaded while Python looks for nothing that nobody holds."""

import sys

from data.loading import begin_loading, end_loading
from pages.pack import one_core  # noqa: F401  # before NumPy is loaded

if __name__ == "__main__":
    begin_loading()
    from pages.pack.command import main

    end_loading()
    sys.exit(main(fresh=True))
