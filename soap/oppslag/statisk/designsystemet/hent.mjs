// Renews what the pages use of the public sector's Designsystemet: packs the pinned version from npm and writes
// designsystemet.css (the theme and the components below, in the layers of the package's own index.css), its icons as
// files, since the pages' content security policy takes no data: addresses, and the licence. Run by go generate.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const name = '@digdir/designsystemet-css'
const version = '1.22.0'
const components = ['alert', 'button', 'card', 'details', 'error-summary', 'field', 'heading', 'input', 'label',
  'link', 'list', 'paragraph', 'skip-link', 'table', 'tag', 'validation-message']
// The theme's layers for what no page is: dark, or in a second typography.
const unused = ['ds.theme.color-scheme.dark', 'ds.theme.typography.secondary']
// And the colours that none has.
const uncoloured = /\[data-color-scheme\]\[data-color=brand\d\],\[data-color=brand\d\]\{[^}]*\}|--ds-color-brand\d-[a-z-]*:[^;}]*;?/g

const here = dirname(fileURLToPath(import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'designsystemet-'))
// without is a style sheet but for the block of a layer.
function without(css, layer) {
  const begin = css.indexOf(`@layer ${layer}{`)
  if (begin < 0) throw new Error(`the theme has no layer ${layer}`)
  let open = 0
  for (let at = begin; at < css.length; at++) {
    if (css[at] === '{') open++
    if (css[at] === '}' && --open === 0) return css.slice(0, begin) + css.slice(at + 1)
  }
  throw new Error(`the layer ${layer} does not end`)
}

try {
  const packed = execFileSync('npm', ['pack', '--silent', `${name}@${version}`], { cwd: work, encoding: 'utf8' }).trim()
  execFileSync('tar', ['-xzf', packed], { cwd: work })
  const read = (file) => readFileSync(join(work, 'package', file), 'utf8').trim()
  const parts = [
    `/*! ${name} ${version}, put together by hent.mjs.\n\n${read('LICENSE')} */`,
    '@layer ds.theme,ds.base,ds.components;',
    unused.reduce(without, read('dist/theme/designsystemet.css')).replace(uncoloured, ''),
    `@layer ds.base{${read('dist/src/base.css')}}`,
    ...components.map((c) => `@layer ds.components{${read(`dist/src/${c}.css`)}}`),
  ]
  for (const old of readdirSync(here)) if (/^ikon\d+\.svg$/.test(old)) rmSync(join(here, old))
  const icons = new Map()
  const css = parts.join('\n').replace(/url\("data:image\/svg\+xml;charset=utf-8,([^"]*)"\)/g, (_, text) => {
    const svg = decodeURIComponent(text)
    if (!icons.has(svg)) {
      icons.set(svg, `ikon${icons.size + 1}.svg`)
      writeFileSync(join(here, icons.get(svg)), svg + '\n')
    }
    return `url("${icons.get(svg)}")`
  })
  if (css.includes('data:image')) throw new Error('an icon is written in a way that this script does not know')
  writeFileSync(join(here, 'designsystemet.css'), css + '\n')
  writeFileSync(join(here, 'LICENSE'), read('LICENSE') + '\n')
} finally {
  rmSync(work, { recursive: true })
}
