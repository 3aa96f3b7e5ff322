/** Shared by single and batch issuance: issuer, key, signature, and the records to store. */
import { issue, type Signer } from '../../ca/issue.ts'
import type { Issuer } from '../../ca/prepare.ts'
import type { IssuanceToken } from '../../ca/token.ts'
import type { PrivateKey } from '../../containers/private-key.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import { isBehind } from '../../vault/clock.ts'
import type { Change, Write } from '../../vault/commit.ts'
import { addSlot, removeSlot, type SlotSource } from '../../vault/key-slots.ts'
import { requireRecord } from '../../vault/reading.ts'
import type { JournalDraft, KeyRecord } from '../../vault/shapes.ts'
import { belonging, makeSealedKey, sealPrivateKey, unlockSigningKey } from '../../vault/signing-keys.ts'
import { KEY_ALGORITHMS, type KeyAlgorithmId } from '../../webcrypto/algorithms.ts'
import { supported } from '../../webcrypto/keys.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { KeyCache } from '../../x509/signed.ts'
import { parseSpkiDer } from '../../x509/spki.ts'
import type { Certifying } from './certifying.ts'
import { callingName } from '../../x509/calling-name.ts'
import { keyAlgorithmOf } from '../shared/facts.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { certificateRecord, certificateWrite } from '../records/certificate-records.ts'
import type { KeyKeeping } from '../../border/words.ts'
import { handedOutEntry, type Leaving } from '../session/leaving.ts'
import type { Session } from '../session/session.ts'
import { requireActive } from '../signing/standing.ts'
import { tiersAgainst } from '../signing/lost-keys.ts'
import { rightOfAuthority } from '../signing/rights.ts'
import { ownKey, type Authorization, type Signed, type Signing } from '../signing/signed.ts'
import type { Actor, PreparedView } from '../../border/views.ts'
import { newId } from '../shared/new-id.ts'
import { untilCancelled } from '../shared/until-cancelled.ts'
import { isCa } from '../../x509/roles.ts'

export { newId }

/** An authority that can issue: its certificate, the certificates above it, and its id. */
export interface IssuingAuthority extends Issuer {
  readonly id: string
  readonly certificateId: string
  /** Findings the operator accepts before it signs: it, or a CA above it, is revoked or on hold. */
  readonly against: readonly Finding[]
}

/** A new key for a certificate to be issued, sealed for the vault. */
export interface NewKey {
  readonly id: string
  readonly record: KeyRecord
}

/** Everything signing needs, kept from prepare to sign. */
export interface Prepared {
  readonly token: IssuanceToken
  readonly certificate: Certificate
  readonly profileId: string
  readonly issuer: IssuingAuthority | null
  /** Null if the public key was supplied. */
  readonly key: NewKey | null
  /** The request that carried the key. */
  readonly certifying?: Certifying | null
}

/** Rejects with 'authority-retired' or 'authority-replaced'; whether its key can sign is checked when it is needed. */
export async function issuingAuthority(session: Session, authorityId: string): Promise<IssuingAuthority> {
  const { value } = await requireRecord(session.vault, 'authorities', authorityId)
  const [own, ...chain] = (await session.inventory.chain(value.certificateId)).map(
    ({ certificate }) => certificate,
  )
  if (!own) throw new CodedError('record-missing', { store: 'certificates', id: value.certificateId })
  requireActive(value, 'certificate', callingName(own))
  const { against } = await tiersAgainst(session, authorityId)
  const { certificateId, addresses = null } = value
  return { id: authorityId, certificateId, certificate: own, chain, addresses, against }
}

/** Makes a key pair sealed for the vault. Rejects with 'algorithm-unsupported' if this browser cannot. */
export async function newKey(session: Session, algorithm: string): Promise<NewKey> {
  const { keys } = await session.vault.requireOpen()
  if (!Object.hasOwn(KEY_ALGORITHMS, algorithm) || !(await supported(algorithm as KeyAlgorithmId))) {
    throw new CodedError('algorithm-unsupported', { algorithm })
  }
  const id = newId()
  const slot: SlotSource = { kind: 'vault', wrappingKey: keys.wrapping }
  return { id, record: await makeSealedKey(algorithm as KeyAlgorithmId, id, [slot], session.now) }
}

/**
 * Seals an imported private key and overwrites its octets. The public half is the one the engine derived, not the one
 * the file claims (containers/private-key.ts).
 */
export async function broughtKey(session: Session, { pkcs8, spki }: PrivateKey): Promise<NewKey> {
  const { keys } = await session.vault.requireOpen()
  const id = newId()
  const slot: SlotSource = { kind: 'vault', wrappingKey: keys.wrapping }
  const brought = { pkcs8: pkcs8.slice(), spki: spki.slice(), algorithm: keyAlgorithmOf(parseSpkiDer(spki)) }
  try {
    return { id, record: await sealPrivateKey(brought, id, [slot], session.now) }
  } finally {
    brought.pkcs8.fill(0)
    pkcs8.fill(0)
  }
}

/** Returns the signing key: the issuer's, or for a root its own. */
export async function signingFor(
  session: Session,
  { issuer, key }: Prepared,
  accepted: Accepted,
): Promise<Signing> {
  if (issuer) return rightToIssue(session, issuer, accepted)
  if (!key) throw new CodedError('key-elsewhere', { name: '' })
  return ownKey(await newSigner(session, key))
}

/** Journals that a certificate was refused, unless its signing was cancelled. */
export async function noteRefusal(
  session: Session,
  error: unknown,
  certificate: Certificate,
  actor: Actor,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return
  const reason = isCodedError(error) ? error.code : 'failed'
  await session.refuse('certificate-refused', callingName(certificate), actor, reason)
}

/** The findings the operator accepted, and the operator's name. */
export interface Accepted {
  readonly acknowledged: readonly FindingCode[]
  readonly actor: Actor
}

/**
 * Returns the issuer's right to sign certificates that were prepared with the certificate it had then. `shown`: what was
 * seen to speak against it, if that was before it was read.
 */
export function rightToIssue(
  session: Session,
  { id, certificateId, against }: IssuingAuthority,
  { acknowledged, actor }: Accepted,
  shown: readonly Finding[] = against,
): Promise<Authorization> {
  const asked = { authorityId: id, certificateId, purpose: 'certificate' } as const
  return rightOfAuthority(session, { ...asked, acknowledged, shown, actor })
}

/** Returns the new key as a signer, to sign with before it is stored. */
export async function newSigner(session: Session, { id, record }: NewKey): Promise<Signer> {
  const { keys } = await session.vault.requireOpen()
  return unlockSigningKey(record, id, { kind: 'vault', wrappingKey: keys.wrapping })
}

/** Returns the clock as the operator is to confirm it before a signature. */
export async function clockOf(session: Session, at: Date): Promise<PreparedView['clock']> {
  const { lastJournalAt } = await session.vault.state()
  return {
    now: at,
    lastJournalAt: lastJournalAt === null ? null : new Date(lastJournalAt),
    behind: isBehind(at.getTime(), lastJournalAt),
  }
}

/** Issuers' public keys, so that a batch imports each once. */
const keys = new KeyCache()

/** Signs once, and verifies with the key in the issuer's certificate. */
export function signPrepared(
  prepared: Pick<Prepared, 'token'>,
  signing: Signing,
  acknowledged: readonly FindingCode[],
): Promise<Signed<Certificate>> {
  return signing.sign((signer) => issue(prepared.token, signer, { acknowledged, keys }))
}

export interface Keeping {
  /** For a CA's key. */
  caKey: KeyKeeping
  /** For an end-entity's key. */
  endEntityKey: 'sealed' | 'handed-out'
  /** In which file an end-entity's key leaves, for the journal. */
  leaving?: Leaving | null
  /** A CA's new key as it will be stored, derived before anything is signed. */
  kept?: KeyRecord | undefined
}

export interface Stored {
  certificateId: string
  /** Set for a CA's own certificate. */
  authorityId: string | null
  writes: Write[]
  entries: JournalDraft[]
  /** Records this change was computed from; the commit fails if any has changed. */
  basedOn?: NonNullable<Change['basedOn']>
}

/** Returns all writes for one signed certificate, committed together or not at all. */
export async function recordsOf(
  session: Session,
  prepared: Prepared,
  certificate: Certificate,
  keeping: Keeping,
  actor: Actor,
): Promise<Stored> {
  const { profileId, issuer, key } = prepared
  const certificateId = newId()
  const forCa = isCa(certificate)
  const authorityId = forCa ? newId() : null
  const place = key === null ? ('brought' as const) : forCa ? keeping.caKey.kind : keeping.endEntityKey
  const keyId = key && place !== 'handed-out' ? key.id : null
  const given = {
    authorityId: issuer?.id ?? authorityId,
    ownAuthorityId: authorityId,
    profileId,
    key: place,
    keyId,
  }
  const record = certificateRecord(session, certificate, given, actor)
  const writes = [certificateWrite(certificateId, record, certificate)]
  const name = callingName(certificate)
  const subject = `${name} · ${serialOf(certificate)}`
  const entries = [session.draft('certificate-issued', subject, actor, certificateId)]
  if (forCa && authorityId !== null) {
    const value = {
      parentId: issuer?.id ?? null,
      certificateId,
      key: key ? keeping.caKey.kind : ('elsewhere' as const),
      keyId,
      createdAt: session.now,
      retiredAt: null,
    }
    writes.push({ store: 'authorities', id: authorityId, value, mode: 'add' })
    entries.push(session.draft('authority-created', name, actor, authorityId))
  }
  if (key && keyId !== null)
    writes.push(await keyWrite(session, key, forCa ? keeping.caKey : null, keeping.kept))
  if (place === 'handed-out')
    entries.push(handedOutEntry(session, name, actor, keeping.leaving, certificateId))
  return { certificateId, authorityId, writes, entries }
}

/** Returns the write that keeps a new key: a CA’s as `keeping` says; null for an end-entity’s. */
export async function keyWrite(
  session: Session,
  key: NewKey,
  keeping: KeyKeeping | null,
  kept?: KeyRecord,
): Promise<Write> {
  const { id, record } = key
  if (keeping === null) return { store: 'endEntityKeys', id, value: record, mode: 'add' }
  return { store: 'keys', id, value: kept ?? (await keptRecord(session, key, keeping)), mode: 'add' }
}

/** Returns the stored form of a CA's new key. May derive a key, so it runs while signing can still be cancelled. */
export async function keptRecord(
  session: Session,
  { id, record }: NewKey,
  keeping: KeyKeeping,
  signal?: AbortSignal,
): Promise<KeyRecord> {
  if (keeping.kind === 'vault') return record
  const kept = withOwnPassphrase(session, id, record, keeping.passphrase)
  return signal ? untilCancelled(kept, signal) : kept
}

/** Returns the key under a passphrase of its own instead of the vault's slot. */
async function withOwnPassphrase(
  session: Session,
  id: string,
  record: KeyRecord,
  passphrase: string,
): Promise<KeyRecord> {
  const { keys } = await session.vault.requireOpen()
  const source = {
    kind: 'passphrase',
    passphrase,
    label: 'own',
    iterations: await session.vault.iterations(),
  } as const
  const opener = { kind: 'vault', wrappingKey: keys.wrapping } as const
  const both = await addSlot(record.sealed, belonging(record, id), opener, source, session.now)
  const vaultSlots = both.slots.filter(({ kind }) => kind === 'vault')
  const sealed = vaultSlots.reduce((key, slot) => removeSlot(key, slot.id), both)
  return { ...record, sealed }
}
