// Login, time-out, logout.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kari } from './people.mjs'
import { Visit, both, browser, password } from './visit.mjs'

const front = 'Oppslag i Aa-registeret'
const label = 'Fødselsnummer/D-nummer'

both(test, 'login leads to where one was going, and logout leaves nothing to go back to', (scripts) => Visit.during('closed', { scripts }, async (v) => {
  await v.go('/oppslag/hentArbeidstaker', 'Logg inn')
  await v.login('alle', 'Arbeidstaker')
  const [cookie] = await v.context.cookies()
  const got = { name: cookie.name, httpOnly: cookie.httpOnly, secure: cookie.secure, sameSite: cookie.sameSite, path: cookie.path, expires: cookie.expires }
  assert.deepEqual(got, { name: '__Host-aareg', httpOnly: true, secure: true, sameSite: 'Strict', path: '/', expires: -1 })
  await v.ask('Arbeidstaker', { [label]: kari })
  await v.shows('Fjellstad')
  const answer = new URL(v.page.url()).pathname
  await v.leads('Logg inn', () => v.page.getByRole('button', { name: 'Logg ut' }).click())
  await v.shows('Du er logget ut.')
  assert.deepEqual(await v.context.cookies(), [])
  await v.back('Logg inn')
  await v.hides('Fjellstad', kari)
  await v.go(answer, 'Logg inn')
  await v.login('alle', 'Svaret finnes ikke lenger')
}))

both(test, 'a wrong password and an unknown user read the same', (scripts) => Visit.during('closed', { scripts }, async (v) => {
  const pages = []
  for (const user of ['alle', 'ukjent-bruker']) {
    await v.go('/oppslag', 'Logg inn')
    assert.equal(await v.login(user, 'Logg inn', 'galt passord'), 401)
    const alert = v.page.getByRole('alert')
    assert.equal(await alert.innerText(), 'Innloggingen ble ikke godtatt. Sjekk brukernavn og passord.')
    await v.focused(alert)
    assert.equal(await v.page.getByLabel('Passord').inputValue(), '')
    pages.push((await v.page.content()).replaceAll(user, ''))
  }
  assert.equal(pages[0], pages[1])
  assert.equal(await v.login('alle', 'Logg inn', ''), 422)
  await v.shows('Fyll inn både brukernavn og passord.')
  await v.login('alle', front, password('alle'))
}))

test('a form on the page of somebody else asks nothing', () => Visit.during('closed', {}, async (v) => {
  await v.go('/oppslag/hentArbeidstaker', 'Logg inn')
  await v.login('alle', 'Arbeidstaker')
  // Another name of this machine is another site for the browser.
  const foreign = v.base.replace('127.0.0.1', 'localhost')
  const context = await browser.newContext({ ignoreHTTPSErrors: true, storageState: await v.context.storageState() })
  try {
    const page = await context.newPage()
    await page.route(`${foreign}/fremmed`, (r) => r.fulfill({
      contentType: 'text/html', body: `<form method="post" action="${v.base}/oppslag/hentArbeidstaker"><input name="foedselsnr" value="1"><button>Send</button></form>`,
    }))
    await page.goto(`${foreign}/fremmed`)
    const answer = page.waitForResponse((r) => r.url().startsWith(v.base))
    await page.getByRole('button').click()
    assert.equal((await answer).status(), 403)
  } finally {
    await context.close()
  }
}))
