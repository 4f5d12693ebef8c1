"""The menu as the browser draws it: real links, so that a page can be opened in another window too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

MENU_KEY = "menu"

_HTML = """
<nav aria-label="Pages">
  <a class="brand"><img alt="" width="28" height="28"><span></span></a>
  <button type="button" class="toggle" aria-expanded="false" aria-controls="pages">Menu</button>
  <ul id="pages"></ul>
  <div id="tip" role="tooltip" hidden></div>
</nav>
"""

_CSS = """
:host { display: block; font-family: var(--st-font); }
nav { display: flex; align-items: center; gap: 0.2rem 1.1rem; position: relative; color: var(--st-text-color);
      border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); font-size: 0.97rem; }
a { color: inherit; text-decoration: none; white-space: nowrap; }
a:focus-visible, button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.brand { display: inline-flex; align-items: center; gap: 0.5rem; font-weight: 700; padding: 0.55rem 0;
         margin-right: auto; color: var(--st-primary-color); }
.brand img { border-radius: 4px; }
ul { display: flex; list-style: none; margin: 0; padding: 0; gap: 0 1rem; }
li { margin: 0; }
li.first { padding-left: 1rem; border-left: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
li a { display: block; padding: 0.75rem 0 0.6rem; border-bottom: 3px solid transparent; }
li a:hover { border-bottom-color: color-mix(in srgb, currentColor 40%, transparent); }
li a[aria-current] { border-bottom-color: var(--st-primary-color); color: var(--st-primary-color); font-weight: 600; }
.toggle { display: none; font: inherit; font-weight: 600; color: inherit; background: none; padding: 0.45rem 0.9rem;
          border: 1px solid currentColor; border-radius: 4px; cursor: pointer; }
#tip { position: absolute; top: 100%; z-index: 20; max-width: 22rem; padding: 0.45rem 0.7rem; font-size: 0.92rem;
       background: var(--st-text-color); color: var(--st-background-color); border-radius: 4px; pointer-events: none; }
@media (max-width: 1000px) {
  nav { flex-wrap: wrap; }
  .toggle { display: block; }
  ul { display: none; width: 100%; flex-direction: column; padding: 0 0 0.6rem; }
  ul.open { display: flex; }
  li.first { padding-left: 0; border-left: 0; }
  li a { padding: 0.7rem 0.2rem; border-bottom: 0; border-left: 3px solid transparent; padding-left: 0.7rem; }
  li a[aria-current] { border-left-color: var(--st-primary-color); }
  #tip { display: none; }
}
@media print { nav { display: none; } }
"""

_JS = """
export default function ({ parentElement, data, setTriggerValue }) {
  const find = (mark) => parentElement.querySelector(mark)
  const list = find('ul'), tip = find('#tip'), toggle = find('.toggle'), brand = find('.brand'), nav = find('nav')
  const root = document.querySelector('base')?.href ?? window.location.origin + '/'
  const close = () => { list.classList.remove('open'); toggle.setAttribute('aria-expanded', 'false') }
  const address = (path) => new URL(path, root).pathname + (data.query ? '?' + data.query : '')
  const hide = () => { tip.hidden = true }
  const lead = (anchor, page) => {
    anchor.href = address(page.path)
    anchor.onclick = (event) => {
      // a page opened in another window is the browser's to open
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return
      event.preventDefault()
      hide(); close()
      if (!page.current) setTriggerValue('go', page.path)
    }
  }
  find('.brand img').src = data.mark
  find('.brand span').textContent = data.product
  lead(brand, data.pages[0])
  list.replaceChildren(...data.pages.map((page, at) => {
    const item = document.createElement('li'), anchor = document.createElement('a')
    if (at && data.pages[at - 1].section !== page.section) item.className = 'first'
    anchor.textContent = page.name
    anchor.setAttribute('aria-description', page.question)
    if (page.current) anchor.setAttribute('aria-current', 'page')
    const show = () => {
      tip.textContent = page.question
      tip.hidden = false
      const room = nav.clientWidth - tip.offsetWidth
      const left = anchor.getBoundingClientRect().left - nav.getBoundingClientRect().left
      tip.style.left = Math.max(0, Math.min(left, room)) + 'px'
    }
    anchor.onmouseenter = show; anchor.onfocus = show
    anchor.onmouseleave = hide; anchor.onblur = hide
    anchor.onkeydown = (event) => { if (event.key === 'Escape') hide() }
    lead(anchor, page)
    item.append(anchor)
    return item
  }))
  toggle.onclick = () => {
    const open = list.classList.toggle('open')
    toggle.setAttribute('aria-expanded', String(open))
  }
  nav.onkeydown = (event) => { if (event.key === 'Escape' && list.classList.contains('open')) { close(); toggle.focus() } }
  // the menu stands inside what Streamlit's "Skip to main content" skips to: go on to behind it
  const skip = document.querySelector('[data-testid=stSkipToContent]')
  const onward = () => setTimeout(() => document.getElementById('content')?.focus({ preventScroll: true }))
  skip?.addEventListener('click', onward)
  return () => skip?.removeEventListener('click', onward)
}
"""

_bar = st.components.v2.component("menu_bar", html=_HTML, css=_CSS, js=_JS)


def menu_bar(data: Mapping[str, Any]) -> None:
    """Draw the menu; the path of a page that was clicked stands in the session's ``menu`` as ``go``, for one run."""
    _bar(key=MENU_KEY, data=dict(data), on_go_change=lambda: None)
