/** The ways into an open vault: passphrases and quorums, added, changed and removed. Each change is one commit. */
import { CodedError } from '../errors.ts'
import { checkPassphrase, openerOf, type Opening, type SlotSource } from './key-slots.ts'
import { versionFor } from './opening.ts'
import { sealQuorum, type ShareSet } from './quorum/quorum.ts'
import type { Header, JournalDraft, Slot } from './shapes.ts'
import { withoutSlot, withSlot } from './slot-sources.ts'
import { soundHeader } from './sound-header.ts'
import type { Vault } from './vault.ts'

/** Who does it, and what opens the vault now: a passphrase or shares of any slot. */
export interface Change {
  readonly current: Opening
  readonly who: string
  readonly remark: string
  readonly signal?: AbortSignal | undefined
}

/** Replaces the passphrase of one slot. Rejects with 'passphrase-wrong' and 'slot-missing'. */
export async function changePassphrase(
  vault: Vault,
  slotId: string,
  next: string,
  { current, who, remark, signal }: Change,
): Promise<void> {
  checkPassphrase(next)
  const header = await soundHeader(await vault.requireOpen())
  const { label } = slotIn(header, slotId)
  const source = await passphraseSource(vault, next, label)
  const entry = vault.draft('passphrase-changed', label, who, remark)
  const sealed = await withSlot(header, openerOf(current, signal), source, entry.at, slotId)
  await commitHeader(vault, header, sealed, entry)
}

/** Adds a passphrase. Rejects with 'passphrase-wrong', 'passphrase-weak' and 'slots-too-many'. */
export async function addPassphrase(
  vault: Vault,
  next: string,
  label: string,
  { current, who, remark, signal }: Change,
): Promise<void> {
  checkPassphrase(next)
  const header = await soundHeader(await vault.requireOpen())
  const source = await passphraseSource(vault, next, label)
  const entry = vault.draft('slot-added', label, who, remark)
  const sealed = await withSlot(header, openerOf(current, signal), source, entry.at)
  await commitHeader(vault, header, sealed, entry)
}

/** Adds a set of shares that was proved; `alone`: and removes all other ways in. Rejects as `addPassphrase`. */
export async function addQuorum(
  vault: Vault,
  set: ShareSet,
  { label, alone }: { label: string; alone: boolean },
  { current, who, remark, signal }: Change,
): Promise<void> {
  const header = await soundHeader(await vault.requireOpen())
  const entry = vault.draft('quorum-added', quorumName(set), who, remark)
  const { quorum, key } = await sealQuorum(set, entry.at)
  const source = { kind: 'quorum', quorum, key, label } as const
  const sealed = await withSlot(header, openerOf(current, signal), source, entry.at)
  await commitHeader(vault, header, alone ? { ...sealed, slots: sealed.slots.slice(-1) } : sealed, entry)
}

/** Removes a slot. Rejects with 'passphrase-wrong', 'slot-last' and 'slot-needed'. */
export async function removeSlot(
  vault: Vault,
  slotId: string,
  { current, who, remark, signal }: Change,
): Promise<void> {
  const open = await vault.requireOpen()
  const header = await soundHeader(open)
  const sealed = await withoutSlot(open, header, openerOf(current, signal), slotId)
  const slot = header.sealed.slots.find(({ id }) => id === slotId)
  const name = slot?.kind === 'quorum' ? slot.setId : (slot?.label ?? '')
  await commitHeader(vault, header, sealed, vault.draft('slot-removed', name, who, remark))
}

/** Notes that a holder has shown a share of the vault's own quorum. Rejects with 'slot-missing'. */
export async function noteProof(
  vault: Vault,
  setId: string,
  holder: number,
  { who, remark }: Pick<Change, 'who' | 'remark'>,
): Promise<void> {
  const header = await soundHeader(await vault.requireOpen())
  const entry = vault.draft('share-proved', proofName(setId, holder), who, remark)
  const slots = withProof(header.sealed.slots, setId, holder, entry.at)
  await commitHeader(vault, header, { ...header.sealed, slots }, entry)
}

/** Returns the slots with the time at which a holder has shown a share. */
export const withProof = (slots: readonly Slot[], setId: string, holder: number, at: number): Slot[] =>
  slots.map((slot) => {
    if (slot.kind !== 'quorum' || slot.setId !== setId) return slot
    const holders = slot.holders.map((its, i) => (i + 1 === holder ? { ...its, provedAt: at } : its))
    return { ...slot, holders }
  })

export const proofName = (setId: string, holder: number): string => `${setId}, ${String(holder)}`

/** A set as the journal names it, without anything secret. */
export const quorumName = ({ setId, threshold, names }: Omit<ShareSet, 'shares'>): string =>
  `${setId}, ${String(threshold)}/${String(names.length)}: ${names.join(', ')}`

function slotIn({ sealed }: Header, slotId: string) {
  const slot = sealed.slots.find(({ id }) => id === slotId)
  if (!slot) throw new CodedError('slot-missing', { id: slotId })
  return slot
}

const passphraseSource = async (vault: Vault, passphrase: string, label: string): Promise<SlotSource> => ({
  kind: 'passphrase',
  passphrase,
  label,
  iterations: await vault.iterations(),
})

async function commitHeader(
  vault: Vault,
  from: Header,
  sealed: Header['sealed'],
  entry: JournalDraft,
): Promise<void> {
  const next = { ...from, version: versionFor(sealed), sealed }
  await vault.commit({ header: { from, next }, entries: [entry], durability: 'strict' })
}
