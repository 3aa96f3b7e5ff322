/** What a rehearsal left, as a live ceremony begins with it: what it fixed, and what it made, which its record needs. */
import { readSealed, type Sealed } from '../../ceremony/sealed.ts'
import { skeletonOf } from '../../ceremony/skeleton.ts'
import { tbsOf, type ObjectKind } from '../../ceremony/tbs-fields.ts'
import { readTranscript } from '../../ceremony/transcript.ts'
import { Unpacking } from '../../containers/limits.ts'
import { isZip, readZip, unzip } from '../../containers/unzip.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import type { CeremonyFile } from '../../vault/ceremony-store.ts'
import { breathe } from '../shared/breathe.ts'
import { rehearsed } from './record-files.ts'
import { ENDING, REHEARSAL, rehearsalFile, SEALED_FILE, TRANSCRIPT_FILE, type CeremonyRun } from './run.ts'

/** More is in no record: its manifest may have 5,000 lines. */
const MOST_FILES = 6000

/**
 * Returns the files that a live ceremony keeps of the rehearsal of this plan by this build. `left`: its ZIP, or sealed.json alone
 * if it is the rehearsal that this browser has (`before`). Rejects with 'ceremony-unsealed', 'ceremony-sealed-unreadable',
 * 'ceremony-sealed-other', 'ceremony-sealed-alone', and as archives do.
 */
export async function keptOf(
  left: Uint8Array | null,
  plan: string,
  build: string,
  before: CeremonyRun | null,
): Promise<readonly [sealed: CeremonyFile, ...made: CeremonyFile[]]> {
  if (!left) throw new CodedError('ceremony-unsealed', { object: null })
  const files = isZip(left) ? await unpacked(left) : null
  const octets = files ? files.get(SEALED_FILE) : left
  if (!octets) throw new CodedError('ceremony-sealed-unreadable', null)
  const sealed = readSealed(octets)
  if (sealed.plan !== plan) throw new CodedError('ceremony-sealed-other', { of: 'plan' })
  if (sealed.build !== build) throw new CodedError('ceremony-sealed-other', { of: 'build' })
  const file = { name: SEALED_FILE, bytes: octets }
  if (files) return [file, ...(await madeIn(files, sealed))]
  const isOfIt = before?.kind === 'rehearsal' && before.head === sealed.rehearsal
  if (!isOfIt) throw new CodedError('ceremony-sealed-alone', null)
  return [file, ...(await rehearsed(before))]
}

/** The files of the record in the ZIP, by their names in it. */
async function unpacked(zip: Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const unpacking = new Unpacking(breathe)
  for (const entry of readZip(zip)) {
    const [, name] =
      /^(?:record\/)?(sealed\.json|transcript\.jsonl|objects\/[a-z0-9-]+\.[a-z]+)$/.exec(entry.name) ?? []
    if (name === undefined) continue
    if (files.size === MOST_FILES) break
    files.set(name, await unzip(zip, entry, unpacking))
  }
  return files
}

/** Its transcript and objects, which are those that it has fixed. */
async function madeIn(files: ReadonlyMap<string, Uint8Array>, sealed: Sealed): Promise<CeremonyFile[]> {
  const other = new CodedError('ceremony-sealed-other', { of: 'rehearsal' })
  const transcript = files.get(TRANSCRIPT_FILE) ?? new Uint8Array(0)
  if ((await headOf(transcript)) !== sealed.rehearsal) throw other
  const made: CeremonyFile[] = [{ name: `${REHEARSAL}${TRANSCRIPT_FILE}`, bytes: transcript }]
  for (const { id, kind, masked } of sealed.objects) {
    const bytes = files.get(`objects/${id}.${ENDING[kind]}`)
    if (!bytes) throw other
    if ((await maskedOf(kind, bytes)) !== masked) throw other
    made.push({ name: rehearsalFile(id, kind), bytes })
  }
  return made
}

async function maskedOf(kind: ObjectKind, bytes: Uint8Array): Promise<string | null> {
  try {
    return (await skeletonOf(kind, tbsOf(bytes))).masked
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

async function headOf(transcript: Uint8Array): Promise<string | null> {
  try {
    return (await readTranscript(transcript)).head.hash
  } catch (error) {
    if (isCodedError(error, 'transcript-invalid')) return null
    throw error
  }
}
