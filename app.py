"""Safe Town Centres: the frame. Menu, shared filters, one boundary for errors, and the footer.

Script and app in one: `streamlit run app.py` imports this file once and finds ``app``, the server with its defences,
and runs it as the script for each reader.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.starlette import App

from analysis.model.errors import AnalysisError
from pages.frame import (
    access,
    announcer,
    asking,
    assets,
    filters,
    folds,
    login,
    meeting,
    menu,
    printing,
    screens,
    server,
    wording,
)
from pages.pack import screen


@contextmanager
def boundary(part: str) -> Iterator[None]:
    """Show a question that cannot be answered as its sentence, and anything else as the bug that it is."""
    try:
        yield
    except AnalysisError as problem:
        wording.warning(str(problem))
    except Exception as bug:  # the one boundary: whatever reaches it is a mistake of ours, and the rest stays
        logging.getLogger(__name__).exception("%s failed", part)
        wording.error(
            f"{part} failed because of a mistake in the program ({type(bug).__name__}), not because of your "
            "data. Nothing was lost. The log of whoever runs the app has the details."
        )


def draw_page() -> None:
    """Draw the page that the reader is on, or the log-in for whoever may see none."""
    assets.style()
    printing.style()
    listed = menu.pages()
    chosen = st.navigation(listed, position="hidden")
    entry = menu.entry_of(listed, chosen)
    visitor = access.visitor()
    if not login.admits(visitor):
        return
    menu.go(listed, chosen)
    meeting.go(listed, chosen)
    folds.page_begins(chosen.url_path)
    bar = st.container()
    assets.content_begins()
    with boundary("The note on the data"):
        menu.banner()
    with boundary("The filters"):
        filters.draw(entry.uses)
    with bar, boundary("The menu"):
        if filters.in_meeting():
            assets.style_for_a_room()
        else:
            menu.bar(listed, chosen)
    with boundary(f"The page “{entry.name}”"), screens.one_screen(entry.second):
        chosen.run()
    with boundary("The footer"):
        if filters.in_meeting():
            meeting.bar(listed, chosen)
        else:
            screen.offer_page(chosen.url_path)
            menu.way_on(listed, chosen)
        menu.footer(entry)
        login.draw(visitor)
        # in a meeting the bar says which screen came
        announcer.announce("" if filters.in_meeting() else entry.question, filters.said(entry.uses))


if get_script_run_ctx(suppress_warning=True) is None:
    app = App(__file__, middleware=server.middleware(), lifespan=server.lifespan)
else:
    with asking.one_run():
        draw_page()
