import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExtensionInputs, IssuanceRequest } from '../../../src/ca/input.ts'
import { prepare } from '../../../src/ca/prepare.ts'
import { PROFILES } from '../../../src/ca/profiles.ts'
import { isCodedError } from '../../../src/errors.ts'
import { parseTbsCertificate } from '../../../src/x509/certificate.ts'
import { runs } from '../../support/fuzz.ts'
import { issued, request, surroundings } from '../../support/authority.ts'

const root = await issued('root', request('Root'), null)
const intermediate = await issued('intermediate', request('Issuing', { extensions: { pathLen: 1 } }), root)
const key = intermediate.key.spki

/** Words as users and attackers type them, and nearly valid values. */
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      'example.com',
      '.example.com',
      '*.example.com',
      'b\u00fccher.example',
      'xn--a',
      'a\u0000b',
      '\ud800',
      '\u202e',
    ],
    ...[
      '10.0.0.1',
      '10.0.0.0/8',
      '10.0.0.0/33',
      '::1',
      '::/0',
      '2001:db8::/129',
      'a@example.com',
      '@',
      'a@b@c',
      '@.example.com',
    ],
    ...[
      'http://example.com/a',
      'http:',
      'spiffe://a',
      'urn:x',
      'uri:.example.com',
      'dn:CN=x',
      'dirname:',
      'CN=a,CN',
      '1.2.3',
    ],
    ...[
      '1.2.3;UTF8:x',
      '1.2.3;0500',
      ';',
      '2.5.29.15',
      '0.40.1',
      '3.1',
      '1.2.3 http://example.com',
      '1.2.3 notice',
      '0c0161',
      'zz',
    ],
    'x'.repeat(300),
  ),
)
const words = fc.array(word, { maxLength: 3 })
const count = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, 1, 5, 2 ** 31, Number.NaN))
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const name = fc.record({
  kind: fc.constantFrom(
    'dNSName',
    'iPAddress',
    'rfc822Name',
    'uniformResourceIdentifier',
    'directoryName',
    'otherName',
    'registeredID',
    'userPrincipalName',
    'x400Address',
  ),
  value: word,
})

const extensions: fc.Arbitrary<ExtensionInputs> = fc.record(
  {
    pathLen: optional(count),
    extKeyUsage: optional(words),
    nameConstraints: optional(fc.record({ permitted: words, excluded: words, nothingElse: fc.boolean() })),
    certificatePolicies: optional(words),
    policyMappings: optional(
      fc.array(fc.record({ issuerDomainPolicy: word, subjectDomainPolicy: word }), { maxLength: 2 }),
    ),
    policyConstraints: optional(
      fc.record({ requireExplicitPolicy: optional(count), inhibitPolicyMapping: optional(count) }),
    ),
    inhibitAnyPolicy: optional(count),
    cRLDistributionPoints: optional(words),
    freshestCRL: optional(words),
    authorityInfoAccess: optional(fc.record({ ocsp: words, caIssuers: words })),
    subjectInfoAccess: optional(fc.record({ caRepository: words, timeStamping: words })),
    issuerAltName: optional(fc.array(name, { maxLength: 2 })),
    tlsFeature: optional(fc.array(count, { maxLength: 2 })),
    netscapeComment: optional(word),
    microsoftTemplateName: optional(word),
    custom: optional(
      fc.array(fc.record({ oid: word, critical: fc.boolean(), value: word }), { maxLength: 2 }),
    ),
  },
  { requiredKeys: [] },
)

const asked: fc.Arbitrary<IssuanceRequest> = fc.record({
  subject: fc.array(
    fc.record({
      type: fc.oneof(
        fc.constantFrom('commonName', 'countryName', 'emailAddress', 'domainComponent', '1.2.3.4'),
        word,
      ),
      value: word,
    }),
    { maxLength: 3 },
  ),
  subjectAltNames: fc.array(name, { maxLength: 3 }),
  validity: optional(
    fc.oneof(
      fc.record({ days: count }),
      fc.record({ years: count }),
      fc.record({ notBefore: fc.date(), notAfter: fc.date() }),
    ),
  ),
  signature: optional(fc.constantFrom('ecdsa-sha256', 'ecdsa-sha512', 'rsa-sha256', 'constructor', '')),
  extensions,
})

const GOOD = request('www.example.com', { validity: { days: 30 } })

/** A valid request with some of its fields replaced: replacing all at once, hardly any would be accepted. */
const bent = fc
  .tuple(
    asked,
    fc.subarray(Object.keys(GOOD) as (keyof IssuanceRequest)[], { maxLength: 2 }),
    fc.nat(),
    fc.nat(),
  )
  .map(([typed, fields, first, second]): IssuanceRequest => {
    const names = Object.keys(typed.extensions) as (keyof ExtensionInputs)[]
    const kept = names.filter((_, at) => at === first % names.length || at === second % names.length)
    const few = {
      ...typed,
      extensions: Object.fromEntries(kept.map((kind) => [kind, typed.extensions[kind]])),
    }
    return { ...GOOD, ...Object.fromEntries(fields.map((field) => [field, few[field]])) }
  })

test(
  'whatever is typed is certified as typed or refused by field, and never breaks',
  { timeout: 120_000 },
  async () => {
    let prepared = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PROFILES), bent, async (profile, typed) => {
        try {
          const issuer = profile.kind === 'root' ? null : intermediate
          const { certificate, fields } = await prepare(profile, { ...typed, key }, issuer, surroundings())
          prepared += 1
          // The octets are a certificate that parses to the same values, and every field can be shown.
          expect(parseTbsCertificate(certificate.tbs).extensions).toEqual(certificate.extensions)
          expect(certificate.findings).toEqual([])
          expect(fields.length).toBeGreaterThan(8)
        } catch (error) {
          if (!isCodedError(error)) throw error
        }
      }),
      { numRuns: runs(5_000) },
    )
    expect(prepared).toBeGreaterThan(100)
  },
)
