import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceFacts, type SourceFacts } from '../support/source-facts.ts'

/** Who may import whom: a file imports lower ranks or its own folder. Same rank, other folder: sideways, refused. */
const RANKS: Record<string, number> = {
  findings: 0,
  errors: 0,
  octets: 0,
  time: 0,
  'plain-text': 1,
  der: 1,
  webcrypto: 1,
  csp: 1,
  x509: 2,
  containers: 3,
  packs: 3,
  lint: 3,
  validate: 4,
  ca: 4,
  vault: 4,
  mtls: 4,
  worker: 5,
  messages: 6,
  state: 7,
  ui: 8,
  main: 9,
  'service-worker': 9,
}

/** Values (not only types) that state/ and ui/ may take from the core: pure text and tables, no work. */
const PURE = [
  'octets',
  'time',
  'plain-text',
  'lint/profiles',
  'validate/question/programs',
  'csp/form',
  'der/oid',
  'x509/oids',
  'x509/general-name-text',
  'x509/ip-address',
  'x509/name',
  'x509/pem',
  'x509/typed-names',
  'ca/names',
  'ca/profiles',
  'ca/request-recipes',
  'ca/rollover-plan',
  'vault/backup-magic',
  'worker/client',
  'worker/protocol',
]
const CORE = ['der', 'webcrypto', 'x509', 'containers', 'lint', 'validate', 'ca', 'vault', 'mtls']

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

/** Functions that call each other, two files apart; a component that shows itself below itself. */
const TIED = [
  'ui/parts/authority/TreeNode → ui/parts/authority/TreeNode',
  'validate/build/build → validate/build/fragment → validate/build/build',
]

/** Digits to the base of 16 that are not octets. */
const OTHER_DIGITS = [
  'src/containers/pile/hex.ts', // the value of each digit
  'src/lint/keys/arithmetic.ts', // how long a number is
  'src/plain-text.ts', // the number of a character
  'src/worker/lists/publish.ts', // a short name made of a long one
  'src/x509/ip-address.ts', // groups of 16 bits without zeros before them (RFC 5952 §4.1)
]

/** What is read as text that is no UTF-8, in encodings that only the platform knows. */
const OTHER_ENCODINGS = [
  'src/containers/pile/find.ts: TextDecoder', // labels: any octet is a character
  'src/containers/sst.ts: TextDecoder', // UTF-16, as Windows writes it
  'src/containers/unzip.ts: TextDecoder', // names of files from systems with an alphabet of their own
  'src/lint/user-notices.ts: TextDecoder', // three encodings, as the string's type says
  'src/ui/parts/certificate/certificate-fields.ts: TextDecoder', // an address that should be ASCII
]

/** Where object identifiers stand beside x509/oids.ts: they are used there and nowhere else. */
const OTHER_OIDS = [
  /^src\/containers\/(schemes|pkcs12\/oids|pkcs7|private-key)\.ts$/, // of containers: ciphers, bags, contents, foreign keys
  /^src\/x509\/(signature-algorithms|curves)\.ts$/, // that are told by name and not supported
  /^src\/worker\/judge\/examples\//, // of nobody, drawn to be wrong
]
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

test('no file of src/ comes back to itself through what it imports', () => {
  const edges = new Map(
    files.map(({ path }) => [path.slice(4).replace(/(\.svelte)?\.\w+$/, ''), [] as string[]]),
  )
  for (const { path, target, typeOnly } of importsOf(files))
    if (!typeOnly) edges.get(path.slice(4).replace(/(\.svelte)?\.\w+$/, ''))?.push(target)
  expect(circlesOf(edges).filter((circle) => !TIED.includes(circle))).toEqual([])
})

test('words are imported by state/ and ui/ alone', () => {
  const wrong = importsOf(files)
    .filter(({ area, to }) => to === 'messages' && !['messages', 'state', 'ui'].includes(area))
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

/** Each way that leads back to where it began. */
function circlesOf(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const circles: string[] = []
  const follow = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
    if (done.has(file)) return
    done.add(file)
    for (const next of edges.get(file) ?? []) follow(next, [...trail, file])
  }
  for (const file of edges.keys()) follow(file, [])
  return circles
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
    .filter(({ area, identifiers }) => area === 'worker' && opening.some((name) => identifiers.has(name)))
    .map(({ path }) => path)
  expect(those).toEqual([
    'src/worker/issuing/issuing.ts',
    'src/worker/session.ts',
    'src/worker/signing/rights.ts',
  ])
})
