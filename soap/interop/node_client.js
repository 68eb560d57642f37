// Asks the service all questions with npm soap and records what it made of each answer, for judge.py to compare.
'use strict'

const fs = require('node:fs')
const soap = require('soap')

const PATHS = { flat: '/ws/NAV/Aareg2.pl?wsdl', split: '/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl' }

// headerBlocks are the header blocks under the prefixes that the WSDL declares: soap asks for them by those.
function headerBlocks(header) {
  return Object.fromEntries(Object.entries(header).map(([name, children]) => [`${name.toLowerCase()}:${name}`, children]))
}

// leaves is all that soap handed over, depth first: [path, text], the text null for what it says is nil.
function leaves(value, path = '') {
  if (value === null || value === undefined) return [[path, null]]
  if (typeof value !== 'object') return [[path, String(value)]]
  const found = Object.entries(value)
    .filter(([name]) => name !== 'attributes')
    .flatMap(([name, children]) => [children].flat().flatMap((child, i) => leaves(child, `${path}/${name}[${i + 1}]`)))
  return found.length > 0 ? found : [[path, null]]
}

// ask makes one call, with these header blocks or with none, and returns the record of it and the answer's value.
async function ask(client, question, header) {
  const record = { operation: question.operation, name: question.name, header: header !== null }
  client.clearSoapHeaders()
  if (header) client.addSoapHeader(headerBlocks(header))
  let answer = null
  try {
    let head
    const began = performance.now()
    ;[answer, , head] = await client[`${question.operation}Async`](question.children)
    record.seconds = (performance.now() - began) / 1000
    record.head = leaves(head)
    record.body = leaves(answer)
  } catch (error) {
    const fault = error.root?.Envelope.Body.Fault
    if (!fault) throw error
    record.fault = { code: fault.faultcode, string: fault.faultstring }
    record.body = leaves(fault.detail.feil)
  }
  record.sent = Buffer.from(client.lastRequest).toString('base64')
  record.received = Buffer.from(client.lastResponse).toString('base64')
  return [record, answer]
}

// sabotage is the same answer after the loss of one leaf: the judge has to miss it, or it judges nothing.
function sabotage(record, answer) {
  delete answer.arbeidsforholdListe.arbeidsforhold[1].begyntdato
  return { ...record, sabotaged: true, body: leaves(answer) }
}

// login is how the client logs in for questions without header blocks: by HTTP Basic; where anybody may ask, not at all.
function login({ basic }) {
  return basic ? new soap.BasicAuthSecurity(basic.brukernavn, basic.passord) : null
}

async function main([base, questions, out]) {
  const asked = JSON.parse(fs.readFileSync(questions, 'utf8'))
  const records = fs.openSync(out, 'w')
  const write = (record) => fs.appendFileSync(records, JSON.stringify(record) + '\n')
  for (const [contract, path] of Object.entries(PATHS)) {
    const client = await soap.createClientAsync(base + path)
    for (const header of [null, asked.header]) {
      client.setSecurity(header ? null : login(asked))
      for (const question of asked.questions) {
        const [record, answer] = await ask(client, question, header)
        record.contract = contract
        write(record)
        if (question.sabotage) write(sabotage(record, answer))
      }
    }
  }
  fs.closeSync(records)
  console.log('npm soap', require('soap/package.json').version)
}

module.exports = { PATHS, ask, login }

if (require.main === module) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error)
    process.exitCode = 1
  })
}
