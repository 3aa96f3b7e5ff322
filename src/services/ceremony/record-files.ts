/** The files of a ceremony's record, as far as the ceremony itself makes them; paper is added by the page. */
import type { Sealed, SealedObject } from '../../ceremony/sealed.ts'
import { skeletonOf, skeletonsText } from '../../ceremony/skeleton.ts'
import { tbsOf, type ObjectKind } from '../../ceremony/tbs-fields.ts'
import { utf8 } from '../../octets.ts'
import type { CeremonyFile } from '../../vault/ceremony-store.ts'
import { encodePem } from '../../x509/pem.ts'
import { ENDING, PLAN_FILE, REHEARSAL, TRANSCRIPT_FILE, type CeremonyRun } from './run.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

export const MANIFEST_FILE = 'manifest.sha256'
const OBJECTS = 'objects/'
const KINDS = Object.keys(ENDING) as ObjectKind[]

/** The name of an object's file, taken apart; null if it is another file. */
function objectIn(name: string): { id: string; kind: ObjectKind } | null {
  const [, id, ending] = /^objects\/([a-z0-9-]+)\.([a-z]+)$/.exec(name) ?? []
  const kind = KINDS.find((kind) => ENDING[kind] === ending)
  return id !== undefined && kind ? { id, kind } : null
}

/** What a completed rehearsal fixes. */
export async function sealedOf(run: CeremonyRun): Promise<Sealed> {
  const objects: SealedObject[] = []
  for (const { name, bytes } of await run.store.files()) {
    const object = objectIn(name)
    if (object) objects.push({ id: object.id, ...(await skeletonOf(object.kind, tbsOf(bytes))) })
  }
  const plan = await sha256Hex((await run.store.file(PLAN_FILE)) ?? new Uint8Array(0))
  return { plan, rehearsal: run.head, build: String(run.lines[0]?.more['build']), objects }
}

/** What a live ceremony of the same plan keeps of a rehearsal. */
export async function rehearsed(run: CeremonyRun): Promise<CeremonyFile[]> {
  const files = await run.store.files()
  const objects = files.filter(({ name }) => objectIn(name) !== null)
  return [
    { name: `${REHEARSAL}${TRANSCRIPT_FILE}`, bytes: run.transcript },
    ...objects.map(({ name, bytes }) => ({ name: `${REHEARSAL}${name.slice(OBJECTS.length)}`, bytes })),
  ]
}

/** Everything that the manifest names, `paper` included. */
export async function recordFiles(run: CeremonyRun, paper: readonly CeremonyFile[]): Promise<CeremonyFile[]> {
  const kept = (await run.store.files()).filter(({ name }) => name !== MANIFEST_FILE)
  const objects = kept.flatMap(({ name, bytes }) => {
    const object = objectIn(name)
    return object ? [{ ...object, name, bytes }] : []
  })
  const skeletons = await Promise.all(
    objects.map(async ({ name, kind, bytes }) => ({
      file: name.slice(OBJECTS.length),
      skeleton: await skeletonOf(kind, tbsOf(bytes)),
    })),
  )
  const pem = objects
    .filter(({ kind }) => kind === 'certificate')
    .map(({ id, bytes }) => ({ name: `pem/${id}.pem`, bytes: utf8(encodePem('CERTIFICATE', bytes)) }))
  const existing = run.plan.existing.map(({ id, certificate }) => ({
    name: `existing/${id}.der`,
    bytes: certificate,
  }))
  const made: CeremonyFile[] = [
    { name: TRANSCRIPT_FILE, bytes: run.transcript },
    { name: 'tool.txt', bytes: utf8(`${run.plan.tool}  rootcellar.html\n`) },
    { name: 'skeletons.txt', bytes: utf8(skeletonsText(skeletons)) },
    ...existing,
    ...pem,
    ...paper,
  ]
  const names = new Set(made.map(({ name }) => name))
  return [...kept.filter(({ name }) => !names.has(name)), ...made]
}
