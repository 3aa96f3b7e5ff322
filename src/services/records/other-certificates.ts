import type { AuthorityRecord } from '../../vault/shapes.ts'

/** Returns the CA with these among its other certificates, but for the one it issues with; itself if all are there. */
export function withOthers(value: AuthorityRecord, ids: readonly string[]): AuthorityRecord {
  const { certificateId, otherCertificateIds: before = [] } = value
  const others = new Set([...before, ...ids])
  others.delete(certificateId)
  const isSame = others.size === before.length && before.every((id) => others.has(id))
  return isSame ? value : { ...value, otherCertificateIds: [...others] }
}
