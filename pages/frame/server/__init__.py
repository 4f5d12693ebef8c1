"""The server's defences: which hosts, who may fetch and upload, security headers. `app.py` puts them round Streamlit."""

from pages.frame.server.defences import lifespan, middleware

__all__ = ["lifespan", "middleware"]
