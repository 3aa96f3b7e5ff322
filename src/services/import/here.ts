/** Looks up one by one what is in the vault already: a large inventory is not read for a small drop. */
import { serialTag } from '../../vault/commit.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { Session } from '../session/session.ts'

/** Returns the certificate this authority issued with this serial number; null if it is not here. */
export async function certificateWith(
  session: Session,
  authorityId: string,
  serialNumber: string,
): Promise<Read<'certificates'> | null> {
  const { database, keys, visibility } = await session.vault.requireOpen()
  const tag = await serialTag(keys, visibility, authorityId, serialNumber)
  const id = await database.getKeyFromIndex('certificates', 'serial', [authorityId, tag])
  return id === undefined ? null : requireRecord(session.vault, 'certificates', id)
}

/** Returns the octets of the certificates whose issuer is not here. */
export async function waitingCertificates(session: Session): Promise<Uint8Array[]> {
  const { database } = await session.vault.requireOpen()
  const placed = await database.countFromIndex('certificates', 'parent')
  // Two counts show whether there is any.
  if ((await database.count('certificates')) === placed) return []
  const below = new Set(await database.getAllKeysFromIndex('certificates', 'parent'))
  const ids = (await database.getAllKeys('certificates')).filter((id) => !below.has(id))
  const records = await Promise.all(ids.map((id) => requireRecord(session.vault, 'certificates', id)))
  return records.map(({ value }) => value.der)
}
