"""The button that copies the address: it holds everything that was chosen, on every page."""

from __future__ import annotations

import streamlit as st

_HTML = '<button type="button">Copy link</button><span role="status" aria-live="polite"></span>'

_CSS = """
:host, .copy { font-family: var(--st-font); }
button { font: inherit; font-size: 1rem; color: var(--st-link-color); background: none; border: 0; padding: 0.4rem 0.2rem;
         cursor: pointer; white-space: nowrap; }
button:hover { text-decoration: underline; }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
@media (max-width: 640px), (pointer: coarse) { button { min-height: 44px; } }
span { font-size: 0.9rem; margin-left: 0.4rem; color: var(--st-text-color); }
span:empty { display: none; }
"""

_JS = """
export default function ({ parentElement }) {
  const button = parentElement.querySelector('button')
  const said = parentElement.querySelector('span')
  const byHand = (text) => {
    // without a secure context there is no clipboard to write to
    const field = document.createElement('textarea')
    field.value = text
    document.body.append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    button.focus()
    return done
  }
  button.onclick = async () => {
    const link = window.location.href.split('#')[0]
    let done = true
    try { await navigator.clipboard.writeText(link) } catch (refused) { done = byHand(link) }
    said.textContent = done ? 'Copied' : 'Not copied: take it from the address bar'
    setTimeout(() => { said.textContent = '' }, 4000)
  }
}
"""

_button = st.components.v2.component("copy_link", html=_HTML, css=_CSS, js=_JS)


def copy_link() -> None:
    """Draw the button."""
    _button(key="copy-link", width="content")
