import type { FilesLook } from '../../border/protocol/files.ts'

/** A page that takes files. */
export type Place = 'validate' | 'certify' | 'answer' | 'import' | 'restore'

/** Those that do nothing while the vault is closed. */
export type VaultPlace = Exclude<Place, 'validate' | 'restore'>

export const needsOpen = (place: Place): place is VaultPlace => place !== 'validate' && place !== 'restore'

/**
 * Returns the places for what was found, the one it belongs to first. Without a vault here (`hasVault`), what can be
 * validated is; without a storage (`canStore`) nothing else can be done.
 */
export function placesFor(
  { found, databases }: Pick<FilesLook, 'found' | 'databases'>,
  { hasVault, canStore }: { hasVault: boolean; canStore: boolean },
): Place[] {
  const { certificate = 0, request = 0, crl = 0, ocspResponse = 0, privateKey = 0, locked = 0 } = found
  const looksAt = certificate + crl + ocspResponse + request + privateKey + locked > 0
  const validate: Place[] = looksAt ? ['validate'] : []
  if (!canStore) return validate
  const keys: Place[] = databases + privateKey + locked > 0 ? ['import'] : []
  const requests: Place[] = request > 0 ? ['certify'] : []
  const others: Place[] = certificate > 0 ? ['answer', 'import'] : crl > 0 ? ['import'] : []
  const isChain = certificate > 0 && databases === 0 && !hasVault
  const order = isChain
    ? [...validate, ...keys, ...requests, ...others]
    : certificate > 0 && keys.length === 0
      ? [...validate, ...requests, ...others]
      : [...keys, ...requests, ...validate, ...others]
  return [...new Set(order)]
}
