import { CodedError } from '../errors.ts'
import { trustScript } from '../csp/trusted-types.ts'
import { sha256Hex } from '../webcrypto/signature.ts'
import { utf8Text } from '../octets.ts'
import { fromBase91 } from './base91.ts'

/**
 * Code that the first paint does not need is at the end of the page as inert text: deflated (RFC 1951), in base 91. The
 * main script, which the policy pins, lists each pack's length and SHA-256, so that nothing else is ever run.
 */
interface PackEntry {
  /** SHA-256 of its text, in hexadecimal. */
  readonly sha256: string
  /** Length of its text in octets, UTF-8. */
  readonly size: number
  /** Packs that it imports from. */
  readonly needs: readonly string[]
}
type Exports = Record<string, unknown>
interface Packs {
  readonly packs: Readonly<Record<string, PackEntry>>
  /** Exports of the packs that were run, by name; the main script's own under `index`. */
  readonly modules: Record<string, Exports>
  /** The build compiles `import()` to this. */
  open: (name: string) => Promise<Exports>
}
type Factory = (exports: Exports, require: (path: string) => Exports, rootcellar: Packs) => void

/** Written before the main script by tools/vite/two-forms.ts; the development server has none. */
declare const rootcellar: Packs

/** False in the development server, where nothing is packed. */
export const isPacked = typeof rootcellar !== 'undefined'

const opened = new Map<string, Promise<Exports>>()

/** Returns the exports of a pack, which runs at its first request. Rejects with `pack-broken`; may be retried. */
function openPack(name: string): Promise<Exports> {
  let exports = opened.get(name)
  if (exports === undefined) {
    exports = run(name)
    opened.set(name, exports)
    exports.catch(() => opened.delete(name))
  }
  return exports
}

async function run(name: string): Promise<Exports> {
  const needs = rootcellar.packs[name]?.needs ?? []
  const [text] = await Promise.all([packText(name), ...needs.map(openPack)])
  const factory = factoryIn(text)
  if (factory === null) throw new CodedError('pack-broken', { pack: name })
  const exports = (rootcellar.modules[name] = {})
  factory(exports, (path) => rootcellar.modules[path.replace(/^\.\/|\.js$/g, '')]!, rootcellar)
  return exports
}

/** Runs the text as a script of the page; the policy blocks one whose hash it does not list. */
function factoryIn(text: string): Factory | null {
  let factory: Factory | null = null
  const take = globalThis as { rootcellarPack?: (given: Factory) => void }
  take.rootcellarPack = (given) => {
    factory = given
  }
  const script = document.createElement('script')
  script.text = trustScript(text)
  document.head.append(script)
  script.remove()
  delete take.rootcellarPack
  return factory
}

/**
 * Returns the text of a pack, after checking its SHA-256 against the list. Rejects with `pack-broken` and
 * `context-insecure`.
 */
export async function packText(name: string): Promise<string> {
  // Without a secure context there is no WebCrypto: no hash can be checked, and nothing else works.
  if (!isSecureContext) throw new CodedError('context-insecure', { place: location.origin })
  const entry = isPacked ? rootcellar.packs[name] : undefined
  const packed = document.querySelector(`script[data-pack="${name}"]`)?.textContent
  if (entry === undefined || packed === undefined) throw new CodedError('pack-broken', { pack: name })
  const octets = await inflate(packed, entry.size).catch(() => null)
  if (octets === null || (await sha256Hex(octets)) !== entry.sha256)
    throw new CodedError('pack-broken', { pack: name })
  return utf8Text(octets)
}

/** Returns null if it is longer than listed, so that a tampered pack is not inflated without end. */
async function inflate(packed: string, size: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const deflated = fromBase91(packed)
  if (!deflated) return null
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  const octets = new Uint8Array(size)
  let length = 0
  const reader = stream.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (length + part.value.length > size) return null
    octets.set(part.value, length)
    length += part.value.length
  }
  return length === size ? octets : null
}

if (isPacked) rootcellar.open = openPack
