import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePem } from '../../../src/x509/pem.ts'
import { fromBase64, toBase64 } from '../../../src/octets.ts'

test('base64 is what the platform writes, at any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100_000 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }),
    { numRuns: 50 },
  )
})

test('text that is no base64 is null', () => {
  for (const text of ['a', 'ab*=', 'YQ==YQ==']) expect(fromBase64(text)).toBeNull()
})

test('OpenSSL reads the block back (RFC 7468 §3)', () => {
  const pem = encodePem('PKCS7', new Uint8Array(1000))
  expect(pem.split('\n').every((line) => line.length <= 64)).toBe(true)
  const decoded = execFileSync('openssl', ['base64', '-d'], {
    input: pem.split('\n').slice(1, -2).join('\n') + '\n',
  })
  expect(decoded).toHaveLength(1000)
})
