/**
 * The header of an open vault. Anyone who can reach the storage can write another, with a slot of their own or one that
 * was removed: it is used only if it is the one that the head names, by a MAC computed over its content.
 */
import { isEqual } from '../webcrypto/seal.ts'
import type { SlotOpener } from './key-slots.ts'
import { readFrame, type OpenVault } from './open-vault.ts'
import { changed } from './records.ts'
import type { Head, Header, Slot } from './shapes.ts'
import { headerMac, openVaultBySlot, type VaultKeys } from './vault-keys.ts'
import { headerIn } from './while-locked.ts'

/** Whether every field of the header is as it was written last. */
export async function isSoundHeader(
  keys: VaultKeys,
  header: Header,
  head: Pick<Head, 'header'>,
): Promise<boolean> {
  return isEqual(header.mac, head.header) && isEqual(await headerMac(keys, header), header.mac)
}

/** Returns the stored header. Rejects with 'record-changed' if it is not what was written last. */
export async function soundHeader(open: OpenVault): Promise<Header> {
  const { header: stored, head } = await readFrame(open)
  const header = headerIn(stored)
  return header && (await isSoundHeader(open.keys, header, head)) ? header : changed('meta', 'vault')
}

/**
 * Returns the slot that a passphrase opens, if that slot leads to the secret of this open vault. Rejects with
 * 'passphrase-wrong', and with 'record-changed' if it leads to another secret or to none.
 */
export async function slotOfVault(open: OpenVault, header: Header, opener: SlotOpener): Promise<Slot> {
  const { keys, slot } = await openVaultBySlot(open.vaultId, header.sealed, opener)
  const [its, ours] = await Promise.all([headerMac(keys, header), headerMac(open.keys, header)])
  return isEqual(its, ours) ? slot : changed('meta', 'vault')
}
