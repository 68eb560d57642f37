// What integration developers find: beside each answer, and on pages of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kari } from './people.mjs'
import { Visit, both } from './visit.mjs'

const label = 'Fødselsnummer/D-nummer'

both(test, 'the panel shows question and answer, and copies them where it can', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidstaker', 'Arbeidstaker')
  await v.ask('Arbeidstaker', { [label]: kari })
  const panel = v.page.getByRole('region', { name: 'For utviklere' })
  const summaries = await panel.locator('summary').all()
  assert.ok(summaries.length >= 6, 'question, answer, curl, and three languages')
  for (const s of summaries) await s.click()
  const copy = panel.getByRole('button', { name: /^Kopier/ })
  if (scripts) await copy.nth(summaries.length - 1).waitFor() // what opens is there when it is drawn
  assert.equal(await copy.count(), scripts ? summaries.length : 0)
  if (scripts) {
    await copy.first().click()
    const question = await v.page.evaluate(() => navigator.clipboard.readText())
    const read = await v.page.evaluate((text) => new DOMParser().parseFromString(text, 'text/xml').getElementsByTagName('foedselsnr')[0]?.textContent, question)
    assert.equal(read, kari)
    await panel.getByRole('button', { name: 'Kopiert' }).waitFor()
  }
  for (const link of await panel.getByRole('link', { name: /wsdl|xsd/i }).all()) {
    const answer = await v.context.request.get(v.base + (await link.getAttribute('href')))
    assert.equal(answer.status(), 200)
    assert.match(answer.headers()['content-type'], /xml/)
  }
}))

both(test, 'the fields are shown by product, and found by search', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag', 'Oppslag i Aa-registeret')
  await v.menu('Felter')
  const all = ['Antall arbeidstakere', 'Arbeidsgiver', 'Arbeidstaker', 'Treffliste arbeidsgiver', 'Treffliste arbeidstaker', 'Arbeidsforhold']
  for (const product of all) {
    await v.leads('Felter', async () => {
      await v.page.getByLabel('Produkt').selectOption({ label: product })
      await v.page.getByRole('button', { name: 'Vis', exact: true }).click()
    })
    assert.ok((await v.page.getByRole('main').getByRole('row').count()) > 5)
  }
  await search(v, 'Felter', 'yrkeskode')
  await v.shows('treff på «yrkeskode»')
  await search(v, 'Felter', 'finnesikke')
  await v.shows('Ingen treff')
  await search(v, 'Felter', kari)
  await v.hides(kari)
}))

both(test, 'the code lists are shown one by one, and found by search', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag', 'Oppslag i Aa-registeret')
  await v.menu('Kodeverk')
  const lists = v.page.getByRole('main').getByRole('navigation', { name: 'Kodeverk' }).getByRole('link')
  const names = await lists.allInnerTexts()
  assert.ok(names.length > 5)
  for (const name of names) {
    await v.leads('Kodeverk', () => lists.filter({ hasText: name }).first().click())
    assert.ok((await v.page.getByRole('main').getByRole('row').count()) > 1, name)
  }
  await search(v, 'Kodeverk', 'sykepleier')
  await v.shows('treff på «sykepleier»')
  await search(v, 'Kodeverk', kari)
  await v.hides(kari)
}))

function search(v, heading, text) {
  return v.leads(heading, async () => {
    await v.page.getByRole('search').getByRole('searchbox').fill(text)
    await v.page.getByRole('search').getByRole('button', { name: 'Søk' }).click()
  })
}

both(test, 'each story of the demo register is one click away, and ends as it says', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag', 'Oppslag i Aa-registeret')
  const stories = v.page.getByRole('region', { name: 'Historier i demoregisteret' }).getByRole('listitem')
  const count = await stories.count()
  assert.ok(count >= 15)
  for (let n = 0; n < count; n++) {
    const promised = await stories.nth(n).locator('.ds-tag').innerText()
    await Promise.all([v.page.waitForURL(/\/svar\//), stories.nth(n).getByRole('button').click()])
    assert.equal(await v.page.locator('[data-statuskode]').innerText(), promised)
    await v.look(await v.page.getByRole('heading', { level: 1 }).innerText())
    await v.page.goto(`${v.base}/oppslag`)
  }
}))
