/**
 * Adopts CAs whose certificates come from outside, with or without keys: each gets its place in the hierarchy, and
 * whatever waited for it is placed below it. Stores nothing; the caller commits the writes together with its own.
 */
import { CodedError } from '../../errors.ts'
import { serialTag, type Write } from '../../vault/commit.ts'
import { allRecords, requireRecord, type Read } from '../../vault/reading.ts'
import type {
  AuthorityRecord,
  CertificateRecord,
  JournalDraft,
  KeyPlace,
  RevokedElsewhere,
  StoreName,
} from '../../vault/shapes.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { sameOctets } from '../../octets.ts'
import { KeyCache, verifySigned } from '../../x509/signed.ts'
import { callingName } from '../../x509/calling-name.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { keyWrite, newId, type NewKey } from '../certifying/certified-key.ts'
import type { KeyKeeping } from '../../border/words.ts'
import type { Session } from '../session/session.ts'
import type { Actor } from '../../border/views.ts'
import { isCa } from '../../x509/roles.ts'

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
  /** For one just issued here: its profile. */
  readonly profileId?: string
  /** For a CA that was run elsewhere: its highest cRLNumber, and what it had revoked. */
  readonly past?: AuthorityPast
}

export interface AuthorityPast {
  readonly listNumber: bigint | null
  readonly revoked: readonly RevokedElsewhere[]
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

/** A CA, identified by the certificate it issues with. */
export interface KnownAuthority {
  readonly id: string
  readonly certificate: Certificate
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
 * 'authority-not-ca' or 'vault-locked'.
 */
export async function adoptAuthorities(
  session: Session,
  coming: readonly ComingAuthority[],
  actor: Actor,
): Promise<Adoption> {
  const draft = new Draft(session, actor)
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

/** Returns the CAs in the vault. */
export async function knownAuthorities(session: Session): Promise<KnownAuthority[]> {
  const records = await allRecords(session.vault, 'authorities')
  return Promise.all(
    records.map(async ({ id, value }) => {
      const own = await requireRecord(session.vault, 'certificates', value.certificateId)
      return { id, certificate: parseCertificate(own.value.der) }
    }),
  )
}

/** Returns the CA that signed this certificate: its name matches and the signature verifies. Null if there is none. */
export async function issuerAmong<A extends KnownAuthority>(
  known: Iterable<A>,
  certificate: Certificate,
  keys?: KeyCache,
): Promise<A | null> {
  for (const each of known) {
    if (!namesMatch(each.certificate.subject, certificate.issuer)) continue
    if ((await verifySigned(certificate, each.certificate.spki, keys)) === 'valid') return each
  }
  return null
}

/** Returns the record of exactly this certificate below its issuer. */
export async function storedBelow(
  session: Session,
  certificate: Certificate,
  issuerId: string,
): Promise<Read<'certificates'> | null> {
  const { database, keys, visibility } = await session.vault.requireOpen()
  const tag = await serialTag(keys, visibility, issuerId, serialOf(certificate))
  const id = await database.getKeyFromIndex('certificates', 'serial', [issuerId, tag])
  if (id === undefined) return null
  const found = await requireRecord(session.vault, 'certificates', id)
  return sameOctets(found.value.der, certificate.der) ? found : null
}

interface DraftAuthority extends KnownAuthority {
  value: AuthorityRecord
  state: 'same' | 'changed' | 'new'
}

interface DraftCertificate {
  readonly certificate: Certificate
  value: CertificateRecord
  state: 'same' | 'changed' | 'new'
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
  readonly #keyWrites: Write[] = []
  readonly #keys = new KeyCache()

  constructor(session: Session, actor: Actor) {
    this.#session = session
    this.#actor = actor
  }

  async read(): Promise<void> {
    const { vault } = this.#session
    const { database } = await vault.requireOpen()
    for (const read of await allRecords(vault, 'authorities')) {
      const { id, value } = read
      this.#read.set(id, read)
      const own = this.#keep(await requireRecord(vault, 'certificates', value.certificateId))
      this.#authorities.set(id, { id, value, certificate: own.certificate, state: 'same' })
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
    if (same) return this.#addTo(same, stored, coming)

    const authorityId = newId()
    const certificateId = stored ?? newId()
    const place = key?.place ?? 'elsewhere'
    this.#authorities.set(authorityId, {
      id: authorityId,
      certificate,
      state: 'new',
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
    const changed = [...this.#certificates, ...this.#authorities].filter(
      ([, { state }]) => state === 'changed',
    )
    return changed.flatMap(([id]) => this.#read.get(id) ?? [])
  }

  writes(): Write[] {
    const writes = [...this.#keyWrites]
    for (const [id, { value, state, certificate }] of this.#certificates) {
      if (state === 'same') continue
      const parent = value.authorityId === null ? {} : { parent: value.authorityId }
      const serialNumber = serialOf(certificate)
      const mode = state === 'new' ? ('add' as const) : ('put' as const)
      writes.push({ store: 'certificates', id, value, mode, serialNumber, ...parent })
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
    if (known !== null) return { authorityId: authority.id, certificateId: known, outcome }
    const certificateId = newId()
    this.#own(certificateId, coming, authority.id, authority.value.key)
    this.#note('certificate-adopted', name, certificateId)
    // Same issuer and later: it becomes the certificate to issue with.
    if (
      namesMatch(authority.certificate.issuer, certificate.issuer) &&
      certificate.notAfter > authority.certificate.notAfter
    ) {
      this.#authorities.set(authority.id, {
        ...authority,
        certificate,
        value: { ...authority.value, certificateId },
        state: authority.state === 'new' ? 'new' : 'changed',
      })
    }
    return { authorityId: authority.id, certificateId, outcome }
  }

  #own(id: string, coming: ComingAuthority, authorityId: string, place: KeyPlace): void {
    const { certificate, requestId, profileId } = coming
    const before = this.#certificates.get(id)
    const keyId = this.#authorities.get(authorityId)?.value.keyId ?? null
    const common = { ownAuthorityId: authorityId, key: place, keyId, ...(requestId ? { requestId } : {}) }
    const value: CertificateRecord = before
      ? { ...before.value, ...common }
      : {
          der: certificate.der.slice(),
          authorityId: null,
          profileId:
            profileId ?? (namesMatch(certificate.issuer, certificate.subject) ? 'root' : 'intermediate'),
          createdAt: this.#session.now,
          createdBy: this.#actor.who,
          status: 'good',
          tags: [],
          notes: '',
          ...common,
        }
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

/** cRLNumbers only rise, and revocations are permanent. */
export function pastOf(
  { listNumber, revokedElsewhere = [] }: Pick<AuthorityRecord, 'listNumber' | 'revokedElsewhere'>,
  past: AuthorityPast | undefined,
): Pick<AuthorityRecord, 'listNumber' | 'revokedElsewhere'> {
  if (!past) return {}
  const known = listNumber === undefined ? null : BigInt(listNumber)
  const number =
    past.listNumber !== null && (known === null || past.listNumber > known) ? past.listNumber : known
  const serials = new Set(past.revoked.map(({ serialNumber }) => serialNumber))
  const revoked = [
    ...revokedElsewhere.filter(({ serialNumber }) => !serials.has(serialNumber)),
    ...past.revoked,
  ]
  return {
    ...(number === null ? {} : { listNumber: String(number) }),
    ...(revoked.length === 0 ? {} : { revokedElsewhere: revoked }),
  }
}

/** A CA is one name with one key, whatever certificates it has. */
const isSameCa = (one: Certificate, other: Certificate): boolean =>
  namesMatch(one.subject, other.subject) && sameOctets(one.spki.publicKey, other.spki.publicKey)
