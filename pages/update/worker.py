"""``python -m pages.update.worker``: does the steps of one job as `data.jobs.worker`, and can compare verdicts besides."""

import sys

from data.loading import begin_loading, end_loading

if __name__ == "__main__":
    begin_loading()
    from data.jobs import worker
    from pages.update.judging import judge

    end_loading()
    sys.exit(worker.main(judge=judge))
