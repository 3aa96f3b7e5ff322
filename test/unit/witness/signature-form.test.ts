import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { integer, seq, tlv, tlvHeader } from '../../../src/der/writer.ts'
import { blocksOf } from '../../../witness/blocks.ts'
import { signatureAnswer } from '../../../witness/items.ts'
import { NOT_READ } from '../../../witness/not-read.ts'
import { read, type Facts } from '../../../witness/read.ts'
import { withParts } from '../../support/signed-parts.ts'

type Change = Parameters<typeof withParts>[1]

function derOf(name: string): Uint8Array<ArrayBuffer> {
  const [part] = blocksOf(Uint8Array.from(readFileSync(join('test/fixtures/witness', name))))
  if (!part || !('block' in part)) throw new Error(`${name} has no block`)
  return part.block.der
}

function factsOf(der: Uint8Array<ArrayBuffer>): Facts {
  const reading = read(der)
  if (!('facts' in reading)) throw new Error(reading.notRead)
  return reading.facts
}

const ROOT = factsOf(derOf('root.pem'))

async function answerOf(name: string, change: Change): Promise<string> {
  const { sentence } = await signatureAnswer(factsOf(withParts(derOf(name), change)), [ROOT])
  return sentence
}

const big = (octets: number): bigint => 2n ** BigInt(8 * octets - 1)
const ecdsa =
  (signature: Uint8Array): Change =>
  () => ({ signature })

/** `other-root.pem` has a key on P-384. */
const MALFORMED: readonly [what: string, name: string, change: Change, why: string][] = [
  ['an empty one', 'list.pem', () => ({ signature: new Uint8Array() }), 'it is empty'],
  [
    'bits that fill no octet',
    'leaf.pem',
    ({ signature }) => ({ signature: signature.map((octet) => octet & 0xf0), unusedBits: 4 }),
    'not a multiple of eight',
  ],
  [
    'one cut by an octet (RSA)',
    'leaf.pem',
    ({ signature }) => ({ signature: signature.subarray(1) }),
    'it has 255 octets, and one made with this key has 256 octets',
  ],
  [
    'one cut by an octet (a list)',
    'list.pem',
    ({ signature }) => ({ signature: signature.subarray(0, -1) }),
    'it has 255 octets',
  ],
  [
    'one cut by an octet (PSS)',
    'pss.pem',
    ({ signature }) => ({ signature: signature.subarray(1) }),
    'octets',
  ],
  [
    'another algorithm beside it',
    'root.pem',
    () => ({ algorithm: factsAlgorithm('other-root.pem') }),
    'the algorithm named beside it is not the one named in what is signed',
  ],
  ['no DER', 'other-root.pem', ecdsa(Uint8Array.from({ length: 96 }, () => 7)), 'two positive numbers'],
  ['one number', 'other-root.pem', ecdsa(seq(integer(5))), 'two positive numbers'],
  ['three numbers', 'other-root.pem', ecdsa(seq(integer(5), integer(5), integer(5))), 'two positive numbers'],
  ['a number of zero', 'other-root.pem', ecdsa(seq(integer(0), integer(5))), 'two positive numbers'],
  ['a negative number', 'other-root.pem', ecdsa(seq(integer(5), integer(-5))), 'two positive numbers'],
  [
    'a number with a leading zero too many',
    'other-root.pem',
    ecdsa(seq(tlv(2, Uint8Array.of(0, 5)), integer(5))),
    'two positive numbers',
  ],
  [
    'octets after it',
    'other-root.pem',
    ({ signature }) => ({ signature: Uint8Array.of(...signature, 0) }),
    'two positive numbers',
  ],
  [
    'BER lengths',
    'other-root.pem',
    ({ signature }) => {
      const body = signature.subarray(tlvHeader(0x30, signature.length - 2).length)
      return { signature: Uint8Array.of(0x30, 0x82, 0, body.length, ...body) }
    },
    'two positive numbers',
  ],
  [
    'numbers of a larger curve',
    'other-root.pem',
    ecdsa(seq(integer(big(66)), integer(5))),
    'larger than those of this key’s curve',
  ],
]

function factsAlgorithm(name: string): Uint8Array {
  let algorithm = new Uint8Array()
  withParts(derOf(name), (parts) => {
    algorithm = Uint8Array.from(parts.algorithm)
    return {}
  })
  return algorithm
}

test.each(MALFORMED)('malformed, so not verified: %s', async (_what, name, change, why) => {
  const said = await answerOf(name, change)
  expect(said).toMatch(/^The signature could not be verified( with (its own key|the key of [^.]+))?\. It is /)
  expect(said).toContain(`It is malformed: `)
  expect(said).toContain(why)
  expect(said).not.toContain('does not verify')
})

test('one of the right form by another key is another matter', async () => {
  const flipped: Change = ({ signature }) => ({ signature: signature.with(100, signature[100]! ^ 1) })
  expect(await answerOf('leaf.pem', flipped)).toMatch(/^The signature does not verify with the key of /)
  expect(await answerOf('root.pem', flipped)).toBe('The signature does not verify with its own key.')
  const numbers = ecdsa(seq(integer(big(48)), integer(1)))
  expect(await answerOf('other-root.pem', numbers)).toBe('The signature does not verify with its own key.')
})

test('a key that the browser refuses is not said to fail', async () => {
  const { signed, key, ...facts } = factsOf(derOf('other-root.pem'))
  // The last octet of the point: it is on the curve no more.
  const spki = key!.spki.with(key!.spki.length - 1, key!.spki.at(-1)! ^ 1)
  const answer = await signatureAnswer({ ...facts, signed, key: { ...key!, spki } }, [])
  expect(answer).toEqual({ tone: 'grey', sentence: NOT_READ.key })
})
