import '../../support/english.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCodedError } from '../../../src/errors.ts'
import { lint } from '../../../src/lint/lint.ts'
import { RFC5280_RULES } from '../../../src/lint/rfc5280/index.ts'
import { always, bitsIn } from '../../../src/lint/rule.ts'
import type { ListedRule } from '../../../src/lint/rule.ts'
import { TRAP_RULES } from '../../../src/lint/traps/index.ts'
import { WEBPKI_RULES } from '../../../src/lint/webpki/index.ts'
import { findingFix, findingSentence } from '../../../src/messages/messages.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { hostileOctets, runs } from '../../support/fuzz.ts'
import { debianRoots } from '../../support/roots.ts'
import { corpusCertificates, pathCertificates } from '../../support/vectors.ts'
import { contextOf, dns, draw, ip, permitted } from './draw.ts'

const RULES: readonly ListedRule[] = [...RFC5280_RULES, ...TRAP_RULES, ...WEBPKI_RULES]

const certificates = [
  ...debianRoots(),
  ...corpusCertificates(),
  ...['limbo', 'pkits', 'bettertls'].flatMap(pathCertificates),
]

function read(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

/** Every rule reports on the certificate, in every place, and every finding has its words. */
function examine(certificate: Certificate): void {
  for (const place of ['anchor', 'ca', 'target'] as const)
    for (const issuer of [null, certificate])
      for (const finding of lint(certificate, RULES, { place, issuer, issuedAt: certificate.notBefore })) {
        findingFix(finding, 'It')
        if (!findingSentence(finding, 'It').startsWith('It')) throw new Error(finding.code)
      }
}

test('a rule that is skipped for want of an extension would have found nothing', () => {
  const readable = certificates.flatMap(([, der]) => read(der) ?? [])
  let skipped = 0
  for (const certificate of readable) {
    const present = bitsIn(certificate)
    for (const rule of RULES) {
      if ((rule.bits & present) !== 0) continue
      const context = { place: 'target', issuer: certificate, issuedAt: certificate.notBefore } as const
      // If the extension is all it checks, there is nothing else to compare with.
      if (rule.applies !== always && rule.applies(certificate, context))
        expect(rule.check(certificate, context), rule.code).toEqual([])
      skipped++
    }
  }
  expect(skipped).toBeGreaterThan(readable.length * 30)
})

test('no rule fails on any certificate at hand', () => {
  const readable = certificates.flatMap(([, der]) => read(der) ?? [])
  expect(readable.length).toBeGreaterThan(1000)
  readable.forEach(examine)
})

test('no rule fails on certificates that were cut, bent and spliced', () => {
  const seeds = certificates.map(([, der]) => der).filter((der) => der.length < 4096)
  fc.assert(
    fc.property(hostileOctets(seeds), (octets) => {
      const certificate = read(octets)
      if (certificate) examine(certificate)
    }),
    { numRuns: runs(20_000) },
  )
})

test('the work grows with the size of a certificate, and not with its square', () => {
  const many = Array.from({ length: 20_000 }, (_, n) => `host-${String(n)}.example.com`)
  const names = { extensions: { subjectAltName: dns(...many, 'host-0.example.com') } }
  expect(lint(draw(names), RULES, contextOf(names)).map(({ code }) => code)).toContain('san-repeated')
  const constrained = {
    kind: 'ca',
    extensions: {
      nameConstraints: permitted(
        ...dns(...many),
        ...many.map((_, n) => ip(10, 0, n >> 8, n & 255, 255, 255, 255, 255)),
      ),
    },
  } as const
  expect(lint(draw(constrained), RULES, contextOf(constrained)).map(({ code }) => code)).not.toContain(
    'name-constraints-ip-malformed',
  )
})
