/**
 * Matches what belongs together: certificates to the CAs that signed them, by name and signature; keys and requests to
 * certificates, by public key; lists to CAs; databases to the CA whose serial numbers they hold. Stores nothing.
 */
import { isKeyHere } from '../../border/words.ts'
import { SIGNATURE_ALGORITHMS } from '../../webcrypto/algorithms.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { compareOctets } from '../../der/writer.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { hexOf, sameOctets, utf8 } from '../../octets.ts'
import { KeyCache, verifyScheme, verifySigned } from '../../x509/signed.ts'
import {
  certificateWith,
  knownAuthorities,
  signatureOf,
  storedBelow,
  type KnownAuthority,
} from '../hierarchy/issuers.ts'
import { serialOf, serialText } from '../../x509/serial-number.ts'
import { newSigner } from '../certifying/certified-key.ts'
import { usualSignature } from '../lists/revoked.ts'
import { keptLists } from '../records/list-records.ts'
import { storedRequests } from '../records/request-records.ts'
import { requireRecord } from '../../vault/reading.ts'
import type { Session } from '../session/session.ts'
import { sideBySide } from '../shared/side-by-side.ts'
import type {
  FoundCertificate,
  FoundDatabase,
  FoundKey,
  FoundList,
  FoundRequest,
  ImportDesk,
} from './desk.ts'
import { waitingCertificates } from './here.ts'
import { giveDatabases } from './databases.ts'
import { listNumbers, Revocations, type ListNumbers } from './revocations.ts'
import { isCa } from '../../x509/roles.ts'

export interface PlannedCertificate extends FoundCertificate {
  readonly key: FoundKey | null
  readonly request: FoundRequest | null
  /** Its signature is verified when it is stored: it is one of very many, and only one CA bears its issuer's name. */
  readonly unverified: boolean
}

/** A CA, new or existing, with everything that belongs to it. */
export interface PlannedAuthority {
  /** For a new CA: its certificates, the one that expires last first; empty if the CA exists and only its own came. */
  readonly own: readonly FoundCertificate[]
  /** Whether one of these is new to a CA that is here. */
  readonly ownComes: boolean
  /** The one it issues with. */
  readonly certificate: Certificate
  readonly hereId: string | null
  readonly keyIsHere: boolean
  readonly key: FoundKey | null
  readonly keyIsUnfit: boolean
  readonly parent: PlannedAuthority | null
  readonly certificates: readonly PlannedCertificate[]
  /** How many of its certificates are here already. */
  readonly known: number
  /** Different octets but the serial number of another certificate of this CA. */
  readonly clashing: readonly PlannedCertificate[]
  readonly lists: readonly FoundList[]
  readonly database: FoundDatabase | null
  readonly revocations: Revocations
  readonly listNumbers: ListNumbers
  /** Serial numbers that are here or among the files. */
  readonly serials: ReadonlySet<string>
}

export interface ImportPlan {
  readonly authorities: readonly PlannedAuthority[]
  readonly others: readonly PlannedCertificate[]
  readonly othersKnown: number
  readonly requests: readonly (FoundRequest & { readonly key: FoundKey | null })[]
  readonly requestsKnown: number
  readonly loneKeys: readonly FoundKey[]
  /** Lists and databases of CAs that are not available. */
  readonly strangers: readonly (FoundList | FoundDatabase)[]
  /** CAs' certificates that no CA of their issuer's name signed: left out. */
  readonly unsigned: readonly FoundCertificate[]
}

interface Draft {
  own: FoundCertificate[]
  ownComes: boolean
  certificate: Certificate
  hereId: string | null
  keyIsHere: boolean
  key: FoundKey | null
  keyIsUnfit: boolean
  parent: Draft | null
  certificates: PlannedCertificate[]
  known: number
  clashing: PlannedCertificate[]
  lists: FoundList[]
  database: FoundDatabase | null
  revocations: Revocations
  listNumbers: ListNumbers
  serials: Set<string>
}

/** Signatures verified concurrently: WebCrypto runs them on other threads. */
const LANES = 32
/** Above this many certificates, each signature is verified just before storing, so that the preview does not wait. */
const VERIFIED_AT_ONCE = 1000

export async function planImport(
  session: Session,
  desk: ImportDesk,
  signal: AbortSignal,
): Promise<ImportPlan> {
  const known = await knownAuthorities(session)
  const { signed, unsigned } = await signedCas(known, desk)
  const authorities = await authoritiesOf(session, known, signed, desk)
  const issuers = new Issuers(authorities)
  for (const authority of authorities) {
    const parent = await issuers.of(authority.certificate)
    authority.parent = parent === authority ? null : parent
  }
  const requests = new Map(desk.requests.map((request) => [keyName(request.request), request]))
  const plain = desk.certificates.filter(({ certificate }) => !isCa(certificate))
  const others: PlannedCertificate[] = []
  await sideBySide(plain, LANES, async (found) => {
    signal.throwIfAborted()
    const name = keyName(found.certificate)
    const bearer = plain.length > VERIFIED_AT_ONCE ? issuers.only(found.certificate) : null
    const [key, request] = [desk.keys.get(name) ?? null, requests.get(name) ?? null]
    const planned = { ...found, key, request, unverified: bearer !== null }
    const issuer = bearer ?? (await issuers.of(found.certificate))
    ;(issuer ? issuer.certificates : others).push(planned)
  })
  const strangers = [
    ...(await giveLists(authorities, desk.lists, issuers)),
    ...giveDatabases(authorities, desk.databases),
  ]
  for (const authority of authorities) {
    authority.revocations = await revocationsOf(session, authority)
    authority.listNumbers = listNumbers(authority.database, authority.lists)
  }
  for (const { certificates } of [...authorities, { certificates: others }]) certificates.sort(bySerial)
  const waiting = await removeKnown(session, authorities, others)
  const used = new Set(desk.certificates.map(({ certificate }) => keyName(certificate)))
  const open = desk.requests
    .filter(({ request }) => !used.has(keyName(request)))
    .map((request) => ({ ...request, key: desk.keys.get(keyName(request.request)) ?? null }))
  for (const { request } of open) used.add(keyName(request))
  const fresh = await newRequests(session, open)
  return {
    authorities,
    others: waiting,
    othersKnown: others.length - waiting.length,
    requests: fresh,
    requestsKnown: open.length - fresh.length,
    loneKeys: [...desk.keys].filter(([name]) => !used.has(name)).map(([, key]) => key),
    strangers,
    unsigned,
  }
}

/** By serial number: signatures are verified concurrently and finish in any order. */
const bySerial = ({ certificate: one }: FoundCertificate, { certificate: other }: FoundCertificate): number =>
  one.serialNumber.length - other.serialNumber.length || compareOctets(one.serialNumber, other.serialNumber)
const keyName = ({ spki }: Pick<Certificate, 'spki'>): string => hexOf(spki.publicKey)

/** Separates the CAs' certificates that cannot be of the CA they name: nobody of their issuer's name signed them. */
async function signedCas(
  known: readonly KnownAuthority[],
  { certificates }: ImportDesk,
): Promise<{ signed: FoundCertificate[]; unsigned: FoundCertificate[] }> {
  const found = certificates.filter(({ certificate }) => isCa(certificate))
  const cas = [...known, ...found].map(({ certificate }) => certificate)
  const isHere = (certificate: Certificate): boolean =>
    known.some((each) => sameOctets(each.certificate.der, certificate.der))
  const keys = new KeyCache()
  const [signed, unsigned]: [FoundCertificate[], FoundCertificate[]] = [[], []]
  await sideBySide(found, LANES, async (each) => {
    const { certificate } = each
    const holds = isHere(certificate) || (await signatureOf(cas, certificate, keys)) !== 'not-signed'
    ;(holds ? signed : unsigned).push(each)
  })
  const order = new Map(found.map((each, index) => [each, index]))
  signed.sort((one, other) => order.get(one)! - order.get(other)!)
  return { signed, unsigned }
}

/** Returns the CAs among the files, one for each name and key, and those that are here. */
async function authoritiesOf(
  session: Session,
  known: readonly KnownAuthority[],
  signed: readonly FoundCertificate[],
  desk: ImportDesk,
): Promise<Draft[]> {
  const views = new Map((await session.inventory.authorities()).map((view) => [view.id, view]))
  const drafts = known.map(({ id, certificate }) => {
    const place = views.get(id)?.key
    return draftOf(certificate, { hereId: id, keyIsHere: isKeyHere(place) })
  })
  for (const found of signed) {
    const { certificate } = found
    const same = drafts.find(
      (draft) =>
        sameOctets(draft.certificate.spki.publicKey, certificate.spki.publicKey) &&
        namesMatch(draft.certificate.subject, certificate.subject),
    )
    const draft = same ?? draftOf(certificate, { hereId: null, keyIsHere: false })
    if (!same) drafts.push(draft)
    draft.own.push(found)
    if (draft.hereId === null && certificate.notAfter > draft.certificate.notAfter)
      draft.certificate = certificate
  }
  for (const draft of drafts) draft.ownComes = await bringsOwn(session, known, draft)
  for (const draft of drafts) {
    const key = draft.keyIsHere ? undefined : desk.keys.get(keyName(draft.certificate))
    if (!key) continue
    // A CA is one name with one key: it goes to the first that has it.
    const isTaken = drafts.some(
      (each) => (each.keyIsHere || each.key) && keyName(each.certificate) === keyName(draft.certificate),
    )
    if (!isTaken && (await canSign(session, key, draft.certificate))) draft.key = key
    else draft.keyIsUnfit = true
  }
  return drafts
}

/** Returns whether an existing CA gets a certificate that it does not have; not so where all are read a second time. */
async function bringsOwn(
  session: Session,
  known: readonly KnownAuthority[],
  { hereId, own, certificate: present }: Draft,
): Promise<boolean> {
  if (hereId === null) return false
  for (const { certificate } of own) {
    const issuers = known.filter((each) => namesMatch(each.certificate.subject, certificate.issuer))
    const stored = await Promise.all(issuers.map(({ id }) => storedBelow(session, certificate, id)))
    if (!sameOctets(certificate.der, present.der) && stored.every((found) => found === null)) return true
  }
  return false
}

function draftOf(
  certificate: Certificate,
  { hereId, keyIsHere }: Pick<Draft, 'hereId' | 'keyIsHere'>,
): Draft {
  return {
    own: [],
    ownComes: false,
    certificate,
    hereId,
    keyIsHere,
    key: null,
    keyIsUnfit: false,
    parent: null,
    certificates: [],
    known: 0,
    clashing: [],
    lists: [],
    database: null,
    revocations: new Revocations(null),
    listNumbers: { highest: null, refused: [] },
    serials: new Set(),
  }
}

/** Returns whether a signature by the sealed key verifies with the certificate's: a file's halves may not match. */
async function canSign(session: Session, { key }: FoundKey, certificate: Certificate): Promise<boolean> {
  const data = utf8('rootcellar: does this key sign?')
  try {
    const scheme = SIGNATURE_ALGORITHMS[usualSignature(certificate)]
    const signer = await newSigner(session, key)
    return (await verifyScheme(scheme, certificate.spki, await signer.sign(scheme, data), data)) === 'valid'
  } catch {
    return false
  }
}

/** Finds the signer of a certificate, looking up the CAs with the issuer's name once. */
class Issuers {
  readonly #authorities: readonly Draft[]
  readonly #byName = new Map<string, Draft[]>()
  readonly #keys = new KeyCache()

  constructor(authorities: readonly Draft[]) {
    this.#authorities = authorities
  }

  async of(signed: Parameters<typeof verifySigned>[0] & Pick<Certificate, 'issuer'>): Promise<Draft | null> {
    for (const each of this.#bearers(signed))
      if ((await verifySigned(signed, each.certificate.spki, this.#keys)) === 'valid') return each
    return null
  }

  /** Returns the CA that bears the issuer's name, if there is only one. */
  only(signed: Pick<Certificate, 'issuer'>): Draft | null {
    const [one, ...others] = this.#bearers(signed)
    return others.length === 0 ? (one ?? null) : null
  }

  #bearers({ issuer }: Pick<Certificate, 'issuer'>): readonly Draft[] {
    const name = hexOf(issuer.der)
    let bearers = this.#byName.get(name)
    if (!bearers) {
      bearers = this.#authorities.filter(({ certificate }) => namesMatch(certificate.subject, issuer))
      this.#byName.set(name, bearers)
    }
    return bearers
  }
}

/** Assigns each list to the CA that signed it; returns those that no CA here signed. */
async function giveLists(
  authorities: readonly Draft[],
  lists: readonly FoundList[],
  issuers: Issuers,
): Promise<FoundList[]> {
  const strangers: FoundList[] = []
  for (const found of lists) {
    const issuer = await issuers.of(found.list)
    if (issuer && authorities.includes(issuer)) issuer.lists.push(found)
    else strangers.push(found)
  }
  return strangers
}

/** What came with this CA, and what is stored with it. */
async function revocationsOf(
  session: Session,
  { certificate, hereId, database, lists }: Draft,
): Promise<Revocations> {
  const sources = { issuer: certificate.subject, database, lists }
  if (hereId === null) return new Revocations(sources)
  const { value } = await requireRecord(session.vault, 'authorities', hereId)
  const kept = await keptLists(session, hereId)
  const past = { lists: kept.map(({ list }) => list), revokedElsewhere: value.revokedElsewhere ?? [] }
  return new Revocations({ ...sources, past })
}

/** Removes what is here already or clashes with it; returns the rest, which are new. */
async function removeKnown(
  session: Session,
  authorities: readonly Draft[],
  others: readonly PlannedCertificate[],
): Promise<PlannedCertificate[]> {
  const waiting = await waitingCertificates(session)
  const waits = ({ certificate }: FoundCertificate): boolean =>
    waiting.some((der) => sameOctets(der, certificate.der))
  for (const authority of authorities) {
    const { hereId, serials } = authority
    for (const { certificate } of authorities.flatMap(({ own, parent }) => (parent === authority ? own : [])))
      serials.add(serialOf(certificate))
    for (const { certificate } of authority.own)
      if (namesMatch(certificate.issuer, certificate.subject)) serials.add(serialOf(certificate))
    const fresh: PlannedCertificate[] = []
    for (const planned of authority.certificates) {
      const serial = serialOf(planned.certificate)
      const here = hereId === null ? null : await certificateWith(session, hereId, serial)
      const isTaken = serials.has(serial)
      serials.add(serial)
      if (here ? sameOctets(here.value.der, planned.certificate.der) : waits(planned)) authority.known += 1
      else if (here || isTaken) authority.clashing.push(planned)
      else fresh.push(planned)
    }
    authority.certificates = fresh
    if (hereId === null) continue
    for (const { serialNumber } of authority.revocations.missing(serials)) {
      const serial = serialText(serialNumber)
      if (await certificateWith(session, hereId, serial)) serials.add(serial)
    }
  }
  return others.filter((planned) => !waits(planned))
}

/** Returns those that are not here, octet for octet. */
async function newRequests<R extends FoundRequest>(session: Session, open: readonly R[]): Promise<R[]> {
  const here = new Map(
    (await storedRequests(session)).map(({ value }) => [hexOf(value.der.slice(-32)), value.der]),
  )
  return open.filter(({ der }) => {
    const same = here.get(hexOf(der.slice(-32)))
    return !same || !sameOctets(same, der)
  })
}
