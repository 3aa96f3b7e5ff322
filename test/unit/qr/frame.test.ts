import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc32 } from '../../../src/crc-32.ts'
import { fromBase45, toBase45 } from '../../../src/qr/base45.ts'
import { isFrame, readFrame, writeFrame, type Frame } from '../../../src/qr/frame.ts'
import { concat, hexOf } from '../../../src/octets.ts'

const FRAME: Frame = {
  id: '00112233445566ff',
  length: 5,
  size: 3,
  number: 7,
  part: Uint8Array.of(1, 2, 3),
}
const TEXT = writeFrame(FRAME)
const BODY = fromBase45(TEXT.slice(5))!.slice(0, -4)

/** The frame with other octets from `at` on, and a checksum that is right. */
function changed(at: number, octets: number[], body = BODY): string {
  const made = body.slice()
  made.set(octets, at)
  const sum = new Uint8Array(4)
  new DataView(sum.buffer).setUint32(0, crc32(made))
  return `RCF1:${toBase45(concat([made, sum]))}`
}

test('a frame is written as the documentation says', () => {
  expect([...BODY]).toEqual([
    ...[0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0xff],
    ...[0, 0, 0, 5],
    ...[0, 3],
    ...[0, 0, 0, 7],
    ...[1, 2, 3],
  ])
  expect(readFrame(TEXT)).toEqual(FRAME)
})

test.each([
  ['another version', 'version', TEXT.replace('RCF1', 'RCF2')],
  ['a version with a zero before it', 'version', TEXT.replace('RCF1', 'RCF01')],
  ['no content', 'short', 'RCF1:'],
  ['a small letter', 'characters', TEXT.toLowerCase().replace('rcf', 'RCF')],
  ['one character less', 'characters', TEXT.slice(0, -1)],
  ['two characters less', 'checksum', TEXT.slice(0, -2)],
  ['octets after it', 'checksum', `RCF1:${toBase45(concat([BODY, new Uint8Array(6)]))}`],
  ['a header alone', 'short', changed(0, [], BODY.slice(0, -3))],
  ['a part that is torn off', 'short', changed(0, [], BODY.slice(0, -1))],
  ['a part that is longer', 'long', changed(0, [], concat([BODY, Uint8Array.of(0)]))],
  ['parts of no octet', 'size', changed(12, [0, 0])],
  ['parts of 65,535 octets', 'size', changed(12, [255, 255])],
  ['a message of no octet', 'length', changed(8, [0, 0, 0, 0])],
  ['a message of 4 GiB, in a billion parts', 'length', changed(8, [255, 255, 255, 255])],
  ['a message within the limit, in a million parts', 'parts', changed(8, [0, 16, 0, 0, 0, 1], BODY)],
  ['more characters than the largest frame has', 'long', `RCF1:${'0'.repeat(2_000_000)}`],
])('%s: %s', (_what, fault, text) => {
  expect(readFrame(text)).toBe(fault)
})

test('one octet that was changed on the way is found, wherever it is', () => {
  for (let at = 0; at < BODY.length + 4; at++) {
    const octets = fromBase45(TEXT.slice(5))!
    octets[at]! ^= 0x10
    expect(readFrame(`RCF1:${toBase45(octets)}`)).toBe('checksum')
  }
})

test('any frame within the limits comes back', () => {
  const frames = fc
    .record({
      id: fc.uint8Array({ minLength: 8, maxLength: 8 }).map(hexOf),
      length: fc.integer({ min: 1, max: 100_000 }),
      part: fc.uint8Array({ minLength: 30, maxLength: 1200 }),
      number: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    })
    .map((frame) => ({ ...frame, part: new Uint8Array(frame.part), size: frame.part.length }))
  fc.assert(
    fc.property(frames, (frame) => {
      expect(readFrame(writeFrame(frame))).toEqual(frame)
    }),
  )
})

test('no text of a code makes the reader throw', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), (text) => {
      expect(['string', 'object']).toContain(typeof readFrame(`RCF1:${text}`))
    }),
  )
})

test.each([
  ['RCF1:', true],
  ['RCF22:X', true],
  ['RCF:', false],
  ['rcf1:', false],
  ['-----BEGIN CERTIFICATE-----', false],
])('%s: a frame %s', (text, expected) => {
  expect(isFrame(text)).toBe(expected)
})
