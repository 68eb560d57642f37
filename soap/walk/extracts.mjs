// The page for extracts: a file, under the agreement's rights.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { kari, skole } from './people.mjs'
import { Visit, both } from './visit.mjs'

// download fills in the form, and gives the file's name and its text.
async function download(v, choose) {
  await choose(v.page)
  const [file] = await Promise.all([v.page.waitForEvent('download'), v.page.getByRole('button', { name: 'Last ned' }).click()])
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

both(test, 'an extract of an employer and one of persons come as files', (scripts) => Visit.during('closed', { scripts }, async (v) => {
  await v.go('/oppslag', 'Logg inn')
  await v.login('alle', 'Oppslag i Aa-registeret')
  await v.menu('Uttrekk')
  const csv = await download(v, async (page) => {
    await page.getByLabel('Arbeidsgiverens nummer').fill(skole)
    await page.getByLabel('Format').selectOption('csv')
  })
  assert.match(csv.name, /^[a-zæøå-]+[\w.-]*\.csv$/i)
  assert.doesNotMatch(csv.name, /\d{9}/)
  assert.match(csv.text, /ferdig/)
  assert.ok(csv.text.includes(kari))
  const lines = await download(v, async (page) => {
    await page.getByRole('radio', { name: /arbeidstaker/i }).check()
    await page.getByLabel('Numrene').fill(kari)
    await page.getByLabel('Format').selectOption('ndjson')
  })
  const records = lines.text.trim().split('\n').map((l) => JSON.parse(l))
  assert.equal(records.at(-1).ferdig, true)
  assert.equal(records.length, 3) // two arbeidsforhold, and the end
}))

both(test, 'what is wrong in the form for extracts is told beside its field', (scripts) => Visit.during('closed', { scripts }, async (v) => {
  await v.go('/oppslag/uttrekk', 'Logg inn')
  await v.login('alle', 'Uttrekk')
  const status = await v.leads('Uttrekk', () => v.page.getByRole('button', { name: 'Last ned' }).click())
  assert.equal(status, 422)
  await v.focused(v.page.getByRole('alert'))
  assert.equal(await v.page.locator('[aria-invalid="true"]').count(), 1)
}))

both(test, 'a consumer without extracts is offered none', (scripts) => Visit.during('closed', { scripts }, async (v) => {
  await v.go('/oppslag', 'Logg inn')
  await v.login('lite', 'Oppslag i Aa-registeret')
  assert.equal(await v.page.getByRole('link', { name: 'Uttrekk' }).count(), 0)
  const answer = await v.page.goto(`${v.base}/oppslag/uttrekk`)
  assert.equal(answer.status(), 403)
  await v.look(await v.page.getByRole('heading', { level: 1 }).innerText())
}))
