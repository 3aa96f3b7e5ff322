/** The sources of a vault's slots. */
import { CodedError, isCodedError } from '../errors.ts'
import { addSlot, checkPassphrase, removeSlot, type SlotSource } from './key-slots.ts'
import type { OpenVault } from './open-vault.ts'
import type { Header } from './shapes.ts'
import { slotOfVault } from './sound-header.ts'
import { belongingOf } from './vault-keys.ts'

export type PassphraseSource = Extract<SlotSource, { kind: 'passphrase' }>

/** Returns the sources of a new vault. Rejects with 'passphrase-too-short'. */
export async function firstSources(
  passphrase: string,
  recovery: string | null,
  iterations: () => Promise<number>,
): Promise<PassphraseSource[]> {
  checkPassphrase(passphrase)
  if (recovery !== null) checkPassphrase(recovery)
  const like = { kind: 'passphrase', iterations: await iterations() } as const
  const main: PassphraseSource = { ...like, passphrase, label: 'main' }
  return recovery === null ? [main] : [main, { ...like, passphrase: recovery, label: 'recovery' }]
}

/**
 * Returns sources for the slots whose passphrases are given. Rejects with 'passphrase-wrong' if one does not open its
 * slot.
 */
export async function keptSources(
  open: OpenVault,
  header: Header,
  kept: readonly { slotId: string; passphrase: string }[],
  iterations: number,
  signal?: AbortSignal,
): Promise<PassphraseSource[]> {
  const sources: PassphraseSource[] = []
  for (const { slotId, passphrase } of kept) {
    const slot = header.sealed.slots.find(({ id }) => id === slotId)
    if (!slot) throw new CodedError('slot-missing', { id: slotId })
    const opener = { kind: 'passphrase', passphrase, signal } as const
    await slotOfVault(open, { ...header, sealed: { ...header.sealed, slots: [slot] } }, opener)
    sources.push({ kind: 'passphrase', passphrase, label: slot.label, iterations })
  }
  if (sources.length === 0) throw new CodedError('slot-last', null)
  return sources
}

/** Returns the vault's sealed key with a slot for `source`, which may replace another. Rejects with 'passphrase-wrong'. */
export function withSlot(
  { sealed, vaultId }: Header,
  { current, signal }: { current: string; signal: AbortSignal | undefined },
  source: Omit<PassphraseSource, 'kind'>,
  at: number,
  replaced?: string,
): Promise<Header['sealed']> {
  const opener = { kind: 'passphrase', passphrase: current, signal } as const
  return addSlot(sealed, belongingOf(vaultId), opener, { kind: 'passphrase', ...source }, at, replaced)
}

/**
 * Returns the vault's sealed key without a slot. Rejects with 'passphrase-wrong', and with 'slot-needed' if the passphrase
 * opens only the slot to be removed: without another, nobody could open the vault.
 */
export async function withoutSlot(
  open: OpenVault,
  header: Header,
  { current, signal }: { current: string; signal: AbortSignal | undefined },
  slotId: string,
): Promise<Header['sealed']> {
  const sealed = removeSlot(header.sealed, slotId)
  const opener = { kind: 'passphrase', passphrase: current, signal } as const
  const { id } = await slotOfVault(open, header, opener)
  if (id !== slotId) return sealed
  // Two slots may have one passphrase.
  await slotOfVault(open, { ...header, sealed }, opener).catch((error: unknown) => {
    throw isCodedError(error, 'passphrase-wrong') ? new CodedError('slot-needed', null) : error
  })
  return sealed
}
