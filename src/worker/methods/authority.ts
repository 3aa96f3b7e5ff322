import { CodedError, isCodedError } from '../../errors.ts'
import { exportPkcs12, exportSealedKey } from '../../containers/export.ts'
import { WRITE_ITERATIONS } from '../../containers/pbes.ts'
import type { SlotOpener } from '../../vault/key-slots.ts'
import { requireRecord } from '../../vault/reading.ts'
import { openPrivateKey } from '../../vault/signing-keys.ts'
import type { AuthorityRecord, JournalAct } from '../../vault/shapes.ts'
import { random } from '../../webcrypto/seal.ts'
import type { Handlers } from '../dispatch.ts'
import type { Session } from '../session.ts'
import type { Actor, AuthorityView, ExportFile } from '../views.ts'

type AuthorityMethods = Omit<
  Pick<Handlers, Extract<keyof Handlers, `authority.${string}`>>,
  'authority.dependents'
>

/** The CAs: their hierarchy, and what becomes of their keys. */
export function authorityMethods(session: Session): AuthorityMethods {
  const { inventory } = session

  /** Writes a change of an authority's record and gives it as it is now. */
  async function change(
    authorityId: string,
    act: JournalAct,
    actor: Actor,
    edit: (record: AuthorityRecord) => AuthorityRecord,
    removedKey: string | null = null,
  ): Promise<AuthorityView> {
    const { value } = await requireRecord(session.vault, 'authorities', authorityId)
    const name = nameOf(await inventory.authority(authorityId))
    await session.commit({
      writes: [{ store: 'authorities', id: authorityId, value: edit(value), mode: 'put' }],
      removals: removedKey === null ? [] : [{ store: 'keys', id: removedKey }],
      entries: [session.draft(act, name, actor, authorityId)],
      durability: 'strict',
    })
    return inventory.authority(authorityId)
  }

  return {
    'authority.list': () => inventory.authorities(),
    'authority.tree': () => inventory.tree(),

    async 'authority.unlock'({ authorityId, passphrase, actor }) {
      await session.begin(actor)
      try {
        await session.openSigningKey(authorityId, { kind: 'passphrase', passphrase })
      } catch (error) {
        const name = nameOf(await inventory.authority(authorityId))
        await session.refuse('authority-key-refused', name, actor, reasonOf(error))
        throw error
      }
      return inventory.authority(authorityId)
    },

    async 'authority.retire'({ authorityId, actor }) {
      await session.begin(actor)
      return change(authorityId, 'authority-retired', actor, (record) => ({
        ...record,
        retiredAt: session.now,
      }))
    },

    async 'authority.destroyKey'({ authorityId, typedName, actor }) {
      await session.begin(actor)
      const expected = nameOf(await inventory.authority(authorityId))
      if (typedName !== expected) throw new CodedError('name-mismatch', { typed: typedName, expected })
      const { value } = await requireRecord(session.vault, 'authorities', authorityId)
      if (value.keyId === null) throw new CodedError('export-no-key', { name: expected })
      session.forgetSigningKey(authorityId)
      const edit = (record: AuthorityRecord): AuthorityRecord => ({
        ...record,
        key: 'destroyed',
        keyId: null,
      })
      return change(authorityId, 'authority-key-destroyed', actor, edit, value.keyId)
    },

    async 'authority.exportKey'(input) {
      const { authorityId, vaultPassphrase, filePassphrase, actor } = input
      const open = await session.begin(actor)
      if (filePassphrase === '') throw new CodedError('export-passphrase-missing', null)
      const name = nameOf(await inventory.authority(authorityId))
      try {
        await session.vault.confirmPassphrase(vaultPassphrase)
        const opener: SlotOpener =
          input.keyPassphrase === null
            ? { kind: 'vault', wrappingKey: open.keys.wrapping }
            : { kind: 'passphrase', passphrase: input.keyPassphrase }
        const file = await exportKey(authorityId, opener, input)
        // The entry is stored before the file is handed over: no key leaves that the journal does not know of.
        const entry = session.draft('authority-key-exported', name, actor, authorityId)
        await session.commit({ entries: [entry], durability: 'strict' })
        return file
      } catch (error) {
        await session.refuse('authority-key-refused', name, actor, reasonOf(error))
        throw error
      }
    },
  }

  async function exportKey(
    authorityId: string,
    opener: SlotOpener,
    { format, filePassphrase }: { format: 'pkcs8' | 'pkcs12'; filePassphrase: string },
  ): Promise<ExportFile> {
    const { value } = await requireRecord(session.vault, 'authorities', authorityId)
    const view = await inventory.authority(authorityId)
    if (value.keyId === null) throw new CodedError('export-no-key', { name: nameOf(view) })
    if (value.key === 'own-passphrase' && opener.kind === 'vault') {
      throw new CodedError('key-locked', { name: nameOf(view) })
    }
    const record = await requireRecord(session.vault, 'keys', value.keyId)
    const chain = (await inventory.chain(value.certificateId)).map(({ certificate }) => certificate)
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
              friendlyName: nameOf(view),
              includeRoot: true,
            })
      return { name: file.name, type: file.mediaType, bytes: file.bytes }
    } finally {
      pkcs8.fill(0)
    }
  }
}

function nameOf({ id, commonName, subject }: AuthorityView): string {
  return commonName ?? subject ?? id
}

function reasonOf(error: unknown): string {
  return isCodedError(error) ? error.code : 'failed'
}
