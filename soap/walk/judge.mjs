// Judges a page as it stands in the browser: accessibility (axe-core) and widths, with everything open that opens; and its
// weight. What looks the same is judged once.
import { createHash } from 'node:crypto'
import axe from 'axe-core'

export const widths = [320, 1280]
const zoomed = 640 // what 1280 are at 200 %
const heaviest = 200_000 // bytes, of a page with all that it uses

export class Judge {
  pages = 0
  judged = new Set()
  rules = new Map() // rule → on how many pages it was held
  unsure = new Map() // rule → what axe-core cannot decide alone
  weights = new Map() // path → the heaviest so far
  wrong = new Map() // what is wrong → where

  /** look judges a page. script(true) lets scripts run, script(false) only if they do for the person. */
  async look(page, where, script) {
    this.pages++
    const wrong = await weigh(page, where, this.weights)
    // Without scripts a page differs in buttons that stay hidden, which is nothing more to judge.
    const html = (await page.content()).replaceAll(/[bcdfghjkmnpqrstv]{32}/g, '').replaceAll(' hidden=""', '')
    const same = createHash('sha256').update(html).digest('hex')
    if (!this.judged.has(same)) wrong.push(...(await this.#hold(page, script)))
    this.judged.add(same)
    for (const what of wrong) this.wrong.set(what, (this.wrong.get(what) ?? new Set()).add(where))
  }

  async #hold(page, script) {
    const wrong = []
    await script(true) // axe-core is one; those of the page have had their time
    const closed = await page.evaluate(openAll)
    await page.evaluate(axe.source)
    for (const width of [...widths, zoomed]) {
      await page.setViewportSize({ width, height: 900 })
      wrong.push(...(await page.evaluate(sideways)).map((what) => `${width} wide: ${what}`))
      if (width !== zoomed) wrong.push(...(await this.#axe(page, width)))
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.evaluate(closeAgain, closed)
    await script(false)
    return wrong
  }

  async #axe(page, width) {
    const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }))
    for (const r of result.passes) this.rules.set(r.id, (this.rules.get(r.id) ?? 0) + 1)
    for (const r of result.incomplete) this.unsure.set(r.id, (this.unsure.get(r.id) ?? 0) + r.nodes.length)
    return result.violations.map((v) => `${width} wide: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`)
  }
}

function openAll() {
  const closed = [...document.querySelectorAll('details:not([open])')]
  for (const d of closed) d.open = true
  return closed.map((d) => [...document.querySelectorAll('details')].indexOf(d))
}

function closeAgain(closed) {
  const all = [...document.querySelectorAll('details')]
  for (const n of closed) all[n].open = false
}

// sideways names what makes the page scroll sideways. Within a frame of its own a figure or a table may.
function sideways() {
  const page = document.documentElement
  if (page.scrollWidth <= page.clientWidth) return []
  const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1 && !e.closest('.tabellramme, .figur, svg'))
  return [`the page scrolls sideways: ${wide.slice(-3).map((e) => e.tagName.toLowerCase() + (e.className && '.' + e.className)).join(', ')}`]
}

// weigh is what the page and all that it uses come to, as sent and as read, kept or not.
async function weigh(page, path, weights) {
  const weight = await page.evaluate(() => {
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    return { sent: all.reduce((n, e) => n + e.encodedBodySize, 0), read: all.reduce((n, e) => n + e.decodedBodySize, 0) }
  })
  if ((weights.get(path)?.read ?? 0) < weight.read) weights.set(path, weight)
  return weight.read < heaviest ? [] : [`the page weighs ${weight.read} bytes`]
}
