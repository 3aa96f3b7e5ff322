import { beforeAll, expect, test } from 'vitest'
import { lint } from '../../../src/lint/lint.ts'
import { KEY_SIZE_RULES } from '../../../src/lint/keys/size.ts'
import { refuses } from '../../../src/lint/profiles.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { root } from '../../support/chain.ts'

let drawn: Certificate
beforeAll(async () => {
  drawn = (await root()).certificate
})

test.each([
  [512, ['rsa-below-1024']],
  [1023, ['rsa-below-1024']],
  [1024, ['rsa-below-2048']],
  [2047, ['rsa-below-2048']],
  [2048, []],
  [4096, []],
])('an RSA key of %i bits: %s', (modulusBits, codes) => {
  const rsa = { modulusBits, modulus: new Uint8Array(1), exponent: 65537n }
  const certificate = { ...drawn, spki: { ...drawn.spki, rsa } }
  const found = lint(certificate, KEY_SIZE_RULES, {
    place: 'target',
    issuedAt: drawn.notBefore,
    issuer: null,
  })
  expect(found).toEqual(codes.map((code) => ({ code, detail: { bits: modulusBits } })))
})

test('below 1,024 bits it is refused by all profiles but path', () => {
  for (const profile of ['standard', 'rfc5280', 'webpki'] as const)
    for (const place of ['anchor', 'ca', 'target'] as const)
      expect(refuses('rsa-below-1024', profile, place)).toBe(true)
  expect(refuses('rsa-below-1024', 'path', 'target')).toBe(false)
  expect(refuses('rsa-below-2048', 'webpki', 'target')).toBe(false)
})
