"""The menu as the browser draws it: real links, so that a page can be opened in another window too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.frame import assets

MENU_KEY = "menu"

_HTML = """
<nav aria-label="Pages">
  <a class="brand"><img alt="" width="28" height="28"><span></span></a>
  <button type="button" class="toggle" aria-expanded="false" aria-controls="pages">Menu</button>
  <ul id="pages"></ul>
  <div id="tip" role="tooltip" hidden></div>
</nav>
"""

_bar = st.components.v2.component(
    "menu_bar", html=_HTML, css=assets.asset("menu.css"), js=assets.asset("menu.js")
)


def menu_bar(data: Mapping[str, Any]) -> None:
    """Draw the menu; the path of a page that was clicked stands in the session's ``menu`` as ``go``, for one run."""
    _bar(key=MENU_KEY, data=dict(data), on_go_change=lambda: None)
