import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Collector, type Outcome, type Received } from '../../../src/qr/collector.ts'
import { readFrame, writeFrame, type Frame } from '../../../src/qr/frame.ts'
import { fileOf, messageOf, MOST_IN_FILE } from '../../../src/qr/message.ts'
import { plainText, sequenceOf, type Sequence } from '../../../src/qr/sequence.ts'
import { concat, utf8 } from '../../../src/octets.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'
import { random } from '../../support/random.ts'

const octetsOf = (length: number, seed = length): Uint8Array<ArrayBuffer> => {
  const draw = random(seed)
  return Uint8Array.from({ length }, () => Math.floor(draw() * 256))
}
const file = (length: number, name = 'root.crt') => ({ name, bytes: octetsOf(length) })

/** Shows frames from the first on until the file is there, without those that `isLost`. */
async function transfer(
  sequence: Sequence,
  collector = new Collector(),
  isLost: (number: number) => boolean = () => false,
): Promise<Received> {
  for (let number = 0; number < 10 * sequence.parts + 100; number++) {
    if (isLost(number)) continue
    const outcome = await collector.take(utf8(sequence.frame(number)))
    if (outcome.kind === 'file') return outcome.file
    if (outcome.kind === 'fault') throw new Error(outcome.fault)
  }
  throw new Error('the file did not arrive')
}

const faultOf = (outcome: Outcome): string => (outcome.kind === 'fault' ? outcome.fault : outcome.kind)

test('any file arrives, whatever frames are lost', async () => {
  const files = fc.uint8Array({ maxLength: 3000 })
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 1, max: 400 }), fc.integer(), async (octets, size, seed) => {
      const bytes = new Uint8Array(octets)
      const draw = random(seed)
      const sequence = await sequenceOf({ name: 'a b.pem', bytes }, Math.max(size, 4))
      const lost = random(seed)() * 0.9
      const got = await transfer(sequence, new Collector(), () => draw() < lost)
      expect([...got.bytes]).toEqual([...octets])
      expect(got).toMatchObject({ name: 'a b.pem', sha256: await sha256Hex(bytes), isText: false })
    }),
    { numRuns: 60 },
  )
})

test('who misses none needs no frame more than there are parts', async () => {
  const sequence = await sequenceOf(file(5000), 400)
  expect(sequence.parts).toBe(13)
  await transfer(sequence, new Collector(), (number) => number >= sequence.parts)
})

test('what fits into one part is one frame, no larger than it must be, whichever is read', async () => {
  const sequence = await sequenceOf(file(20), 400)
  expect(sequence).toMatchObject({ parts: 1, size: 32 + 1 + 8 + 20 })
  expect((await transfer(sequence, new Collector(), (number) => number < 41)).bytes).toEqual(octetsOf(20))
})

test('a file of the most octets can be sent', async () => {
  const sequence = await sequenceOf({ name: 'record.zip', bytes: new Uint8Array(MOST_IN_FILE) }, 400)
  expect(readFrame(sequence.frame(0))).toMatchObject({ number: 0 })
  expect(readFrame(sequence.frame(2 ** 32 - 1))).toMatchObject({ number: 2 ** 32 - 1 })
})

test('a frame of another transfer changes nothing, and both files arrive', async () => {
  const [one, other] = [await sequenceOf(file(3000), 200), await sequenceOf(file(2000, 'other.crl'), 200)]
  const collector = new Collector()
  for (let number = 0; number < 15; number++) {
    if (number < 9) expect((await collector.take(utf8(one.frame(number)))).kind).toBe('new')
    expect((await collector.take(utf8(other.frame(number)))).kind).toBe('other')
  }
  const [first, second] = collector.transfers
  expect(first).toMatchObject({ id: one.id, rank: 9, parts: 16, frames: 9 })
  // It is complete, and waits to be chosen.
  expect(second).toMatchObject({ id: other.id, rank: other.parts, parts: other.parts })
  const chosen = await collector.choose(second!.key)
  expect(chosen).toMatchObject({ kind: 'file', file: { name: 'other.crl' } })
  expect(await transfer(one, collector, (number) => number < 9)).toMatchObject({ name: 'root.crt' })
})

test('one that was chosen goes on with what was collected before', async () => {
  const [one, other] = [await sequenceOf(file(3000), 200), await sequenceOf(file(2000), 200)]
  const collector = new Collector()
  await collector.take(utf8(one.frame(0)))
  for (let number = 0; number < 5; number++) await collector.take(utf8(other.frame(number)))
  const { key } = collector.transfers.find(({ id }) => id === other.id)!
  expect(await collector.choose(key)).toBeNull()
  expect(await collector.choose('nothing')).toBeNull()
  expect(collector.arrived.filter(Boolean).length).toBe(5)
  expect(collector.transfers[0]).toMatchObject({ id: other.id, rank: 5 })
})

test('the same file in codes of another size is another transfer, and does not mix', async () => {
  const [fine, coarse] = [await sequenceOf(file(3000), 400), await sequenceOf(file(3000), 200)]
  const collector = new Collector()
  await collector.take(utf8(fine.frame(0)))
  expect((await collector.take(utf8(coarse.frame(0)))).kind).toBe('other')
  expect((await transfer(fine, collector)).bytes).toEqual(octetsOf(3000))
  // With the file, both are done.
  expect(collector.transfers).toEqual([])
})

test('of many transfers the chosen one is kept, and the last that were seen', async () => {
  const collector = new Collector()
  const sequences = await Promise.all(
    Array.from({ length: 12 }, (_, i) => sequenceOf(file(900, `${i}.crl`), 100)),
  )
  for (const sequence of sequences) await collector.take(utf8(sequence.frame(0)))
  expect(collector.transfers.map(({ id }) => id)).toEqual([0, 9, 10, 11].map((i) => sequences[i]!.id))
})

/** A frame as it was made, with something changed and a checksum that is right. */
const forged = (sequence: Sequence, number: number, change: Partial<Frame>): Uint8Array<ArrayBuffer> =>
  utf8(writeFrame({ ...(readFrame(sequence.frame(number)) as Frame), ...change }))

test('a header that contradicts the transfer is refused, and the file arrives', async () => {
  const sequence = await sequenceOf(file(1000), 100)
  const collector = new Collector()
  await collector.take(utf8(sequence.frame(0)))
  expect(faultOf(await collector.take(forged(sequence, 1, { length: 900_000, size: 100 })))).toBe('parts')
  expect(faultOf(await collector.take(forged(sequence, 1, { length: 1001 })))).toBe('clash')
  expect((await transfer(sequence, collector)).bytes).toEqual(octetsOf(1000))
})

test('a false part is found when all are there, and the transfer begins anew', async () => {
  const sequence = await sequenceOf(file(1000), 100)
  const collector = new Collector()
  await collector.take(forged(sequence, 0, { part: new Uint8Array(100) }))
  const outcomes: string[] = []
  for (let number = 1; number < sequence.parts; number++)
    outcomes.push(faultOf(await collector.take(utf8(sequence.frame(number)))))
  expect(outcomes.at(-1)).toBe('hash')
  expect(collector.transfers).toEqual([])
  expect((await transfer(sequence, collector)).bytes).toEqual(octetsOf(1000))
})

test('a code that is no frame is a file of its own, and the transfer goes on', async () => {
  const sequence = await sequenceOf(file(1000), 100)
  const collector = new Collector()
  await collector.take(utf8(sequence.frame(0)))
  const pem = utf8('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  expect(await collector.take(pem)).toEqual({
    kind: 'file',
    file: { name: 'code.pem', bytes: pem, sha256: await sha256Hex(pem), isText: true },
  })
  expect(await collector.take(utf8('words of a share'))).toMatchObject({ file: { name: 'code.txt' } })
  expect(await collector.take(Uint8Array.of(0x30, 0x82))).toMatchObject({ file: { name: 'code.bin' } })
  expect(collector.transfers).toMatchObject([{ rank: 1 }])
  collector.clear()
  expect(collector.transfers).toEqual([])
})

test.each([
  ['a folder before it', '../../etc/root.crt', 'root.crt'],
  ['a folder of Windows', 'C:\\keys\\root.crt', 'root.crt'],
  ['text that turns round', 'a\u202etxt.exe', 'file'],
  ['no name', '', 'file'],
  ['dots alone', '..', 'file'],
  ['200 letters', `${'x'.repeat(200)}.crt`, `${'x'.repeat(36)}.crt`],
  ['other letters', 'Prüfstelle Ω.pem', 'Prüfstelle Ω.pem'],
])('a name with %s is sent as one that can be read', async (_what, name, sent) => {
  const { id, octets } = await messageOf({ name, bytes: Uint8Array.of(1, 2) })
  expect(await fileOf(id, octets)).toMatchObject({ name: sent, bytes: Uint8Array.of(1, 2) })
})

test.each([
  ['a folder', utf8('../x')],
  ['what is not seen', utf8('a\u202eb')],
  ['no character', new Uint8Array()],
  ['no UTF-8', Uint8Array.of(0xc0, 0x80)],
  ['more octets than there are', null],
])('a received name of %s is refused', async (_what, name) => {
  const rest = name ? concat([Uint8Array.of(name.length), name, utf8('content')]) : Uint8Array.of(200, 65, 66)
  const hash = await sha256Hex(rest)
  const octets = concat([Uint8Array.from(hash.match(/../g)!, (pair) => parseInt(pair, 16)), rest])
  expect(await fileOf(hash.slice(0, 16), octets)).toBe('name')
  expect(await fileOf('0000000000000000', octets)).toBe('hash')
  expect(await fileOf(hash.slice(0, 16), octets.slice(0, 32))).toBe('hash')
})

test.each([
  ['PEM', utf8('-----BEGIN X-----\r\nAA==\n'), true],
  ['words', utf8('Straße Ω'), true],
  ['nothing', new Uint8Array(), false],
  ['DER', Uint8Array.of(0x30, 0x82, 0x01, 0xff), false],
  ['a mark of byte order', Uint8Array.of(0xef, 0xbb, 0xbf, 0x41), false],
  ['a zero', utf8('a\0b'), false],
  ['what looks like a frame', utf8('RCF1:AAAA'), false],
  ['1,000 octets', utf8('x'.repeat(1000)), true],
  ['1,001 octets', utf8('x'.repeat(1001)), false],
])('%s: one code as it is: %s', (_what, octets, isPlain) => {
  expect(plainText(octets) !== null).toBe(isPlain)
})
