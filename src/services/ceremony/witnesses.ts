/** Who signs the record, and what they have signed. */
import {
  certificateIn,
  readAttestation,
  readWitnessCertificate,
  type Attestation,
  type RollEntry,
} from '../../ceremony/attested.ts'
import type { Person } from '../../ceremony/plan.ts'
import { composeSignedData } from '../../ceremony/signed-data.ts'
import { CodedError } from '../../errors.ts'
import { utf8 } from '../../octets.ts'
import type { CeremonyFile } from '../../vault/ceremony-store.ts'
import { encodePem } from '../../x509/pem.ts'
import type { In } from '../../border/protocol.ts'
import { requirePerson } from './answers.ts'
import type { HeldCeremony } from './held.ts'
import { MANIFEST_FILE } from './record-files.ts'
import type { CeremonyRun } from './run.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

const WITNESSES = 'witnesses/'
const TOGETHER = `${WITNESSES}all.p7s`

/** Whether somebody of the plan signs the record. */
const isWitness = ({ roles }: Person): boolean =>
  roles.some((role) => role === 'witness' || role === 'external-witness' || role === 'auditor')

/** Everybody present who signs is on the roll by name, until their certificate is. */
export async function enrolByName(run: CeremonyRun, present: readonly string[]): Promise<void> {
  const known = new Set(rollOf(run).map(({ person }) => person))
  for (const person of run.plan.people) {
    const { id, name } = person
    if (isWitness(person) && present.includes(id) && !known.has(id))
      await run.add('witness', { person: id, name, key: null })
  }
}

/** The roll, as the lines have it. */
const rollOf = ({ lines }: CeremonyRun): RollEntry[] =>
  lines
    .filter(({ event }) => event === 'witness')
    .map(({ more: { person, name, key } }) => ({
      person: String(person),
      name: String(name),
      key: typeof key === 'string' ? key : null,
    }))

/** Until the manifest is made. The name in the certificate must be the person's. */
export async function enrol(held: HeldCeremony, { person, file }: In<'ceremony.enrol'>): Promise<void> {
  const run = await held.required()
  requirePerson(run.plan, person)
  const isClosed = run.standing.phase === 'completed' || (await run.store.file(MANIFEST_FILE)) !== null
  if (isClosed) throw new CodedError('ceremony-not-over', null)
  const planned = run.plan.people.find(({ id }) => id === person)!
  const { name, key } = await readWitnessCertificate(file.bytes)
  if (name.normalize('NFC') !== planned.name.normalize('NFC'))
    throw new CodedError('witness-refused', { reason: 'not-on-roll', name })
  await run.add('witness', { person, name: planned.name, key })
}

/** Each that counts is kept; the first that does not is reported after them. */
export async function attest(held: HeldCeremony, { files }: In<'ceremony.attest'>): Promise<void> {
  const run = await held.required()
  const manifest = await run.store.file(MANIFEST_FILE)
  if (!manifest) throw new CodedError('ceremony-not-over', null)
  const all = await keptBefore(run, await run.store.files())
  const before = all.length
  let fault: unknown = null
  for (const { bytes } of files) {
    try {
      all.push(await readAttestation(bytes, manifest, rollOf(run), all))
    } catch (error) {
      fault ??= error
    }
  }
  if (all.length > before) await run.store.put(filesOf(all))
  if (fault !== null) throw fault as Error
}

/** What is kept of those who signed before. */
async function keptBefore(run: CeremonyRun, files: readonly CeremonyFile[]): Promise<Attestation[]> {
  const found = new Map(files.map(({ name, bytes }) => [name, bytes]))
  const all = run.plan.people.map(async ({ id }): Promise<Attestation | null> => {
    const [pem, signature] = [found.get(`${WITNESSES}${id}.crt`), found.get(`${WITNESSES}${id}.sig`)]
    if (!pem || !signature) return null
    const certificate = certificateIn(pem)
    return { person: id, certificate, signature, key: await sha256Hex(certificate.spki.der) }
  })
  return (await Promise.all(all)).filter((one) => one !== null)
}

const filesOf = (attestations: readonly Attestation[]): CeremonyFile[] => [
  ...attestations.flatMap(({ person, certificate, signature }) => [
    { name: `${WITNESSES}${person}.crt`, bytes: utf8(encodePem('CERTIFICATE', certificate.der)) },
    { name: `${WITNESSES}${person}.sig`, bytes: signature },
  ]),
  { name: TOGETHER, bytes: composeSignedData(attestations) },
]
