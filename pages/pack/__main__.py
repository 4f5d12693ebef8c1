"""`python -m pages.pack`: see `pages.pack.command`, which is loaded while Python looks for nothing that nobody holds."""

import sys

from pages.pack import one_core

if __name__ == "__main__":
    one_core.begin_loading()
    from pages.pack.command import main

    one_core.end_loading()
    sys.exit(main(fresh=True))
