import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { codeNotices } from './notices.ts'
import { hash, inlineable } from './two-forms.ts'
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
  const policy = [
    `default-src 'none'`,
    `script-src 'sha256-${hash(script, 'base64')}'`,
    `style-src 'sha256-${hash(style, 'base64')}'`,
    `img-src data:`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ')
  return read('witness/index.html')
    .replace(
      '<meta charset="utf-8" />',
      `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace('<pre></pre>', () => `<pre>${escaped(notices)}</pre>`)
    .replace(
      '</head>',
      () =>
        `  <link rel="icon" href="data:image/svg+xml;base64,${icon}" />\n    <style>${style}</style>\n    <script type="module">${script}</script>\n  </head>`,
    )
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
