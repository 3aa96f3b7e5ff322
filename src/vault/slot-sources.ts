/** The sources of a vault's slots. */
import { CodedError, isCodedError } from '../errors.ts'
import {
  addSlot,
  checkPassphrase,
  openerOf,
  removeSlot,
  type Opening,
  type SlotOpener,
  type SlotSource,
} from './key-slots.ts'
import type { OpenVault } from './open-vault.ts'
import { openQuorum } from './quorum/quorum.ts'
import type { Header, Slot } from './shapes.ts'
import { slotOfVault } from './sound-header.ts'
import { belongingOf } from './vault-keys.ts'

export type PassphraseSource = Extract<SlotSource, { kind: 'passphrase' }>

/** A slot that stays, and what opens it. */
export interface KeptSource {
  readonly source: SlotSource
  readonly opening: Opening
}

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
  kept: readonly { slotId: string; passphrase: Opening }[],
  iterations: number,
  signal?: AbortSignal,
): Promise<KeptSource[]> {
  const sources: KeptSource[] = []
  for (const { slotId, passphrase } of kept) {
    const slot = header.sealed.slots.find(({ id }) => id === slotId)
    if (!slot) throw new CodedError('slot-missing', { id: slotId })
    const only = { ...header, sealed: { ...header.sealed, slots: [slot] } }
    await slotOfVault(open, only, openerOf(passphrase, signal))
    sources.push({ source: await sourceAgain(slot, passphrase, iterations), opening: passphrase })
  }
  if (sources.length === 0) throw new CodedError('slot-last', null)
  return sources
}

/** The same holders and shares open the new secret too. */
async function sourceAgain(slot: Slot, opening: Opening, iterations: number): Promise<SlotSource> {
  if (typeof opening === 'string')
    return { kind: 'passphrase', passphrase: opening, label: slot.label, iterations }
  const key = slot.kind === 'quorum' ? await openQuorum(slot, opening.given) : null
  if (slot.kind !== 'quorum' || !key) throw new CodedError('slot-missing', { id: slot.id })
  const { setId, threshold, holders, envelopes } = slot
  return { kind: 'quorum', quorum: { setId, threshold, holders, envelopes }, key, label: slot.label }
}

/** Returns the vault's sealed key with a slot for `source`, which may replace another. Rejects with 'passphrase-wrong'. */
export const withSlot = (
  { sealed, vaultId }: Header,
  opener: SlotOpener,
  source: SlotSource,
  at: number,
  replaced?: string,
): Promise<Header['sealed']> => addSlot(sealed, belongingOf(vaultId), opener, source, at, replaced)

/**
 * Returns the vault's sealed key without a slot. Rejects with 'passphrase-wrong', and with 'slot-needed' if the passphrase
 * opens only the slot to be removed: without another, nobody could open the vault.
 */
export async function withoutSlot(
  open: OpenVault,
  header: Header,
  opener: SlotOpener,
  slotId: string,
): Promise<Header['sealed']> {
  const sealed = removeSlot(header.sealed, slotId)
  const { id } = await slotOfVault(open, header, opener)
  if (id !== slotId) return sealed
  // Two slots may have one passphrase.
  await slotOfVault(open, { ...header, sealed }, opener).catch((error: unknown) => {
    throw isCodedError(error, 'passphrase-wrong') || isCodedError(error, 'share-other-set')
      ? new CodedError('slot-needed', null)
      : error
  })
  return sealed
}
