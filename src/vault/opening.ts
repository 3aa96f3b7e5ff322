/** Opens a vault with a passphrase, and reports what differs from what was written and what is still allowed then. */
import { CodedError, isCodedError } from '../errors.ts'
import { checkOpening } from './check.ts'
import type { Change } from './commit.ts'
import type { SlotOpener } from './key-slots.ts'
import { readSettings } from './head.ts'
import type { OpenVault } from './open-vault.ts'
import type { Header, RecordProblem, Settings, Visibility } from './shapes.ts'
import type { PassphraseSource } from './slot-sources.ts'
import { headerMac, makeVaultKey, openVaultBySlot, openVaultKey, type OpenedVaultKey } from './vault-keys.ts'
import { noteRefusal } from './while-locked.ts'
import { random } from '../webcrypto/seal.ts'
import { hexOf } from '../octets.ts'

/** Known here. 3: with a quorum among its slots, which builds before it would take for a damaged one. */
export const HEADER_VERSION = 3 as const
/** 2: bound to a kind. */
const BOUND = 2

/** The version of a header with these slots. */
export const versionFor = ({ slots }: Header['sealed']): Header['version'] =>
  slots.some(({ kind }) => kind === 'quorum') ? HEADER_VERSION : BOUND

/** Returns a new vault and its header; nothing is stored. The first of the sources opens it. */
export async function makeVault(
  { name, database }: Pick<OpenVault, 'name' | 'database'>,
  sources: readonly PassphraseSource[],
  visibility: Visibility,
  at: number,
  signal?: AbortSignal,
): Promise<{ open: OpenVault; header: Header }> {
  const vaultId = hexOf(random(16))
  const sealed = await makeVaultKey(vaultId, sources, at, visibility)
  const opener = { kind: 'passphrase', passphrase: sources[0]!.passphrase, signal } as const
  const keys = await openVaultKey(vaultId, sealed, opener)
  const version = versionFor(sealed)
  const unmarked = { id: 'vault', vaultId, version, visibility, createdAt: at, sealed } as const
  const header = { ...unmarked, mac: await headerMac(keys, unmarked) }
  signal?.throwIfAborted()
  return { open: { name, vaultId, visibility, database, keys, isReadOnly: false, slotId: null }, header }
}

export interface Opening {
  open: OpenVault
  slot: OpenedVaultKey['slot']
  problems: RecordProblem[]
  /** Null if no valid settings are stored. */
  settings: Settings | null
  /** Upgrades a vault of an earlier version to this one. */
  bringUp: Pick<Change, 'header' | 'bringUp'>
}

/** Rejects with 'passphrase-wrong', which is noted, and with 'storage-newer' for a vault of an unknown version. */
export async function openVault(
  { name, database, clock }: Pick<OpenVault, 'name' | 'database'> & { clock: () => number },
  header: Header,
  opener: SlotOpener,
  who: string,
): Promise<Opening> {
  if (header.version > HEADER_VERSION)
    throw new CodedError('storage-newer', { found: header.version, known: HEADER_VERSION })
  const { vaultId, sealed } = header
  const opened = await openVaultBySlot(vaultId, sealed, opener).catch(async (error: unknown) => {
    if (isCodedError(error, 'passphrase-wrong')) await noteRefusal(database, clock(), who)
    throw error
  })
  const { keys, slot, bound } = opened
  // The header may have been changed; what is bound to the key cannot.
  const visibility = bound ?? header.visibility
  const unchecked = { name, vaultId, visibility, database, keys, isReadOnly: false, slotId: slot.id }
  const problems = await checkOpening(unchecked, header)
  const open = { ...unchecked, isReadOnly: problems.some(isOfFrame) }
  const settings = problems.some(isOfSettings) ? null : await readSettings(open)
  const isOld = header.version < BOUND && !open.isReadOnly && settings !== null
  return { open, slot, problems, settings, bringUp: isOld ? await broughtUp(open, header, opened) : {} }
}

/**
 * Problems that make a vault read-only: an outdated head or header proves nothing about the other records, and no entry
 * can follow a lost one. A row behind the last entry that this vault did not write is removed with the next one.
 */
const isOfFrame = ({ store, id, kind }: RecordProblem): boolean =>
  (store === 'journal' && kind !== 'unexpected') || (store === 'meta' && id !== 'settings')

const isOfSettings = ({ store, id }: RecordProblem): boolean => store === 'meta' && id === 'settings'

async function broughtUp(
  { database, visibility }: OpenVault,
  header: Header,
  { bind }: OpenedVaultKey,
): Promise<Opening['bringUp']> {
  const stored = await database.get('meta', 'settings')
  if (!stored || !('body' in stored)) return {}
  const bound = { ...header, version: BOUND, sealed: await bind(visibility) } as const
  return { header: { from: header, next: bound }, bringUp: { settings: stored.mac } }
}
