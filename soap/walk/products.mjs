// Every product from form to answer, and on to the next.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kari, kommune, mengde, skole, sykehjem, utland } from './people.mjs'
import { Visit, both } from './visit.mjs'

both(test, 'a hit leads to the employer, on to the employee and the arbeidsforhold, and back', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag', 'Oppslag i Aa-registeret')
  await v.menu('Treffliste arbeidsgiver')
  await v.ask('Treffliste arbeidsgiver', { 'Navn på organisasjon': 'Fjellvik' }, 'Søk etter virksomheter')
  assert.equal(await v.statuskode(), 'komplett')
  await v.follow('Arbeidsgiver', skole)
  await v.shows('FJELLVIK BARNESKOLE')
  const her = v.page.getByRole('main').getByRole('article').filter({ hasText: kari })
  await v.leads('Arbeidstaker', () => her.getByRole('button', { name: 'Vis arbeidstaker' }).click())
  await v.shows('Fjellstad', 'Kari')
  const der = v.page.getByRole('main').getByRole('article').filter({ hasText: 'FJELLVIK SYKEHJEM' })
  await v.leads('Arbeidsforhold', () => der.getByRole('button', { name: 'Vis arbeidsforhold' }).click())
  assert.equal(await v.statuskode(), 'komplett')
  await v.shows('FJELLVIK SYKEHJEM')
  await v.follow('Arbeidstaker', 'Vis arbeidstaker')
  await v.back('Arbeidsforhold')
  await v.back('Arbeidstaker')
  assert.equal(await v.statuskode(), 'komplett')
}))

both(test, 'a hovedenhet leads to its underenheter, and they to it', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidsgiver', 'Arbeidsgiver')
  await v.ask('Arbeidsgiver', { 'Arbeidsgiver ID': kommune })
  await v.shows('FJELLVIK KOMMUNE HELSE OG OMSORG', 'FJELLVIK KOMMUNE OPPVEKST')
  await v.follow('Arbeidsgiver', '210000216')
  await v.follow('Arbeidsgiver', skole)
  await v.shows('FJELLVIK BARNESKOLE')
  await v.follow('Arbeidsgiver', 'Vis hovedenhet')
  await v.shows('FJELLVIK KOMMUNE OPPVEKST')
}))

both(test, 'the number of employees leads to the employer', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag', 'Oppslag i Aa-registeret')
  await v.leads('Antall arbeidstakere', () => v.page.getByRole('main').getByRole('link', { name: 'Antall arbeidstakere' }).click())
  await v.ask('Antall arbeidstakere', { 'Organisasjonsnummer': sykehjem })
  await v.shows('FJELLVIK SYKEHJEM')
  await v.follow('Arbeidsgiver', 'Vis arbeidsgiver')
  await v.follow('Antall arbeidstakere', 'Antall arbeidstakere')
}))

both(test, 'a search for persons finds employers and employees, and leads to each', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentTrefflisteArbeidsgiver', 'Treffliste arbeidsgiver')
  await v.ask('Treffliste arbeidsgiver', { 'Etternavn': 'Husby' }, 'Søk etter personer')
  await v.shows('Husby Tor')
  await v.follow('Arbeidsgiver', '14846249851')
  await v.menu('Treffliste arbeidstaker')
  await v.ask('Treffliste arbeidstaker', { 'Etternavn': 'Delt', 'Fonetisk': 'Fonetisk søk: også navn som lyder likt' })
  await v.shows('Einar', 'Eivind')
  await v.follow('Arbeidstaker', /^Vis arbeidstaker/)
  assert.equal(await v.statuskode(), 'komplett')
}))

both(test, 'a long answer is walked through page by page, and back', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentTrefflisteArbeidstaker', 'Treffliste arbeidstaker')
  await v.ask('Treffliste arbeidstaker', { 'Etternavn': 'Mengdal', 'Fonetisk': 'Eksakt søk' })
  const pages = v.page.getByRole('navigation', { name: 'Sider i svaret' })
  const turn = (name) => v.leads('Treffliste arbeidstaker', () => pages.getByRole('link', { name }).click())
  const rows = () => v.page.getByRole('main').getByRole('table').first().getByRole('row').allInnerTexts()
  const [, ...first] = await rows()
  await turn('Neste side')
  const [, ...second] = await rows()
  assert.equal(new Set([...first, ...second]).size, 100)
  assert.equal(await v.statuskode(), 'trunkert')
  await turn('Forrige side')
  assert.deepEqual((await rows()).slice(1), first)
  await v.menu('Arbeidsgiver')
  await v.ask('Arbeidsgiver', { 'Arbeidsgiver ID': mengde })
  await v.shows('Antall arbeidstakere over tid')
}))

both(test, 'an arbeidsforhold is found by its id, and its employer from there', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidsforhold', 'Arbeidsforhold')
  await v.ask('Arbeidsforhold', { 'Arbeidsforhold ID': utland })
  await v.shows('VIKEN SERVICE AVD DRAMMEN')
  await v.follow('Arbeidsgiver', 'Vis arbeidsgiver')
}))

both(test, 'who is in no answer is told so, and can change the question', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidsgiver', 'Arbeidsgiver')
  await v.ask('Arbeidsgiver', { 'Arbeidsgiver ID': '299999990' })
  assert.equal(await v.statuskode(), 'ingen')
  await v.ask('Arbeidsgiver', { 'Arbeidsgiver ID': kommune })
  assert.equal(await v.statuskode(), 'komplett')
}))

both(test, 'what is filled in wrongly is told beside its field, and above, with a link there', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidstaker', 'Arbeidstaker')
  for (const wrong of ['', '123', 'nummer']) {
    assert.equal(await v.ask('Arbeidstaker', { 'Fødselsnummer': wrong }), 422)
    const field = v.page.getByLabel('Fødselsnummer')
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.equal(await field.inputValue(), wrong)
    const said = await field.evaluate((e) => e.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).innerText).join(' '))
    assert.match(said, /«Fødselsnummer\/D-nummer»/)
    const summary = v.page.getByRole('alert')
    await v.focused(summary)
    await summary.getByRole('link').click()
    await v.focused(field)
    assert.match(await v.page.title(), /^Feil: /)
  }
  await v.ask('Arbeidstaker', { 'Fødselsnummer': kari })
  assert.equal(await v.statuskode(), 'komplett')
}))

both(test, 'an answer of another person is at no address', (scripts) => Visit.during('open', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidstaker', 'Arbeidstaker')
  await v.ask('Arbeidstaker', { 'Fødselsnummer': kari })
  const address = new URL(v.page.url()).pathname
  await Visit.during('open', { scripts }, async (other) => {
    assert.equal((await other.go(address, 'Svaret finnes ikke lenger')).status(), 410)
    await other.hides('Fjellstad')
    assert.equal((await other.go('/oppslag/finnesikke', 'Siden finnes ikke')).status(), 404)
  })
}))
