// What the pages look like, as files to look at.
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fortrolig, kari, knut, kommune, skole, utland, mengde } from './people.mjs'
import { Visit, browser } from './visit.mjs'

const folder = process.env.AAREG_PICTURES
const shown = join(process.env.AAREG_ROOT, 'soap', 'oppslag', 'bilder') // what the README shows
const largest = 150_000 // bytes of each of those

// asked are answers: the picture's name, the operation, and what is filled in by the names of the fields.
const asked = [
  ['antall', 'hentAntallArbeidstakere', { orgnr: skole }],
  ['arbeidsgiver', 'hentArbeidsgiver', { arbeidsgiverId: skole }],
  ['hovedenhet', 'hentArbeidsgiver', { arbeidsgiverId: kommune }],
  ['arbeidstaker', 'hentArbeidstaker', { foedselsnr: knut }],
  ['fortrolig', 'hentArbeidstaker', { foedselsnr: fortrolig }],
  ['feil', 'hentArbeidstaker', { foedselsnr: '123' }],
  ['treff', 'hentTrefflisteArbeidsgiver', { orgnavn: 'Fjellvik' }],
  ['mange', 'hentArbeidsgiver', { arbeidsgiverId: mengde }],
  ['arbeidsforhold', 'hentArbeidsforhold', { arbeidsforholdId: utland }],
]

// take makes the pictures of the page that is open.
async function take(page, name) {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true })
  }
  await page.pdf({ path: join(folder, `${name}-a4.pdf`), format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } })
}

async function ask(page, base, operation, fields) {
  await page.goto(`${base}/oppslag/${operation}`)
  const form = page.locator('form.skjema').first()
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`)
    await ((await field.evaluate((e) => e.tagName)) === 'SELECT' ? field.selectOption(value) : field.fill(value))
  }
  await Promise.all([page.waitForURL(/\/svar\//), form.getByRole('button', { name: 'Slå opp' }).click()])
}

// readme takes the page for the README, from a heading, or its top, down to what can be opened below.
async function readme(page, name, below, heading) {
  const path = join(shown, `${name}.png`)
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.evaluate(() => scrollTo(0, 0))
  const top = heading ? (await page.getByRole('heading', { name: heading }).boundingBox()).y - 16 : 0
  const { y } = await page.locator('summary', { hasText: below }).first().boundingBox()
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: top, width: 1280, height: y - top - 8 } })
  if (statSync(path).size >= largest) throw new Error(`${name}.png is too large for the README`)
}

mkdirSync(shown, { recursive: true })
await Visit.during('open', {}, async ({ page, base }) => {
  for (const path of ['', '/hentTrefflisteArbeidsgiver', '/felter', '/kodeverk', '/finnesikke']) {
    await page.goto(`${base}/oppslag${path}`)
    await take(page, path.slice(1) || 'forside')
  }
  for (const [name, operation, fields] of asked) {
    await ask(page, base, operation, fields)
    await take(page, name)
  }
  await page.locator('details').evaluateAll((every) => every.forEach((d) => { d.open = true }))
  await take(page, 'alt-aapnet')
  await ask(page, base, 'hentTrefflisteArbeidstaker', { etternavn: 'Åsen', fonetisk: 'true' })
  await readme(page, 'soek', 'Endre spørsmålet')
  await ask(page, base, 'hentArbeidstaker', { foedselsnr: kari })
  await Promise.all([page.waitForURL(/detaljer/), page.getByRole('link', { name: /^Vis avtaler/ }).click()])
  await take(page, 'tidslinje')
  await readme(page, 'tidslinje', 'Vis som tabell', /^Tidslinje/)
})
await Visit.during('closed', {}, async (v) => {
  const { page, base } = v
  await page.goto(`${base}/oppslag`)
  await take(page, 'logginn')
  await v.login('alle', 'Oppslag i Aa-registeret')
  await take(page, 'innlogget')
  await page.goto(`${base}/oppslag/uttrekk`)
  await take(page, 'uttrekk')
})
await browser.close()
