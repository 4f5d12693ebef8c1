"""``python -m pages.update.worker``: does the steps of one job as `data.jobs.worker`, and can compare verdicts besides."""

import sys

from data.jobs import worker
from pages.update import judge

if __name__ == "__main__":
    sys.exit(worker.main(judge=judge))
