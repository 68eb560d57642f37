// How long the first byte of each page takes: printed, and judged by whoever reads it, since this machine has other work.
import { request } from 'node:http'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { base } from './visit.mjs'
import { kari, kommune, mengde, skole, sykehjem } from './people.mjs'

const floor = 10 // milliseconds, which no page should take
const times = 20
const answers = [
  ['hentAntallArbeidstakere', { orgnr: sykehjem }], ['hentArbeidsgiver', { arbeidsgiverId: skole }], ['hentArbeidsgiver', { arbeidsgiverId: kommune }],
  ['hentArbeidstaker', { foedselsnr: kari }], ['hentTrefflisteArbeidsgiver', { orgnavn: 'Fjellvik', inkluderOpphoerte: 'false', fonetisk: 'false' }],
  ['hentTrefflisteArbeidstaker', { etternavn: 'Delt', fonetisk: 'true' }], ['hentArbeidsforhold', { arbeidsforholdId: '48000101' }],
]
// longer are answers of more than a page: the first, and the last that there is a way to.
const longer = [['hentArbeidsgiver', { arbeidsgiverId: mengde }], ['hentTrefflisteArbeidstaker', { etternavn: 'Mengdal', fonetisk: 'false' }]]

// ask gives what came, and after how many milliseconds its first byte did.
function ask(method, path, cookie, body) {
  return new Promise((resolve, reject) => {
    const headers = { Cookie: cookie, 'Accept-Encoding': 'gzip', ...(body && { 'Content-Type': 'application/x-www-form-urlencoded' }) }
    const begun = performance.now()
    const r = request(base('open') + path, { method, headers }, (answer) => {
      const took = performance.now() - begun
      const parts = []
      answer.on('data', (part) => parts.push(part)).on('error', reject)
      answer.on('end', () => resolve({ took, status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }))
    })
    r.on('error', reject).end(body)
  })
}

test('the first byte of each page', async () => {
  const pages = ['/oppslag', '/oppslag/felter', '/oppslag/kodeverk', '/oppslag/uttrekk', ...new Set(answers.map(([operation]) => `/oppslag/${operation}`))]
    .map((path) => [path, path])
  let cookie = ''
  for (const [operation, fields] of [...answers, ...longer]) {
    const { status, headers } = await ask('POST', `/oppslag/${operation}`, cookie, new URLSearchParams(fields).toString())
    if (status !== 303) throw new Error(`${operation}: status ${status}`)
    cookie = headers['set-cookie']?.[0].split(';')[0] ?? cookie
    pages.push([headers.location, `an answer of ${operation}`])
    if (longer.some(([, asked]) => asked === fields)) pages.push([`${headers.location}?side=20`, 'the same, page 20'])
  }
  console.log(`first byte, median of ${times} (the floor is ${floor} ms):`)
  for (const [path, name] of pages) {
    const took = []
    let bytes
    for (let n = 0; n < times; n++) {
      const answer = await ask('GET', path, cookie)
      if (answer.status !== 200) throw new Error(`${name}: status ${answer.status}`)
      took.push(answer.took)
      bytes = (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(answer.body) : answer.body).length
    }
    console.log(`  ${took.sort((a, b) => a - b)[times / 2].toFixed(1).padStart(5)} ms ${String(bytes).padStart(7)} bytes of HTML  ${name}`)
  }
})
