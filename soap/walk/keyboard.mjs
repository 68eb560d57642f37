// One whole path by the keyboard alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kari } from './people.mjs'
import { Visit, both } from './visit.mjs'

// focus is what has the focus: its name, and whether one sees that it has. Where it is not seen, it is nowhere.
function focus() {
  const e = document.activeElement, seen = getComputedStyle(e), box = e.getBoundingClientRect()
  const outline = seen.outlineStyle !== 'none' && parseFloat(seen.outlineWidth) >= 2
  const inside = box.width > 0 && box.height > 0 && box.top >= -1 && box.bottom <= innerHeight + Math.max(box.height, 1) && box.left >= -1 && box.left < innerWidth
  return {
    name: (e.labels?.[0]?.innerText ?? e.innerText ?? '').replaceAll(/\s+/g, ' ').trim(), tag: e.tagName,
    visible: e === document.body || ((outline || seen.boxShadow !== 'none') && inside),
  }
}

// tabTo presses Tab until what has the focus is called so.
async function tabTo(v, name, steps = 60) {
  for (let n = 0; n < steps; n++) {
    await v.page.keyboard.press('Tab')
    const now = await v.page.evaluate(focus)
    assert.ok(now.visible, `one does not see the focus on a ${now.tag}`)
    if (name.test(now.name)) return
  }
  assert.fail(`Tab does not come to ${name}`)
}

both(test, 'the keyboard alone leads from the front page to an answer, and on', (scripts) => Visit.during('open', { scripts }, async (v) => {
  const enter = (heading) => v.leads(heading, () => v.page.keyboard.press('Enter'))
  await v.go('/oppslag', 'Oppslag i Aa-registeret')
  await tabTo(v, /^Hopp til hovedinnhold$/, 1)
  await v.page.keyboard.press('Enter')
  await tabTo(v, /^Arbeidstaker$/, 4) // past the menu
  await enter('Arbeidstaker')
  await tabTo(v, /^Fødselsnummer/)
  await v.page.keyboard.type('1')
  await enter('Arbeidstaker') // with an error, where the focus is
  await tabTo(v, /^«Fødselsnummer/, 1)
  await v.page.keyboard.press('Enter')
  await v.page.keyboard.press('Control+A')
  await v.page.keyboard.type(kari)
  await enter('Arbeidstaker')
  assert.equal(await v.statuskode(), 'komplett')
  await tabTo(v, /^Vis arbeidsforhold/)
  await enter('Arbeidsforhold')
  await tabTo(v, /^Endre spørsmålet/)
  await v.page.keyboard.press('Enter')
  await v.page.getByLabel('Arbeidsforhold ID').waitFor() // what opens is there when it is drawn
  await tabTo(v, /^Arbeidsforhold ID/, 1)
  await v.page.keyboard.press('Control+A')
  await v.page.keyboard.type('48000102')
  await enter('Arbeidsforhold')
  await v.shows('FJELLVIK BARNESKOLE')
}))
