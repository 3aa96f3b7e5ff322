import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createVault, hierarchy, startWorker } from '../../support/worker.ts'
import { encodeExtension } from '../../../src/x509/extensions/table.ts'
import {
  encodeAttribute,
  type DirectoryAttribute,
} from '../../../src/x509/extensions/subject-directory-attributes.ts'
import { integer, oid, seq, tlv } from '../../../src/der/writer.ts'
import { parseRequest } from '../../../src/x509/request.ts'
import { REQUEST_ATTRIBUTE_OIDS } from '../../../src/x509/oids.ts'
import { noticesOf } from '../../../src/services/requests/notices.ts'
import { testKey } from '../../support/authority.ts'
import type { TestWorker } from '../../support/worker.ts'

const FOLDER = new URL('../../fixtures/requests/', import.meta.url)
let worker: TestWorker
let authorityId: string

beforeAll(async () => {
  worker = startWorker()
  await createVault(worker)
  authorityId = (await hierarchy(worker)).intermediateId
})
afterAll(() => {
  worker.close()
})

async function lookedAt(name: string) {
  const files = [{ name, bytes: new Uint8Array(readFileSync(new URL(name, FOLDER))) }]
  const { token, items } = await worker.client.call('certify.read', { files, requestIds: [] })
  const { previews } = await worker.client.call('certify.preview', {
    token,
    authorityId,
    profileId: 'tlsServer',
    validity: null,
    take: [],
    chosen: [0],
  })
  return { item: items[0]!, preview: previews[0]! }
}

test('extensions in Microsoft’s attribute and in PKCS#9’s are joined, the latter first, and that is told', async () => {
  const { item, preview } = await lookedAt('csr-ms-and-pkcs9.pem')
  expect(item.subjectAltNames).toEqual(['DNS:a.example.com'])
  expect(item.notices).toContainEqual({ kind: 'lists-joined', lists: 2 })
  const names = preview.fields.find(({ field }) => field === 'subjectAltName')
  expect(names).toMatchObject({ asked: 'DNS:a.example.com', given: 'DNS:a.example.com', why: 'request' })
})

test('a common name that is no text is told before anything is signed', async () => {
  const { item } = await lookedAt('csr-latin1-with-san.pem')
  expect(item.notices).toContainEqual({ kind: 'subject-no-text', field: 'commonName' })
})

test('nothing is said to be the operator’s where nobody typed', async () => {
  for (const name of ['csr-ms-and-pkcs9.pem', 'csr-latin1-with-san.pem', 'csr-good.pem']) {
    const { preview } = await lookedAt(name)
    expect(preview.fields.length).toBeGreaterThan(0)
    expect(preview.fields.map(({ why }) => why)).not.toContain('operator')
  }
})

const asked = (host: string) =>
  seq(
    encodeExtension({
      oid: '2.5.29.17',
      critical: false,
      value: seq(tlv(0x82, new TextEncoder().encode(host))),
    }),
  )

/** A request with these attributes; the signer does not matter for what it requests. */
async function withAttributes(...attributes: DirectoryAttribute[]) {
  const { spki } = await testKey('p256')
  const set = tlv(0xa0, ...attributes.map(encodeAttribute))
  const algorithm = seq(oid('1.2.840.10045.4.3.2'))
  return parseRequest(seq(seq(integer(0), seq(), spki, set), algorithm, tlv(3, new Uint8Array([0, 1]))))
}
const { extensionRequest } = REQUEST_ATTRIBUTE_OIDS

test('a repeated attribute, and a second value of one, are read: the first is taken, the others are told', async () => {
  const [first, second] = [asked('first.example'), asked('second.example')]
  const repeated = await withAttributes(
    { oid: extensionRequest, values: [first] },
    { oid: extensionRequest, values: [second] },
  )
  const twoValues = await withAttributes({ oid: extensionRequest, values: [first, second] })
  for (const request of [repeated, twoValues]) {
    expect(request.extensions).toHaveLength(1)
    expect(noticesOf(request)).toEqual([
      { kind: 'lists-joined', lists: 2 },
      { kind: 'asked-again', field: 'subjectAltName', differs: true },
    ])
  }
  expect(repeated.subjectAltName).toEqual([{ kind: 'dNSName', value: 'first.example' }])
})
