/** Stored requests: what the lists show of them, and how they are written. */
import type { Write } from '../../vault/commit.ts'
import { allRecords, findRecord, requireRecord, type Read } from '../../vault/reading.ts'
import type { KeyRecord, RequestRecord } from '../../vault/shapes.ts'
import { digest } from '../../webcrypto/signature.ts'
import { subjectCalled } from '../../x509/calling-name.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import { parseRequest, type CertificationRequest } from '../../x509/request.ts'
import { keyAlgorithmOf } from '../shared/facts.ts'
import { generalNameLine } from '../../x509/general-name-text.ts'
import type { RequestRow } from '../../border/protocol/request.ts'
import type { HasVault } from './has-vault.ts'
import { isCa } from '../../x509/roles.ts'

export interface StoredRequest {
  readonly id: string
  readonly value: RequestRecord
  readonly request: CertificationRequest
  /** As it was read, for a change based on it. */
  readonly read: Read<'requests'>
}

export async function storedRequests(session: HasVault): Promise<StoredRequest[]> {
  return (await allRecords(session.vault, 'requests')).map(opened)
}

/** Rejects with 'record-missing'. */
export async function storedRequest(session: HasVault, requestId: string): Promise<StoredRequest> {
  return opened(await requireRecord(session.vault, 'requests', requestId))
}

const opened = (read: Read<'requests'>): StoredRequest => ({
  id: read.id,
  value: read.value,
  request: parseRequest(read.value.der),
  read,
})

/** Returns the write of a request, indexed by the certificate that answered it. */
export function requestWrite(id: string, value: RequestRecord, mode: Write['mode']): Write {
  const parent = value.certificateId === null ? {} : { parent: value.certificateId }
  return { store: 'requests', id, value, mode, ...parent }
}

/** Returns the key a request was made with, if it is here. */
export async function requestKey(
  session: HasVault,
  { key }: RequestRecord,
): Promise<{ id: string; record: KeyRecord } | null> {
  if (!key) return null
  const found = await findRecord(session.vault, key.store, key.id)
  return found && { id: key.id, record: found.value }
}

/** Returns its display name, chosen as for a certificate. */
export const requestName: (request: CertificationRequest) => string = subjectCalled

export const asksForCa: (request: CertificationRequest) => boolean = isCa

/** Returns whether a CA's key opens with the vault or has a passphrase of its own. */
export function keyPlaceOf({ sealed }: KeyRecord): 'vault' | 'own-passphrase' {
  return sealed.slots.some(({ kind }) => kind === 'vault') ? 'vault' : 'own-passphrase'
}

export async function requestRow(
  session: HasVault,
  stored: Omit<StoredRequest, 'read'>,
): Promise<RequestRow> {
  const { id, value, request } = stored
  const key = await requestKey(session, value)
  const answer =
    value.certificateId === null ? null : await findRecord(session.vault, 'certificates', value.certificateId)
  return {
    id,
    origin: value.origin,
    name: requestName(request),
    subject: nameToText(request.subject),
    subjectAltNames: (request.subjectAltName ?? []).map(generalNameLine),
    isCa: asksForCa(request),
    keyAlgorithm: keyAlgorithmOf(request.spki),
    spkiHash: await digest('SHA-256', request.spki.der),
    profileId: value.profileId ?? null,
    key: key === null ? null : value.key?.store === 'keys' ? keyPlaceOf(key.record) : 'sealed',
    createdAt: new Date(value.createdAt),
    createdBy: value.createdBy,
    answer: answer && {
      certificateId: answer.id,
      issuer: nameToText(parseCertificate(answer.value.der).issuer),
    },
  }
}
