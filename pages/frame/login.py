"""Log-in where the office has set it up: whoever is on no list sees this page, and nothing else."""

from __future__ import annotations

import html

import streamlit as st

from data.access import Action, Role, Visitor
from pages.frame import access
from pages.frame.server.defences import NO_AUTHLIB
from pages.frame.server.streamlit_inside import can_log_in


def admits(visitor: Visitor) -> bool:
    """Return whether the visitor may see answers; draw the log-in in place of the page where not."""
    if visitor.may(Action.SEE):
        return True
    st.html(f'<h1>Safe Town Centres</h1><p class="said">{html.escape(visitor.why)}</p>')
    if not can_log_in():
        st.html(f'<p class="said">{html.escape(NO_AUTHLIB)}</p>')
    elif visitor.who == "anybody":
        st.button("Log in", on_click=st.login, type="primary")
    else:
        st.button("Log out", on_click=st.logout, help="To log in again, or as somebody else.")
    return False


def draw(visitor: Visitor) -> None:
    """Say who is logged in, and offer the way out; nothing where nobody logs in."""
    if not access.needs_log_in() or visitor.role is Role.NOBODY:
        return
    with st.popover(visitor.who):
        st.html(f'<p class="said">Role: {visitor.role.name.lower()}.</p>')
        st.button("Log out", on_click=st.logout)
