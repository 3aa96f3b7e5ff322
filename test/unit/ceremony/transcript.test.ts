import { beforeAll, expect, test } from 'vitest'
import {
  appendLine,
  NO_LINES,
  readTranscript,
  TRANSCRIPT_LIMITS,
  type LineDraft,
} from '../../../src/ceremony/transcript.ts'
import { utf8 } from '../../../src/octets.ts'
import { succeed } from '../../support/run.ts'

const at = new Date('2026-11-30T10:00:00Z')
const DRAFTS: readonly LineDraft[] = [
  { at, kind: 'live', step: '', event: 'open', more: { plan: 'ab'.repeat(32) } },
  { at, kind: 'live', step: 'root', event: 'begin' },
  {
    at,
    kind: 'live',
    step: 'root',
    event: 'exception',
    more: { number: 1, text: 'a "line"\nof \\two\u2028\ud800', who: ['ana', 2], asked: true, left: null },
  },
]
let lines: string[] = []
let last = NO_LINES

beforeAll(async () => {
  ;[lines, last] = [[], NO_LINES]
  for (const draft of DRAFTS) {
    const { text, head } = await appendLine(last, draft)
    lines.push(text)
    last = head
  }
})

const file = (texts: readonly string[]): Uint8Array => utf8(texts.map((text) => `${text}\n`).join(''))

test('lines are read as they were appended', async () => {
  const { lines: read, head } = await readTranscript(file(lines))
  expect(head).toEqual(last)
  expect(head.sequence).toBe(3)
  expect(read.map(({ event }) => event)).toEqual(['open', 'begin', 'exception'])
  expect(read[2]!.more).toEqual(DRAFTS[2]!.more)
  expect(read[1]).toEqual({ ...DRAFTS[1], more: {}, sequence: 2, previous: read[1]!.previous })
  expect(lines[0]).toMatch(
    /^\{"sequence":1,"at":"2026-11-30T10:00:00\.000Z","kind":"live","step":"","event":"open","plan":"(ab){32}","previous":"0{64}"\}$/,
  )
})

test('none is read as none', async () => {
  expect(await readTranscript(new Uint8Array())).toEqual({ lines: [], head: NO_LINES })
})

test('each line names what sha256sum says of the one before', async () => {
  const { stdout } = await succeed('sha256sum', [], { input: lines[1]! })
  expect(lines[2]).toContain(`"previous":"${stdout.slice(0, 64)}"}`)
})

test.each<[string, (texts: string[]) => string[], number, string]>([
  ['a changed octet', ([a, b, c]) => [a!.replace('ab', 'ac'), b!, c!], 2, 'chain'],
  ['a line left out', ([a, , c]) => [a!, c!], 2, 'sequence'],
  ['lines in another order', ([a, b, c]) => [b!, a!, c!], 1, 'sequence'],
  ['a line twice', ([a]) => [a!, a!], 2, 'sequence'],
  ['the first left out', ([, b]) => [b!.replace('"sequence":2', '"sequence":1')], 1, 'chain'],
  ['a space', ([a]) => [a!.replace(':', ': ')], 1, 'form'],
  ['a member twice', ([a]) => [a!.replace('"plan"', '"step":"","plan"')], 1, 'form'],
  ['a member after the last', ([a]) => [a!.replace(/\}$/, ',"more":1}')], 1, 'form'],
  ['an object inside', ([a]) => [a!.replace(/"plan":"\w+"/, '"plan":{}')], 1, 'form'],
  ['a fraction', ([a]) => [a!.replace(/"plan":"\w+"/, '"plan":1.5')], 1, 'form'],
  ['no such day', ([a]) => [a!.replace('11-30', '11-31')], 1, 'form'],
  ['another kind within', ([a, b]) => [a!, b!.replace('live', 'rehearsal')], 2, 'form'],
  ['a list', () => ['[]'], 1, 'form'],
  ['not JSON', () => ['{'], 1, 'form'],
  ['an empty line', ([a, b, c]) => [a!, '', b!, c!], 2, 'form'],
  ['a long line', () => ['x'.repeat(TRANSCRIPT_LIMITS.line + 1)], 1, 'too-large'],
])('%s is found', async (_what, change, line, reason) => {
  await expect(readTranscript(file(change([...lines])))).rejects.toMatchObject({
    code: 'transcript-invalid',
    detail: { line, reason },
  })
})

test('what is no text, has no end or is too long is found', async () => {
  const refusal = (line: number, reason: string) => ({ code: 'transcript-invalid', detail: { line, reason } })
  await expect(readTranscript(Uint8Array.of(0xff, 0x0a))).rejects.toMatchObject(refusal(1, 'encoding'))
  await expect(readTranscript(utf8(lines[0]!))).rejects.toMatchObject(refusal(1, 'end'))
  const many = utf8('\n'.repeat(TRANSCRIPT_LIMITS.lines + 1))
  await expect(readTranscript(many)).rejects.toMatchObject(refusal(20_001, 'too-many'))
  await expect(readTranscript(new Uint8Array(TRANSCRIPT_LIMITS.octets + 1))).rejects.toMatchObject(
    refusal(1, 'too-large'),
  )
})

test('a line that could not be read again is not written', async () => {
  const bad: Partial<LineDraft>[] = [
    { event: 'Not a code' },
    { step: 'a b' },
    { more: { sequence: 7 } },
    { more: { 'a-b': 1 } },
    { more: { n: 0.5 } },
  ]
  for (const each of bad)
    await expect(appendLine(NO_LINES, { ...DRAFTS[1]!, ...each })).rejects.toThrow('transcript-invalid')
})
