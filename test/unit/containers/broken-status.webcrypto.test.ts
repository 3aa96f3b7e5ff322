import { beforeAll, describe, expect, test } from 'vitest'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import type { PileProblem } from '../../../src/containers/pile/items.ts'
import { seq } from '../../../src/der/writer.ts'
import { concat, toBase64 } from '../../../src/octets.ts'
import { endEntity, intermediate, root } from '../../support/chain.ts'
import { drawList, drawResponse } from '../../support/revocation.ts'

// A damaged status source is recognized however it is broken: its certificates are never called good.

let list: Uint8Array
let response: Uint8Array
let certificate: Uint8Array
beforeAll(async () => {
  const top = await root()
  const ca = await intermediate(top)
  const leaf = await endEntity(ca)
  certificate = leaf.certificate.der
  list = (await drawList(ca, { revoked: [leaf] })).der
  response = (await drawResponse(ca, leaf, ca, {})).der
})

async function problems(content: string | Uint8Array): Promise<readonly PileProblem[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return (await readPile([{ name: 'x', bytes }])).problems
}
const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${toBase64(der).replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`
const cut = (der: Uint8Array): Uint8Array => der.subarray(0, der.length - 20)

describe.each([
  ['crl', 'X509 CRL', () => list],
  ['ocspResponse', 'OCSP RESPONSE', () => response],
] as const)('%s', (status, label, value) => {
  const forms: [string, () => string | Uint8Array][] = [
    ['octets that end too early', () => cut(value())],
    ['behind a certificate that is whole', () => concat([certificate, cut(value())])],
    ['base64 that ends too early', () => `${toBase64(value()).slice(0, 160)}\n`],
    ['PEM of too few octets', () => pem(label, cut(value()))],
    ['PEM without its end', () => pem(label, value()).split('\n').slice(0, 4).join('\n')],
    ['PEM with a letter that is none of base64', () => pem(label, value()).replace(/^(.{90})./s, '$1!')],
  ]
  test.each(forms)('%s', async (_, form) => {
    expect((await problems(form()))[0]).toMatchObject({ status })
  })
})

test('a list without its signature', async () => {
  const tbs = list.subarray(list[1]! === 0x82 ? 4 : 3)
  const length = 4 + (tbs[2]! << 8) + tbs[3]!
  const alone = tbs[1] === 0x82 ? tbs.subarray(0, length) : tbs.subarray(0, 3 + tbs[2]!)
  expect(await problems(seq(alone))).toMatchObject([{ status: 'crl' }])
})

test('a certificate, a request or a key that is broken is not taken for one', async () => {
  for (const label of ['CERTIFICATE', 'CERTIFICATE REQUEST', 'PRIVATE KEY'])
    for (const content of [cut(certificate), pem(label, cut(certificate))])
      for (const problem of await problems(content)) expect(problem.status).toBeUndefined()
  expect(await problems(cut(certificate))).toHaveLength(1)
})

test('a value that is whole and has no date is no list', async () => {
  const nested = seq(seq(seq(new Uint8Array(60))), seq(new Uint8Array(40)))
  expect(await problems(nested)).toMatchObject([{ code: 'pile-unrecognised' }])
  expect((await problems(nested))[0]?.status).toBeUndefined()
})
