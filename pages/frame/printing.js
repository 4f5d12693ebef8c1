// “Print this page”: the server makes the page ready for paper (pictures of maps, how sure the figures are), then the
// browser prints it. What was made for paper is seen by nobody on the screen, and gone with the reader's next choice.
const READY = () => {
  const all = (marks) => [...document.querySelectorAll(marks)]
  return !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')
    && all('[data-testid=stVegaLiteChart]').every((chart) => chart.querySelector('canvas, svg'))
    && all('img.on-paper').every((picture) => picture.complete)
}
const LOOK_EVERY = 100  // milliseconds
const CALM = 4          // looks in a row: a chart may be drawn anew just after it was drawn
const MOST_LOOKS = 300  // then what is there is printed

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (mark) => parentElement.querySelector(mark)
  const root = find('.print'), button = find('button'), said = find('span')
  const foot = () => {
    const day = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
    find('.address').textContent = `This view, printed on ${day}: ${window.location.href.split('#')[0]}`
    find('.left-out').textContent = data.leftOut
  }
  foot()
  button.onclick = () => {
    said.textContent = 'Making it ready for paper…'
    setTriggerValue('go', true)
  }
  const turn = String(data.turn)
  if (data.turn && root.dataset.turn !== turn) {
    root.dataset.turn = turn
    let looks = 0, calm = 0
    const look = () => {
      looks += 1
      calm = READY() ? calm + 1 : 0
      if (calm < CALM && looks < MOST_LOOKS) { setTimeout(look, LOOK_EVERY); return }
      said.textContent = ''
      foot()
      window.print()
    }
    look()
  }
  root.silence?.()
  window.addEventListener('beforeprint', foot)
  root.silence = () => window.removeEventListener('beforeprint', foot)
  return () => root.silence()
}
