"""The store: checked months on disk with what lies beside them, and the questions asked of them."""

from data.engines.port import RowsWanted
from data.store.store import ImportReport, Store, open_store
from data.store.store_place import default_store_path

__all__ = ["ImportReport", "RowsWanted", "Store", "default_store_path", "open_store"]
