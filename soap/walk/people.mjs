// Whom the walk asks about, all of the demo register, and what must not be found where it may not stand.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const kari = '12838049808' // two employers, two arbeidsforhold
export const knut = '31817949951' // on leave and laid off
export const fortrolig = '24847449892'
export const borger = '13830399989' // in no arbeidsforhold, so in no answer
export const skole = '210000410' // an underenhet of an underenhet of the municipality
export const sykehjem = '210000313'
export const kommune = '210000011'
export const mengde = '220000036' // an employer of more than a page shows
export const utland = '48000504' // an arbeidsforhold with stays abroad

const register = join(process.env.AAREG_ROOT, 'fixtures', 'register')

/** people are all persons of the demo register: their numbers, and each word of their names, of three letters or more. */
export function people() {
  const numbers = new Set(), names = new Set()
  for (const file of readdirSync(register).filter((f) => f.endsWith('.json'))) {
    for (const p of JSON.parse(readFileSync(join(register, file), 'utf8')).personer ?? []) {
      numbers.add(p.foedselsnr)
      for (const navn of [p.navn, ...(p.tidligereNavn ?? [])]) {
        for (const word of Object.values(navn ?? {}).filter((v) => typeof v === 'string').join(' ').split(/[^\p{L}]+/u)) {
          if (word.length >= 3) names.add(word)
        }
      }
    }
  }
  if (numbers.size < 50 || names.size < 50) throw new Error('the demo register has too few persons to look for')
  return { numbers, names }
}
