import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'
import { bundleScript } from './worker-source.ts'

const SERVICE_WORKER = fileURLToPath(new URL('../../src/service-worker.ts', import.meta.url))

type Form = 'site' | 'file'
interface Parts {
  readonly html: string
  readonly script: string
  readonly style: string
  readonly icon: Uint8Array
}

/**
 * Turns Vite's output into the two forms of the page:
 *   index.html, manifest, icon, sw.js   the site, installable and working offline
 *   rootcellar.html (and its .sha256)   the same in one file, for file://
 *
 * In both, script and style are inline, because a `<meta>` policy by hashes admits inline code in every engine,
 * and files from an address only in some (and style sheets from an address in none).
 */
export function twoForms(): Plugin {
  let publicDir = ''
  return {
    name: 'rootcellar:two-forms',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = publicFiles(publicDir)
        const icon = files.get('icon.svg')
        if (!icon) throw new Error('public/icon.svg is missing')
        const parts = { ...takeParts(bundle), icon }
        const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source })

        const site = page(parts, 'site')
        emit('index.html', site)
        files.set('index.html', new TextEncoder().encode(site))
        emit('sw.js', await serviceWorker(files))

        const single = page(parts, 'file')
        emit('rootcellar.html', single)
        // In the form that `sha256sum --check` reads.
        emit('rootcellar.html.sha256', `${hash(single, 'hex')}  rootcellar.html\n`)
      },
    },
  }
}

/** Takes the page, its one script and its one style sheet out of the bundle; anything else is a mistake. */
function takeParts(bundle: Rolldown.OutputBundle): Omit<Parts, 'icon'> {
  const parts = { html: '', script: '', style: '' }
  for (const [name, output] of Object.entries(bundle)) {
    const kind = name.endsWith('.html')
      ? 'html'
      : name.endsWith('.css')
        ? 'style'
        : output.type === 'chunk'
          ? 'script'
          : null
    if (!kind || parts[kind] !== '') throw new Error(`the build gave a file too many: ${name}`)
    parts[kind] = output.type === 'chunk' ? output.code : text(output.source)
    Reflect.deleteProperty(bundle, name)
  }
  return parts
}

function page({ html, script, style, icon }: Parts, form: Form): string {
  const code = inlineable(script.trim())
  const css = style.trim()
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${policy(form, code, css)}" />`,
    `<link rel="icon" href="data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}" />`,
    ...(form === 'site' ? ['<link rel="manifest" href="./manifest.webmanifest" />'] : []),
    ...(css ? [`<style>${css}</style>`] : []),
    `<script type="module">${code}</script>`,
  ]
  const bare = html
    .replace(/\s*<script[^>]*\ssrc="[^"]*"[^>]*><\/script>/, '')
    .replace(/\s*<link[^>]*rel="stylesheet"[^>]*>/, '')
  const made = bare
    .replace('<html ', `<html data-form="${form}" `)
    // The policy stands before all it governs; functions, because the code may hold `$&`.
    .replace(/(<meta charset="utf-8" \/>)/, (charset) => `${charset}\n    ${head[0]}`)
    .replace('</head>', () => `${head.slice(1).join('\n    ')}\n  </head>`)
  if (/\s(src|href)="(?!data:|\.\/manifest\.webmanifest")/.test(made.replace(code, ''))) {
    throw new Error('the page still refers to a file of its own')
  }
  return made
}

/** The policy of one form. `frame-ancestors` cannot be said in a `<meta>`: that is for whoever serves the site. */
function policy(form: Form, script: string, style: string): string {
  const site = form === 'site'
  return [
    `default-src 'none'`,
    `script-src 'sha256-${hash(script, 'base64')}'`,
    `style-src ${style ? `'sha256-${hash(style, 'base64')}'` : `'none'`}`,
    `img-src data: blob:${site ? ` 'self'` : ''}`,
    // 'self' is for the service worker: worker-src governs its registration too. What may start from an address
    // is narrowed to that one address by the Trusted Types policy.
    `worker-src blob:${site ? ` 'self'` : ''}`,
    ...(site ? [`manifest-src 'self'`] : []),
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types svelte-trusted-html rootcellar-script-url`,
  ].join('; ')
}

/** No text of the script may end the script element or change how it is read. */
function inlineable(script: string): string {
  // An HTML parser would read these as something else, and the hash would not be that of the text we see.
  if (/[\r\0]/.test(script)) throw new Error('the script holds a raw carriage return or NUL')
  return script.replaceAll(/<(?=\/?script|!--)/gi, '\\x3C')
}

/** The service worker knows its files by name and its version by their content. */
async function serviceWorker(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const names = [...files.keys()].sort()
  const version = hash(
    names.map((name) => `${hash(files.get(name)!, 'hex')} ${name}\n`).join(''),
    'hex',
  ).slice(0, 16)
  const define = { __CACHE_VERSION__: JSON.stringify(version), __CACHE_FILES__: JSON.stringify(names) }
  const { code } = await bundleScript(SERVICE_WORKER, { define })
  return code
}

function publicFiles(folder: string): Map<string, Uint8Array> {
  const names = globSync('**/*', { cwd: folder, withFileTypes: false }).sort()
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
}

function text(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source)
}

function hash(content: string | Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(content).digest(encoding)
}
