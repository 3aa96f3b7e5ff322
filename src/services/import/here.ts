/** Looks up one by one what is in the vault already: a large inventory is not read for a small drop. */
import { requireRecord } from '../../vault/reading.ts'
import type { Session } from '../session/session.ts'

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
