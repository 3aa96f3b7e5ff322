/**
 * Adopts CAs whose certificates come from outside, with or without keys: each gets its place in the hierarchy, and
 * whatever waited for it is placed below it. Stores nothing; the caller commits the writes together with its own.
 */
import { CodedError } from '../../errors.ts'
import type { Write } from '../../vault/commit.ts'
import { allRecords, requireRecord, type Read } from '../../vault/reading.ts'
import type { CertificateRecord, JournalDraft, KeyPlace, StoreName } from '../../vault/shapes.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { sameOctets } from '../../octets.ts'
import { KeyCache } from '../../x509/signed.ts'
import { callingName } from '../../x509/calling-name.ts'
import { certificateRecord, certificateWrite } from '../records/certificate-records.ts'
import { withOthers } from '../records/other-certificates.ts'
import { keyWrite, newId, type NewKey } from '../certifying/certified-key.ts'
import type { KeyKeeping } from '../../border/words.ts'
import type { Session } from '../session/session.ts'
import type { Actor } from '../../border/views.ts'
import { isCa } from '../../x509/roles.ts'
import type { Candidate, DraftAuthority, DraftCertificate } from './drafted.ts'
import { pastOf, type AuthorityPast } from './past.ts'
import { issuerAmong, signatureOf, storedBelow, type KnownAuthority } from './issuers.ts'

/** A CA's key that comes with its certificate; `write` is null if `keys` holds it already. */
export interface ComingKey {
  readonly id: string
  readonly place: Extract<KeyPlace, 'vault' | 'own-passphrase'>
  readonly write: Write | null
}

export interface ComingAuthority {
  readonly certificate: Certificate
  /** Null: kept elsewhere. It must match the certificate; the caller has compared the public keys. */
  readonly key: ComingKey | null
  /** The request made here that this certificate answers. */
  readonly requestId?: string
  /** Whether that request asked for this name: an operator's wish to have a key under two names. */
  readonly nameWasAsked?: boolean
  /** For one just issued here: its profile. */
  readonly profileId?: string
  /** For a CA that was run elsewhere: its highest cRLNumber, and what it had revoked. */
  readonly past?: AuthorityPast
}

export interface AdoptedAuthority {
  readonly authorityId: string
  readonly certificateId: string
  /** `certificate-added`: one more of a CA that is here; `key-joined`: the key that was missing. */
  readonly outcome: 'new' | 'certificate-added' | 'key-joined' | 'known'
}

export interface Adoption {
  /** In the order requested. */
  readonly adopted: readonly AdoptedAuthority[]
  readonly writes: Write[]
  readonly entries: JournalDraft[]
  /** For the commit, which fails if any record that was read has changed. */
  readonly basedOn: Read<StoreName>[]
  /** All CAs after the change, so that certificates below them can be placed in the same commit. */
  readonly known: readonly KnownAuthority[]
}

/** Like adoptAuthorities, for one. */
export async function adoptAuthority(
  session: Session,
  coming: ComingAuthority,
  actor: Actor,
): Promise<Adoption & AdoptedAuthority> {
  const adoption = await adoptAuthorities(session, [coming], actor)
  return { ...adoption, ...adoption.adopted[0]! }
}

/**
 * Returns the writes to adopt these CAs, given in any order: new authorities, or another certificate or the missing key
 * of an existing one (same subject, same public key). Each finds its issuer by name and signature, among the existing
 * and the new CAs; authorities and certificates that waited for one of them are placed below it. Rejects with
 * 'authority-not-ca', 'authority-not-signed', 'request-key-of-ca' or 'vault-locked'.
 */
export async function adoptAuthorities(
  session: Session,
  coming: readonly ComingAuthority[],
  actor: Actor,
): Promise<Adoption> {
  const draft = new Draft(session, actor, coming)
  await draft.read()
  const adopted: AdoptedAuthority[] = []
  for (const each of coming) adopted.push(await draft.take(each))
  await draft.place()
  const { entries, basedOn } = draft
  return { adopted, writes: draft.writes(), entries, basedOn, known: draft.known() }
}

/** Returns a new or imported key, sealed as the operator wants it kept, for a CA to be added. */
export async function comingKey(session: Session, key: NewKey, keeping: KeyKeeping): Promise<ComingKey> {
  return { id: key.id, place: keeping.kind, write: await keyWrite(session, key, keeping) }
}

/** The hierarchy before and after the change. */
class Draft {
  readonly entries: JournalDraft[] = []
  readonly #read = new Map<string, Read<StoreName>>()
  readonly #session: Session
  readonly #actor: Actor
  readonly #authorities = new Map<string, DraftAuthority>()
  /** Authorities' own certificates, those that wait for an issuer, and those to be added. */
  readonly #certificates = new Map<string, DraftCertificate>()
  readonly #candidates: Candidate[] = []
  /** The ids of all CAs and of their own certificates: each may have decided something. */
  readonly #basis = new Set<string>()
  readonly #keyWrites: Write[] = []
  readonly #keys = new KeyCache()
  readonly #coming: readonly ComingAuthority[]

  constructor(session: Session, actor: Actor, coming: readonly ComingAuthority[]) {
    this.#session = session
    this.#actor = actor
    this.#coming = coming
  }

  async read(): Promise<void> {
    const { vault } = this.#session
    const { database } = await vault.requireOpen()
    for (const read of await allRecords(vault, 'authorities')) {
      const { id, value } = read
      this.#read.set(id, read)
      const own = this.#keep(await requireRecord(vault, 'certificates', value.certificateId))
      for (const each of [id, value.certificateId]) this.#basis.add(each)
      const { certificate } = own
      this.#authorities.set(id, { id, value, certificate, state: 'same', hadKey: value.keyId !== null })
    }
    // A certificate that waits for an issuer has no parent: two counts show whether there is any.
    const placed = await database.countFromIndex('certificates', 'parent')
    if ((await database.count('certificates')) === placed) return
    const below = new Set(await database.getAllKeysFromIndex('certificates', 'parent'))
    for (const id of await database.getAllKeys('certificates'))
      if (!below.has(id)) this.#keep(await requireRecord(vault, 'certificates', id))
  }

  /** Adds one, without looking for its issuer yet. */
  async take(coming: ComingAuthority): Promise<AdoptedAuthority> {
    const { certificate, key } = coming
    const name = callingName(certificate)
    if (!isCa(certificate)) throw new CodedError('authority-not-ca', { name })
    const same = [...this.#authorities.values()].find(({ certificate: own }) => isSameCa(own, certificate))
    const issuer = await issuerAmong([{ id: '', certificate }, ...this.#authorities.values()], certificate)
    const issuerId = issuer?.id === '' ? (same?.id ?? null) : (issuer?.id ?? null)
    const stored = await this.#stored(certificate, issuerId)
    if (stored === null) await this.#requireSigned(certificate)
    if (key && !coming.nameWasAsked) this.#requireName(certificate)
    if (same) return this.#addTo(same, stored, coming)

    const authorityId = newId()
    const certificateId = stored ?? newId()
    const place = key?.place ?? 'elsewhere'
    this.#authorities.set(authorityId, {
      id: authorityId,
      certificate,
      state: 'new',
      hadKey: false,
      value: {
        parentId: null,
        certificateId,
        key: place,
        keyId: key?.id ?? null,
        createdAt: this.#session.now,
        retiredAt: null,
        ...pastOf({}, coming.past),
      },
    })
    if (key?.write) this.#keyWrites.push(key.write)
    this.#own(certificateId, coming, authorityId, place)
    this.#note('authority-adopted', name, authorityId)
    return { authorityId, certificateId, outcome: 'new' }
  }

  /** Finds the issuer of everything that has none. */
  async place(): Promise<void> {
    for (const [, drafted] of this.#certificates) {
      const { value, certificate } = drafted
      if (value.authorityId !== null) continue
      const issuer = await issuerAmong(this.#authorities.values(), certificate, this.#keys)
      if (!issuer) continue
      drafted.value = { ...value, authorityId: issuer.id }
      if (drafted.state === 'same') {
        drafted.state = 'changed'
        this.#note('issuer-found', callingName(certificate), value.ownAuthorityId)
      }
    }
    for (const candidate of this.#candidates) this.#promote(candidate)
    for (const candidate of this.#candidates) this.#list(candidate)
    for (const authority of this.#authorities.values()) {
      const above = this.#certificates.get(authority.value.certificateId)?.value.authorityId ?? null
      const parentId = above === authority.id ? null : above
      if (parentId === authority.value.parentId || parentId === null || this.#isBelow(parentId, authority.id))
        continue
      authority.value = { ...authority.value, parentId }
      if (authority.state === 'same') authority.state = 'changed'
    }
  }

  known(): KnownAuthority[] {
    return [...this.#authorities.values()]
  }

  get basedOn(): Read<StoreName>[] {
    const changed = [...this.#certificates].filter(([, { state }]) => state === 'changed')
    const ids = new Set([...this.#basis, ...changed.map(([id]) => id)])
    return [...ids].flatMap((id) => this.#read.get(id) ?? [])
  }

  writes(): Write[] {
    const writes = [...this.#keyWrites]
    for (const [id, { value, state, certificate }] of this.#certificates) {
      if (state === 'same') continue
      writes.push(certificateWrite(id, value, certificate, state === 'new' ? 'add' : 'put'))
    }
    for (const { id, value, state } of this.#authorities.values())
      if (state !== 'same')
        writes.push({ store: 'authorities', id, value, mode: state === 'new' ? 'add' : 'put' })
    return writes
  }

  /** For an existing CA: adds its missing key, another certificate of it, or nothing. */
  #addTo(authority: DraftAuthority, stored: string | null, coming: ComingAuthority): AdoptedAuthority {
    const { certificate, key } = coming
    const name = callingName(certificate)
    const joins = key !== null && authority.value.keyId === null
    if (coming.past) {
      authority.value = { ...authority.value, ...pastOf(authority.value, coming.past) }
      if (authority.state === 'same') authority.state = 'changed'
    }
    if (joins) {
      authority.value = { ...authority.value, key: key.place, keyId: key.id }
      if (authority.state === 'same') authority.state = 'changed'
      if (key.write) this.#keyWrites.push(key.write)
      const own = this.#certificates.get(authority.value.certificateId)!
      own.value = { ...own.value, key: key.place, keyId: key.id }
      if (own.state === 'same') own.state = 'changed'
      this.#note('authority-key-joined', name, authority.id)
    }
    const known = sameOctets(authority.certificate.der, certificate.der)
      ? authority.value.certificateId
      : stored
    const outcome = joins ? 'key-joined' : known === null ? 'certificate-added' : 'known'
    const certificateId = known ?? newId()
    const former = authority.value.certificateId
    this.#candidates.push({ authorityId: authority.id, certificateId, withKey: key !== null, former })
    if (known !== null) return { authorityId: authority.id, certificateId, outcome }
    this.#own(certificateId, coming, authority.id, authority.value.key)
    this.#note('certificate-adopted', name, certificateId)
    return { authorityId: authority.id, certificateId, outcome }
  }

  /** A certificate that no CA of its issuer's name signed is anybody's. Rejects with 'authority-not-signed'. */
  async #requireSigned(certificate: Certificate): Promise<void> {
    const cas = [...this.#authorities.values(), ...this.#coming].map((each) => each.certificate)
    if ((await signatureOf(cas, certificate, this.#keys)) !== 'not-signed') return
    throw new CodedError('authority-not-signed', { name: callingName(certificate) })
  }

  /** With another name, the same key would be a second CA. Throws 'request-key-of-ca'. */
  #requireName({ subject, spki }: Certificate): void {
    for (const { certificate: own, value } of this.#authorities.values())
      if (value.keyId !== null && sameOctets(own.spki.publicKey, spki.publicKey))
        if (!namesMatch(own.subject, subject))
          throw new CodedError('request-key-of-ca', { name: callingName(own) })
  }

  /** Makes it the certificate its CA issues with, if it may take the place of the present one. */
  #promote({ authorityId, certificateId, withKey }: Candidate): void {
    const authority = this.#authorities.get(authorityId)!
    const candidate = this.#certificates.get(certificateId)
    if (!candidate || candidate.value.ownAuthorityId !== authorityId || candidate.value.status !== 'good')
      return
    if (authority.value.certificateId === certificateId) return
    if (!this.#takesPlace(authority, candidate, withKey)) return
    this.#authorities.set(authorityId, {
      ...authority,
      certificate: candidate.certificate,
      value: { ...authority.value, certificateId },
      state: authority.state === 'new' ? 'new' : 'changed',
    })
  }

  /** Of one key there may be many: all of them are its CA's own. */
  #list({ authorityId, certificateId, former }: Candidate): void {
    const { state, ...authority } = this.#authorities.get(authorityId)!
    const own = [former, certificateId].filter(
      (id) => this.#certificates.get(id)?.value.ownAuthorityId === authorityId,
    )
    const value = withOthers(authority.value, own)
    if (value !== authority.value)
      this.#authorities.set(authorityId, { ...authority, value, state: state === 'new' ? 'new' : 'changed' })
  }

  /**
   * Only one that the same issuer signed, or its successor, and that lasts longer: another CA of the issuer's name may
   * be anybody's. One that nobody here has verified is replaced only as long as its CA has no key here.
   */
  #takesPlace(
    { certificate: own, value, state, hadKey }: DraftAuthority,
    { certificate, value: { authorityId: signer } }: DraftCertificate,
    withKey: boolean,
  ): boolean {
    if (!namesMatch(own.issuer, certificate.issuer)) return false
    const isLater = certificate.notAfter > own.notAfter
    const signerOfOwn = this.#certificates.get(value.certificateId)?.value.authorityId ?? null
    if (signerOfOwn !== null) return signer !== null && isLater && this.#isSuccessor(signerOfOwn, signer)
    if (hadKey) return false
    return signer !== null || (state === 'new' ? isLater : withKey)
  }

  /** Returns whether it is this CA, or one that took over from it. */
  #isSuccessor(id: string, later: string): boolean {
    const seen = new Set<string>()
    for (let next: string | undefined = id; next !== undefined && !seen.has(next);) {
      if (next === later) return true
      seen.add(next)
      next = this.#authorities.get(next)?.value.successorId
    }
    return false
  }

  #own(id: string, coming: ComingAuthority, authorityId: string, place: KeyPlace): void {
    const { certificate, requestId, profileId } = coming
    const before = this.#certificates.get(id)
    const keyId = this.#authorities.get(authorityId)?.value.keyId ?? null
    const common = { ownAuthorityId: authorityId, key: place, keyId, ...(requestId ? { requestId } : {}) }
    const value: CertificateRecord = before
      ? { ...before.value, ...common }
      : certificateRecord(
          this.#session,
          certificate,
          {
            authorityId: null,
            profileId:
              profileId ?? (namesMatch(certificate.issuer, certificate.subject) ? 'root' : 'intermediate'),
            ...common,
          },
          this.#actor,
        )
    this.#certificates.set(id, { certificate, value, state: before ? 'changed' : 'new' })
  }

  /** Returns the id under which exactly this certificate is stored already. */
  async #stored(certificate: Certificate, issuerId: string | null): Promise<string | null> {
    for (const [id, { certificate: each }] of this.#certificates)
      if (sameOctets(each.der, certificate.der)) return id
    const found = issuerId === null ? null : await storedBelow(this.#session, certificate, issuerId)
    if (found) this.#keep(found)
    return found?.id ?? null
  }

  #keep(read: Read<'certificates'>): DraftCertificate {
    const { id, value } = read
    this.#read.set(id, read)
    const kept: DraftCertificate = { certificate: parseCertificate(value.der), value, state: 'same' }
    this.#certificates.set(id, kept)
    return kept
  }

  /** CAs that certify each other must not be placed below each other: neither would be on top. */
  #isBelow(id: string, top: string): boolean {
    const seen = new Set<string>()
    for (let next: string | null = id; next !== null && !seen.has(next);) {
      if (next === top) return true
      seen.add(next)
      next = this.#authorities.get(next)?.value.parentId ?? null
    }
    return false
  }

  #note(act: JournalDraft['act'], subject: string, recordId: string | null): void {
    this.entries.push(this.#session.draft(act, subject, this.#actor, recordId))
  }
}

/** A CA is one name with one key, whatever certificates it has. */
const isSameCa = (one: Certificate, other: Certificate): boolean =>
  namesMatch(one.subject, other.subject) && sameOctets(one.spki.publicKey, other.spki.publicKey)
