import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync, gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'
import { SCRIPT_POLICY, pagePolicy, policyMeta } from '../../src/csp/policy.ts'
import { toBase91 } from '../../src/packs/base91.ts'
import { notices } from './notices.ts'
import { bundleScript, type BundledScript } from './worker-source.ts'

const SERVICE_WORKER = fileURLToPath(new URL('../../src/service-worker.ts', import.meta.url))

type Form = 'site' | 'file'
interface Parts {
  readonly html: string
  readonly script: string
  readonly packs: readonly Pack[]
  readonly style: string
  readonly icon: Uint8Array
}

/** Part of the page as inert text; `src/packs/packs.ts` reads it. */
interface Pack {
  readonly name: string
  readonly text: string
  /** Deflated, in base 91. */
  readonly packed: string
  /** Packs it imports from; null for one that is not run in the page. */
  readonly needs: readonly string[] | null
}

/**
 * Turns Vite's output into the two forms of the page:
 *   index.html, manifest, icon, sw.js   the site, installable and working offline
 *   rootcellar.html (and its .sha256)   the same in one file, for file://
 *
 * In both, script and style are inline, because a `<meta>` policy by hashes admits inline code in every engine,
 * and files from an address only in some (and style sheets from an address in none). Dynamic imports, and `others`,
 * are packs at the end of the page.
 */
export function twoForms(others: ReadonlyMap<string, BundledScript>): Plugin {
  let [publicDir, root] = ['', '']
  return {
    name: 'rootcellar:two-forms',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir
      root = config.root
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = publicFiles(publicDir)
        const icon = files.get('icon.svg')
        if (!icon) throw new Error('public/icon.svg is missing')
        const parts = { ...takeParts(bundle, others, root), icon }
        for (const line of sizesOf(parts)) this.info(line)
        const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source })

        const site = page(parts, 'site')
        emit('index.html', site)
        files.set('index.html', new TextEncoder().encode(site))
        emit('sw.js', await serviceWorker(files))

        const single = page(parts, 'file')
        emit('rootcellar.html', single)
        // In the format of `sha256sum --check`.
        emit('rootcellar.html.sha256', `${hash(single, 'hex')}  rootcellar.html\n`)
      },
    },
  }
}

/** Takes the page, its scripts and its one style sheet from the bundle; throws on anything else. */
function takeParts(
  bundle: Rolldown.OutputBundle,
  others: ReadonlyMap<string, BundledScript>,
  root: string,
): Omit<Parts, 'icon'> {
  const parts = { html: '', script: '', style: '' }
  const packs = [...others].map(([name, { code }]) => pack(name, code, null))
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const names = new Set(chunks.map(({ fileName }) => nameOf(fileName)))
  const modules = [
    ...chunks.flatMap(({ moduleIds }) => moduleIds),
    ...[...others.values()].flatMap(({ files }) => files),
  ]
  packs.push(pack('notices', notices(modules, root), null))
  const take = (kind: keyof typeof parts, content: string, fileName: string): void => {
    if (parts[kind] !== '') throw new Error(`the build gave a file too many: ${fileName}`)
    parts[kind] = content
  }
  const first = chunks.find(({ fileName }) => nameOf(fileName) === FIRST)
  for (const [name, output] of Object.entries(bundle)) {
    if (output.type === 'chunk') {
      const code = withPacksOpened(output, names)
      if (output.isEntry) take('script', withFirst(code, first), name)
      else if (output !== first) packs.push(pack(nameOf(name), factory(code), packsNeeded(output)))
    } else if (name.endsWith('.html')) take('html', text(output.source), name)
    else if (name.endsWith('.css')) take('style', text(output.source), name)
    else throw new Error(`the build gave a file too many: ${name}`)
    Reflect.deleteProperty(bundle, name)
  }
  packs.sort((one, other) => (one.name < other.name ? -1 : 1))
  return { ...parts, script: `${listOf(packs)}\n${parts.script.trim()}`, packs }
}

/** The name of the main script in vite.config.ts. */
const MAIN = 'index'
/** The name of the chunk that the main script and packs have in common: it runs before the main script, within it. */
export const FIRST = 'first'
const nameOf = (fileName: string): string => basename(fileName, '.js')

const packsNeeded = ({ imports }: Rolldown.OutputChunk): string[] =>
  imports.map(nameOf).filter((name) => name !== MAIN && name !== FIRST)

/** Returns the main script with what it imports in front of it. */
function withFirst(code: string, first: Rolldown.OutputChunk | undefined): string {
  if (!first) return code
  const require = `require("./${FIRST}.js")`
  if (first.imports.length > 0 || code.split('require(').length !== 2 || !code.includes(require))
    throw new Error(`the main script does not import ${FIRST}, and that alone`)
  const own = `rootcellar.modules.${FIRST}`
  return `(function(exports){"use strict";${first.code.trim()}\n})(${own}={});${code.replace(require, () => own)}`
}

/** The bundler's output for `import()` in CommonJS, which here opens a pack. */
const DYNAMIC_IMPORT = /Promise\.resolve\(\)\.then\(\(\)=>require\(["'`]\.\/([\w-]+)\.js["'`]\)\)/g

function withPacksOpened({ code, dynamicImports }: Rolldown.OutputChunk, names: ReadonlySet<string>): string {
  const found = [...code.matchAll(DYNAMIC_IMPORT)].map(([, name]) => name!)
  if (found.length < dynamicImports.length || !found.every((name) => names.has(name)))
    throw new Error(`of ${dynamicImports.join(', ')} only ${found.join(', ') || 'none'} is opened as a pack`)
  return code.replace(DYNAMIC_IMPORT, (_, name: string) => `rootcellar.open("${name}")`)
}

/** The script of a pack only passes on the function that makes its exports; in brackets, engines compile it at once, not twice. */
const factory = (code: string): string =>
  inlineable(`rootcellarPack((function(exports,require,rootcellar){"use strict";${code.trim()}\n}))`)

const pack = (name: string, source: string, needs: readonly string[] | null): Pack => ({
  name,
  text: source,
  packed: toBase91(deflateRawSync(source, { level: 9 })),
  needs,
})

/** Returns the code before the main script: the list of packs, and where exports are put. */
function listOf(packs: readonly Pack[]): string {
  const list = Object.fromEntries(
    packs.map(({ name, text, needs }) => [
      name,
      { sha256: hash(text, 'hex'), size: Buffer.byteLength(text), needs: needs ?? [] },
    ]),
  )
  return `const exports={},rootcellar={packs:${JSON.stringify(list)},modules:{${MAIN}:exports}};`
}

/** Returns what each part adds to the file, for the build's output. */
function sizesOf({ script, style, packs }: Parts): string[] {
  const line = (name: string, inFile: number, content: string): string =>
    `${name.padEnd(20)} ${kB(inFile).padStart(7)} kB in the file │ ${kB(Buffer.byteLength(content)).padStart(7)} kB │ gzip ${kB(gzipSync(content).length).padStart(7)} kB`
  return [
    line('before packs', Buffer.byteLength(script) + Buffer.byteLength(style), script + style),
    ...packs.map(({ name, text, packed }) => line(`pack ${name}`, packed.length, text)),
  ]
}

const kB = (octets: number): string => (octets / 1000).toFixed(1)

function page({ html, script, style, icon, packs }: Parts, form: Form): string {
  const code = inlineable(script.trim())
  const css = style.trim()
  const run = packs.filter(({ needs }) => needs !== null)
  const head = [
    policyMeta(policy(form, [code, ...run.map(({ text }) => text)], css)),
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
    // The policy precedes everything it governs; replacer functions, because the code may contain `$&`.
    .replace(/(<meta charset="utf-8" \/>)/, (charset) => `${charset}\n    ${head[0]}`)
    .replace(
      '</body>',
      () => `${packs.map(({ name, packed }) => inert(name, packed)).join('\n    ')}\n  </body>`,
    )
    // Last, because the code may contain any tag.
    .replace('</head>', () => `${head.slice(1).join('\n    ')}\n  </head>`)
  if (/\s(src|href)="(?!data:|\.\/manifest\.webmanifest")/.test(made.replace(code, ''))) {
    throw new Error('the page still refers to a file of its own')
  }
  return made
}

/** A type that is not a script's: a browser keeps the text and does nothing with it. */
const inert = (name: string, packed: string): string =>
  `<script type="text/plain" data-pack="${name}">${packed}</script>`

/** Returns the policy of one form. */
function policy(form: Form, scripts: readonly string[], style: string): string {
  const own = form === 'site' ? ` 'self'` : ''
  return pagePolicy({
    scripts: scripts.map(hashSource),
    styles: style ? [hashSource(style)] : [],
    images: `data: blob:${own}`,
    // 'self' is for the service worker: worker-src governs its registration too. The Trusted Types policy narrows
    // workers from an address to that one address.
    workers: `blob:${own}`,
    manifest: form === 'site' ? `'self'` : null,
    trustedTypes: ['svelte-trusted-html', SCRIPT_POLICY],
  })
}

/** Returns the source that admits exactly this inline script or style. */
export const hashSource = (inline: string): string => `'sha256-${hash(inline, 'base64')}'`

/** Returns the script, safe to inline: its text must not end the script element or change how it is parsed. */
export function inlineable(script: string): string {
  // An HTML parser would normalise these, and the hash would not match the text.
  if (/[\r\0]/.test(script)) throw new Error('the script holds a raw carriage return or NUL')
  return script.replaceAll(/<(?=\/?script|!--)/gi, '\\x3C')
}

/** The service worker lists its files by name; its version is a hash of their content. */
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

export function hash(content: string | Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(content).digest(encoding)
}
