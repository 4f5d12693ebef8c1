// The bar of the meeting view: previous, next and the way out, by button and by key.
//
// Arrow left and right lead on where nothing has the focus; Page Up and Page Down, as a presenter's remote sends them, do
// too, but first scroll a screen that is longer than the window. No key is taken from a field, a list or the board.
const OWN_KEYS = 'input, textarea, select, [contenteditable=true], [role=grid], [role=listbox], [role=option], [role=combobox], ' +
  '[role=slider], [role=spinbutton], [role=menu], [role=dialog], .board'

const SHARE = 0.85  // of the window that one press of a key scrolls: the last lines are seen again

export default function ({ parentElement, data, setTriggerValue, setStateValue }) {
  const find = (mark) => parentElement.querySelector(mark)
  const previous = find('.previous'), next = find('.next'), leave = find('.leave'), nav = find('nav')
  const scroller = document.querySelector('.stMain')
  const last = data.screens - 1
  // a page that is no screen of the meeting leads to the first one
  const before = data.at > 0 ? data.at - 1 : null
  const after = data.at === null ? 0 : data.at < last ? data.at + 1 : null
  const go = (to) => { if (to !== null) setTriggerValue('go', String(to)) }
  const where = data.at === null ? 'Beside the meeting' : `Screen ${data.at + 1} of ${data.screens}`
  find('p span').textContent = where
  // not disabled: a button that is would lose the focus at the last screen
  previous.setAttribute('aria-disabled', String(before === null))
  next.setAttribute('aria-disabled', String(after === null))
  next.textContent = data.at === null ? 'First screen' : 'Next'
  previous.onclick = () => go(before)
  next.onclick = () => go(after)
  leave.onclick = () => setTriggerValue('go', 'leave')

  const name = `${data.page} ${data.at}`
  if (nav.dataset.screen !== name) {
    const first = nav.dataset.screen === undefined
    nav.dataset.screen = name
    if (!first) {
      scroller.scrollTop = 0
      find('[role=status]').textContent = [where, data.question].filter(Boolean).join('. ')
    }
  }

  // letters grow with the window by meeting.css; the maps' are pixels, and drawn as large
  const fit = () => {
    const grown = parseFloat(getComputedStyle(document.documentElement).fontSize) / 24
    const scale = data.scales.filter((each) => each <= grown + 0.01).pop() ?? 1
    if (scale !== data.scale) setStateValue('scale', scale)
  }
  nav.dataset.scale = data.scale
  fit()

  const focused = () => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return at
  }
  const isOwn = (at) => nav.contains(at)
  const isNothing = (at) => !at || at === document.body || at === document.documentElement || at === scroller || at.id === 'content'
  const scrolls = (way) => {
    const room = way > 0 ? scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop : scroller.scrollTop
    if (room <= 2) return false
    scroller.scrollBy({ top: way * SHARE * scroller.clientHeight })
    return true
  }
  const press = (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const at = focused()
    const way = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key]
    if (!way || at?.closest?.(OWN_KEYS)) return
    if (event.key.startsWith('Arrow')) {
      if (!isNothing(at) && !isOwn(at)) return
    } else if (scrolls(way)) {
      event.preventDefault()
      return
    }
    event.preventDefault()
    // held down, a key leads on by one screen
    if (!event.repeat) go(way > 0 ? after : before)
  }
  // drawn anew with each screen: only the last one listens
  nav.silence?.()
  document.addEventListener('keydown', press)
  window.addEventListener('resize', fit)
  const silence = () => {
    document.removeEventListener('keydown', press)
    window.removeEventListener('resize', fit)
  }
  nav.silence = silence
  return silence  // its own: what was drawn before may be taken away after this was
}
