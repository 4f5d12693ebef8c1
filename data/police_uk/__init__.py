"""The files of data.police.uk, checked and kept month by month."""
