// Asks with npm soap what login.py tells it: a question a line comes in, a line goes out with what soap made of the
// answer. Each question loads the contract anew, without any login.
'use strict'

const readline = require('node:readline')
const soap = require('soap')
const { PATHS, ask, login } = require('./node_client.js')

// securityOf is how the client logs in beside what the header blocks say; null for not at all.
function securityOf(asked) {
  const { wsse, certificate } = asked
  if (wsse) {
    const passwordType = wsse.digest ? 'PasswordDigest' : 'PasswordText'
    return new soap.WSSecurity(wsse.brukernavn, wsse.passord, { passwordType })
  }
  if (certificate) return new soap.ClientSSLSecurity(certificate, certificate)
  return login(asked)
}

async function main([base]) {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line)
    const client = await soap.createClientAsync(base + PATHS.flat)
    client.setSecurity(securityOf(asked))
    const [record] = await ask(client, asked.question, asked.header ?? null)
    process.stdout.write(JSON.stringify(record) + '\n')
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error)
  process.exitCode = 1
})
