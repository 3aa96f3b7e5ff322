import { TAG, Reader, contextConstructed } from '../../der/reader.ts'
import { CodedError } from '../../errors.ts'
import { berLength } from '../ber.ts'
import type { StatusKind } from './items.ts'

/** The kind of a value, from its first few tags; the parser decides whether it is valid. */
export type Shape =
  | 'certificate'
  | 'request'
  | 'crl'
  | 'ocspResponse'
  | 'basicOcspResponse'
  | 'publicKey'
  | 'privateKey'
  | 'encryptedKey'
  | 'pkcs7'
  | 'pkcs12'
  | 'pkiPath'

/** Returns the length in octets of the DER or BER value at `at`; throws CodedErrors if it is incomplete. */
export function valueLength(bytes: Uint8Array, at: number): number {
  const rest = bytes.subarray(at)
  if (rest[1] === 0x80) return berLength(rest)
  const reader = new Reader(rest, { size: Infinity, depth: 1 })
  reader.skip()
  return reader.offset
}

/** Returns the start and length of the content of the value at `at`, from its header; null for an indefinite length. */
function headerAt(bytes: Uint8Array, at: number): { content: number; length: number } | null {
  const first = bytes[at + 1] ?? 0x80
  if (first === 0x80) return null
  const octets = first < 0x80 ? 0 : first & 0x7f
  if (octets > 4) return null
  let length = octets === 0 ? first : 0
  for (let i = 0; i < octets; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0)
  return { content: at + 2 + octets, length }
}

/** Whether octets can be the front of a known structure: a SEQUENCE whose length fits. */
export function beginsValue(bytes: Uint8Array): boolean {
  if (bytes[0] !== TAG.SEQUENCE || bytes.length < 8) return false
  if (bytes[1] === 0x80) return true
  const header = headerAt(bytes, 0)
  return header !== null && header.length > 0 && header.length <= bytes.length - header.content
}

/** The first tags inside the known structures. */
const FIRST_INSIDE: readonly (number | undefined)[] = [TAG.SEQUENCE, TAG.INTEGER, TAG.OID, TAG.ENUMERATED]
const SHORTEST_VALUE = 32

/**
 * Returns the length of the value that begins with these few octets, or 0 unless they clearly begin one: a SEQUENCE of
 * definite length, with a fitting value in it.
 */
export function announcedLength(front: Uint8Array): number {
  const header = front[0] === TAG.SEQUENCE ? headerAt(front, 0) : null
  if (!header || header.length < SHORTEST_VALUE || !FIRST_INSIDE.includes(front[header.content])) return 0
  const inner = headerAt(front, header.content)
  if (!inner || inner.content > front.length) return 0
  const end = header.content + header.length
  return inner.length > 0 && inner.content + inner.length <= end ? end : 0
}

/**
 * Recognizes a revocation status source by its first few values, even if the rest is damaged: a CRL has thisUpdate in
 * the position where a certificate has two dates in a SEQUENCE and a request its key; an OCSP response begins with an
 * ENUMERATED, and the signed part of it with who responds.
 */
export function statusBegun(bytes: Uint8Array): StatusKind | undefined {
  const outer = bytes[0] === TAG.SEQUENCE ? headerAt(bytes, 0) : null
  if (!outer) return undefined
  if (bytes[outer.content] === TAG.ENUMERATED) return 'ocspResponse'
  const tbs = bytes[outer.content] === TAG.SEQUENCE ? headerAt(bytes, outer.content) : null
  if (!tbs) return undefined
  const end = tbs.content + tbs.length
  const isCut = end > bytes.length
  const tags: number[] = []
  for (let at = tbs.content; at < end && at < bytes.length && tags.length < 4; at = after(bytes, at))
    tags.push(bytes[at]!)
  const [first, ...others] = tags
  // A BasicOCSPResponse by itself: who responds, and when.
  const [responder, producedAt] = first === contextConstructed(0) ? others : tags
  if (RESPONDERS.includes(responder) && producedAt === TAG.GENERALIZED_TIME) return 'ocspResponse'
  // Version 1 means v2; v1 CRLs have no version, and begin with the algorithm.
  const isVersion = first === TAG.INTEGER && bytes[tbs.content + 1] === 1 && bytes[tbs.content + 2] === 1
  const [algorithm, issuer, update] = isVersion ? others : tags
  if (!(isVersion || first === TAG.SEQUENCE)) return undefined
  const fits = (tag: number | undefined, ...wanted: readonly number[]): boolean =>
    tag === undefined ? isCut : wanted.includes(tag)
  return fits(algorithm, TAG.SEQUENCE) && fits(issuer, TAG.SEQUENCE) && fits(update, ...TIMES)
    ? 'crl'
    : undefined
}

const RESPONDERS: readonly (number | undefined)[] = [contextConstructed(1), contextConstructed(2)]
const TIMES: readonly number[] = [TAG.UTC_TIME, TAG.GENERALIZED_TIME]

/** Returns the end of the value at `at`, or beyond the end of the input. */
function after(bytes: Uint8Array, at: number): number {
  const header = headerAt(bytes, at)
  return header ? header.content + header.length : Infinity
}

/** Returns the shape of exactly one value, or null. */
export function shapeOf(bytes: Uint8Array): Shape | null {
  const tags = outlineOf(bytes)
  return tags ? (SHAPES.find(({ pattern }) => pattern.test(tags))?.shape ?? null) : null
}

/**
 * Outlines, one letter per value: S SEQUENCE (with its own outline in brackets), T SET, I INTEGER, B BIT STRING, O
 * OCTET STRING, D an object identifier, E ENUMERATED, t a time, 0 to 3 context tags, x anything else.
 */
const SHAPES: readonly { pattern: RegExp; shape: Shape }[] = [
  { pattern: /^S\[0IS[^B]*\]S(?:\[[^\]]*\])?B$/, shape: 'certificate' },
  { pattern: /^S\[ISSSS.*\]S(?:\[[^\]]*\])?B$/, shape: 'certificate' },
  { pattern: /^S\[ISS[0x]?\]S(?:\[[^\]]*\])?B$/, shape: 'request' },
  { pattern: /^S\[I?SSt.*\]S(?:\[[^\]]*\])?B$/, shape: 'crl' },
  { pattern: new RegExp(`^S\\[D.*\\]B$`), shape: 'publicKey' },
  { pattern: new RegExp(`^S\\[D.*\\]O$`), shape: 'encryptedKey' },
  { pattern: /^E0?$/, shape: 'ocspResponse' },
  { pattern: /^S\[0?[12]tS1?\]S(?:\[[^\]]*\])?B0?$/, shape: 'basicOcspResponse' },
  { pattern: /^D0$/, shape: 'pkcs7' },
  { pattern: /^IS\[D0\](?:S(?:\[[^\]]*\])?)?$/, shape: 'pkcs12' },
  { pattern: /^(?:S\[SSB\]){1,2}S*$/, shape: 'pkiPath' },
  { pattern: /^IS(?:\[[^\]]*\])?O[01x]*$/, shape: 'privateKey' },
  { pattern: /^I{9}/, shape: 'privateKey' },
  { pattern: /^IO0?1?$/, shape: 'privateKey' },
]

const LETTERS: Record<number, string> = {
  [TAG.SEQUENCE]: 'S',
  [TAG.SET]: 'T',
  [TAG.INTEGER]: 'I',
  [TAG.BIT_STRING]: 'B',
  [TAG.OCTET_STRING]: 'O',
  [TAG.OID]: 'D',
  [TAG.ENUMERATED]: 'E',
  [TAG.UTC_TIME]: 't',
  [TAG.GENERALIZED_TIME]: 't',
  [contextConstructed(0)]: '0',
  [contextConstructed(1)]: '1',
  [contextConstructed(2)]: '2',
  [contextConstructed(3)]: '3',
}

/** Whether the values inside have their stated lengths. */
export const isBuilt = (bytes: Uint8Array): boolean => outlineOf(bytes) !== null

/** Enough to distinguish the shapes; longer structures are cut. */
const WIDEST = 12

/** Tags of a value and of the content of its first two, one letter each; null if it is not constructed. */
export function outlineOf(bytes: Uint8Array): string | null {
  if (bytes[1] === 0x80) return berOutline(bytes)
  try {
    const whole = new Reader(bytes, { size: Infinity, depth: 4 })
    const fields = whole.sequence()
    let text = ''
    for (let count = 0; !fields.atEnd && count < WIDEST; count++) {
      const tag = fields.peekTag()
      text += letter(tag)
      if (tag === TAG.SEQUENCE && count < 2) text += `[${inner(fields.sequence())}]`
      else fields.skip()
    }
    return text
  } catch (error) {
    if (error instanceof CodedError) return null
    throw error
  }
}

function inner(reader: Reader): string {
  let text = ''
  for (let count = 0; !reader.atEnd && count < WIDEST; count++) text += letter(reader.skip())
  return text
}

const letter = (tag: number): string => LETTERS[tag] ?? 'x'

/** For containers in BER the first value is enough: an object identifier, or version 3. */
function berOutline(bytes: Uint8Array): string | null {
  const signedData = bytes[2] === TAG.OID
  return signedData ? 'D0' : bytes[2] === TAG.INTEGER ? 'IS[D0]' : null
}
