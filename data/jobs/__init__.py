"""Work on a store that goes on while pages are read: months and boundaries fetched, files imported, in a process of its own.

`start` begins it for a visitor who has the role, `current` tells how far the store's job is, and its `stop` ends it
after the piece that is being done. A job is one process (`data.jobs.worker`): a page that is closed, or a reader's
other click, does not end it, and readers' pages keep their processor.
"""

from data.jobs.running import GIVEN, How, Job, JobState, current, start
from data.jobs.steps import FilesStep, GeographyStep, MonthsStep, Step, UpdateStep

__all__ = [
    "GIVEN",
    "FilesStep",
    "GeographyStep",
    "How",
    "Job",
    "JobState",
    "MonthsStep",
    "Step",
    "UpdateStep",
    "current",
    "start",
]
