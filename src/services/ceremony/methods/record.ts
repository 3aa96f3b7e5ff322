/** What leaves a ceremony: the backup, the record, and what witnesses have signed. */
import { writeSealed } from '../../../ceremony/sealed.ts'
import type { Said } from '../../../ceremony/events.ts'
import type { Step } from '../../../ceremony/plan.ts'
import { isRecordName, writeManifest } from '../../../ceremony/manifest.ts'
import { CodedError } from '../../../errors.ts'
import type { CeremonyFile } from '../../../vault/ceremony-store.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { CarriedOut } from '../../../border/protocol/ceremony.ts'
import { requirePerson, requireReason, requireSame, typedText } from '../answers.ts'
import { attest, enrol } from '../witnesses.ts'
import type { HeldCeremony } from '../held.ts'
import { actorOf, quietly } from '../objects.ts'
import { MANIFEST_FILE, recordFiles, sealedOf } from '../record-files.ts'
import { SEALED_FILE, TRANSCRIPT_FILE, type CeremonyRun } from '../run.ts'
import { requireVault } from '../view.ts'
import { sha256Hex } from '../../../webcrypto/signature.ts'

type RecordMethods = Pick<
  Handlers,
  | 'ceremony.backup'
  | 'ceremony.backupAgain'
  | 'ceremony.readBack'
  | 'ceremony.complete'
  | 'ceremony.enrol'
  | 'ceremony.attest'
  | 'ceremony.file'
  | 'ceremony.carryOut'
  | 'ceremony.salvage'
>
type Shown = (held: HeldCeremony) => Promise<Out<'ceremony.open'>>

/** The step ends once the backup is made; that it has left is known when it comes back. */
async function backup(
  held: HeldCeremony,
  { step: id, place }: In<'ceremony.backup'>,
  call: Call,
  shown: Shown,
): Promise<Out<'ceremony.backup'>> {
  const run = await held.required()
  const step = run.doing(id, 'backup')
  const { file, sums } = await madeBackup(held, run, step, place, call)
  await run.endStep(step.id, sums)
  return { file, view: await shown(held) }
}

async function madeBackup(held: HeldCeremony, run: CeremonyRun, step: Step, place: string, call: Call) {
  requireVault(held.session, run)
  const input = { passphrase: null, place, actor: actorOf(run, step) }
  const { file } = await held.handlers['vault.backup'](input, quietly(call))
  const name = run.kind === 'rehearsal' ? `REHEARSAL-${file.name}` : file.name
  const sums: Said['backup'] = { sha256: await sha256Hex(file.bytes), octets: file.bytes.length }
  return { file: { ...file, name }, sums }
}

/** The page went away before the file was saved, or the stick is lost: what is read back is another backup. */
async function backupAgain(
  held: HeldCeremony,
  { step: id, place, text, by }: In<'ceremony.backupAgain'>,
  call: Call,
  shown: Shown,
): Promise<Out<'ceremony.backupAgain'>> {
  const run = await held.required()
  const step = run.doing(id, 'read-back')
  requirePerson(run.plan, by)
  requireReason(text)
  const { file, sums } = await madeBackup(held, run, step, place, call)
  await run.except({ why: 'deviation', decision: 'go-on', text: typedText(text), by })
  await run.add('backup', sums, { step: step.id })
  return { file, view: await shown(held) }
}

/** It is the file that was made, and opens with this passphrase. Rejects with 'ceremony-other', 'passphrase-wrong'. */
async function readBack(
  held: HeldCeremony,
  { step: id, file, passphrase }: In<'ceremony.readBack'>,
  call: Call,
): Promise<void> {
  const run = await held.required()
  const step = run.doing(id, 'read-back')
  const made = lastBackup(run)
  const sha256 = await sha256Hex(file)
  requireSame('backup', made, sha256)
  const summary = await held.handlers['vault.checkBackup']({ file, passphrase }, call)
  await run.endStep(step.id, { sha256, records: summary.certificates })
}

/** SHA-256 of the backup that was made last before the step; empty: none was. */
function lastBackup(run: CeremonyRun): string {
  const steps = new Set(run.plan.steps.filter(({ act }) => act === 'backup').map(({ id }) => id))
  const made = run.lines.findLast(
    ({ event, step }) => event === 'backup' || (event === 'ended' && steps.has(step)),
  )
  return String(made?.more['sha256'] ?? '')
}

/** Closes the record, of a live ceremony that was aborted too: nothing is added to it any more but what witnesses have signed. */
async function complete(held: HeldCeremony, { sheets }: In<'ceremony.complete'>): Promise<void> {
  const run = await held.required()
  const { phase } = run.standing
  const isOver = phase === 'completed' || (phase === 'aborted' && run.kind === 'live')
  const isOpen = isOver && (await run.store.file(MANIFEST_FILE)) === null
  if (phase !== 'done' && !isOpen) throw new CodedError('ceremony-not-over', null)
  const files = sheets.map(({ name, bytes }): CeremonyFile => {
    if (!isRecordName(name)) throw new Error('a sheet of the record has a name that it cannot have')
    return { name, bytes }
  })
  if (phase === 'done') await run.add('completed', {})
  if (run.kind === 'rehearsal') {
    await run.store.put(files)
    return
  }
  const all = await recordFiles(run, files)
  const lines = await Promise.all(
    all.map(async ({ name, bytes }) => ({ name, sha256: await sha256Hex(bytes) })),
  )
  await run.store.put([...all, { name: MANIFEST_FILE, bytes: writeManifest(lines) }])
}

async function file(held: HeldCeremony, { name }: In<'ceremony.file'>): Promise<Out<'ceremony.file'>> {
  const run = await held.required()
  const bytes = await fileOf(run, name)
  if (!bytes) throw new CodedError('ceremony-file', { name })
  const mark = run.kind === 'rehearsal' && name !== SEALED_FILE ? 'REHEARSAL-' : ''
  return { name: `${mark}${name.slice(name.lastIndexOf('/') + 1)}`, type: 'application/octet-stream', bytes }
}

async function fileOf(run: CeremonyRun, name: string): Promise<Uint8Array | null> {
  if (name === SEALED_FILE && run.kind === 'rehearsal') {
    if (run.standing.phase !== 'completed') return null
    return writeSealed(await sealedOf(run))
  }
  return run.store.file(name)
}

/** Everything there is of it. */
async function carryOut(held: HeldCeremony): Promise<Out<'ceremony.carryOut'>> {
  const run = await held.required()
  const isClosed = (await run.store.file(MANIFEST_FILE)) !== null
  const sealed = await fileOf(run, SEALED_FILE)
  const files = isClosed
    ? await run.store.files()
    : await recordFiles(run, sealed ? [{ name: SEALED_FILE, bytes: sealed }] : [])
  return {
    ...{ kind: run.kind, begun: run.lines[0]!.at, now: new Date(held.session.now) },
    files: await summed(files),
  }
}

const summed = (files: readonly CeremonyFile[]): Promise<CarriedOut['files']> =>
  Promise.all(files.map(async ({ name, bytes }) => ({ name, bytes, sha256: await sha256Hex(bytes) })))

/** Everything that is kept of one that cannot be read, as it is. */
async function salvage(held: HeldCeremony): Promise<Out<'ceremony.salvage'>> {
  const store = await held.store()
  const kept = [...(await store.files()), { name: TRANSCRIPT_FILE, bytes: await store.octets() }]
  // A program that has changed the lines may have named the files, too.
  const files = kept.map(({ name, bytes }, i) => ({
    name: isRecordName(name) ? name : `file-${String(i)}`,
    bytes,
  }))
  const now = new Date(held.session.now)
  return { kind: 'broken', begun: now, now, files: await summed(files) }
}

export function recordMethods(held: () => HeldCeremony, shown: Shown): RecordMethods {
  return {
    'ceremony.backup': (input, call) => backup(held(), input, call, shown),
    'ceremony.backupAgain': (input, call) => backupAgain(held(), input, call, shown),
    'ceremony.readBack': (input, call) => readBack(held(), input, call).then(() => shown(held())),
    'ceremony.complete': (input) => complete(held(), input).then(() => shown(held())),
    'ceremony.enrol': (input) => enrol(held(), input).then(() => shown(held())),
    'ceremony.attest': (input) => attest(held(), input).then(() => shown(held())),
    'ceremony.file': (input) => file(held(), input),
    'ceremony.carryOut': () => carryOut(held()),
    'ceremony.salvage': () => salvage(held()),
  }
}
