import { expect, test } from 'vitest'
import { WITNESS_ENTRY } from '../../../tools/vite/witness.ts'
import { bundleScript } from '../../../tools/vite/worker-source.ts'

/** The modules that the second reader may contain: its own folder, PKI.js, asn1js and their dependencies. */
const PACKAGES = ['@noble/hashes', '@peculiar/utils', 'asn1js', 'bytestreamjs', 'pkijs', 'qr']
/** Of ours outside the folder, data: the words that both pages must share. */
const SEAL = '/src/messages/seal-words.ts'
const ODD = '/src/messages/odd-words.ts'
/** And what carries a file through a camera, which reads nothing that is in it; the hash beside it is the witness's own. */
const CARRIER = [
  ...[
    'base45',
    'camera',
    'collector',
    'draw',
    'frame',
    'limits',
    'message',
    'picture',
    'rows',
    'sequence',
    'solver',
  ].map((name) => `/src/qr/${name}.ts`),
  ...['crc-32', 'octets', 'plain-text', 'webcrypto/sha-256'].map((name) => `/src/${name}.ts`),
]

test.each([
  ['the witness', '/witness/page.ts', [...CARRIER, ODD, SEAL].sort()],
  ['the second reader', '/witness/second-reader.ts', [SEAL]],
])('%s is made of PKI.js, asn1js and its own folder alone', async (_what, entry, data) => {
  const root = WITNESS_ENTRY.slice(0, -'/witness/page.ts'.length)
  const { files } = await bundleScript(`${root}${entry}`)
  const inside = files.map((file) => file.slice(root.length))
  const packages = inside.filter((file) => file.startsWith('/node_modules/'))
  const own = inside.filter((file) => file.startsWith('/witness/'))
  const used = new Set(packages.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)![1]!))
  expect([...used].filter((name) => !PACKAGES.includes(name))).toEqual([])
  expect(used).toContain('pkijs')
  expect(own.length).toBeGreaterThan(5)
  expect(inside.filter((file) => !packages.includes(file) && !own.includes(file)).sort()).toEqual(data)
})
