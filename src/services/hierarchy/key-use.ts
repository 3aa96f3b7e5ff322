/** All uses of one CA key: destroying it ends all of these. */
import { allRecords, recordsOf, type Read } from '../../vault/reading.ts'
import { requestName, storedRequests, type StoredRequest } from '../records/request-records.ts'
import type { KeyUseView } from '../../border/protocol/keys.ts'
import type { Session } from '../session/session.ts'
import { authorityName } from '../shared/facts.ts'

export interface KeyUse {
  /** Waiting for an answer. */
  readonly requests: readonly StoredRequest[]
  /** All CAs that sign with it. */
  readonly authorities: readonly Read<'authorities'>[]
  /** The readable certificates of those CAs. */
  readonly certificates: readonly Read<'certificates'>[]
}

/** Returns the uses of a key in the store `keys`. */
export async function keyUseOf(session: Session, keyId: string): Promise<KeyUse> {
  const requests = (await storedRequests(session)).filter(
    ({ value: { key, certificateId } }) =>
      certificateId === null && key?.store === 'keys' && key.id === keyId,
  )
  const authorities = (await allRecords(session.vault, 'authorities', session.inventory.report)).filter(
    ({ value }) => value.keyId === keyId,
  )
  const ids = authorities.flatMap(({ value }) => [value.certificateId, ...(value.otherCertificateIds ?? [])])
  const certificates = await recordsOf(session.vault, 'certificates', ids, session.inventory.report)
  return { requests, authorities, certificates }
}

/** Returns the same for display with one of those CAs, by name. */
export async function keyUseView(
  session: Session,
  { requests, authorities }: KeyUse,
  authorityId: string,
): Promise<KeyUseView> {
  const others = authorities.filter(({ id }) => id !== authorityId)
  const views = await Promise.all(others.map(({ id }) => session.inventory.authority(id)))
  return {
    requests: requests.map(({ id, request }) => ({ id, name: requestName(request) })),
    authorities: views.map((view) => ({ id: view.id, name: authorityName(view) })),
  }
}
