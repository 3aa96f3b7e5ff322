import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCodedError } from '../../../src/errors.ts'
import { TAG } from '../../../src/der/reader.ts'
import { integer, tlv } from '../../../src/der/writer.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { Drawn } from '../../support/chain.ts'
import { AT, endEntity, intermediate, root } from '../../support/chain.ts'
import { examine } from './examine.ts'

const ASKED = { at: AT, purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: 'example.com' }] } as const

function readable(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

const chain = async (): Promise<[Drawn, Drawn, Drawn]> => {
  const top = await root({ extensions: { certificatePolicies: [{ oid: '1.2.3', qualifiers: [] }] } })
  const nameConstraints = {
    permitted: [{ base: { kind: 'dNSName', value: 'example.com' }, minimum: 0, maximum: null }],
    excluded: null,
  } as const
  const ca = await intermediate(top, { pathLen: 0, extensions: { nameConstraints } })
  return [top, ca, await endEntity(ca)]
}

test('no octet changed in a chain makes it stand, throws or hangs', async () => {
  const drawn = await chain()
  const ders = drawn.map(({ certificate }) => certificate.der)
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (which, at, change) => {
        const certificates = ders.map((der, i) => {
          if (i !== which) return readable(der)
          const changed = Uint8Array.from(der)
          changed[at % changed.length]! ^= change
          return readable(changed)
        })
        const [top, ca, target] = certificates
        if (!top || !target) return
        for (const profile of ['path', 'rfc5280', 'webpki'] as const) {
          const pool = createPool({ anchors: [top], intermediates: ca ? [ca] : [] })
          expect((await validate(target, pool, { ...ASKED, profile })).verdict).not.toBe('valid')
        }
      },
    ),
    { numRuns: 400 },
  )
})

test('certificates of any kind in any role give a report', async () => {
  const [top, ca, target] = await chain()
  const odd = await Promise.all([
    root({ version: 1 }),
    root({ serialNumber: Uint8Array.of(0xff), subject: '' }),
    endEntity(ca, { subject: '', extensions: { subjectAltName: null } }),
    intermediate(ca, {
      notBefore: new Date('9999-12-31T23:59:59Z'),
      notAfter: new Date('1950-01-01T00:00:00Z'),
    }),
    endEntity(ca, { more: [{ oid: '2.5.29.30', critical: true, value: integer(1) }] }),
  ])
  const all = [top, ca, target, ...odd]
  for (const one of all)
    for (const anchor of all) {
      const report = await examine(one, { anchors: [anchor], intermediates: all }, ASKED)
      expect(report.paths.length).toBeGreaterThan(0)
      expect(report.best).toBeGreaterThanOrEqual(0)
    }
})

test('CAs that all certify one another end within the limits, be there a way out or none', async () => {
  const mesh = await Promise.all(Array.from({ length: 10 }, (_, i) => root({ subject: `CN=Mesh ${i}` })))
  const cross = (issuer: Drawn, { certificate, key }: Drawn) =>
    intermediate(issuer, { subject: certificate.subject.der, key })
  const intermediates = await Promise.all(
    mesh.flatMap((issuer) =>
      mesh.filter((subject) => subject !== issuer).map((subject) => cross(issuer, subject)),
    ),
  )
  // The door leads to the anchor by name only: it was signed by another key.
  const anchor = await root({ subject: 'CN=Anchor' })
  const door = await cross(await root({ subject: 'CN=Anchor' }), mesh[0]!)
  const target = await endEntity(mesh[0]!)
  for (const limits of [{}, { signatures: 10_000 }]) {
    const report = await examine(
      target,
      { anchors: [anchor], intermediates: [...intermediates, door] },
      { limits },
    )
    expect(report.verdict).toBe('exhausted')
    expect(report.paths.length).toBeLessThanOrEqual(200)
  }
})

test('a certificate with two hundred thousand malformed names is refused, and breaks nothing', async () => {
  const top = await root()
  const names = tlv(
    TAG.SEQUENCE,
    new Uint8Array(600_000).map((_, i) => [0x82, 1, 0x2d][i % 3]!),
  )
  const target = await endEntity(top, {
    extensions: { subjectAltName: null },
    more: [{ oid: EXTENSION_OIDS.subjectAltName, critical: false, value: names }],
  })
  const pool = createPool({ anchors: [top.certificate], intermediates: [] })
  const { verdict, paths } = await validate(target.certificate, pool, ASKED)
  expect(verdict).toBe('invalid')
  expect(paths[0]!.certificates[1]!.faults.map(({ code }) => code)).toContain('san-dns-malformed')
})
