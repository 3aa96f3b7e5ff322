import { zipSync } from 'fflate'
import type { Signer } from '../../ca/issue.ts'
import { schedulePeriods, type Period } from '../../ca/list-schedule.ts'
import { filePathOf, issueOcspResponse, type CertIdHash } from '../../ca/ocsp-response.ts'
import { exportFileName } from '../../containers/file-name.ts'
import { CodedError } from '../../errors.ts'
import { allRecords, recordsOf, requireRecord } from '../../vault/reading.ts'
import type { CertificateRecord } from '../../vault/shapes.ts'
import { unlockSigningKey } from '../../vault/signing-keys.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { ACCESS_METHOD_OIDS, EKU_OIDS } from '../../x509/oids.ts'
import { KeyCache } from '../../x509/signed.ts'
import type { Handlers } from '../dispatch.ts'
import { callingName, revocationOf, serialOf } from '../facts.ts'
import type { In } from '../protocol.ts'
import { filled, instant, sheetHtml, sheetText, type Sheet } from '../lists/publish.ts'
import type { Responder, ResponseWords } from '../protocol/response.ts'
import { addressesNamed, issuedBy, revokedBy, storedAuthority, usualSignature } from '../lists/revoked.ts'
import type { Session } from '../session.ts'
import { nginxFor } from '../lists/static-responder.ts'

type ResponseMethods = Pick<Handlers, Extract<keyof Handlers, `response.${string}`>>

/** Files of one act at most: a ZIP is made in memory. */
const MOST = 100_000
const MOST_PERIODS = 120

/** OCSP responses signed ahead, as files for a server that knows nothing of OCSP. */
export function responseMethods(session: Session): ResponseMethods {
  return {
    async 'response.plan'({ authorityId }) {
      await session.vault.requireOpen()
      const now = new Date(session.now)
      const { certificate } = await storedAuthority(session, authorityId)
      const good = await session.inventory.ids({ authorityId, state: 'good' }, session.now)
      const revoked = (await revokedBy(session, authorityId)).filter(
        ({ der }) => parseCertificate(der).notAfter > now,
      )
      const { lastJournalAt } = await session.vault.state()
      return {
        responders: await respondersOf(session, authorityId, now),
        certificates: good.length + revoked.length,
        revoked: revoked.length,
        addresses: await addressesNamed(session, authorityId, respondersNamed),
        authorityNotAfter: certificate.notAfter,
        clock: {
          now,
          lastJournalAt: lastJournalAt === null ? null : new Date(lastJournalAt),
          behind: lastJournalAt !== null && now.getTime() < lastJournalAt,
        },
      }
    },

    async 'response.sign'(input, call) {
      await session.begin(input.actor)
      const { authorityId, words, actor } = input
      const { certificate: issuer } = await storedAuthority(session, authorityId)
      const { responder, signer } = await responderOf(session, input, issuer)
      const from = new Date(Math.floor(session.now / 1000) * 1000)
      const periods = periodsOf(input, from, responder)
      const perTarget = periods.length * input.hashes.length
      // What is chosen is counted before it is read.
      const chosen = input.certificateIds && [...new Set(input.certificateIds)]
      checkCount((chosen?.length ?? 0) * perTarget)
      const targets = await targetsOf(session, authorityId, chosen, from)
      const total = targets.length * perTarget
      checkCount(total)
      if (total === 0) throw new CodedError('response-of-nothing', null)
      const signing = { issuer, responder, signer, targets, hashes: input.hashes }
      const contents: Record<string, Uint8Array> = {}
      let done = 0
      for (const period of periods)
        for await (const { path, der } of responsesOf(signing, period)) {
          contents[`${folderOf(period)}/${path}`] = der
          done += 1
          if (done % 50 === 0) {
            call.signal.throwIfAborted()
            call.progress({ kind: 'step', step: 'response.sign', done, total })
          }
        }
      call.signal.throwIfAborted()
      const at = new Date(session.now)
      const addresses = [...new Set(targets.flatMap(({ certificate }) => respondersNamed(certificate)))]
      const known = { name: callingName(issuer), at: instant(at), who: actor.who, count: String(done) }
      const sheet = sheetOf(periods, targets.length * input.hashes.length, words, known, addresses[0] ?? null)
      contents['publish.html'] = new TextEncoder().encode(sheetHtml(sheet))
      contents['publish.txt'] = new TextEncoder().encode(sheetText(sheet))
      // Answers in the name of an authority are not handed over before the journal knows of them.
      await session.commit({
        entries: [
          session.draft('responses-signed', `${callingName(issuer)} · ${String(done)}`, actor, authorityId),
        ],
        durability: 'strict',
      })
      const bytes = zipSync(contents, { level: 0, mtime: at })
      const name = exportFileName(issuer, 'ocsp', 'zip')
      return {
        file: { name, type: 'application/zip', bytes },
        certificates: targets.length,
        responses: done,
      }
    },
  }
}

/** Certificates with OCSPSigning from the authority itself, whose keys are here (RFC 6960 §4.2.2.2). */
async function respondersOf(session: Session, authorityId: string, now: Date): Promise<Responder[]> {
  const { vault, inventory } = session
  // Its own profile, those an operator made, and whatever has the word in its names: no record else is read.
  const own = (await allRecords(vault, 'profiles')).map(({ id }) => id)
  const asked = ['ocspSigner', 'custom', ...own].map((profileId) =>
    inventory.ids({ authorityId, profileId }, session.now),
  )
  const named = inventory.ids({ authorityId, search: 'ocsp' }, session.now)
  const ids = (await Promise.all([...asked, named])).flat()
  const records = await recordsOf(vault, 'certificates', [...new Set(ids)], () => undefined)
  return records
    .filter(({ value }) => isUsable(value))
    .map(({ id, value }) => ({ id, certificate: parseCertificate(value.der) }))
    .filter(({ certificate }) => answers(certificate) && isStanding(certificate, now))
    .map(({ id, certificate }) => ({
      certificateId: id,
      name: callingName(certificate),
      serialNumber: serialOf(certificate),
      notAfter: certificate.notAfter,
    }))
    .sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime())
}

const isUsable = ({ key, keyId, status }: CertificateRecord): boolean =>
  key === 'sealed' && keyId !== null && status === 'good'
const answers = ({ extKeyUsage }: Certificate): boolean =>
  extKeyUsage?.includes(EKU_OIDS.OCSPSigning) ?? false
const isStanding = ({ notBefore, notAfter }: Certificate, at: Date): boolean =>
  notBefore <= at && at < notAfter

/** Who signs, and a key that is dropped when the act is over. */
async function responderOf(
  session: Session,
  { authorityId, responderId }: In<'response.sign'>,
  issuer: Certificate,
): Promise<{ responder: Certificate; signer: Signer }> {
  if (responderId === null) return { responder: issuer, signer: await session.signingKey(authorityId) }
  const { keys } = await session.vault.requireOpen()
  const { value } = await requireRecord(session.vault, 'certificates', responderId)
  const responder = parseCertificate(value.der)
  const name = callingName(responder)
  if (!isUsable(value) || value.keyId === null) throw new CodedError('export-no-key', { name })
  const key = await requireRecord(session.vault, 'endEntityKeys', value.keyId)
  const opener = { kind: 'vault', wrappingKey: keys.wrapping } as const
  return { responder, signer: await unlockSigningKey(key.value, value.keyId, opener) }
}

function periodsOf(
  { days, overlapDays, count }: In<'response.sign'>,
  from: Date,
  { notAfter }: Certificate,
): Period[] {
  return schedulePeriods({
    from,
    days,
    overlapDays,
    count: Math.max(1, Math.min(count, MOST_PERIODS)),
    firstNumber: 0n,
    until: notAfter,
  })
}

interface Target {
  readonly record: CertificateRecord
  readonly certificate: Certificate
}

function checkCount(count: number): void {
  if (count > MOST) throw new CodedError('response-too-many', { count, most: MOST })
}

async function targetsOf(
  session: Session,
  authorityId: string,
  certificateIds: readonly string[] | null,
  from: Date,
): Promise<Target[]> {
  const records =
    certificateIds === null
      ? await issuedBy(session, authorityId)
      : (await Promise.all(certificateIds.map((id) => requireRecord(session.vault, 'certificates', id)))).map(
          ({ value }) => value,
        )
  return records
    .filter((record) => record.authorityId === authorityId && record.ownAuthorityId !== authorityId)
    .map((record) => ({ record, certificate: parseCertificate(record.der) }))
    .filter(({ certificate }) => certificate.notAfter > from)
}

interface Signing {
  readonly issuer: Certificate
  readonly responder: Certificate
  readonly signer: Signer
  readonly targets: readonly Target[]
  readonly hashes: readonly CertIdHash[]
}

/** One answer for each certificate and hash, under the path that is asked for. */
async function* responsesOf(
  { issuer, responder, signer, targets, hashes }: Signing,
  { thisUpdate, nextUpdate }: Period,
): AsyncIterable<{ path: string; der: Uint8Array }> {
  const keys = new KeyCache()
  const signature = usualSignature(responder)
  for (const { record, certificate } of targets)
    for (const hash of hashes) {
      const { serialNumber } = certificate
      const revocation = revocationOf(record)
      const request = {
        ...{ issuer, responder, signature, serialNumber, revocation, hash },
        ...{ thisUpdate, nextUpdate },
      }
      const { response, path } = await issueOcspResponse(request, signer, { keys })
      yield { path: filePathOf(path), der: response.der }
    }
}

/** Periods that begin on the same day have the hour in their names too. */
const folderOf = ({ thisUpdate }: Period): string =>
  thisUpdate.toISOString().slice(0, 16).replace(/[T:]/g, '-')

/** Addresses of OCSP responders in authorityInfoAccess (RFC 5280 §4.2.2.1). */
function respondersNamed({ authorityInfoAccess }: Certificate): string[] {
  return (authorityInfoAccess ?? []).flatMap(({ method, location }) =>
    method === ACCESS_METHOD_OIDS.ocsp && location.kind === 'uniformResourceIdentifier'
      ? [location.value]
      : [],
  )
}

function sheetOf(
  periods: readonly Period[],
  perPeriod: number,
  words: ResponseWords,
  known: Readonly<Record<string, string>>,
  address: string | null,
): Sheet {
  const { from, until, nextUpdate, count, folder } = words.columns
  return {
    language: words.language,
    title: filled(words.title, known),
    lead: words.lead.map((text) => filled(text, known)),
    warnings: words.warnings.map((text) => filled(text, known)),
    columns: [from, until, nextUpdate, count, folder],
    rows: periods.map((period) => [
      instant(period.thisUpdate),
      instant(period.publishUntil),
      instant(period.nextUpdate),
      String(perPeriod),
      folderOf(period),
    ]),
    verbatim: [{ heading: words.server, text: nginxFor(address) }],
  }
}
