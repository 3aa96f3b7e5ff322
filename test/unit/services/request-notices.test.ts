import '../../support/english.ts'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { profileById, type Profile } from '../../../src/ca/profiles.ts'
import { issueRequest, prepareRequest } from '../../../src/ca/request.ts'
import { faultyNames } from '../../../src/ca/faulty-names.ts'
import { Reader, TAG } from '../../../src/der/reader.ts'
import { explicit, octetString, oid, seq, tlv, utf8String } from '../../../src/der/writer.ts'
import type { Finding } from '../../../src/findings.ts'
import { parseTypedExtensions } from '../../../src/x509/extensions/typed.ts'
import type { CertificationRequest } from '../../../src/x509/request.ts'
import { cnNotInSan } from '../../../src/lint/traps/cn-not-in-san.ts'
import { findingFix, messages } from '../../../src/messages/messages.ts'
import { isPossible, isSound } from '../../../src/state/requests/requests-possible.ts'
import { algorithmName } from '../../../src/messages/called.ts'
import { keyAlgorithmOf } from '../../../src/services/shared/facts.ts'
import { noticesOf } from '../../../src/services/requests/notices.ts'
import { REQUEST_ATTRIBUTE_OIDS } from '../../../src/x509/oids.ts'
import { fromBase64 } from '../../../src/octets.ts'
import { parseRequest } from '../../../src/x509/request.ts'
import { endEntity, pem, root } from '../../support/chain.ts'
import { request, testKey } from '../../support/authority.ts'
import { createVault, hierarchy, prepareInput, startWorker } from '../../support/worker.ts'

const FOLDER = new URL('../../fixtures/requests/', import.meta.url)
const fixture = (name: string): Uint8Array =>
  fromBase64(readFileSync(new URL(name, FOLDER), 'utf8').replace(/-----[^-]+-----|\s/g, ''))!

async function asking(profile: Profile, over: Parameters<typeof request>[1]): Promise<Uint8Array> {
  const key = await testKey('p256')
  const prepared = prepareRequest(profile, { ...request('www.example.com', over), key: key.spki })
  return (await issueRequest(prepared, key.signer)).der
}

test('more challenge passwords than one are told, in one attribute or in two', () => {
  const good = parseRequest(fixture('csr-good.pem'))
  const oid = REQUEST_ATTRIBUTE_OIDS.challengePassword
  const [one, two] = [utf8String('one'), utf8String('two')]
  const noticed = (...attributes: { oid: string; values: Uint8Array[] }[]) =>
    noticesOf({ ...good, attributes: [...good.attributes, ...attributes] })
  expect(noticed({ oid, values: [one] })).toEqual(noticesOf(good))
  const again = { kind: 'password-again', passwords: 2 }
  expect(noticed({ oid, values: [one, two] })).toContainEqual(again)
  expect(noticed({ oid, values: [one] }, { oid, values: [two] })).toContainEqual(again)
})

test('attributes that no certificate has are told by name, and thousands of them in one line', () => {
  const good = parseRequest(fixture('csr-good.pem'))
  const values = [utf8String('x')]
  const noticed = (...oids: string[]) =>
    noticesOf({ ...good, attributes: [...good.attributes, ...oids.map((oid) => ({ oid, values }))] })
  const windows = [REQUEST_ATTRIBUTE_OIDS.osVersion, REQUEST_ATTRIBUTE_OIDS.requestClientInfo]
  expect(noticed(...windows, '1.2.840.113549.1.9.2', ...windows)).toEqual([
    ...noticesOf(good),
    { kind: 'attributes-left', attributes: ['osVersion', 'requestClientInfo', 'unstructuredName'], all: 3 },
  ])
  const many = noticed(...Array.from({ length: 3000 }, (_, n) => `1.2.3.${String(n)}`)).at(-1)!
  expect(many).toMatchObject({ kind: 'attributes-left', all: 3000 })
  const say = messages().ui.requests.certify.notices['attributes-left']
  if (many.kind === 'attributes-left')
    expect(say(many.attributes, many.all)).toContain('1.2.3.7 and 2,992 more')
  expect(say(['osVersion'], 1)).toBe(
    'It also carries osVersion. A certificate has no place for this: nothing of it is certified.',
  )
})

/** A request whose SAN, of the same length, begins as these octets do. */
function withNames(value: Uint8Array): CertificationRequest {
  const good = parseRequest(fixture('csr-good.pem'))
  const findings: Finding[] = []
  const list = seq(seq(oid('2.5.29.17'), octetString(value)))
  const { extensions, values } = parseTypedExtensions(new Reader(list).sequence(), findings)
  return { ...good, extensions, findings, subjectAltName: values.subjectAltName }
}

test('names that cannot be read are told, though the common name takes their place', () => {
  const notices = noticesOf(withNames(Uint8Array.of(0x30, 2, 0x89, 0)))
  expect(notices).toEqual([{ kind: 'not-read', field: 'subjectAltName' }])
  expect(messages().ui.requests.certify.notices['not-read']('SAN')).toContain('cannot be read')
})

test('a user principal name that is not UTF-8 is not taken, whatever else there is', () => {
  const principal = (...octets: number[]) => {
    const value = explicit(0, tlv(TAG.UTF8_STRING, Uint8Array.from(octets)))
    return seq(tlv(0xa0, oid('1.3.6.1.4.1.311.20.2.3'), value))
  }
  expect(noticesOf(withNames(principal(0x61)))).toEqual([])
  const broken = withNames(principal(0xfc))
  expect(noticesOf(broken)).toEqual([{ kind: 'name-not-taken', name: 'UPN:#0c01fc' }])
  expect(faultyNames(broken.subjectAltName)).toEqual([
    { place: 0, kind: 'otherName', text: 'UPN:#0c01fc', instead: null },
  ])
})

test('what cannot be read of a request nobody is said to have typed, and it is told in every place', async () => {
  const worker = startWorker()
  const { client } = worker
  await createVault(worker)
  const { intermediateId } = await hierarchy(worker)
  const der = fixture('csr-latin1-with-san.pem')
  const files = [{ name: 'latin1.csr', bytes: der }]
  const notice = expect.objectContaining({ kind: 'subject-no-text' }) as unknown
  const { requests } = await client.call('request.read', { files })
  expect(requests[0]!.notices).toContainEqual(notice)
  const { subject, subjectAltNames } = requests[0]!
  const input = prepareInput({ authorityId: intermediateId, profileId: 'tlsServer', commonName: '' })
  const prepared = await client.call('issue.prepare', {
    ...input,
    request: { ...input.request, subject, subjectAltNames },
    key: { kind: 'request', der, take: [], requestId: null },
  })
  const said = prepared.compared!.find(({ field }) => field === 'subject')
  expect([said?.verdict, said?.why]).toEqual(['changed', 'request'])
  const { token } = await client.call('certify.read', { files, requestIds: [] })
  await client.call('certify.keep', { token, chosen: [0], actor: { who: 'Ada' } })
  const [row] = await client.call('request.list', null)
  const detail = await client.call('request.detail', { requestId: row!.id })
  expect(detail.notices).toContainEqual(notice)
  worker.close()
})

test('nothing that the certificate has is said to be left out', async () => {
  const worker = startWorker()
  const { client } = worker
  await createVault(worker)
  const { rootId } = await hierarchy(worker)
  const LEFT_OUT = ['computed', 'issuer-decides', 'ca-only', 'not-in-profile']
  const long = { pathLen: 3, keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'] as const }
  const asked = [
    await asking(profileById('intermediate')!, { extensions: long }),
    await asking(profileById('tlsServer')!, { extensions: { extKeyUsage: ['codeSigning'] } }),
  ]
  for (const bytes of asked)
    for (const profileId of ['intermediate', 'tlsServer', 'codeSigning', 'email']) {
      const files = [{ name: 'a.csr', bytes }]
      const { token } = await client.call('certify.read', { files, requestIds: [] })
      const choices = { token, authorityId: rootId, profileId, validity: null, take: [], chosen: [0] }
      const { previews, wanted } = await client.call('certify.preview', choices)
      const given = previews[0]!.fields.filter((each) => each.given !== null).map(({ field }) => field)
      const keyIdentifiers = ['subjectKeyIdentifier', 'authorityKeyIdentifier']
      const contradicted = wanted.filter(
        ({ field, refusal }) =>
          refusal !== null &&
          LEFT_OUT.includes(refusal) &&
          given.includes(field) &&
          !keyIdentifiers.includes(field),
      )
      expect(contradicted).toEqual([])
    }
  worker.close()
})

test('a key that is weak, broken or of no kind known here is told where the request comes in, and decides whether it can be', () => {
  const of = (name: string) => ({
    possession: 'valid' as const,
    notices: noticesOf(parseRequest(fixture(name))),
  })
  const codes = (name: string) =>
    of(name).notices.map((each) => (each.kind === 'key' ? each.finding.code : each.kind))
  expect(codes('csr-good.pem')).toEqual([])
  expect(codes('csr-rsa-512.pem')).toEqual(['rsa-below-1024'])
  expect(codes('csr-rsa-1024.pem')).toEqual(['rsa-below-2048'])
  expect(codes('csr-secp256k1.pem')).toEqual(['key-kind-unchecked'])
  expect(['csr-good.pem', 'csr-rsa-512.pem', 'csr-rsa-1024.pem'].map((name) => isPossible(of(name)))).toEqual(
    [true, false, true],
  )
  expect(['csr-good.pem', 'csr-rsa-512.pem', 'csr-rsa-1024.pem'].map((name) => isSound(of(name)))).toEqual([
    true,
    false,
    false,
  ])
})

test('kinds of key are called by name; what has none is unknown, with its number', () => {
  const { spki } = parseRequest(fixture('csr-secp256k1.pem'))
  expect(algorithmName(keyAlgorithmOf(spki))).toBe('ECDSA on secp256k1')
  expect(algorithmName(keyAlgorithmOf(parseRequest(fixture('csr-good.pem')).spki))).toBe('ECDSA P-256')
  expect(algorithmName('1.2.3.4.5')).toBe('unknown (1.2.3.4.5)')
  expect(algorithmName('rsa-1536')).toBe('RSA 1536')
})

test('where no request is in a file, what is in it is said', async () => {
  const { client } = startWorker()
  const read = async (text: string) =>
    client.call('request.read', { files: [{ name: 'x.pem', bytes: new TextEncoder().encode(text) }] })
  const csr = readFileSync(new URL('csr-good.pem', FOLDER), 'utf8')
  const three = await read(`for the shop\n${csr}\nand these\n${csr}${csr}`)
  expect([three.requests.length, three.found]).toEqual([3, { request: 3 }])
  const top = await root()
  const none = await read(pem(top, await endEntity(top)))
  expect(messages().ui.requests.certify.none(none.found)).toBe(
    'There is no request in it. It holds 2 certificates instead.',
  )
  expect(messages().ui.requests.answerNone(three.found)).toMatch(/It holds 3 requests \(CSR\) instead\.$/)
  expect(messages().ui.requests.certify.none({})).toBe('There is no request in it.')
})

test.each([
  ['bücher.example', 'xn--bcher-kva.example', /^Write it as its A-label, xn--bcher-kva\.example, in /],
  ['Jörg Müller', null, /^Leave it out of the common name/],
  ['shop.example', 'shop.example', /^Add shop\.example as a subject alternative name/],
])(
  'a common name %s that is not among the names: what to write is a name of a host',
  async (commonName, asName, said) => {
    const { certificate } = await endEntity(await root(), { subject: `CN=${commonName}` })
    const context = { place: 'target', issuedAt: new Date(), issuer: null } as const
    expect(cnNotInSan.check(certificate, context)).toEqual([{ commonName, asName }])
    const finding = { code: 'cn-not-in-san', detail: { commonName, asName } } as const
    expect(findingFix(finding, 'x')).toMatch(said)
  },
)
