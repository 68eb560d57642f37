// The calls that are shown beside an answer, for those who copy them: each is run as it stands there, and must be answered.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { kari } from './people.mjs'
import { Visit } from './visit.mjs'

const run = promisify(execFile)
const programs = { curl: ['sh', 'call.sh'], zeep: ['/usr/bin/python3', 'call.py'], php: ['php', 'call.php'], node: ['node', 'call.cjs'] }

for (const [client, [program, file]] of Object.entries(programs)) {
  test(`the call that is shown for ${client} is answered`, () => Visit.during('open', {}, async (v) => {
    await v.go('/oppslag/hentArbeidstaker', 'Arbeidstaker')
    await v.ask('Arbeidstaker', { 'Fødselsnummer/D-nummer': kari })
    const call = await v.page.locator(`#kode-${client}`).textContent()
    const folder = mkdtempSync(join(process.env.AAREG_WALK, 'call-'))
    writeFileSync(join(folder, file), call)
    const said = await run(program, [file], { cwd: folder, env: { ...process.env, NODE_PATH: join(process.env.AAREG_WALK, 'walk', 'node_modules') } })
    assert.match(said.stdout, /komplett/)
    assert.match(said.stdout, /Fjellstad/)
  }))
}
