// Three steps, each a button that opens its words; on a narrow screen one button opens all three.
const KEPT = 'safe-town-centres: first visit closed'

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (mark) => parentElement.querySelector(mark)
  const section = find('section'), panel = find('#steps'), list = find('ol'), all = find('.all'), more = find('a')
  const place = parentElement.getRootNode().host?.closest('.stElementContainer') ?? parentElement.closest('.stElementContainer')
  const show = (open) => {
    section.hidden = !open
    if (place) { if (open) place.dataset.open = 'yes'; else delete place.dataset.open }
  }
  let closed = false
  try { closed = window.localStorage.getItem(KEPT) === 'yes' } catch (refused) { /* then the session keeps it */ }
  if (section.dataset.closed) closed = true
  if (closed) { show(false); return }

  const each = find('.each')
  const items = data.steps.map((step) => {
    const item = document.createElement('li'), title = document.createElement('strong')
    title.textContent = step.title + '. '
    item.append(title, step.words)
    return item
  })
  list.replaceChildren(...items)
  const buttons = data.steps.map((step, at) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = step.title
    button.setAttribute('aria-controls', 'steps')
    button.onclick = () => turn(button, (item, number) => number === at)
    return button
  })
  each.replaceChildren(...buttons)
  const openers = [all, ...buttons]
  const fold = () => {
    panel.hidden = true
    openers.forEach((button) => button.setAttribute('aria-expanded', 'false'))
  }
  const turn = (opener, shows) => {
    const opens = opener.getAttribute('aria-expanded') !== 'true'
    fold()
    if (!opens) return
    items.forEach((item, at) => { item.hidden = !shows(item, at) })
    panel.hidden = false
    opener.setAttribute('aria-expanded', 'true')
  }
  fold()
  all.onclick = () => turn(all, () => true)
  more.textContent = data.more
  more.href = new URL(data.path, document.querySelector('base')?.href ?? window.location.origin + '/').pathname
  section.onkeydown = (event) => {
    if (event.key !== 'Escape' || panel.hidden) return
    const opener = openers.find((button) => button.getAttribute('aria-expanded') === 'true')
    fold()
    opener?.focus()
  }
  find('.close').onclick = () => {
    section.dataset.closed = 'yes'
    show(false)
    document.getElementById('content')?.focus({ preventScroll: true })
    try { window.localStorage.setItem(KEPT, 'yes') } catch (refused) { setTriggerValue('refused', true) }
  }
  show(true)
}
