// A session that is over while its page is open. The server called short gives sessions of one minute, the shortest there is;
// the walk goes on meanwhile.
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { kari } from './people.mjs'
import { Visit, witness } from './visit.mjs'

const minute = 61_000
let visit, begun

test('a session of a minute begins', async () => {
  const v = await Visit.begin('short')
  await v.go('/oppslag/hentArbeidstaker', 'Logg inn')
  await v.login('alle', 'Arbeidstaker')
  begun = Date.now()
  await v.ask('Arbeidstaker', { 'Fødselsnummer/D-nummer': kari })
  await v.shows('Fjellstad')
  visit = v
})

/** sessionIsOver is the test that comes last. */
export function sessionIsOver() {
  test('when it is over, its page asks for a login, and that leads back to the answer', async (t) => {
    if (!visit) return t.skip('no session was begun: choose that test, too')
    const v = visit
    await setTimeout(Math.max(0, begun + minute - Date.now()))
    await v.leads('Logg inn', () => v.page.reload())
    await v.shows('Innloggingen gjelder ikke lenger. Logg inn på nytt for å fortsette der du var.')
    await v.hides('Fjellstad', kari)
    await v.login('alle', 'Arbeidstaker')
    await v.shows('Fjellstad')
    await witness.settled()
    await v.context.close()
  })
}
