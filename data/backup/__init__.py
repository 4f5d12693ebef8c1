"""All that a store holds as one file, and a store from such a file.

`write_backup` leaves out what is made anew at need, and what is only on its way in. `restore` checks all of a file before
it touches what is held, which stays until everything of the file lies beside it.
"""

from data.backup.contents import BackupReport
from data.backup.restoring import restore
from data.backup.writing import write_backup

__all__ = ["BackupReport", "restore", "write_backup"]
