/** The vault's own key: a secret that nothing can read, and the keys derived from it, one per purpose. */
import { derivedKey, mac, random, seal, unwrapMaterial, type Bytes } from '../webcrypto/seal.ts'
import { openKey, sealKey, type Belonging, type SlotOpener, type SlotSource } from './key-slots.ts'
import { joinLengths, pack, utf8 } from './pack.ts'
import type { Header, SealedKey, Slot } from './shapes.ts'

/** None is extractable; all are dropped on lock. */
export interface VaultKeys {
  /** Yields the `vault` slot of other sealed keys. */
  wrapping: CryptoKey
  /** Seals records where names are sealed. */
  sealing: CryptoKey
  records: CryptoKey
  journal: CryptoKey
  /** Makes serial numbers comparable without showing them. */
  serials: CryptoKey
  /** Seals backups. */
  backup: CryptoKey
  /** Tells other tabs' signs of life from those of anybody else. */
  tabs: CryptoKey
}

/** Makes a new vault key with its slots; it must be opened to be used. */
export function makeVaultKey(
  vaultId: string,
  sources: readonly SlotSource[],
  at: number,
): Promise<SealedKey> {
  return sealKey(belongingOf(vaultId), sources, at, async (secretKey, context) => {
    const secret = random(32)
    try {
      return await seal(secretKey, secret, context)
    } finally {
      secret.fill(0)
    }
  })
}

/** Rejects with 'passphrase-wrong'. */
export async function openVaultKey(
  vaultId: string,
  sealed: SealedKey,
  opener: SlotOpener,
): Promise<VaultKeys> {
  return (await openVaultBySlot(vaultId, sealed, opener)).keys
}

/** The same, and which slot it was. */
export async function openVaultBySlot(
  vaultId: string,
  sealed: SealedKey,
  opener: SlotOpener,
): Promise<{ keys: VaultKeys; slot: Slot }> {
  const { material, slot } = await openKey(
    sealed,
    belongingOf(vaultId),
    opener,
    async (secretKey, ciphertext, context, slot) => {
      const material = await unwrapMaterial(secretKey, ciphertext, context)
      return material && { material, slot }
    },
  )
  const [wrapping, sealing, records, journal, serials, backup, tabs] = await Promise.all([
    derivedKey(material, 'rootcellar 1 wrapping', 'aes-gcm'),
    derivedKey(material, 'rootcellar 1 sealing', 'aes-gcm'),
    derivedKey(material, 'rootcellar 1 records', 'hmac-sha-512'),
    derivedKey(material, 'rootcellar 1 journal', 'hmac-sha-512'),
    derivedKey(material, 'rootcellar 1 serials', 'hmac-sha-512'),
    derivedKey(material, 'rootcellar 1 backup', 'aes-gcm'),
    derivedKey(material, 'rootcellar 1 tabs', 'hmac-sha-512'),
  ])
  return { keys: { wrapping, sealing, records, journal, serials, backup, tabs }, slot }
}

export function belongingOf(vaultId: string): Belonging {
  return { recordId: vaultId, spki: new Uint8Array(0) }
}

/** The MAC that binds the header's slots and settings to the vault's key. */
export function headerMac(keys: VaultKeys, header: Omit<Header, 'mac'>): Promise<Bytes> {
  const { vaultId, version, visibility, createdAt, sealed } = header
  const bytes = pack([vaultId, version, visibility, createdAt, sealed])
  return mac(keys.records, joinLengths([utf8('rootcellar header 1'), bytes]))
}
