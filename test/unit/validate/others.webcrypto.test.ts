import { beforeAll, expect, test } from 'vitest'
import { othersOn } from '../../../src/validate/question/others.ts'
import type { Other } from '../../../src/validate/question/others.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { createPool, validate } from '../../../src/validate/validate.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import type { Drawing, Drawn } from '../../support/chain.ts'
import { AT, drawKey, endEntity, intermediate, root } from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'

let top: Drawn
let ca: Drawn

beforeAll(async () => {
  top = await root()
  ca = await intermediate(top)
})

/** The verdicts on a server certificate drawn so, and what decided each; what these tests do not name is left out. */
async function opinions(
  drawing: Drawing,
  lists: (target: Drawn) => Promise<CertificateList[]> = () => Promise.resolve([]),
) {
  const target = await endEntity(ca, drawing)
  const pool = createPool({
    anchors: [top.certificate],
    intermediates: [ca.certificate],
    crls: await lists(target),
  })
  const options: ValidateOptions = { at: AT, purpose: 'serverAuth', revocation: 'given' }
  const report = await validate(target.certificate, pool, options)
  const all = othersOn(report.paths[report.best]!, options)
  return Object.fromEntries(
    all.map(({ other, verdict, because }) => [other, [verdict, ...because]]),
  ) as Record<Other, string[]>
}

test('a chain that meets every rule is accepted, and those that cannot be asked have no known difference', async () => {
  const said = await opinions({})
  for (const other of ['openssl', 'gnutls', 'nss', 'java', 'go'] as const)
    expect(said[other]).toEqual(['accepts'])
  for (const other of ['chrome', 'apple', 'windows'] as const) expect(said[other]).toEqual(['same-as-known'])
})

test('a revoked certificate is refused by those that are given the lists, and accepted by Go, which looks at none', async () => {
  const said = await opinions({}, async (target) => [await drawList(ca, { revoked: [target] })])
  for (const other of ['openssl', 'gnutls', 'java'] as const) expect(said[other]).toEqual(['refuses'])
  expect(said.go).toEqual(['accepts', 'no-revocation'])
  expect(said.nss).toEqual(['unknown'])
})

test('what §4 asks of issuers alone is let pass by all that were asked', async () => {
  const said = await opinions({ serialNumber: Uint8Array.of(0) })
  for (const other of ['openssl', 'gnutls', 'nss', 'java', 'go'] as const)
    expect(said[other]).toEqual(['accepts', 'issuer-demands'])
})

test('Apple refuses 825 days and more, and a server certificate without serverAuth', async () => {
  const notBefore = new Date('2026-01-01T00:00:00Z')
  const after = (days: number) => ({ notBefore, notAfter: new Date(notBefore.getTime() + days * 86_400_000) })
  expect((await opinions(after(825))).apple).toEqual(['refuses', 'validity-825-days'])
  expect((await opinions(after(824))).apple).toEqual(['same-as-known'])
  expect((await opinions({ extensions: { extKeyUsage: null } })).apple).toEqual([
    'refuses',
    'san-and-purpose-demanded',
  ])
})

test('browsers refuse keys they cannot use', async () => {
  expect((await opinions({ key: await drawKey('ed25519') })).chrome).toEqual(['refuses', 'key-unsupported'])
  expect((await opinions({ key: await drawKey('p384') })).chrome).toEqual(['same-as-known'])
})
