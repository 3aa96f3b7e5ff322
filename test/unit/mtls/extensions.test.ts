import { expect, test } from 'vitest'
import { TLS12, TLS13, codeName } from '../../../src/mtls/wire/code-points.ts'
import {
  authoritiesIn,
  encodeExtensions,
  readExtensions,
  schemesIn,
  selectedVersion,
  serverNameIn,
  stapledIn,
  write,
} from '../../../src/mtls/wire/extensions.ts'
import { encodeMessage, readMessage } from '../../../src/mtls/wire/messages.ts'
import type { HandshakeMessage } from '../../../src/mtls/wire/messages.ts'
import { WireReader, type Field } from '../../../src/mtls/wire/reader.ts'
import { hexOctets } from '../../../src/octets.ts'

const octets = (...values: number[]): Uint8Array => Uint8Array.from(values)

test('what is written is read back, each in its place', () => {
  const name = octets(0x30, 0)
  const hello = [
    write.serverName('server.example'),
    write.versions([TLS13, TLS12]),
    write.groups([0x1d]),
    write.schemes([0x0403, 0x0807]),
    write.clientShares([{ group: 0x1d, key: octets(1, 2, 3) }]),
    write.authorities([name, name]),
  ]
  expect(serverNameIn(hello)).toBe('server.example')
  expect(schemesIn(hello)).toEqual([0x0403, 0x0807])
  expect(authoritiesIn(hello)).toEqual([name, name])
  const chosen = [write.selectedVersion(TLS13), write.serverShare({ group: 0x1d, key: octets(4) })]
  expect(selectedVersion(chosen)).toBe(TLS13)
  expect(stapledIn([write.stapled(octets(5, 6))])).toEqual(octets(5, 6))
  expect([serverNameIn([]), schemesIn([]), authoritiesIn([]), stapledIn([])]).toEqual([
    null,
    null,
    null,
    null,
  ])
  for (const [extensions, place] of [
    [hello, 'clientHello'],
    [chosen, 'serverHello'],
  ] as const) {
    const encoded = encodeExtensions(extensions)
    expect(readExtensions(new WireReader(encoded), place)).toEqual(extensions)
  }
})

const namesOf = (fields: readonly Field[]): string[] =>
  fields.flatMap(({ name, fields: inner, code }) => [
    code ? `${name} ${codeName(code.of, code.value) ?? String(code.value)}` : name,
    ...namesOf(inner),
  ])

test('an extension in another form stays octets, and its neighbours keep their names', () => {
  const broken = { type: 13, data: octets(0, 3, 4, 3, 8) }
  const reader = new WireReader(encodeExtensions([broken, write.schemes([0x0807])]))
  expect(readExtensions(reader, 'clientHello')).toEqual([broken, write.schemes([0x0807])])
  const names = namesOf(reader.fields)
  expect(names.filter((name) => name === 'extension_type signature_algorithms')).toHaveLength(2)
  expect(names.filter((name) => name.startsWith('scheme'))).toEqual(['scheme ed25519'])
  expect(names).toContain('data')
  expect(schemesIn([broken])).toBeNull()
})

test.each<[string, HandshakeMessage, typeof TLS12 | typeof TLS13]>([
  // RFC 8446 §4.4.2: a client without a certificate; RFC 5246 §7.4.6.
  ['0b00000400000000', { type: 'certificate', context: octets(), entries: [] }, TLS13],
  ['0b000003000000', { type: 'certificate', context: null, entries: [] }, TLS12],
  ['0e000000', { type: 'serverHelloDone' }, TLS12],
  ['1600000601000002abcd', { type: 'certificateStatus', statusType: 1, response: octets(0xab, 0xcd) }, TLS12],
  ['1800000101', { type: 'other', code: 24, body: octets(1) }, TLS13],
])('%s', (hex, message, version) => {
  const bytes = hexOctets(hex)!
  expect(readMessage(bytes, version).message).toEqual(message)
  expect(encodeMessage(message)).toEqual(bytes)
})

test('lengths that a field cannot have are refused, with the field and its place', () => {
  const odd = hexOctets('0d000009' + '0101' + '0003040308' + '0000')!
  expect(() => readMessage(odd, TLS12)).toThrow(
    expect.objectContaining({
      code: 'tls-length',
      detail: { offset: 6, field: 'supported_signature_algorithms', length: 3 },
    }) as Error,
  )
  const empty = hexOctets('0b00000a' + '00' + '000006' + '000000' + '0000' + '00')!
  expect(() => readMessage(empty, TLS13)).toThrow(expect.objectContaining({ code: 'tls-length' }) as Error)
})
