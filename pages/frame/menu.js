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
  // Escape closes the meaning of a term, pointed at or focused, until another is gone to
  const page = document.documentElement
  const open = () => { delete page.dataset.meanings }
  const escape = (event) => { if (event.key === 'Escape') page.dataset.meanings = 'closed' }
  const onTerm = (event) => { if (event.target.closest?.('.term')) open() }
  document.addEventListener('keydown', escape)
  document.addEventListener('focusin', onTerm)
  document.addEventListener('mouseover', onTerm)
  // a link to a heading finds it when the page has been drawn: the browser looked before there was one, and Streamlit
  // has written the address anew since
  const opened = performance.getEntriesByType('navigation')[0]
  const named = opened ? new URL(opened.name).hash.slice(1) : ''
  let looking
  if (named && !page.dataset.led) {
    page.dataset.led = 'yes'
    const leadTo = () => {
      const heading = document.getElementById(named)
      if (heading) { heading.scrollIntoView(); looking.disconnect() }
    }
    looking = new MutationObserver(leadTo)
    looking.observe(document.body, { childList: true, subtree: true })
    setTimeout(() => looking.disconnect(), 20000)  // there may be none of that name
    leadTo()
  }
  return () => {
    skip?.removeEventListener('click', onward)
    document.removeEventListener('keydown', escape)
    document.removeEventListener('focusin', onTerm)
    document.removeEventListener('mouseover', onTerm)
  }
}
