// What a page says of itself to who does not see it, and the cue on what is wider than its place.
//
// A page that came, a choice that changed what is shown, and what was just finished are said once, politely: the focus
// stays where it is.
const PAUSE = 100  // milliseconds: a region that is emptied and filled at once says nothing

export default function ({ parentElement, data }) {
  const region = parentElement.querySelector('[role=status]')
  // kept by the window: with another page the region is another one
  const before = document.documentElement.announced
  // a run that only draws again brings the same words
  const finished = data.finished.join(' ')
  const news = finished === before?.finished ? [] : [finished]
  if (before && before.page !== data.page) news.unshift(data.page)
  else if (before && before.looking !== data.looking) news.unshift(data.looking)
  document.documentElement.announced = { page: data.page, looking: data.looking, finished }
  if (news.some(Boolean)) {
    region.textContent = ''
    setTimeout(() => { region.textContent = news.filter(Boolean).join(' ') }, PAUSE)
  }

  const mark = () => {
    for (const each of document.querySelectorAll('.stMain .table, .stMain [class*="st-key-figure-"]')) {
      each.toggleAttribute('data-more', each.scrollWidth > each.clientWidth + 4)
    }
  }
  let asked = 0
  const soon = () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(mark) }
  region.watch?.()
  const drawn = new MutationObserver(soon)
  const main = document.querySelector('.stMain')
  drawn.observe(main, { childList: true, subtree: true })
  window.addEventListener('resize', soon)
  const leave = () => { drawn.disconnect(); window.removeEventListener('resize', soon) }
  region.watch = leave
  soon()
  return leave
}
