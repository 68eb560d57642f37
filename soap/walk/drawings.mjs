// The pictures beside answers: seen, chosen by period, read as a table, and left by it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knut, kommune, skole } from './people.mjs'
import { Visit, both } from './visit.mjs'

// drawn is a picture's section, with an image that has a name, and a table with as much in it.
async function drawn(v, name) {
  const section = v.page.getByRole('main').locator('section').filter({ has: v.page.getByRole('heading', { name }) })
  const image = section.getByRole('img').first()
  assert.ok((await image.boundingBox()).height > 50)
  assert.notEqual(await image.evaluate((e) => (e.getAttribute('aria-label') ?? document.getElementById(e.getAttribute('aria-labelledby')?.split(' ')[0])?.textContent ?? '').trim()), '')
  await section.locator('summary', { hasText: 'Vis som tabell' }).click()
  await section.getByRole('table').waitFor() // what opens is there when it is drawn
  assert.ok((await section.getByRole('table').getByRole('row').count()) > 1)
  return section
}

both(test, 'a working life is drawn, its period chosen, and its table leads on', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidstaker', 'Arbeidstaker')
  await v.ask('Arbeidstaker', { 'Fødselsnummer/D-nummer': knut })
  let section = await drawn(v, /^Tidslinje/)
  const before = await section.getByRole('img').first().innerHTML()
  const periods = section.getByRole('navigation').getByRole('link')
  assert.ok((await periods.count()) > 1)
  await v.leads('Arbeidstaker', () => periods.last().click())
  section = await drawn(v, /^Tidslinje/)
  assert.notEqual(await section.getByRole('img').first().innerHTML(), before)
  assert.match(new URL(v.page.url()).search, /^\?fra=\d{4}&til=\d{4}$/)
  await v.leads('Arbeidstaker', () => v.page.getByRole('link', { name: /^Vis avtaler, timer/ }).click())
  await v.shows('Tidslinjen viser avtaler, timer og utenlandsopphold for 1 av 1 arbeidsforhold.')
  section = await drawn(v, /^Tidslinje/)
  await v.leads('Arbeidsforhold', () => section.getByRole('table').getByRole('button').first().click())
}))

both(test, 'a headcount and a tree of units are drawn, and their tables lead on', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidsgiver', 'Arbeidsgiver')
  await v.ask('Arbeidsgiver', { 'Arbeidsgiver ID': skole })
  await drawn(v, /^Antall arbeidstakere over tid/)
  await v.go('/oppslag/hentArbeidsgiver', 'Arbeidsgiver')
  await v.ask('Arbeidsgiver', { 'Arbeidsgiver ID': kommune })
  const tree = await drawn(v, /^Enheten og enhetene/)
  await v.leads('Arbeidsgiver', () => tree.getByRole('table').getByRole('button', { name: 'FJELLVIK KOMMUNE OPPVEKST' }).click())
  await v.shows('FJELLVIK KOMMUNE OPPVEKST')
}))
