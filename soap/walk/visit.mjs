// A person at a browser: finds things as people do, by what they are called and what they are. After every step the page
// is judged.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { Judge } from './judge.mjs'
import { Witness, path } from './witness.mjs'

const temporary = process.env.AAREG_WALK

export const witness = new Witness()
export const judge = new Judge()
export const base = (name) => readFileSync(join(temporary, `${name}.base`), 'utf8')
export const password = (user) => readFileSync(join(temporary, 'logins', user), 'utf8').trim()

/** browser is Debian's. Pages that are left are kept as for people, so that going back is what it is for them. */
export const browser = await chromium.launch({
  executablePath: process.env.AAREG_CHROMIUM,
  args: ['--no-sandbox'],
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
})

/** both runs a test with a browser that runs scripts and one that does not. */
export function both(test, name, steps) {
  for (const scripts of [true, false]) test(`${name}, ${scripts ? 'with' : 'without'} JavaScript`, () => steps(scripts))
}

export class Visit {
  /** begin opens a browser of its own, at no page yet. server is open, closed or short. */
  static async begin(server, { scripts = true } = {}) {
    const v = new Visit()
    v.base = base(server)
    v.scripts = scripts
    v.context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'nb-NO', viewport: { width: 1280, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce' }) // what opens is open at once
    v.context.setDefaultTimeout(15_000)
    witness.follow(v.context)
    v.page = await v.context.newPage()
    v.devtools = await v.context.newCDPSession(v.page)
    await v.#script(false)
    return v
  }

  /** during runs steps in a visit, and ends it. */
  static async during(server, options, steps) {
    const v = await Visit.begin(server, options)
    try {
      await steps(v)
    } finally {
      await witness.settled()
      await v.context.close()
    }
  }

  // #script lets scripts run for the judge, and then only if the person's browser does. The context's own switch would stop
  // the judge as well.
  async #script(always) {
    await this.devtools.send('Emulation.setScriptExecutionDisabled', { value: !always && !this.scripts })
  }

  /** look judges the page, which must have that heading. */
  async look(heading) {
    witness.seen.title.push(await this.page.title())
    assert.equal(await this.page.getByRole('heading', { level: 1 }).innerText(), heading)
    await judge.look(this.page, `${path(this.page.url())} (${heading})`, (always) => this.#script(always))
  }

  /** go opens an address, as a bookmark does. */
  async go(to, heading) {
    const answer = await this.page.goto(this.base + to)
    await this.look(heading)
    return answer
  }

  /** leads does something that leads to another page, and looks at it. It gives the page's status. */
  async leads(heading, step) {
    const answer = this.page.waitForResponse((r) => r.request().isNavigationRequest() && (r.status() < 300 || r.status() >= 400))
    const [there] = await Promise.all([answer, this.page.waitForEvent('load'), step()])
    const status = there.status()
    await this.look(heading)
    return status
  }

  /** back goes back, to a page that may be kept, or asked for anew. */
  async back(heading) {
    await this.page.goBack({ waitUntil: 'commit' }) // of a page that was kept nothing is loaded
    await this.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
    await this.look(heading)
  }

  /** menu goes to a page by the menu. */
  menu(name, heading = name) {
    const menu = this.page.getByRole('navigation', { name: 'Oppslag' })
    return this.leads(heading, () => menu.getByRole('link', { name, exact: true }).click())
  }

  /** ask fills in a form, which is one of two when it has a title, by the labels of its fields, and sends it. */
  async ask(heading, fields, title) {
    const form = title ? this.page.getByRole('region', { name: title }) : this.page.getByRole('main')
    for (const [label, value] of Object.entries(fields)) {
      const field = form.getByLabel(label, { exact: false }).first()
      if ((await field.evaluate((e) => e.tagName)) === 'SELECT') await field.selectOption({ label: value })
      else await field.fill(value)
    }
    return this.leads(heading, () => form.getByRole('button', { name: 'Slå opp' }).first().click())
  }

  /** follow takes a way on: the nth button of that name. */
  follow(heading, name, nth = 0) {
    return this.leads(heading, () => this.page.getByRole('main').getByRole('button', { name }).nth(nth).click())
  }

  /** focused waits until something has the focus, which a browser gives it when it draws. */
  focused(locator) {
    return locator.and(this.page.locator(':focus')).waitFor()
  }

  /** status is the badge of an answer. */
  statuskode() {
    return this.page.locator('[data-statuskode]').getAttribute('data-statuskode')
  }

  /** shows says that the page holds a text, as people read it. */
  async shows(...texts) {
    const page = await this.page.getByRole('main').innerText()
    for (const text of texts) assert.ok(page.includes(text), `the page does not show what it should (${path(this.page.url())})`)
  }

  async hides(...texts) {
    const page = await this.page.content()
    for (const text of texts) assert.ok(!page.includes(text), `the page holds what it should not (${path(this.page.url())})`)
  }

  /** login logs in, at the login page. */
  login(user, heading, secret = password(user)) {
    return this.leads(heading, async () => {
      await this.page.getByLabel('Brukernavn').fill(user)
      await this.page.getByLabel('Passord').fill(secret)
      await this.page.getByRole('button', { name: 'Logg inn', exact: true }).click()
    })
  }
}
