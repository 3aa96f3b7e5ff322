/** What holders open together: where its sets of shares are, and how a proved one gets there. */
import type { In } from '../../border/protocol.ts'
import type { HeldBy, QuorumOf } from '../../border/protocol/quorum.ts'
import { CodedError } from '../../errors.ts'
import { slotsOfBackup } from '../../vault/backup.ts'
import { onCurrentRecords, type Write } from '../../vault/commit.ts'
import { addSlot, openerOf, type Opening, type SlotOpener } from '../../vault/key-slots.ts'
import { sealQuorum, type ShareSet } from '../../vault/quorum/quorum.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { AuthorityRecord, Slot } from '../../vault/shapes.ts'
import { belonging } from '../../vault/signing-keys.ts'
import { addQuorum, noteProof, proofName, quorumName, withProof } from '../../vault/ways-in.ts'
import { rewritten } from '../files/rewritten.ts'
import { keyUseOf } from '../hierarchy/key-use.ts'
import type { QuorumSlot } from '../session/given-shares.ts'
import type { Session } from '../session/session.ts'
import { authorityName } from '../shared/facts.ts'

/** Returns the sets that open it. Rejects with 'vault-absent', 'record-missing' and 'backup-*'. */
export async function setsOf(session: Session, of: QuorumOf): Promise<readonly QuorumSlot[]> {
  return (await slotsOf(session, of)).filter((slot) => slot.kind === 'quorum')
}

/** Rejects with 'slot-missing'. */
export async function setOf(session: Session, of: QuorumOf, setId: string): Promise<QuorumSlot> {
  const found = (await setsOf(session, of)).find((slot) => slot.setId === setId)
  if (!found) throw new CodedError('slot-missing', { id: setId })
  return found
}

/** Returns every set that opens the open vault, or is alone with the key of a CA. */
export async function allSets(session: Session): Promise<readonly { of: HeldBy; slot: QuorumSlot }[]> {
  await session.vault.requireOpen()
  const held = (await session.inventory.authorities()).filter(({ key }) => key === 'quorum')
  const places: readonly HeldBy[] = [
    { kind: 'vault' },
    ...held.map(({ id }) => ({ kind: 'authority', authorityId: id }) as const),
  ]
  const found = await Promise.all(
    places.map(async (of) => (await setsOf(session, of)).map((slot) => ({ of, slot }))),
  )
  return found.flat()
}

async function slotsOf(session: Session, of: QuorumOf): Promise<readonly Slot[]> {
  if (of.kind === 'backup') return slotsOfBackup(of.front)
  if (of.kind === 'authority') return (await keyOf(session, of.authorityId)).value.sealed.slots
  const header = await session.vault.header()
  if (!header) throw new CodedError('vault-absent', null)
  return header.sealed.slots
}

/** The key of a CA. Rejects with 'export-no-key'. */
async function keyOf(session: Session, authorityId: string): Promise<Read<'keys'>> {
  const { value } = await requireRecord(session.vault, 'authorities', authorityId)
  if (value.keyId !== null) return requireRecord(session.vault, 'keys', value.keyId)
  throw new CodedError('export-no-key', {
    name: authorityName(await session.inventory.authority(authorityId)),
  })
}

/** Stores a proved set as a way in; `alone`: as the only one. Rejects with 'passphrase-wrong'. */
export function holdTogether(
  session: Session,
  set: ShareSet,
  { of, opens, ...rest }: In<'quorum.finish'>,
  signal: AbortSignal,
): Promise<void> {
  const { actor } = rest
  return session.shares.opening(opens, async (current) => {
    if (of.kind === 'vault') {
      const change = { current, who: actor.who, remark: actor.remark ?? '', signal }
      await addQuorum(session.vault, set, rest, change)
    } else await onCurrentRecords(() => holdKey(session, of.authorityId, set, { ...rest, current }, signal))
  })
}

/** A way in for the key of a CA, and what it says of the CAs that sign with it. */
async function holdKey(
  session: Session,
  authorityId: string,
  set: ShareSet,
  { label, alone, actor, current }: Omit<In<'quorum.finish'>, 'of' | 'opens'> & { current: Opening },
  signal: AbortSignal,
): Promise<void> {
  const key = await keyOf(session, authorityId)
  const opener = await openerOfKey(session, key, current, signal)
  const entry = session.draft('quorum-added', quorumName(set), actor, authorityId)
  const { quorum, key: quorumKey } = await sealQuorum(set, entry.at)
  const source = { kind: 'quorum', quorum, key: quorumKey, label } as const
  const sealed = await addSlot(key.value.sealed, belonging(key.value, key.id), opener, source, entry.at)
  const use = await keyUseOf(session, key.id)
  const place = { key: 'quorum' } as const
  await session.commit(
    {
      writes: [
        putKey(key, alone ? sealed.slots.slice(-1) : sealed.slots),
        ...(alone ? use.authorities.map((read) => putAuthority(read, place)) : []),
        ...(alone ? use.certificates.map((read) => rewritten(read, place)) : []),
      ],
      entries: [entry],
      basedOn: [key, ...(alone ? [...use.authorities, ...use.certificates] : [])],
      durability: 'strict',
    },
    undefined,
    signal,
  )
  if (alone) for (const { id } of use.authorities) session.forgetSigningKey(id)
}

/** An open vault is not enough to hand a key to others. */
async function openerOfKey(
  session: Session,
  { value: { sealed } }: Read<'keys'>,
  current: Opening,
  signal: AbortSignal,
): Promise<SlotOpener> {
  if (sealed.slots.every(({ kind }) => kind !== 'vault')) return openerOf(current, signal)
  await session.vault.confirmPassphrase(current, signal)
  return { kind: 'vault', wrappingKey: (await session.vault.requireOpen()).keys.wrapping }
}

/** Notes that a holder has shown a share. */
export async function noteShown(
  session: Session,
  { of, setId, actor }: Omit<In<'shares.drill'>, 'text'>,
  holder: number,
): Promise<void> {
  if (of.kind === 'vault')
    return noteProof(session.vault, setId, holder, { who: actor.who, remark: actor.remark ?? '' })
  await onCurrentRecords(async () => {
    const key = await keyOf(session, of.authorityId)
    const entry = session.draft('share-proved', proofName(setId, holder), actor, of.authorityId)
    const slots = withProof(key.value.sealed.slots, setId, holder, entry.at)
    await session.commit({
      writes: [putKey(key, slots)],
      entries: [entry],
      basedOn: [key],
      durability: 'strict',
    })
  })
}

const putKey = ({ id, value }: Read<'keys'>, slots: Slot[]): Write => ({
  store: 'keys',
  id,
  value: { ...value, sealed: { ...value.sealed, slots } },
  mode: 'put',
})

const putAuthority = ({ id, value }: Read<'authorities'>, change: Partial<AuthorityRecord>): Write => ({
  store: 'authorities',
  id,
  value: { ...value, ...change },
  mode: 'put',
})
