import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { pagePolicy, policyMeta } from '../../src/csp/policy.ts'
import { codeNotices } from './notices.ts'
import { hash, hashSource, inlineable } from './two-forms.ts'
import { bundleScript } from './worker-source.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const read = (path: string): string => readFileSync(at(path), 'utf8')

export const WITNESS_ENTRY = at('witness/page.ts')

/** Writes `witness.html` and its `.sha256` next to the page: an independent reader, on PKI.js only. */
export function witness(): Plugin {
  return {
    name: 'rootcellar:witness',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      // After `twoForms`, which throws on files it does not know.
      order: 'post',
      async handler() {
        const { code, files } = await bundleScript(WITNESS_ENTRY)
        const html = page(inlineable(code.trim()), codeNotices(files, at('')))
        this.emitFile({ type: 'asset', fileName: 'witness.html', source: html })
        const sum = `${hash(html, 'hex')}  witness.html\n`
        this.emitFile({ type: 'asset', fileName: 'witness.html.sha256', source: sum })
      },
    },
  }
}

function page(script: string, notices: string): string {
  const style = `${read('src/ui/tokens.css')}${read('witness/witness.css')}`
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const icon = readFileSync(at('public/icon.svg')).toString('base64')
  const policy = pagePolicy({
    scripts: [hashSource(script)],
    styles: [hashSource(style)],
    images: 'data:',
    workers: null,
    manifest: null,
    trustedTypes: [],
  })
  return read('witness/index.html')
    .replace('<meta charset="utf-8" />', `<meta charset="utf-8" />\n    ${policyMeta(policy)}`)
    .replace('<pre></pre>', () => `<pre>${escaped(notices)}</pre>`)
    .replace(
      '</head>',
      () =>
        `  <link rel="icon" href="data:image/svg+xml;base64,${icon}" />\n    <style>${style}</style>\n    <script type="module">${script}</script>\n  </head>`,
    )
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
