import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { readAttestation } from '../../../src/ceremony/attested.ts'
import { readManifest, writeManifest } from '../../../src/ceremony/manifest.ts'
import { differenceOf } from '../../../src/ceremony/skeleton.ts'
import { fieldsOf, type ObjectKind } from '../../../src/ceremony/tbs-fields.ts'
import { appendLine, NO_LINES, readTranscript } from '../../../src/ceremony/transcript.ts'
import { isCodedError } from '../../../src/errors.ts'
import { utf8 } from '../../../src/octets.ts'
import { intermediate, root } from '../../support/chain.ts'
import { attestationFile, witnessNamed } from '../../support/ceremony/witnesses.ts'
import { drawList } from '../../support/revocation.ts'

// Whatever the octets are: an answer or a coded error, nothing outside them, and never the answer for other octets.

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000)
const tbs = new Map<ObjectKind, Uint8Array>()
const texts: Record<'manifest' | 'transcript' | 'witness', Uint8Array> = {
  manifest: writeManifest(['a', 'b/c.der'].map((name) => ({ name, sha256: 'a'.repeat(64) }))),
  transcript: new Uint8Array(),
  witness: new Uint8Array(),
}

beforeAll(async () => {
  const top = await root()
  tbs.set('certificate', (await intermediate(top)).certificate.tbs)
  tbs.set('list', (await drawList(top, { revoked: [top] })).tbs)
  const line = { at: new Date(0), kind: 'live', step: '', event: 'open' } as const
  const first = await appendLine(NO_LINES, line)
  texts.transcript = utf8(`${first.text}\n${(await appendLine(first.head, line)).text}\n`)
  texts.witness = await attestationFile(await witnessNamed('Ana'), texts.manifest)
})

/** Octets of which some were changed, and some were taken out or put in. */
const changes = fc.array(
  fc.record({ at: fc.nat(), octet: fc.nat(255), kind: fc.constantFrom('change', 'remove', 'insert') }),
  { minLength: 1, maxLength: 4 },
)
type Change = { at: number; octet: number; kind: string }

function changed(octets: Uint8Array, all: readonly Change[]): Uint8Array {
  const list = [...octets]
  for (const { at, octet, kind } of all)
    list.splice(at % list.length, kind === 'insert' ? 0 : 1, ...(kind === 'remove' ? [] : [octet]))
  return Uint8Array.from(list)
}

function coded<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!isCodedError(error)) throw error
    return null
  }
}

test.each<ObjectKind>(['certificate', 'list'])('fields and holes of a %s stay in the octets', (kind) => {
  fc.assert(
    fc.property(changes, (all) => {
      const octets = changed(tbs.get(kind)!, all)
      const found = coded(() => fieldsOf(kind, octets))
      for (const { offset, length } of [...(found?.fields ?? []), ...(found?.holes ?? [])]) {
        expect(offset).toBeGreaterThan(0)
        expect(offset + length).toBeLessThanOrEqual(octets.length)
      }
      if (found) expect(differenceOf(kind, octets, octets)).toBeNull()
    }),
    { numRuns: RUNS },
  )
})

test('a manifest that is read is the one that is written', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const octets = changed(texts.manifest, all)
      const lines = coded(() => readManifest(octets))
      if (lines) expect(writeManifest(lines)).toEqual(Uint8Array.from(octets))
    }),
    { numRuns: RUNS },
  )
})

test('a transcript that was changed in one octet before its last line is never read', async () => {
  const { transcript } = texts
  const end = transcript.lastIndexOf(0x0a, transcript.length - 2)
  await fc.assert(
    fc.asyncProperty(fc.nat(end - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const octets = transcript.map((octet, i) => (i === at ? octet ^ by : octet))
      await expect(readTranscript(octets)).rejects.toMatchObject({ code: 'transcript-invalid' })
    }),
    { numRuns: RUNS / 4 },
  )
})

test('a witness file of which anything was changed never counts as another signature', async () => {
  const roll = [{ person: 'ana', name: 'Ana', key: null }]
  const original = await readAttestation(texts.witness, texts.manifest, roll)
  await fc.assert(
    fc.asyncProperty(changes, async (all) => {
      const octets = changed(texts.witness, all)
      const read = await readAttestation(octets, texts.manifest, roll).catch((error: unknown) => {
        if (!isCodedError(error)) throw error
        return null
      })
      if (read) expect(read.signature).toEqual(original.signature)
    }),
    { numRuns: RUNS / 4 },
  )
})
