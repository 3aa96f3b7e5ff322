import { addressFault } from '../../../ca/addresses.ts'
import { invalidField } from '../../../ca/input.ts'
import { CodedError, isCodedError } from '../../../errors.ts'
import { exportPkcs12, exportSealedKey } from '../../../containers/export.ts'
import { WRITE_ITERATIONS } from '../../../containers/pbes-write.ts'
import { onCurrentRecords, type Write } from '../../../vault/commit.ts'
import { checkPassphrase, openerOf, type SlotOpener } from '../../../vault/key-slots.ts'
import { requireRecord } from '../../../vault/reading.ts'
import { openPrivateKey } from '../../../vault/signing-keys.ts'
import type { AuthorityRecord, JournalAct } from '../../../vault/shapes.ts'
import { random } from '../../../webcrypto/seal.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import { keyUseOf, keyUseView } from '../key-use.ts'
import { authorityName } from '../../shared/facts.ts'
import type { KeyUser } from '../../../border/protocol/keys.ts'
import { requestWrite } from '../../records/request-records.ts'
import { rewritten } from '../../files/rewritten.ts'
import type { Session } from '../../session/session.ts'
import { isOwn } from '../../../border/words.ts'
import type { Actor, AuthorityView, ExportFile } from '../../../border/views.ts'

type AuthorityMethods = Omit<
  Pick<Handlers, Extract<keyof Handlers, `authority.${string}`>>,
  'authority.dependents'
>

async function unlockKey(
  session: Session,
  { authorityId, passphrase, actor }: In<'authority.unlock'>,
  { signal }: Call,
): Promise<Out<'authority.unlock'>> {
  await session.begin(actor)
  try {
    await session.openOwnKey(authorityId, passphrase, actor, signal)
  } catch (error) {
    // Cancelled, not refused.
    signal.throwIfAborted()
    const name = authorityName(await session.inventory.authority(authorityId))
    await session.refuse('authority-key-refused', name, actor, reasonOf(error))
    throw error
  }
  return session.inventory.authority(authorityId)
}

async function closeKey(
  session: Session,
  { authorityId, actor }: In<'authority.close'>,
): Promise<Out<'authority.close'>> {
  await session.begin(actor)
  await session.closeOwnKeys([authorityId], actor)
  return session.inventory.authority(authorityId)
}

async function retire(
  session: Session,
  { authorityId, actor }: In<'authority.retire'>,
): Promise<Out<'authority.retire'>> {
  await session.begin(actor)
  return change(session, authorityId, 'authority-retired', actor, (record) => ({
    ...record,
    retiredAt: session.now,
  }))
}

/** Rejects with 'issue-field-invalid' for what is no address. */
async function setAddresses(
  session: Session,
  { authorityId, addresses, actor }: In<'authority.setAddresses'>,
): Promise<Out<'authority.setAddresses'>> {
  await session.begin(actor)
  const { crl, ocsp, caIssuers } = addresses
  for (const address of [...crl, ...ocsp, ...caIssuers])
    if (addressFault(address) !== null) throw invalidField('addresses', address, 'syntax')
  return change(session, authorityId, 'authority-addresses-changed', actor, ({ addresses: _, ...record }) =>
    crl.length + ocsp.length + caIssuers.length === 0
      ? record
      : { ...record, addresses: { crl: [...crl], ocsp: [...ocsp], caIssuers: [...caIssuers] } },
  )
}

async function keyUse(
  session: Session,
  { authorityId }: In<'authority.keyUse'>,
): Promise<Out<'authority.keyUse'>> {
  const { value } = await requireRecord(session.vault, 'authorities', authorityId)
  if (value.keyId === null) return { requests: [], authorities: [] }
  return keyUseView(session, await keyUseOf(session, value.keyId), authorityId)
}

async function destroyKey(
  session: Session,
  { authorityId, typedName, seen, vaultPassphrase, actor }: In<'authority.destroyKey'>,
  { signal }: Call,
): Promise<Out<'authority.destroyKey'>> {
  await session.begin(actor)
  const expected = authorityName(await session.inventory.authority(authorityId))
  if (typedName !== expected) throw new CodedError('name-mismatch', { typed: typedName, expected })
  await session.confirmPassphrase(vaultPassphrase, expected, actor)
  signal.throwIfAborted()
  await onCurrentRecords(() => destroy(session, authorityId, seen, actor))
  return session.inventory.authority(authorityId)
}

async function exportKey(
  session: Session,
  input: In<'authority.exportKey'>,
  { signal }: Call,
): Promise<Out<'authority.exportKey'>> {
  const { authorityId, vaultPassphrase, filePassphrase, actor } = input
  const open = await session.begin(actor)
  if (filePassphrase === '') throw new CodedError('export-passphrase-missing', null)
  checkPassphrase(filePassphrase)
  const name = authorityName(await session.inventory.authority(authorityId))
  try {
    const { shares, vault } = session
    await shares.opening(vaultPassphrase, (opening) => vault.confirmPassphrase(opening, signal))
    const { keyPassphrase } = input
    const file =
      keyPassphrase === null
        ? await keyFile(session, authorityId, { kind: 'vault', wrappingKey: open.keys.wrapping }, input)
        : await shares.opening(keyPassphrase, (opening) =>
            keyFile(session, authorityId, openerOf(opening, signal), input),
          )
    signal.throwIfAborted()
    // The entry is stored before the file is handed over: no key leaves without a journal entry.
    const entry = session.draft('authority-key-exported', name, actor, authorityId)
    await session.commit({ entries: [entry], durability: 'strict' })
    return file
  } catch (error) {
    signal.throwIfAborted()
    await session.refuse('authority-key-refused', name, actor, reasonOf(error))
    throw error
  }
}

/** Changes an authority's record as currently stored, and returns the result. */
async function change(
  session: Session,
  authorityId: string,
  act: JournalAct,
  actor: Actor,
  edit: (record: AuthorityRecord) => AuthorityRecord,
): Promise<AuthorityView> {
  const name = authorityName(await session.inventory.authority(authorityId))
  await onCurrentRecords(async () => {
    const read = await requireRecord(session.vault, 'authorities', authorityId)
    await session.commit({
      writes: [{ store: 'authorities', id: authorityId, value: edit(read.value), mode: 'put' }],
      entries: [session.draft(act, name, actor, authorityId)],
      basedOn: [read],
      durability: 'strict',
    })
  })
  return session.inventory.authority(authorityId)
}

/** Destroys the key, and in the same transaction all references to it: from other CAs and pending requests. */
async function destroy(
  session: Session,
  authorityId: string,
  seen: readonly string[],
  actor: Actor,
): Promise<void> {
  const { value } = await requireRecord(session.vault, 'authorities', authorityId)
  const view = await session.inventory.authority(authorityId)
  const { keyId } = value
  if (keyId === null) throw new CodedError('export-no-key', { name: authorityName(view) })
  const use = await keyUseOf(session, keyId)
  const others = await keyUseView(session, use, authorityId)
  const unseen = [...others.authorities, ...others.requests].filter(({ id }) => !seen.includes(id))
  if (unseen.length > 0) throw new CodedError('key-used-besides', { names: unseen.map(({ name }) => name) })
  const names = new Map([{ id: authorityId, name: authorityName(view) }, ...others.authorities].map(named))
  await session.commit({
    writes: [
      ...use.authorities.map(({ id, value: authority }): Write => {
        const without = { ...authority, key: 'destroyed' as const, keyId: null }
        return { store: 'authorities', id, value: without, mode: 'put' }
      }),
      ...use.certificates.map((read) => rewritten(read, { key: 'destroyed', keyId: null })),
      ...use.requests.map((request) => requestWrite(request.id, { ...request.value, key: null }, 'put')),
    ],
    removals: [{ store: 'keys', id: keyId }],
    entries: [
      ...use.authorities.map(({ id }) =>
        session.draft('authority-key-destroyed', names.get(id) ?? id, actor, id),
      ),
      ...others.requests.map(({ id, name }) => session.draft('request-key-destroyed', name, actor, id)),
    ],
    basedOn: [...use.authorities, ...use.certificates, ...use.requests.map(({ read }) => read)],
    durability: 'strict',
  })
  for (const { id } of use.authorities) session.forgetSigningKey(id)
}

async function keyFile(
  session: Session,
  authorityId: string,
  opener: SlotOpener,
  { format, filePassphrase }: { format: 'pkcs8' | 'pkcs12'; filePassphrase: string },
): Promise<ExportFile> {
  const { value } = await requireRecord(session.vault, 'authorities', authorityId)
  const view = await session.inventory.authority(authorityId)
  if (value.keyId === null) throw new CodedError('export-no-key', { name: authorityName(view) })
  if (isOwn(value.key) && opener.kind === 'vault') {
    throw new CodedError('key-locked', { name: authorityName(view) })
  }
  const record = await requireRecord(session.vault, 'keys', value.keyId)
  const chain = (await session.inventory.chain(value.certificateId)).map(({ certificate }) => certificate)
  const [target, ...above] = chain
  if (!target) throw new CodedError('record-missing', { store: 'certificates', id: value.certificateId })
  const pkcs8 = await openPrivateKey(record.value, value.keyId, opener)
  try {
    const options = { iterations: WRITE_ITERATIONS, random }
    const file =
      format === 'pkcs8'
        ? await exportSealedKey(target, pkcs8, filePassphrase, { ...options, encoding: 'pem' })
        : await exportPkcs12([target, ...above], pkcs8, filePassphrase, {
            ...options,
            friendlyName: authorityName(view),
            includeRoot: true,
          })
    return { name: file.name, type: file.mediaType, bytes: file.bytes }
  } finally {
    pkcs8.fill(0)
  }
}

const named = ({ id, name }: KeyUser): [string, string] => [id, name]

function reasonOf(error: unknown): string {
  return isCodedError(error) ? error.code : 'failed'
}

/** The CAs: their hierarchy, and the lifecycle of their keys. */
export function authorityMethods(session: Session): AuthorityMethods {
  return {
    'authority.list': () => session.inventory.authorities(),
    'authority.tree': () => session.inventory.tree(),
    'authority.unlock': (input, call) => unlockKey(session, input, call),
    'authority.close': (input) => closeKey(session, input),
    'authority.setAddresses': (input) => setAddresses(session, input),
    'authority.retire': (input) => retire(session, input),
    'authority.keyUse': (input) => keyUse(session, input),
    'authority.destroyKey': (input, call) => destroyKey(session, input, call),
    'authority.exportKey': (input, call) => exportKey(session, input, call),
  }
}
