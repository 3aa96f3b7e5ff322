/** Certificates and answers that bear a CA's name and key, but that nobody of their issuer's name signed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AnswersView } from '../../../src/border/protocol/request.ts'
import type { ImportView } from '../../../src/border/protocol/import.ts'
import type { InFile } from '../../../src/border/words.ts'
import { hexOf } from '../../../src/octets.ts'
import { parseCertificate, type Certificate } from '../../../src/x509/certificate.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { parseRequest } from '../../../src/x509/request.ts'
import * as drawn from '../../support/chain.ts'
import { ADA, hierarchy, openedToday, prepareInput, type TestWorker } from '../../support/worker.ts'

let worker: TestWorker
beforeEach(async () => {
  worker = await openedToday()
})
afterEach(() => {
  worker.close()
})

const DAY = 86_400_000
const file = (name: string, bytes: Uint8Array): InFile => ({ name, bytes: bytes.slice() })
const keyFile = (name: string, { pkcs8 }: drawn.Key): InFile =>
  file(name, new TextEncoder().encode(encodePem('PRIVATE KEY', pkcs8)))
const own = async (commonName: string) => {
  const all = await worker.client.call('authority.list', null)
  return all.find((each) => each.commonName === commonName)!
}
const publicOnly = (spki: Uint8Array): drawn.Key => ({
  algorithm: 'p256',
  spki: spki.slice(),
  keyIdentifier: new Uint8Array(20),
  pkcs8: new Uint8Array(),
})

async function bring(...files: InFile[]): Promise<ImportView> {
  const view = await worker.client.call('import.read', { files })
  const indices = view.authorities.map(({ index }) => index)
  await worker.client.call('import.store', {
    token: view.token,
    choice: { authorities: indices, certificatesOf: indices, others: true, requests: true },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  return view
}

async function answer(...files: InFile[]): Promise<AnswersView['items']> {
  const { token, items } = await worker.client.call('answer.read', { files })
  const chosen = items.map(({ index }) => index)
  await worker.client.call('answer.store', { token, chosen, actor: ADA })
  return items
}

/** Resolves to 'signed', or to why not; accepts warnings, but no override of a revocation. */
async function signs(authorityId: string, name = 'a.example.com'): Promise<string> {
  try {
    const wish = { authorityId, profileId: 'tlsServer', commonName: name, names: [name] }
    const { token, warnings, errors } = await worker.client.call('issue.prepare', prepareInput(wish))
    if (token === null) return errors.join(' ')
    await worker.client.call('issue.sign', {
      token,
      acknowledged: warnings.filter((code) => !code.startsWith('tier-')),
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: ADA,
    })
    return 'signed'
  } catch (error) {
    return (error as { code: string }).code
  }
}

/** The names and the key of this CA, later dates, no constraints, and a signature by a stranger of the issuer's name. */
async function forged(der: Uint8Array, stranger?: drawn.Drawn): Promise<Certificate> {
  const { issuer, subject, spki } = parseCertificate(der)
  const signer = stranger ?? (await drawn.root({ subject: issuer.der }))
  const { certificate } = await drawn.intermediate(signer, {
    subject: subject.der,
    key: publicOnly(spki.der),
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date('2060-01-01T00:00:00Z'),
    extensions: { authorityKeyIdentifier: null },
  })
  return certificate
}

const derOf = async (commonName: string) => {
  const { certificateId } = await own(commonName)
  return (await worker.client.call('certificate.detail', { certificateId })).der
}

describe('a certificate of a CA that its issuer did not sign', () => {
  test('does not make a revoked CA good again, as an answer or among files', async () => {
    const { intermediateId } = await hierarchy(worker)
    const { certificateId, notAfter } = await own('Example Issuing CA')
    const revoked = { certificateId, reason: 'superseded', invalidityDate: null, actor: ADA } as const
    await worker.client.call('revocation.revoke', revoked)
    const bad = await forged(await derOf('Example Issuing CA'))

    expect(await answer(file('bad.der', bad.der))).toMatchObject([
      { kind: 'authority', refusal: 'not-signed', suggested: false, verdict: 'invalid' },
    ])
    const { authorities, problems } = await bring(file('bad.der', bad.der))
    expect(authorities).toEqual([])
    expect(problems).toMatchObject([{ code: 'import-not-signed', source: { file: 'bad.der' } }])
    expect(await own('Example Issuing CA')).toMatchObject({ certificateId, notAfter, status: 'revoked' })
    expect(await signs(intermediateId)).toBe('authority-revoked')
  })

  test('does not replace a root', async () => {
    const { rootId } = await hierarchy(worker)
    const { certificateId } = await own('Example Root')
    const bad = await forged(await derOf('Example Root'))
    expect(await answer(file('bad.der', bad.der))).toMatchObject([
      { refusal: 'not-signed', verdict: 'invalid' },
    ])
    await bring(file('bad.der', bad.der))
    expect(await own('Example Root')).toMatchObject({ id: rootId, certificateId })
  })

  test('sheds no name constraints, though another CA of the issuer’s name comes with it', async () => {
    const root = await drawn.root({ subject: 'CN=Outer Root', pathLen: 3 })
    const base = { kind: 'dNSName', value: 'example.com' } as const
    const nameConstraints = { permitted: [{ base, minimum: 0, maximum: null }], excluded: [] }
    const sub = await drawn.intermediate(root, { subject: 'CN=Our CA', extensions: { nameConstraints } })
    await bring(
      file('root.der', root.certificate.der),
      file('sub.der', sub.certificate.der),
      keyFile('sub.key', sub.key),
    )
    const { id } = await own('Our CA')
    expect(await signs(id, 'evil.test')).not.toBe('signed')

    const stranger = await drawn.root({ subject: 'CN=Outer Root', pathLen: 3 })
    const bad = await forged(sub.certificate.der, stranger)
    await bring(file('bad.der', bad.der))
    await bring(file('stranger.der', stranger.certificate.der), file('bad.der', bad.der))
    await answer(file('bad.der', bad.der))
    expect(await own('Our CA')).toMatchObject({ id, serialNumber: hexOf(sub.certificate.serialNumber) })
    expect(await signs(id, 'evil.test')).not.toBe('signed')

    const later = await drawn.crossCertificate(root, sub, { notAfter: new Date('2027-06-01T00:00:00Z') })
    await bring(file('later.der', later.certificate.der))
    expect(await own('Our CA')).toMatchObject({ id, serialNumber: hexOf(later.certificate.serialNumber) })
  })

  test('leaves its place to the one that comes with the key, or that is verified', async () => {
    const root = await drawn.root({ subject: 'CN=Outer Root' })
    const sub = await drawn.intermediate(root, { subject: 'CN=Our CA' })
    await bring(file('bad.der', (await forged(sub.certificate.der)).der))
    await bring(file('sub.der', sub.certificate.der), keyFile('sub.key', sub.key))
    expect(await own('Our CA')).toMatchObject({
      serialNumber: hexOf(sub.certificate.serialNumber),
      ready: true,
    })
  })
})

describe('an answer', () => {
  const make = async (
    key: { kind: 'generate'; algorithm: string } | { kind: 'kept'; certificateId: string },
  ) => {
    const value = key.kind === 'kept' ? 'Example Issuing CA' : 'Waiting CA'
    const { id } = await worker.client.call('request.make', {
      request: {
        profileId: 'intermediate',
        subject: [{ type: 'commonName', value }],
        subjectAltNames: [],
        signature: null,
        extensions: {},
      },
      key,
      keyKeeping: { kind: 'vault' },
      actor: ADA,
    })
    return parseRequest((await worker.client.call('request.detail', { requestId: id })).der)
  }
  const certified = (
    { spki }: ReturnType<typeof parseRequest>,
    signer: drawn.Drawn,
    drawing: drawn.Drawing,
  ) =>
    drawn.intermediate(signer, {
      key: publicOnly(spki.der),
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date('2040-01-01T00:00:00Z'),
      ...drawing,
    })

  test('is taken in with its issuer, and only with a signature that verifies', async () => {
    const request = await make({ kind: 'generate', algorithm: 'p256' })
    const signer = await drawn.root({ subject: 'CN=Outside' })
    const issuer = file('issuer.der', signer.certificate.der)
    const subject = request.subject.der
    const tamper = (signature: Uint8Array) => signature.with(-1, signature.at(-1)! ^ 1)
    const bad = await certified(request, signer, { subject, tamper })
    const good = await certified(request, signer, { subject })

    const alone = await answer(file('good.der', good.certificate.der))
    expect(alone).toMatchObject([{ kind: 'answer', refusal: 'issuer-missing', suggested: false }])
    expect(await answer(file('bad.der', bad.certificate.der), issuer)).toMatchObject([
      { kind: 'answer', refusal: 'not-signed', suggested: false },
      { kind: 'authority' },
    ])
    expect(await own('Waiting CA')).toBeUndefined()
    await answer(file('good.der', good.certificate.der), issuer)
    expect(await own('Waiting CA')).toMatchObject({ ready: true })
  })

  test('is not stored without the issuer that was read with it', async () => {
    const request = await make({ kind: 'generate', algorithm: 'p256' })
    const signer = await drawn.root({ subject: 'CN=Outside' })
    const good = await certified(request, signer, { subject: request.subject.der })
    const files = [file('a.der', good.certificate.der), file('b.der', signer.certificate.der)]
    const { token } = await worker.client.call('answer.read', { files })
    await expect(
      worker.client.call('answer.store', { token, chosen: [0], actor: ADA }),
    ).rejects.toMatchObject({ code: 'authority-not-signed' })
  })

  test('does not put a CA’s key under another name', async () => {
    await hierarchy(worker)
    const { certificateId } = await own('Example Issuing CA')
    const request = await make({ kind: 'kept', certificateId })
    const signer = await drawn.root({ subject: 'CN=Mallory' })
    const other = await certified(request, signer, { subject: 'CN=Another Name' })
    const issuer = file('issuer.der', signer.certificate.der)
    expect(await answer(issuer, file('other.der', other.certificate.der))).toMatchObject([
      { kind: 'authority' },
      { kind: 'answer', refusal: 'key-of-another', suggested: false },
    ])
    expect(await own('Another Name')).toBeUndefined()
  })
})

test('a key among files goes to one name only', async () => {
  const root = await drawn.root({ subject: 'CN=Outer Root' })
  const one = await drawn.intermediate(root, { subject: 'CN=One' })
  const two = await drawn.intermediate(root, { subject: 'CN=Two', key: one.key })
  const certificates = [root, one, two].map((each, n) => file(`${String(n)}.der`, each.certificate.der))
  await bring(...certificates, keyFile('one.key', one.key))
  expect(await own('One')).toMatchObject({ key: 'vault' })
  expect(await own('Two')).toMatchObject({ key: 'elsewhere' })
})
