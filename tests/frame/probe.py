"""A page that says who is at the screen, behind the app's own defences: what a test cannot see from outside."""

import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.starlette import App

from pages.frame import access, server


@st.cache_resource
def kept() -> int:
    """Return a number that stays as long as the server's caches do."""
    return time.monotonic_ns()


@st.fragment
def part() -> None:
    """A part of the page that runs by itself."""
    st.text("the part was drawn")


if get_script_run_ctx(suppress_warning=True) is None:
    app = App(__file__, middleware=server.middleware(), lifespan=server.lifespan)
else:
    visitor = access.visitor()
    st.text(f"role={visitor.role.name} who={visitor.who} where={visitor.where} why={visitor.why}")
    st.file_uploader("Anything", key="anything")
    st.button("in", on_click=st.login)
    st.button("out", on_click=st.logout)
    st.text(f"kept={kept()}")
    part()
    st.image(
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, output_format="PNG"
    ) if "picture" in st.query_params else None
