"""The store: checked months on disk with what lies beside them, and the questions asked of them."""

from data.store.store import ImportReport, Store, default_store_path, open_store

__all__ = ["ImportReport", "Store", "default_store_path", "open_store"]
