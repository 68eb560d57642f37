// What the browser and the servers said and did on the whole walk, but for the bodies of pages and of forms: there, and
// nowhere else, may a number or a name of a person stand.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { people } from './people.mjs'

// Eleven digits in a row, or with one separator between any of them; nine in a row, which are a unit's.
const eleven = /(?<!\d)\d(?:(?:[ .\-_+/]|%20|%2B)?\d){10}(?!\d)/
const nine = /(?<!\d)\d{9}(?!\d)/
const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?/g // in front of a line that a server logs
const own = new Set(['user-agent', 'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform']) // the browser's, of itself

export class Witness {
  seen = { address: [], title: [], 'request header': [], 'response header': [], 'console message': [], 'server log line': [] }
  complaints = [] // the browser's, of pages
  #pending = []

  /** follow notes what all pages of a browser context do from now on. */
  follow(context) {
    context.on('request', (r) => {
      this.seen.address.push(r.url())
      this.#pending.push(this.#headers('request header', r))
    })
    context.on('response', (r) => this.#pending.push(this.#headers('response header', r)))
    context.on('page', (page) => {
      page.on('framenavigated', (f) => this.seen.address.push(f.url()))
      page.on('pageerror', (e) => this.complaints.push(`${path(page.url())}: ${e.message}`))
      page.on('console', (m) => {
        this.seen['console message'].push(`${m.text()} ${m.location().url}`)
        // The browser says of a page what its status is; whether it should be that is for the step that led there.
        if (m.type() === 'info' || (m.text().startsWith('Failed to load resource') && m.location().url === page.url())) return
        this.complaints.push(`${path(page.url())}: ${m.type()}: ${m.text()}`)
      })
    })
  }

  async #headers(kind, message) {
    let all
    try {
      all = await message.allHeaders()
    } catch (e) {
      if (/closed|disposed/.test(e.message)) return // the page went before its own last image
      throw e
    }
    for (const [name, value] of Object.entries(all)) if (!own.has(name)) this.seen[kind].push(`${name}: ${value}`)
  }

  /** settled waits for what has been asked of the browser. */
  async settled() {
    await Promise.all(this.#pending)
  }

  /** readLogs takes what the servers have written. */
  readLogs(folder) {
    for (const file of readdirSync(folder)) {
      const lines = readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)
      // How to ask a question by hand, which is told at start, is about a person of the demo register.
      const from = file.endsWith('.out') ? lines.filter((l) => !l.includes('<a:hentArbeidstaker')) : lines
      this.seen['server log line'].push(...from.map((l) => l.replace(moment, '')))
    }
  }

  /** leaks are the kinds of places where a number or a name stands, never what stands there. */
  leaks() {
    const { names } = people()
    const word = new RegExp(`(?<!\\p{L})(?:${[...names].join('|')})(?!\\p{L})`, 'iu')
    const found = []
    for (const [kind, texts] of Object.entries(this.seen)) {
      for (const text of texts) {
        if (eleven.test(text)) found.push(`${kind}: eleven digits`)
        if ((kind === 'address' || kind === 'title') && nine.test(text)) found.push(`${kind}: nine digits`)
        if (word.test(decoded(text))) found.push(`${kind}: a name`)
      }
    }
    return found
  }

  /** searched says how much was searched. */
  searched() {
    return Object.entries(this.seen).map(([kind, texts]) => `${texts.length} ${kind}s`.replace('addresss', 'addresses')).join(', ')
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** path is where a page is, without what is random in it. */
export const path = (url) => decoded(new URL(url).pathname).replace(/[bcdfghjkmnpqrstv]{32}/, '…')
