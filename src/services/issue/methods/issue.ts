import { prepare } from '../../../ca/prepare.ts'
import { stopping, warnings } from '../../../ca/issue.ts'
import { CodedError } from '../../../errors.ts'
import { checkPassphrase } from '../../../vault/key-slots.ts'
import { openPrivateKey } from '../../../vault/signing-keys.ts'
import { assembleSigned } from '../../../x509/encode.ts'
import { parseRequest } from '../../../x509/request.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import { certifiedRecords, comparedView, fieldsOf, prepareCertified } from '../../requests/certified.ts'
import type { Certifying } from '../../certifying/certifying.ts'
import { calledIn, callingName } from '../../../x509/calling-name.ts'
import { serialOf } from '../../../x509/serial-number.ts'
import {
  clockOf,
  issuingAuthority,
  keptRecord,
  newKey,
  signingFor,
  signPrepared,
  type NewKey,
  type Prepared,
  noteRefusal,
} from '../../certifying/certified-key.ts'
import { surroundings } from '../../certifying/surroundings.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { EndEntityKeeping } from '../../../border/words.ts'
import { storedRequest } from '../../records/request-records.ts'
import { leavingOf } from '../../session/leaving.ts'
import type { Session } from '../../session/session.ts'
import { certifiedBy, requireKeptKey } from '../../signing/lost-keys.ts'
import { Waiting } from '../../signing/waiting.ts'
import type { ExportFile, PreparedView } from '../../../border/views.ts'
import { keyFile, type Chain } from '../../inventory/methods/certificate.ts'
import { profileOf } from '../../certifying/methods/profile.ts'
import { isCa } from '../../../x509/roles.ts'

type IssueMethods = Pick<Handlers, Extract<keyof Handlers, `issue.${string}`>>

/** At most this many prepared certificates wait for a signature. */
const WAITING = 50

interface Context {
  readonly session: Session
  readonly waiting: Waiting<Prepared>
}

async function prepareIssue(
  { session, waiting }: Context,
  { authorityId, request, key }: In<'issue.prepare'>,
): Promise<Out<'issue.prepare'>> {
  session.idle.touch()
  const { settings } = session.vault
  await session.vault.requireOpen()
  const profile = await profileOf(session, request.profileId)
  const issuer = authorityId === null ? null : await issuingAuthority(session, authorityId)
  const made = key.kind === 'generate' ? await newKey(session, key.algorithm) : null
  const certifying = key.kind === 'request' ? await certifyingOf(session, key) : null
  const at = new Date(session.now)
  const preparation = certifying
    ? await prepareCertified(session, profile, issuer, request, certifying)
    : await prepare(
        profile,
        { ...request, key: key.kind === 'spki' ? key.spki : made!.record.spki },
        issuer,
        surroundings(at, issuer?.against),
      )
  const { certificate, findings } = preparation
  if (key.kind === 'spki') await requireKeptKey(session, certifiedBy(certificate))
  const known = { certificate, profileId: profile.id, issuer, key: made, certifying }
  const token = preparation.token && waiting.add({ ...known, token: preparation.token }, at)
  if (token === null) {
    const codes = stopping(findings).join(' ')
    await session.refuse('certificate-refused', callingName(certificate), { who: settings.who }, codes)
  }
  const view: PreparedView = {
    token,
    fields: certifying ? fieldsOf(profile, certifying, preparation) : preparation.fields,
    compared: certifying && comparedView(profile, certifying, preparation),
    findings,
    errors: stopping(findings),
    warnings: warnings(findings),
    der: assembleSigned(certificate.tbs, certificate.signature.der, new Uint8Array(0)),
    ...calledIn(certificate),
    clock: await clockOf(session, at),
  }
  return view
}

async function signIssue(
  { session, waiting }: Context,
  input: In<'issue.sign'>,
  { signal }: Call,
): Promise<Out<'issue.sign'>> {
  const { token, acknowledged, caKey, endEntityKey, actor } = input
  const prepared = waiting.find(token)
  await session.begin(actor)
  await checkKeeping(session, input, callingName(prepared.certificate))
  signal.throwIfAborted()
  const { issuer, key } = prepared
  const forCa = isCa(prepared.certificate)
  const kept = forCa && key ? await keptRecord(session, key, caKey, signal) : undefined
  try {
    const signing = await signingFor(session, prepared, input)
    const signed = await signPrepared(prepared, signing, acknowledged)
    waiting.remove(token)
    const isHandedOut = !forCa && endEntityKey.kind === 'hand-out' && key !== null
    const above = issuer ? [issuer.certificate, ...issuer.chain] : []
    // The file is made before anything is stored: a certificate whose key is lost is useless.
    const withFile = await signed.map(async (certificate) => {
      const chain: Chain = [certificate, ...above]
      return {
        certificate,
        handedOut: isHandedOut ? await handOut(session, key, chain, endEntityKey) : null,
      }
    })
    const endEntity = isHandedOut ? ('handed-out' as const) : ('sealed' as const)
    const keeping = { caKey, endEntityKey: endEntity, leaving: leavingOf(endEntityKey), kept }
    return await withFile.store(
      session,
      async ({ certificate, handedOut }) => {
        const records = await certifiedRecords(session, prepared, certificate, keeping, actor)
        const { certificateId, authorityId, ...change } = records
        const serialNumber = serialOf(certificate)
        const result = { certificateId, authorityId, der: certificate.der, serialNumber, handedOut }
        return { ...change, durability: 'strict', result }
      },
      signal,
    )
  } catch (error) {
    await noteRefusal(session, error, prepared.certificate, actor, signal)
    throw error
  }
}

function discard({ waiting }: Context, { token }: In<'issue.discard'>): Out<'issue.discard'> {
  waiting.remove(token)
  return null
}

/** Returns a new key as the file that is handed out once; null if it is kept. */
export async function handOut(
  session: Session,
  key: NewKey | null,
  chain: Chain,
  keeping: EndEntityKeeping,
): Promise<ExportFile | null> {
  if (!key || keeping.kind !== 'hand-out') return null
  const { keys } = await session.vault.requireOpen()
  const pkcs8 = await openPrivateKey(key.record, key.id, { kind: 'vault', wrappingKey: keys.wrapping })
  const { format, protection } = keeping
  return keyFile(chain, pkcs8, { format, encoding: 'pem', protection, includeRoot: false })
}

type RequestedKey = Extract<In<'issue.prepare'>['key'], { kind: 'request' }>

async function certifyingOf(session: Session, { der, take, requestId }: RequestedKey): Promise<Certifying> {
  const stored = requestId === null ? null : await storedRequest(session, requestId)
  const request = stored?.request ?? parseRequest(der)
  return { request, take, stored }
}

/** Finds, before the signature, what would fail after it; `name`: whose key it is. */
export async function checkKeeping(
  session: Session,
  { caKey, endEntityKey, actor }: Pick<In<'issue.sign'>, 'caKey' | 'endEntityKey' | 'actor'>,
  name: string,
): Promise<void> {
  if (caKey.kind === 'own-passphrase') checkPassphrase(caKey.passphrase)
  if (endEntityKey.kind === 'sealed') return
  const { protection, format } = endEntityKey
  const isOpen = protection.kind === 'plain' && format === 'pkcs8'
  if (!isOpen && (protection.kind === 'plain' || protection.passphrase === '')) {
    throw new CodedError('export-passphrase-missing', null)
  }
  await session.confirmLeaving(protection, name, actor)
}

/** One certificate: prepared, reviewed, signed once. */
export function issueMethods(session: Session): IssueMethods {
  const context = { session, waiting: new Waiting<Prepared>(session, WAITING) }

  return {
    'issue.prepare': (input) => prepareIssue(context, input),
    'issue.sign': (input, call) => signIssue(context, input, call),
    'issue.discard': (input) => discard(context, input),
  }
}
