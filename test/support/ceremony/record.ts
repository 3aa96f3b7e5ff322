import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readAttestation, type Attestation, type RollEntry } from '../../../src/ceremony/attested.ts'
import { writeManifest } from '../../../src/ceremony/manifest.ts'
import { composeSignedData } from '../../../src/ceremony/signed-data.ts'
import { skeletonOf, skeletonsText } from '../../../src/ceremony/skeleton.ts'
import { tbsOf, type ObjectKind } from '../../../src/ceremony/tbs-fields.ts'
import {
  appendLine,
  NO_LINES,
  type LineDraft,
  type TranscriptHead,
} from '../../../src/ceremony/transcript.ts'
import { wordsText } from '../../../src/messages/hash-words.ts'
import { utf8 } from '../../../src/octets.ts'
import { verifyFiles } from '../../../src/paper/ceremony-verify.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { drawKey, intermediate, root, type Drawn, type Key } from '../chain.ts'
import { drawList, drawResponse } from '../revocation.ts'
import { attestationFile, witnessNamed } from './witnesses.ts'

/** A record as a ceremony leaves it: its files by name, and who witnesses it. */
export interface DrawnRecord {
  readonly files: Map<string, Uint8Array>
  readonly witnesses: readonly { readonly entry: RollEntry; readonly drawn: Drawn }[]
}

const AT = new Date('2026-11-30T10:00:00Z')
const TOOL = 'c'.repeat(64)
const PLAN = utf8(`{"title":"Root","tool":"${TOOL}"}`)

export const sha256 = async (octets: Uint8Array): Promise<string> => await sha256Hex(octets)

/** A root, an intermediate, a list of each and an OCSP response, rehearsed and live, and two witnesses, one on the roll by name alone. */
export async function drawRecord(algorithm: Key['algorithm'] = 'p256'): Promise<DrawnRecord> {
  const names = [
    { person: 'ana', name: 'Ana "A" Pérez', isKnown: true },
    { person: 'bo', name: 'Bo', isKnown: false },
  ]
  const witnesses = await Promise.all(
    names.map(async ({ person, name, isKnown }) => {
      const drawn = await witnessNamed(name)
      return { entry: { person, name, key: isKnown ? await sha256(drawn.key.spki) : null }, drawn }
    }),
  )
  const plan = await sha256(PLAN)
  const [rehearsed, live] = [await drawObjects(algorithm), await drawObjects(algorithm)]
  const rehearsal = await transcript('rehearsal', plan, [])
  const transcripts = await transcript(
    'live',
    plan,
    witnesses.map(({ entry }) => entry),
  )
  const skeletons = await Promise.all(
    [...rehearsed].map(async ([file, der]) => ({
      file,
      skeleton: await skeletonOf(kindOf(file), tbsOf(der)),
    })),
  )
  const files = new Map<string, Uint8Array>([
    ['plan.json', PLAN],
    ['transcript.jsonl', transcripts.octets],
    ['rehearsal/transcript.jsonl', rehearsal.octets],
    ['sealed.json', utf8(JSON.stringify({ plan, rehearsal: rehearsal.head.hash, objects: skeletons }))],
    ['skeletons.txt', utf8(skeletonsText(skeletons))],
    ['tool.txt', utf8(`${TOOL}  rootcellar.html\n`)],
    ['words.txt', utf8(wordsText())],
    ['sheets/01-roll.html', utf8('<p>roll</p>')],
    ['pem/root.pem', utf8(encodePem('CERTIFICATE', live.get('root.der')!))],
    ...verifyFiles().map(({ name, bytes }) => [name, bytes] as const),
  ])
  for (const [file, der] of rehearsed) files.set(`rehearsal/${file}`, der)
  for (const [file, der] of live) files.set(`objects/${file}`, der)
  return { files, witnesses }
}

const kindOf = (file: string): ObjectKind =>
  file.endsWith('.crl') ? 'list' : file.endsWith('.ors') ? 'response' : 'certificate'

async function drawObjects(algorithm: Key['algorithm']): Promise<Map<string, Uint8Array>> {
  const top = await root({ subject: 'CN=Example Root', key: await drawKey(algorithm) })
  const ca = await intermediate(top, { subject: 'CN=Example CA', key: await drawKey(algorithm) })
  const lists = await Promise.all([drawList(top, { revoked: [ca] }), drawList(ca)])
  const answer = await drawResponse(top, ca, top, { responderId: 'byKey', certs: [] })
  return new Map([
    ['answers-1.ors', answer.der],
    ['ca.der', ca.certificate.der],
    ['lists-1.crl', lists[0].der],
    ['more-1.crl', lists[1].der],
    ['root.der', top.certificate.der],
  ])
}

async function transcript(
  kind: 'live' | 'rehearsal',
  plan: string,
  roll: readonly RollEntry[],
): Promise<{ octets: Uint8Array; head: TranscriptHead }> {
  const drafts: Omit<LineDraft, 'at' | 'kind'>[] = [
    { step: '', event: 'open', more: { plan } },
    { step: 'root', event: 'begin' },
    { step: 'root', event: 'end', more: { note: 'as "planned", in \\ two\nlines', by: ['ana', 'bo'] } },
    ...roll.map(({ person, name, key }) => ({ step: 'roll', event: 'witness', more: { person, name, key } })),
  ]
  let head = NO_LINES
  let text = ''
  for (const draft of drafts) {
    const next = await appendLine(head, { at: AT, kind, ...draft })
    text += `${next.text}\n`
    head = next.head
  }
  return { octets: utf8(text), head }
}

/** Adds the manifest and the signatures over it; a test may change files before. */
export async function seal({ files, witnesses }: DrawnRecord): Promise<void> {
  const listed = [...files].filter(([name]) => !/^(manifest\.sha256|witnesses\/.*)$/.test(name))
  const lines = await Promise.all(
    listed.map(async ([name, octets]) => ({ name, sha256: await sha256(octets) })),
  )
  const manifest = writeManifest(lines)
  files.set('manifest.sha256', manifest)
  const all: Attestation[] = []
  for (const { entry, drawn } of witnesses)
    all.push(await readAttestation(await attestationFile(drawn, manifest), manifest, [entry], all))
  addSignatures(files, all)
}

/** Adds the files of those who signed. */
export function addSignatures(files: Map<string, Uint8Array>, all: readonly Attestation[]): void {
  for (const { person, certificate, signature } of all) {
    files.set(`witnesses/${person}.crt`, utf8(encodePem('CERTIFICATE', certificate.der)))
    files.set(`witnesses/${person}.sig`, signature)
  }
  files.set('witnesses/all.p7s', composeSignedData(all))
}

export function writeRecord(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, octets] of files) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, octets)
  }
}
