import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceFacts, type SourceFacts } from '../support/source-facts.ts'

/**
 * Allowed imports: a file imports lower ranks or its own folder. Same rank but another folder is refused as sideways.
 */
const RANKS: Record<string, number> = {
  findings: 0,
  errors: 0,
  'crc-32': 0,
  octets: 0,
  time: 0,
  'plain-text': 1,
  der: 1,
  webcrypto: 1,
  csp: 1,
  x509: 2,
  qr: 2,
  containers: 3,
  packs: 3,
  lint: 3,
  'strict-json': 3,
  validate: 4,
  ca: 4,
  vault: 4,
  mtls: 5,
  ceremony: 5,
  destinations: 6,
  border: 7,
  services: 8,
  messages: 8,
  worker: 9,
  paper: 9,
  state: 10,
  ui: 11,
  page: 12,
  main: 13,
  'service-worker': 12,
}

/** Values (not only types) that state/ and ui/ may import from the core: pure text and tables, no work. */
const PURE = [
  'octets',
  'time',
  'plain-text',
  'lint/profiles',
  'lint/validity',
  'validate/survey/programs',
  'csp/form',
  'der/oid',
  'x509/oids',
  'x509/general-name-text',
  'x509/ip-address',
  'x509/name',
  'x509/pem',
  'x509/row-name',
  'x509/typed-names',
  'ca/addresses',
  'ca/names',
  'ca/profiles',
  'ca/rollover-plan',
  'ca/validity',
  'vault/backup-magic',
  'mtls/proxy/forwarding-forms',
  'mtls/rules/rule',
  'mtls/scenario-file/marks',
  'mtls/wire/code-points',
  'destinations/bundle',
  'border/client',
  'border/failure',
  'border/protocol',
]
const CORE = [
  'der',
  'webcrypto',
  'x509',
  'containers',
  'strict-json',
  'lint',
  'validate',
  'ca',
  'vault',
  'mtls',
  'destinations',
]

/** The services, in this order: each uses those before it, never a later one, types included. */
const SERVICES = [
  'shared',
  'files',
  'records',
  'catalogue',
  'second-reading',
  'session',
  'signing',
  'certifying',
  'hierarchy',
  'lists',
  'requests',
  'inventory',
  'issue',
  'import',
  'renewal',
  'validate',
  'lab',
  'vault',
  'journal',
  'ceremony',
]

const NETWORK = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'sendBeacon',
  'RTCPeerConnection',
  'importScripts',
]

/** The one file that imports itself: a component that renders itself for what is below it. */
const SELF = 'ui/hierarchy/TreeNode'

/** Hexadecimal digits that do not represent octets. */
const OTHER_DIGITS = [
  'src/containers/pile/hex.ts', // the value of each digit
  'src/lint/keys/arithmetic.ts', // how long a number is
  'src/paper/lists.ts', // a short name derived from a long one
  'src/plain-text.ts', // the code point of a character
  'src/x509/ip-address.ts', // groups of 16 bits without leading zeros (RFC 5952 §4.1)
]

/** Text that is not UTF-8, in encodings that only the platform can decode. */
const OTHER_ENCODINGS = [
  'src/containers/pile/find.ts: TextDecoder', // labels: any octet is a character
  'src/containers/sst.ts: TextDecoder', // UTF-16, as Windows writes it
  'src/containers/unzip.ts: TextDecoder', // file names from systems with a local character set
  'src/lint/user-notices.ts: TextDecoder', // three encodings, by the type of the string
  'src/ui/certificate/certificate-fields.ts: TextDecoder', // an address that should be ASCII
]

/** Files with object identifiers other than x509/oids.ts: they are used there and nowhere else. */
const OTHER_OIDS = [
  /^src\/containers\/(schemes|pkcs12\/oids|pkcs7|private-key)\.ts$/, // ciphers, bags, contents, foreign keys
  /^src\/x509\/(signature-algorithms|curves)\.ts$/, // named in messages but not supported
  /^src\/services\/validate\/examples\//, // deliberately wrong values that belong to nobody
]
/** Files that begin a document or escape text as paper/ does. */
const OTHER_DOCUMENTS = [
  'src/csp/policy.ts', // the policy as an element
  'src/plain-text.ts', // one word of a shell
  'src/services/validate/examples/traps.ts', // a name that another program has escaped
]

/** Files behind the border that write text for others. */
const OTHER_TEXTS = [
  'src/services/journal/methods/journal.ts', // the entries as they are stored, whose sums a reader checks
]

/** An escape of HTML, CSV, calendars or the shell, and how documents, calendars and scripts begin. */
const BY_HAND =
  /&(amp|lt|gt|quot|#39);|<![Dd][Oo][Cc][Tt][Yy][Pp][Ee]|<(h1|p|pre|td|meta|style)[ >]|replaceAll\('"', '""'\)|BEGIN:V|\\\\''|\[\\\\;,\]|<<'END'/

const OID = /(['"`])[012](\.\d+){3,}\1/

const files = sourceFacts('src')

test('every file in src/ stands in a folder with a rank', () => {
  expect(files.filter(({ area }) => !(area in RANKS)).map(({ path }) => path)).toEqual([])
})

test('a file imports lower ranks or its own folder, never sideways or upwards', () => {
  const wrong = importsOf(files)
    .filter(({ area, to }) => to !== area && rank(to) >= rank(area))
    .map(({ path, from }) => `${path} imports ${from}`)
  expect(wrong).toEqual([])
})

test('no file of src/ leads back to itself through what it imports, types included', () => {
  expect(circlesOf(importEdges()).filter((circle) => circle !== SELF)).toEqual([])
})

test('a circle of types alone is found', () => {
  const edges = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['c']],
    ['e', ['a']],
  ])
  expect(circlesOf(edges)).toEqual(['a, b, c, d'])
})

test('no room holds too much of the lines', () => {
  const lines = new Map<string, number>()
  for (const file of files) {
    const [area, room] = file.path.slice(4).split('/')
    const name = ['services', 'state', 'ui', 'messages'].includes(area!) && room ? `${area!}/${room}` : area!
    lines.set(name, (lines.get(name) ?? 0) + file.lines)
  }
  const all = [...lines.values()].reduce((sum, each) => sum + each, 0)
  const shares = [...lines].map(([room, each]) => ({ room, percent: (100 * each) / all }))
  const largest = shares.sort((a, b) => b.percent - a.percent).filter(({ percent }) => percent >= 1)
  console.info(largest.map(({ room, percent }) => `${percent.toFixed(1)} % ${room}`).join('\n'))
  expect(shares.filter(({ percent }) => percent > 15)).toEqual([])
})

test('words are imported by paper/, state/ and ui/ alone, and a language by page.ts, which chooses it', () => {
  const wrong = importsOf(files)
    .filter(
      ({ area, to }) =>
        to === 'messages' && !['messages', 'paper', 'state', 'ui', 'page', 'main'].includes(area),
    )
    .map(({ path, from }) => `${path} imports ${from}`)
  expect(wrong).toEqual([])
})

test('state/ and ui/ take only types and pure text from the core', () => {
  const wrong = importsOf(files)
    .filter(({ area, to, typeOnly }) => ['state', 'ui'].includes(area) && CORE.includes(to) && !typeOnly)
    .filter(({ target }) => !PURE.includes(target))
    .map(({ path, from }) => `${path} imports ${from}`)
  expect(wrong).toEqual([])
})

test('base64 and UTF-8 are written and read in octets.ts alone', () => {
  const names = ['atob', 'btoa', 'TextEncoder']
  expect(users(names, ({ path }) => path === 'src/octets.ts')).toEqual([])
  expect(users(['TextDecoder'], ({ path }) => path === 'src/octets.ts')).toEqual(OTHER_ENCODINGS)
})

test('documents are composed and escaped in paper/ alone', () => {
  const outside = files.filter(({ path, area }) => area !== 'paper' && path.endsWith('.ts'))
  const wrong = outside.filter(({ path }) => BY_HAND.test(readFileSync(path, 'utf8'))).map(({ path }) => path)
  expect(wrong).toEqual(OTHER_DOCUMENTS)
})

test('the worker returns data: tables, calendars, pages and JSON for people are composed in paper/', () => {
  const composed =
    /text\/(csv|calendar|html|plain)|application\/json|JSON\.stringify\([^;]*, 2\)|zipOf|openssl \w+ -/
  const behind = files.filter(({ area }) => ['ca', 'validate', 'services', 'worker'].includes(area))
  const wrong = behind.filter(({ path }) => composed.test(readFileSync(path, 'utf8'))).map(({ path }) => path)
  expect(wrong).toEqual(OTHER_TEXTS)
})

test('object identifiers are written in x509/oids.ts alone', () => {
  const wrong = files
    .filter(({ path }) => path !== 'src/x509/oids.ts' && OID.test(readFileSync(path, 'utf8')))
    .map(({ path }) => path)
  expect(wrong.filter((path) => !OTHER_OIDS.some((place) => place.test(path)))).toEqual([])
  expect(OTHER_OIDS.filter((place) => !wrong.some((path) => place.test(path)))).toEqual([])
})

test('hexadecimal is written in octets.ts alone', () => {
  const byHand = /\.toString\(16\)/
  const wrong = files
    .filter(({ path }) => path !== 'src/octets.ts' && byHand.test(readFileSync(path, 'utf8')))
    .map(({ path }) => path)
  expect(wrong).toEqual(OTHER_DIGITS)
})

test('crypto.subtle is called in webcrypto/ alone', () => {
  expect(users(['subtle'], ({ area }) => area === 'webcrypto')).toEqual([])
})

test('pkijs and asn1js are imported by tests alone', () => {
  expect(importers(/^(pkijs|asn1js)/, 'nowhere')).toEqual([])
})

test('@noble/hashes and @noble/ciphers are imported in containers/ alone', () => {
  expect(importers(/^@noble/, 'containers')).toEqual([])
})

test('idb is imported in vault/ alone', () => {
  expect(importers(/^idb/, 'vault')).toEqual([])
})

test('nothing in src/ can reach the network but the service worker, for its own files', () => {
  expect(users(NETWORK, ({ path }) => path === 'src/service-worker.ts')).toEqual([])
})

test('no component writes a style attribute or raw markup, which the policy refuses', () => {
  const wrong = files
    .filter(({ markup }) => markup.has('style') || markup.has('{@html}'))
    .map(({ path }) => path)
  expect(wrong).toEqual([])
})

test('there is no folder for things without a home', () => {
  const homeless = /\/(util|utils|helpers?|common|misc|lib)\//
  expect(files.filter(({ path }) => homeless.test(path)).map(({ path }) => path)).toEqual([])
})

const nameOf = (path: string): string => path.slice(4).replace(/(\.svelte)?\.\w+$/, '')

/** The imports of each file, those of types included. */
function importEdges(): Map<string, string[]> {
  const edges = new Map(files.map(({ path }) => [nameOf(path), [] as string[]]))
  for (const { path, target } of importsOf(files)) edges.get(nameOf(path))?.push(target)
  return edges
}

/** The files that import themselves indirectly; those that reach one another are one line. */
function circlesOf(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Map([...edges.keys()].map((file) => [file, reachedFrom(file, edges)]))
  const groups = [...reached].map(([file, those]) =>
    [...those]
      .filter((other) => reached.get(other)?.has(file))
      .sort()
      .join(', '),
  )
  return [...new Set(groups)].filter((group) => group !== '')
}

function reachedFrom(file: string, edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>()
  const open = [file]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const target of edges.get(next) ?? [])
      if (!reached.has(target)) {
        reached.add(target)
        open.push(target)
      }
  return reached
}

function rank(area: string): number {
  return RANKS[area] ?? 0
}

/** Imports inside src/, with the area they lead to; `target` is the file without its extension. */
function importsOf(all: SourceFacts[]) {
  return all.flatMap(({ path, area, imports }) =>
    imports.flatMap(({ from, typeOnly }) => {
      if (!from.startsWith('.')) return []
      const target = new URL(from, `file:///${path}`).pathname
        .replace(/^\/src\//, '')
        .replace(/(\.svelte)?\.\w+$/, '')
      return [{ path, area, from, typeOnly, target, to: target.split('/')[0]! }]
    }),
  )
}

function users(names: string[], allowed: (file: SourceFacts) => boolean): string[] {
  return files
    .filter((file) => !allowed(file))
    .flatMap(({ path, identifiers }) =>
      names.filter((name) => identifiers.has(name)).map((name) => `${path}: ${name}`),
    )
}

function importers(packages: RegExp, area: string): string[] {
  return files
    .filter((file) => file.area !== area && file.imports.some(({ from }) => packages.test(from)))
    .map(({ path }) => path)
}

test('a key signs by a right that is looked up again when what it signed is stored, and no other way', () => {
  const opening = ['signingKey', 'openSigningKey', 'unlockSigningKey']
  const those = files
    .filter(({ area, identifiers }) => area === 'services' && opening.some((name) => identifiers.has(name)))
    .map(({ path }) => path)
  expect(those).toEqual([
    'src/services/certifying/certified-key.ts',
    'src/services/session/session.ts',
    'src/services/signing/rights.ts',
  ])
})

test('a service uses the ones before it, types included', () => {
  const roomOf = (path: string): string => path.split('/')[1]!
  const services = files.filter(({ area }) => area === 'services')
  expect([...new Set(services.map(({ path }) => roomOf(path.slice(4))))].sort()).toEqual([...SERVICES].sort())
  const wrong = importsOf(services)
    .filter(({ to }) => to === 'services')
    .filter(({ path, target }) => SERVICES.indexOf(roomOf(target)) > SERVICES.indexOf(roomOf(path.slice(4))))
    .map(({ path, from }) => `${path} imports ${from}`)
  expect(wrong).toEqual([])
})
