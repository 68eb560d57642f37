// The walk: its parts in turn, in one browser, and at the end what holds for all of it.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { browser, judge, witness } from './visit.mjs'
import { sessionIsOver } from './session.mjs'
import './products.mjs'
import './keyboard.mjs'
import './drawings.mjs'
import './developers.mjs'
import './calls.mjs'
import './rights.mjs'
import './extracts.mjs'
import './login.mjs'
import './measure.mjs'

sessionIsOver()

test('no number and no name of a person stood anywhere but in the body of a page', async () => {
  await witness.settled()
  await setTimeout(200) // what a server logs last
  witness.readLogs(join(process.env.AAREG_WALK, 'logs'))
  assert.deepEqual(witness.leaks(), [])
  console.log(`searched for numbers of persons and names: ${witness.searched()}; found: 0`)
})

test('every page has no breach of WCAG 2.1 AA, does not scroll sideways, and weighs less than 200 kB', () => {
  const wrong = [...judge.wrong].map(([what, where]) => `${what} (${[...where].join(', ')})`)
  assert.deepEqual(wrong, [])
})

test('the browser had nothing to complain of: no error, no breach of the Content-Security-Policy', () => {
  assert.deepEqual(witness.complaints, [])
})

after(async () => {
  await browser.close()
  console.log(`pages seen: ${judge.pages}, of which ${judge.judged.size} differ; axe-core held ${judge.rules.size} rules at each of two widths`)
  console.log(`left to eyes by axe-core: ${[...judge.unsure].map(([rule, n]) => `${rule} ${n}`).join(', ') || 'nothing'}`)
  for (const [path, w] of [...judge.weights].sort()) console.log(`weight ${String(w.sent).padStart(7)} sent ${String(w.read).padStart(7)} read  ${path}`)
})
