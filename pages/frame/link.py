"""The address of the page as a link: what came in by it, and what is written into it.

Shared filters are not bound to the address by Streamlit: it would leave out what equals a default, which depends on the
data held, and what a page does not draw. They are written out here, all of them, on every page.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.model.link import SHARED, Values

_WRITTEN = "addresses written"
MOST_WRITTEN = 50
"""Addresses of a session that are known as its own."""


def arrived() -> dict[str, list[str]] | None:
    """Return the shared values that a reader came with: by a link, or by going back. None where the reader stayed.

    An address that this session wrote a moment ago is none: a click may come before the browser has taken it over.
    """
    values = {name: st.query_params.get_all(name) for name in SHARED if name in st.query_params}
    written = st.session_state.get(_WRITTEN)
    if written is None:
        return values
    return values if values and (_went_back() or _frozen(values) not in written) else None


def write(values: Values) -> None:
    """Write the shared values into the address, and take out those that are no longer among them."""
    for name in SHARED:
        if name in st.query_params and name not in values:
            del st.query_params[name]
    changed = {
        name: list(texts) for name, texts in values.items() if st.query_params.get_all(name) != list(texts)
    }
    if changed:
        st.query_params.update(changed)
    written = [each for each in st.session_state.get(_WRITTEN, []) if each != _frozen(values)]
    st.session_state[_WRITTEN] = [*written[1 - MOST_WRITTEN :], _frozen(values)]


def shared() -> dict[str, list[str]]:
    """Return the shared values as they were last written, for a way to another page."""
    written = st.session_state.get(_WRITTEN)
    return {name: list(texts) for name, texts in written[-1]} if written else {}


def came_with(name: str, known: Mapping[str, str]) -> str | None:
    """Return the key of a page's own value by its name in the address, None where there is none that is known."""
    wanted = st.query_params.get_all(name)
    return next((key for key, text in known.items() if text in wanted or key in wanted), None)


def keep(name: str, text: str) -> None:
    """Write a page's own value into the address, also where it is what the page opens with."""
    if st.query_params.get_all(name) != [text]:
        st.query_params[name] = text


def follow(name: str, value: object, source: Hashable) -> None:
    """Set a page's own picker back to what it starts from when that has changed since it was drawn.

    To be asked before it is drawn. One that came by a link, or by going back, stays.
    """
    key = f"{name} follows"
    before = st.session_state.get(key, source)
    st.session_state[key] = source
    if before != source and name in st.session_state and not _went_back():
        st.session_state[name] = value


def _went_back() -> bool:
    context = get_script_run_ctx(suppress_warning=True)
    return bool(context and context.is_history_navigation)


def _frozen(values: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(values[name])) for name in SHARED if name in values)
