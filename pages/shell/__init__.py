"""What every page shares: the filters, the cached tables, and how a result is shown."""
