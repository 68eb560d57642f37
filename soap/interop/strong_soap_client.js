// Asks the service all questions with npm strong-soap and records what it made of each answer, for judge.py to compare.
'use strict'

const fs = require('node:fs')
const { promisify } = require('node:util')
const { soap, QName } = require('strong-soap')

const PATHS = { flat: '/ws/NAV/Aareg2.pl?wsdl', split: '/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl' }
const ADMIN = 'http://ws.infotorg.no/xml/Admin'

// leaves is all that strong-soap handed over, depth first: [path, text], the text null for what it says is nil.
function leaves(value, path = '') {
  if (value === null || value === undefined) return [[path, null]]
  if (typeof value !== 'object') return [[path, String(value)]]
  const found = Object.entries(value)
    .filter(([name]) => name !== '$attributes')
    .flatMap(([name, children]) => [children].flat().flatMap((child, i) => leaves(child, `${path}/${name}[${i + 1}]`)))
  return found.length > 0 ? found : [[path, null]]
}

// setHeader puts these header blocks, each in the namespace of its own, or none, into what the client sends next.
function setHeader(client, header) {
  client.clearSoapHeaders()
  for (const [name, children] of Object.entries(header ?? {})) {
    client.addSoapHeader(children, new QName(`${ADMIN}/${name}/2006-07-07/${name}.xsd`, name))
  }
}

// ask makes one call, with these header blocks or with none, and returns the record of it and the answer's value.
async function ask(client, question, header) {
  const record = { operation: question.operation, name: question.name, header: header !== null }
  setHeader(client, header)
  let answer = null
  try {
    const { result, soapHeader } = await client[question.operation](question.children)
    answer = result
    record.head = leaves(soapHeader)
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

async function main([base, questions, out]) {
  const asked = JSON.parse(fs.readFileSync(questions, 'utf8'))
  const records = fs.openSync(out, 'w')
  const write = (record) => fs.appendFileSync(records, JSON.stringify(record) + '\n')
  for (const [contract, path] of Object.entries(PATHS)) {
    const client = await promisify(soap.createClient)(base + path, {})
    for (const header of [null, asked.header]) {
      for (const question of asked.questions) {
        const [record, answer] = await ask(client, question, header)
        record.contract = contract
        write(record)
        if (question.sabotage) write(sabotage(record, answer))
      }
    }
  }
  fs.closeSync(records)
  console.log('npm strong-soap', require('strong-soap/package.json').version)
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.stack)
  process.exitCode = 1
})
