import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool, validate } from '../../src/validate/validate.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { JAVA_INDIRECT } from '../support/peers/revocation.ts'
import { run, scratch } from '../support/run.ts'
import { ADA, LIST, createVault, hierarchy, issue, startWorker } from '../support/worker.ts'
import type { TestWorker } from '../support/worker.ts'

// A root, a CA, and another CA below the same root that signs the lists of the first (RFC 5280 §5.2.5, §5.3.3): what the
// page makes of it, from an empty vault on, is validated by outsiders and by us.

const ADDRESS = 'http://crl.example.com/indirect.crl'

let worker: TestWorker
let ids: { rootId: string; intermediateId: string; signerId: string }
let chain: { root: Uint8Array; ca: Uint8Array; signer: Uint8Array }
let good: Uint8Array
let bad: { der: Uint8Array; certificateId: string }

beforeAll(async () => {
  worker = startWorker()
  await createVault(worker)
  const { rootId, intermediateId } = await hierarchy(worker)
  const wish = { authorityId: rootId, profileId: 'intermediate', commonName: 'Example List Signer' }
  const signer = await issue(worker, wish)
  ids = { rootId, intermediateId, signerId: signer.authorityId! }
  const authorities = await worker.client.call('authority.list', null)
  const { subjectDer } = authorities.find(({ id }) => id === ids.signerId)!
  const server = (name: string, cRLIssuer: string) =>
    issue(worker, {
      authorityId: intermediateId,
      profileId: 'tlsServer',
      commonName: name,
      names: [name],
      extensions: { cRLDistributionPoints: [ADDRESS], cRLIssuer },
    })
  // As chosen in the form, and as typed.
  good = (await server('good.example.com', subjectDer)).der
  bad = await server('bad.example.com', 'CN=Example List Signer')
  const detail = await worker.client.call('certificate.detail', { certificateId: bad.certificateId })
  chain = { ca: detail.chain[1]!, root: detail.chain[2]!, signer: signer.der }
})
afterAll(() => {
  worker.close()
})

const sign = async (authorityId: string, indirectFor: readonly string[] = []): Promise<Uint8Array> => {
  worker.clock.now += 2000
  const { signed } = await worker.client.call('list.sign', { ...LIST, authorityId, indirectFor })
  return signed[0]!.der
}

const pem = (...ders: readonly Uint8Array[]): string =>
  ders.map((der) => encodePem('CERTIFICATE', der)).join('')
const crlPem = (lists: readonly Uint8Array[]): string =>
  lists.map((der) => encodePem('X509 CRL', der)).join('')

type Said = 'good' | 'revoked' | 'other'

async function openssl(target: Uint8Array, lists: readonly Uint8Array[]): Promise<Said> {
  const { file } = scratch()
  const { output } = await run('openssl', [
    ...['verify', '-x509_strict', '-crl_check', '-extended_crl'],
    ...['-attime', String(Math.floor(worker.clock.now / 1000) + 5)],
    ...['-CAfile', file('root.pem', pem(chain.root))],
    ...['-untrusted', file('untrusted.pem', pem(chain.ca, chain.signer))],
    ...['-CRLfile', file('crl.pem', crlPem(lists)), file('t.pem', pem(target))],
  ])
  return /t\.pem: OK/.test(output) ? 'good' : /certificate revoked/.test(output) ? 'revoked' : 'other'
}

async function java(target: Uint8Array, lists: readonly Uint8Array[]): Promise<Said> {
  const { file } = scratch()
  const { output } = await run('java', [
    file('CheckIndirect.java', JAVA_INDIRECT),
    String(worker.clock.now + 5000),
    file('root.pem', pem(chain.root)),
    file('path.pem', pem(target, chain.ca)),
    file('crl.pem', crlPem(lists)),
    file('signer.pem', pem(chain.signer)),
  ])
  return output.startsWith('VALID') ? 'good' : /REVOKED/.test(output) ? 'revoked' : 'other'
}

async function ours(target: Uint8Array, lists: readonly Uint8Array[]): Promise<Said> {
  const pool = createPool({
    anchors: [parseCertificate(chain.root)],
    intermediates: [parseCertificate(chain.ca), parseCertificate(chain.signer)],
    crls: lists.map((der) => parseCertificateList(der)),
  })
  const at = new Date(worker.clock.now + 5000)
  const report = await validate(parseCertificate(target), pool, { at, revocation: 'require' })
  if (report.verdict === 'valid') return 'good'
  const { certificates } = report.paths[report.best]!
  const codes = certificates.flatMap(({ refusals }) => refusals.map(({ code }) => code))
  return codes.includes('revoked') ? 'revoked' : 'other'
}

const PROGRAMS = { openssl, java, ours }

test('OpenSSL, Java and our validator accept the good certificate, and refuse the one on the indirect list', async () => {
  const ofRoot = await sign(ids.rootId)
  const plan = await worker.client.call('list.plan', { authorityId: ids.signerId })
  // What the dialog proposes: the signer speaks for the CA, and the CA is told that its own list is not looked for.
  expect(plan.speaksFor).toEqual([ids.intermediateId])
  expect(await worker.client.call('list.plan', { authorityId: ids.intermediateId })).toMatchObject({
    signedBy: ['CN=Example List Signer'],
    speaksFor: [],
  })
  const before = await sign(ids.signerId, plan.speaksFor)
  for (const [name, examine] of Object.entries(PROGRAMS))
    expect([name, await examine(good, [ofRoot, before]), await examine(bad.der, [ofRoot, before])]).toEqual([
      ...[name, 'good', 'good'],
    ])
  await worker.client.call('revocation.revoke', {
    ...{ certificateId: bad.certificateId, reason: 'keyCompromise', invalidityDate: null, actor: ADA },
  })
  const after = await sign(ids.signerId, plan.speaksFor)
  for (const [name, examine] of Object.entries(PROGRAMS))
    expect([name, await examine(good, [ofRoot, after]), await examine(bad.der, [ofRoot, after])]).toEqual([
      ...[name, 'good', 'revoked'],
    ])
})

test('a list that the issuing CA signs itself counts where the named one is not at hand (§6.3.3)', async () => {
  const lists = [await sign(ids.rootId), await sign(ids.intermediateId)]
  for (const examine of [openssl, ours])
    expect([await examine(good, lists), await examine(bad.der, lists)]).toEqual(['good', 'revoked'])
  // Java asks for the list of the point alone.
  expect(await java(good, lists)).toBe('other')
})

test('openssl shows whose entry it is, and who signs the list', async () => {
  const { file } = scratch()
  const list = await sign(ids.signerId, [ids.intermediateId])
  const { output } = await run('openssl', [
    ...['crl', '-noout', '-text', '-inform', 'DER', '-in', file('indirect.crl', list)],
  ])
  expect(output).toMatch(/Indirect CRL/)
  expect(output).toMatch(/Certificate Issuer: critical\s+DirName:.*Example Issuing CA/)
  const certificate = await run('openssl', ['x509', '-noout', '-text', '-in', file('good.pem', pem(good))])
  expect(certificate.output).toMatch(/CRL Issuer:\s+DirName:.*Example List Signer/)
})
