import { expect, test } from 'vitest'
import { parseWhole } from '../../../src/der/reader.ts'
import { wellFormedElement } from '../../../src/der/well-formed.ts'

const read = (...octets: number[]): string => {
  try {
    const bytes = Uint8Array.from(octets)
    return parseWhole(bytes, wellFormedElement).length === bytes.length ? 'read' : 'cut'
  } catch (error) {
    return (error as { code: string }).code
  }
}

test.each<[string, number[], string]>([
  ['NULL', [5, 0], 'read'],
  ['NULL with content (X.690 §8.8.2)', [5, 1, 0], 'der-null-invalid'],
  ['an empty OBJECT IDENTIFIER', [6, 0], 'der-oid-invalid'],
  ['an arc with a leading 80 (§8.19.2)', [6, 3, 0x2a, 0x80, 1], 'der-oid-invalid'],
  ['an INTEGER', [2, 1, 0], 'read'],
  ['an INTEGER with an octet too many (§8.3.2)', [2, 2, 0, 1], 'der-integer-not-minimal'],
  ['BOOLEAN TRUE as 01 (§11.1)', [1, 1, 1], 'der-boolean-invalid'],
  ['a BIT STRING with unused bits set (§11.2.1)', [3, 2, 1, 1], 'der-bit-string-invalid'],
  ['text', [0x13, 1, 0x61], 'read'],
  ['text in pieces (§10.2)', [0x33, 3, 0x13, 1, 0x61], 'der-unexpected-tag'],
  ['OCTET STRING in pieces (§10.2)', [0x24, 3, 4, 1, 0x61], 'der-unexpected-tag'],
  ['a SEQUENCE that is primitive (§8.9.1)', [0x10, 0], 'der-unexpected-tag'],
  ['all of it further down', [0x30, 5, 0xa0, 3, 5, 1, 0], 'der-null-invalid'],
  ['a tag of a context says nothing of its type', [0x30, 3, 0x81, 1, 1], 'read'],
  ['nothing', [], 'der-truncated'],
])('%s: %j', (_what, octets, expected) => expect(read(...octets)).toBe(expected))
