"""Safe Town Centres: the frame. Menu, shared filters, one boundary for errors, and the footer."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from analysis.model.errors import AnalysisError
from pages.frame import draw, filters, menu


@contextmanager
def boundary(part: str) -> Iterator[None]:
    """Show a question that cannot be answered as its sentence, and anything else as the bug that it is."""
    try:
        yield
    except AnalysisError as problem:
        st.warning(str(problem))
    except Exception as bug:  # the one boundary: whatever reaches it is a mistake of ours, and the rest stays
        logging.getLogger(__name__).exception("%s failed", part)
        st.error(
            f"{part} failed because of a mistake in the program ({type(bug).__name__}), not because of your "
            "data. Nothing was lost. The log of whoever runs the app has the details."
        )


st.set_page_config(
    page_title="Safe Town Centres", page_icon=menu.ICON, layout="wide", initial_sidebar_state="collapsed"
)
draw.style()
chosen = st.navigation(menu.pages(), position="top")
with boundary("The note on the data"):
    menu.banner()
with boundary("The filters"):
    filters.draw()
with boundary(f"The page “{chosen.title}”"):
    chosen.run()
with boundary("The footer"):
    menu.footer()
