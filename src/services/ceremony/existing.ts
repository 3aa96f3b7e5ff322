/** CAs of a plan in the vault: those that the ceremony made, and those that there were before. */
import { issueList } from '../../ca/certificate-list.ts'
import type { Signer } from '../../ca/issue.ts'
import type { ExistingAuthority, Plan, Step } from '../../ceremony/plan.ts'
import { CodedError } from '../../errors.ts'
import { concat, sameOctets, utf8 } from '../../octets.ts'
import { DAY } from '../../time.ts'
import { allRecords } from '../../vault/reading.ts'
import { schemeOf } from '../../webcrypto/algorithms.ts'
import { exportPrivateKey, generateKeyPair } from '../../webcrypto/keys.ts'
import { digest } from '../../webcrypto/signature.ts'
import { octetString } from '../../der/writer.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { assembleSigned, encodeTbsCertificate } from '../../x509/encode.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { encodePem } from '../../x509/pem.ts'
import { signWithOctets } from '../../x509/sign-with-octets.ts'
import { encodeSignatureAlgorithm } from '../../x509/signature-algorithms.ts'
import type { Call } from '../../border/dispatch.ts'
import { usualSignature } from '../lists/revoked.ts'
import { serialContent } from '../records/serials.ts'
import { generatedAs } from '../shared/facts.ts'
import { actorOf, quietly, type CeremonyContext } from './objects.ts'
import type { CeremonyRun } from './run.ts'

/**
 * Returns the id in the vault of a CA of the plan. In a rehearsal, one that there was before is given a stand-in: the same name,
 * dates and extensions with a key that is thrown away. Rejects with 'ceremony-issuer'.
 */
export async function authorityFor(
  context: CeremonyContext,
  step: Step,
  id: string,
  call: Call,
): Promise<string> {
  const existing = context.run.plan.existing.find((each) => each.id === id)
  if (!existing) return madeHere(context.run, id)
  const found = await inVault(context, existing)
  if (found !== null) return found
  if (context.run.kind === 'live') throw new CodedError('ceremony-issuer', { issuer: id })
  return standIn(context, step, existing, call)
}

function madeHere(run: CeremonyRun, id: string): string {
  const step = run.plan.steps.find(({ act, on }) => act === 'certificate' && on === id)
  const authority = step && run.said(step.id, 'authority')
  if (typeof authority !== 'string') throw new CodedError('ceremony-issuer', { issuer: id })
  return authority
}

/** Live it is that very certificate; in a rehearsal its stand-in, which has the same name. */
async function inVault(
  { session, run }: CeremonyContext,
  { certificate }: ExistingAuthority,
): Promise<string | null> {
  const { subject } = parseCertificate(certificate)
  for (const { value } of await allRecords(session.vault, 'certificates')) {
    if (value.ownAuthorityId === null) continue
    const isIt =
      run.kind === 'live'
        ? sameOctets(value.der, certificate)
        : sameOctets(parseCertificate(value.der).subject.der, subject.der)
    if (isIt) return value.ownAuthorityId
  }
  return null
}

/** Brings the stand-in into the vault of the rehearsal, as any CA is brought in. */
async function standIn(
  { handlers, run }: CeremonyContext,
  step: Step,
  existing: ExistingAuthority,
  call: Call,
): Promise<string> {
  const { id } = existing
  const { pem, list } = await standInFor(existing, run.plan)
  const quiet = quietly(call)
  await handlers['import.clear'](null, quiet)
  const view = await handlers['import.read']({ files: [{ name: `${id}.pem`, bytes: pem }, ...list] }, quiet)
  const choice = {
    ...{ authorities: view.authorities.map(({ index }) => index), certificatesOf: [] },
    ...{ others: false, requests: false },
  }
  const { authorities } = await handlers['import.store'](
    { token: view.token, choice, keyKeeping: { kind: 'vault' }, actor: actorOf(run, step) },
    quiet,
  )
  const [first] = authorities
  if (!first?.canSign) throw new CodedError('ceremony-issuer', { issuer: id })
  return first.authorityId
}

/**
 * Certificate and key in PEM: self-signed, and all that objects below it take from it is as long as it was. What the CA has
 * revoked is on a list of it, which the next ones go on from.
 */
async function standInFor(
  existing: ExistingAuthority,
  plan: Plan,
): Promise<{ pem: Uint8Array; list: { name: string; bytes: Uint8Array }[] }> {
  const { id } = existing
  const model = parseCertificate(existing.certificate)
  const algorithm = generatedAs(model.spki)
  const { keyType } = model.spki
  if (algorithm === null || keyType === null) throw new CodedError('ceremony-issuer', { issuer: id })
  const { privateKey, spki } = await generateKeyPair(algorithm)
  const pkcs8 = await exportPrivateKey(privateKey)
  const length = model.subjectKeyIdentifier?.length ?? 0
  const identifier = (await digest('SHA-256', spki)).subarray(0, length)
  const signature = usualSignature(model)
  const signatureAlgorithm = encodeSignatureAlgorithm(signature)
  const tbs = encodeTbsCertificate({
    ...{ serialNumber: model.serialNumber, signature: signatureAlgorithm, spki },
    ...{ issuer: model.subject.der, subject: model.subject.der },
    ...{ notBefore: model.notBefore, notAfter: model.notAfter },
    extensions: model.extensions
      .filter(({ oid }) => oid !== EXTENSION_OIDS.authorityKeyIdentifier)
      .map(({ oid, critical, value }) =>
        oid === EXTENSION_OIDS.subjectKeyIdentifier
          ? { oid, critical, value: octetString(identifier) }
          : { oid, critical, value },
      ),
  })
  const key: Signer = { sign: (scheme, data) => signWithOctets(keyType, pkcs8, scheme, data) }
  const certificate = assembleSigned(tbs, signatureAlgorithm, await key.sign(schemeOf(signature), tbs))
  const pem = concat([utf8(encodePem('CERTIFICATE', certificate)), utf8(encodePem('PRIVATE KEY', pkcs8))])
  if (existing.revoked.length === 0) return { pem, list: [] }
  const list = await formerList(existing, plan, parseCertificate(certificate), key)
  return { pem, list: [{ name: `${id}.crl`, bytes: list }] }
}

/** A list that was there before the first of the plan. */
async function formerList(
  { id, revoked }: ExistingAuthority,
  plan: Plan,
  signer: Certificate,
  key: Signer,
): Promise<Uint8Array> {
  const numbers = plan.lists.filter(({ issuer }) => issuer === id).map(({ number }) => BigInt(number))
  const first = numbers.reduce((least, number) => (number < least ? number : least), numbers[0] ?? 1n)
  const thisUpdate = new Date(Math.max(signer.notBefore.getTime(), plan.window.from.getTime() - DAY))
  const list = await issueList(
    {
      ...{ signer, signature: usualSignature(signer), thisUpdate, nextUpdate: signer.notAfter },
      ...{ number: first - 1n, previousNumber: null },
      revoked: revoked.map(({ serial, since, reason, invalidityDate }) => ({
        ...{ serialNumber: serialContent(serial), since, reason, invalidityDate },
        ...{ isCa: false, distributionPoints: [] },
      })),
    },
    key,
  )
  return list.der
}
