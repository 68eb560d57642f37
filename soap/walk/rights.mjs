// What a consumer's agreement says, as people see it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { borger, fortrolig, kari, skole } from './people.mjs'
import { Visit, both } from './visit.mjs'

const front = 'Oppslag i Aa-registeret'

both(test, 'a consumer with a minimisation profile sees its fields and its products alone', (scripts) => Visit.during('closed', { scripts }, async (v) => {
  await v.go('/oppslag', 'Logg inn')
  await v.login('lite', front)
  await v.shows('Ikke med i avtalen', 'Treffliste arbeidsgiver')
  assert.equal(await v.page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link').count(), 1)
  await v.go('/oppslag/hentArbeidstaker', 'Arbeidstaker')
  await v.ask('Arbeidstaker', { 'Fødselsnummer/D-nummer': kari })
  assert.equal(await v.statuskode(), 'komplett')
  await v.shows('Fjellstad', '15.08.2022')
  await v.hides('Kari', 'FJELLVIK', skole)
  assert.equal(await v.page.getByRole('main').getByRole('button', { name: /^Vis / }).count(), 0)
  await v.go('/oppslag/hentArbeidsgiver', 'Arbeidsgiver')
  assert.equal(await v.ask('Arbeidsgiver', { 'Arbeidsgiver ID': skole }), 403)
  await v.shows('Du har ikke tilgang til dette')
}))

both(test, 'a consumer without the look-up is not let in', (scripts) => Visit.during('closed', { scripts }, async (v) => {
  await v.go('/oppslag', 'Logg inn')
  assert.equal(await v.login('maskin', 'Logg inn'), 403)
  await v.shows('Avtalen til virksomheten omfatter ikke oppslag på nettsiden.')
}))

both(test, 'a protected person is nobody, a code or a person, as the agreement says', (scripts) => Visit.during('closed', { scripts }, async (v) => {
  for (const [user, want] of [['alle', 'ingen'], ['kode', 'fortrolig'], ['data', 'fortrolig']]) {
    await v.go('/oppslag/hentArbeidstaker', 'Logg inn')
    await v.login(user, 'Arbeidstaker')
    const pages = []
    for (const number of [fortrolig, borger]) {
      await v.ask('Arbeidstaker', { 'Fødselsnummer/D-nummer': number })
      assert.equal(await v.statuskode(), number === borger ? 'ingen' : want)
      await (user === 'data' && number === fortrolig ? v.shows('Lukket') : v.hides('Lukket'))
      pages.push((await v.page.content()).replaceAll(number, '').replaceAll(/[bcdfghjkmnpqrstv]{32}/g, ''))
      await v.go('/oppslag/hentArbeidstaker', 'Arbeidstaker')
    }
    assert.equal(pages[0] === pages[1], want === 'ingen', 'a protected person is told from somebody who is not there')
    await v.leads('Logg inn', () => v.page.getByRole('button', { name: 'Logg ut' }).click())
  }
}))
