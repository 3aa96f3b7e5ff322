/** The vault's own key: a secret that cannot be read, and the keys derived from it, one per purpose. */
import { derivedKey, mac, open, random, seal, unwrapMaterial, type Bytes } from '../webcrypto/seal.ts'
import { openKey, sealKey, type Belonging, type SlotOpener, type SlotSource } from './key-slots.ts'
import { joinLengths, pack } from './pack.ts'
import { utf8 } from '../octets.ts'
import type { Header, SealedKey, Slot, Visibility } from './shapes.ts'

/** None is extractable; all are dropped on lock. */
export interface VaultKeys {
  /** Yields the `vault` slot of other sealed keys. */
  wrapping: CryptoKey
  /** Seals records if names are sealed. */
  sealing: CryptoKey
  records: CryptoKey
  journal: CryptoKey
  /** Makes serial numbers comparable without revealing them. */
  serials: CryptoKey
  /** Seals backups. */
  backup: CryptoKey
  /** Makes sums of records comparable without revealing them. */
  marks: CryptoKey
  /** Authenticates the activity notices of other tabs. */
  tabs: CryptoKey
}

/**
 * Makes a new vault key with its slots; it must be opened to be used. The kind of vault is bound into the sealed key,
 * so that nobody can make it write names unsealed; null for a key that does not belong to a vault.
 */
export function makeVaultKey(
  vaultId: string,
  sources: readonly SlotSource[],
  at: number,
  visibility: Visibility | null = null,
): Promise<SealedKey> {
  return sealKey(belongingOf(vaultId), sources, at, async (secretKey, context) => {
    const secret = random(32)
    try {
      return await seal(secretKey, secret, boundTo(visibility, context))
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

export interface OpenedVaultKey {
  keys: VaultKeys
  slot: Slot
  /** The kind of vault that the key was made for; null: none was bound to it. */
  bound: Visibility | null
  /** The same key and slots, bound to a kind of vault. */
  bind: (visibility: Visibility) => Promise<SealedKey>
}

const BINDINGS = ['public', 'sealed', null] as const

/** As openVaultKey, and returns which slot it was. */
export async function openVaultBySlot(
  vaultId: string,
  sealed: SealedKey,
  opener: SlotOpener,
): Promise<OpenedVaultKey> {
  const { material, ...opened } = await openKey(
    sealed,
    belongingOf(vaultId),
    opener,
    async (secretKey, ciphertext, context, slot) => {
      for (const bound of BINDINGS) {
        const before = boundTo(bound, context)
        const material = await unwrapMaterial(secretKey, ciphertext, before)
        const bind = async (visibility: Visibility): Promise<SealedKey> => ({
          ...sealed,
          ciphertext: await sealedAgain(secretKey, ciphertext, before, boundTo(visibility, context)),
        })
        if (material) return { material, slot, bound, bind }
      }
      return null
    },
  )
  return { keys: await keysFrom(material), ...opened }
}

async function keysFrom(material: CryptoKey): Promise<VaultKeys> {
  const [wrapping, sealing, records, journal, serials, backup, marks, tabs] = await Promise.all([
    derivedKey(material, 'rootcellar 1 wrapping', 'aes-gcm'),
    derivedKey(material, 'rootcellar 1 sealing', 'aes-gcm'),
    derivedKey(material, 'rootcellar 1 records', 'hmac-sha-512'),
    derivedKey(material, 'rootcellar 1 journal', 'hmac-sha-512'),
    derivedKey(material, 'rootcellar 1 serials', 'hmac-sha-512'),
    derivedKey(material, 'rootcellar 1 backup', 'aes-gcm'),
    derivedKey(material, 'rootcellar 1 marks', 'hmac-sha-512'),
    derivedKey(material, 'rootcellar 1 tabs', 'hmac-sha-512'),
  ])
  return { wrapping, sealing, records, journal, serials, backup, marks, tabs }
}

async function sealedAgain(key: CryptoKey, ciphertext: Bytes, before: Bytes, after: Bytes): Promise<Bytes> {
  const secret = await open(key, ciphertext, before)
  if (!secret) throw new Error('what opened before does not open')
  try {
    return await seal(key, secret, after)
  } finally {
    secret.fill(0)
  }
}

function boundTo(visibility: Visibility | null, context: Bytes): Bytes {
  return visibility === null ? context : joinLengths([context, utf8('visibility'), utf8(visibility)])
}

export function belongingOf(vaultId: string): Belonging {
  return { recordId: vaultId, spki: new Uint8Array(0) }
}

/** Returns the MAC that binds the header's slots and settings to the vault's key. */
export function headerMac(keys: VaultKeys, header: Omit<Header, 'mac'>): Promise<Bytes> {
  const { vaultId, version, visibility, createdAt, sealed } = header
  const bytes = pack([vaultId, version, visibility, createdAt, sealed])
  return mac(keys.records, joinLengths([utf8('rootcellar header 1'), bytes]))
}
