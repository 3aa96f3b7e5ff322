import { describe, expect, test } from 'vitest'
import { readAttestation, type Attestation } from '../../src/ceremony/attested.ts'
import { hashWords } from '../../src/messages/hash-words.ts'
import { masked, skeletonOf } from '../../src/ceremony/skeleton.ts'
import { fieldsOf, tbsOf } from '../../src/ceremony/tbs-fields.ts'
import { hexOctets, utf8, utf8Text } from '../../src/octets.ts'
import { intermediate, root, type Drawn } from '../support/chain.ts'
import { drawResponse, type ResponseDrawing } from '../support/revocation.ts'
import {
  addSignatures,
  drawRecord,
  seal,
  sha256,
  writeRecord,
  type DrawnRecord,
} from '../support/ceremony/record.ts'
import { attestationFile, witnessNamed } from '../support/ceremony/witnesses.ts'
import { once, run, scratch, type Outcome } from '../support/run.ts'

// What a stranger does in ten years: the script of the record, in every shell that is here, on records that are whole
// and on records of which something was changed.

const drawn = once(async () => {
  const record = await drawRecord()
  await seal(record)
  return record
})

/** A copy that a test may change. */
const copy = async (): Promise<DrawnRecord> => {
  const { files, witnesses } = await drawn()
  return { files: new Map(files), witnesses }
}

async function verify(files: ReadonlyMap<string, Uint8Array>, shell = 'sh'): Promise<Outcome> {
  const { path } = scratch()
  writeRecord(path, files)
  return run(shell, ['verify.sh'], { cwd: path })
}

const answerOf = (ca: Drawn, about: Drawn, drawing: ResponseDrawing = {}) =>
  drawResponse(ca, about, ca, { responderId: 'byKey', certs: [], ...drawing })

const verdict = ({ stdout }: Outcome): string => stdout.trimEnd().split('\n').at(-1)!
const edited = (files: Map<string, Uint8Array>, name: string, change: (text: string) => string): void => {
  files.set(name, utf8(change(utf8Text(files.get(name)!))))
}

test.each(['sh', 'bash', 'dash'])('%s verifies a record, and says the words', async (shell) => {
  const { files, witnesses } = await drawn()
  const outcome = await verify(files, shell)
  expect([verdict(outcome), outcome.code, outcome.stderr]).toEqual(['VERIFIED', 0, ''])
  const said = outcome.stdout.replace(/\s+/g, ' ')
  for (const name of ['plan.json', 'manifest.sha256'])
    expect(said).toContain(hashWords(hexOctets(await sha256(files.get(name)!))!).join(' '))
  expect(said).toContain(hashWords(hexOctets(witnesses[0]!.entry.key!)!).join(' '))
  expect(said).toContain('ok ana, by the key on the roll')
  expect(said).toContain('note bo is on the roll by name alone')
  expect(outcome.stdout).toMatch(/ca\.der: \d+ of \d+ octets/)
  expect(outcome.stdout).toContain('objects/answers-1.ors: objects/ca.der is good')
})

test.each(['rsa-2048', 'p384', 'ed25519'] as const)(
  'a record of keys of %s is verified',
  async (algorithm) => {
    const record = await drawRecord(algorithm)
    await seal(record)
    expect(verdict(await verify(record.files))).toBe('VERIFIED')
  },
)

test('a folder that is given is verified, whatever it is called', async () => {
  const { path, file } = scratch()
  const { files } = await drawn()
  writeRecord(`${path}/a b $(id)`, files)
  const script = file('verify.sh', files.get('verify.sh')!)
  expect(verdict(await run('sh', [script, `${path}/a b $(id)`], { cwd: '/' }))).toBe('VERIFIED')
})

describe('what was changed after it was signed is named', () => {
  const cases: readonly [what: string, (record: DrawnRecord) => void | Promise<void>, says: RegExp][] = [
    [
      'one octet of the transcript',
      ({ files }) => edited(files, 'transcript.jsonl', (t) => t.replace('planned', 'planted')),
      /^NOT VERIFIED: transcript\.jsonl is not the file that is listed$/,
    ],
    [
      'a line left out',
      ({ files }) => edited(files, 'transcript.jsonl', (t) => t.replace(/.*"begin".*\n/, '')),
      /transcript\.jsonl is not the file/,
    ],
    [
      'a sheet exchanged',
      ({ files }) => edited(files, 'sheets/01-roll.html', () => '<p>another</p>'),
      /sheets\/01-roll\.html is not the file/,
    ],
    [
      'a certificate exchanged',
      async ({ files }) =>
        void files.set('objects/root.der', (await root({ subject: 'CN=Example Root' })).certificate.der),
      /objects\/root\.der is not the file/,
    ],
    [
      'a line of the manifest removed',
      ({ files }) => edited(files, 'manifest.sha256', (t) => t.replace(/.*01-roll.*\n/, '')),
      /sheets\/01-roll\.html is not in the manifest/,
    ],
    ['a file less', ({ files }) => void files.delete('objects/ca.der'), /objects\/ca\.der is missing/],
    [
      'a file more',
      ({ files }) => void files.set('objects/extra $(id).der', utf8('x')),
      /objects\/extra\?+id\?*\.der is not in the manifest/,
    ],
    [
      'a path out of the folder',
      ({ files }) => edited(files, 'manifest.sha256', (t) => t.replace('plan.json', '../plan.json')),
      /line \d+ of manifest\.sha256 is not in its form/,
    ],
    [
      'no signature',
      ({ files }) =>
        ['ana.crt', 'ana.sig', 'bo.crt', 'bo.sig'].forEach((name) => files.delete(`witnesses/${name}`)),
      /nobody signed/,
    ],
    [
      'one signature less than in the CMS',
      ({ files }) => ['bo.crt', 'bo.sig'].forEach((name) => files.delete(`witnesses/${name}`)),
      /all\.p7s was signed by others/,
    ],
    ['no CMS', ({ files }) => void files.delete('witnesses/all.p7s'), /all\.p7s does not verify/],
    [
      'the signature of one under the name of another',
      ({ files }) => void files.set('witnesses/ana.sig', files.get('witnesses/bo.sig')!),
      /the signature of ana is not over this manifest/,
    ],
  ]
  test.each(cases)('%s', async (_what, change, says) => {
    const record = await copy()
    await change(record)
    const outcome = await verify(record.files)
    expect(verdict(outcome)).toMatch(says)
    expect(outcome.code).toBe(1)
  })

  test.each([
    ['of somebody who is not on the roll', 'eve', 'Eve', /eve is not on the roll/],
    [
      'of somebody who took the name of a witness',
      'ana',
      'Ana "A" Pérez',
      /ana is on the roll with another key/,
    ],
  ])('a signature %s', async (_what, person, name, says) => {
    const { files, witnesses } = await copy()
    const manifest = files.get('manifest.sha256')!
    const stranger = await witnessNamed(name)
    const all: Attestation[] = []
    for (const { entry, drawn: own } of [
      ...witnesses,
      { entry: { person, name, key: null }, drawn: stranger },
    ])
      all.push({
        ...(await readAttestation(await attestationFile(own, manifest), manifest, [entry])),
        person: entry.person,
      })
    addSignatures(files, all)
    const outcome = await verify(files)
    expect([verdict(outcome), outcome.code]).toEqual([expect.stringMatching(says), 1])
  })
})

describe('what was wrong before it was signed is named too', () => {
  const cases: readonly [what: string, (record: DrawnRecord) => void | Promise<void>, says: RegExp][] = [
    [
      'a changed octet in the transcript',
      ({ files }) => edited(files, 'transcript.jsonl', (t) => t.replace('planned', 'planted')),
      /line 4 of transcript\.jsonl does not follow/,
    ],
    [
      'a line of it left out',
      ({ files }) => edited(files, 'transcript.jsonl', (t) => t.replace(/.*"begin".*\n/, '')),
      /line 2 of transcript\.jsonl does not follow/,
    ],
    [
      'the transcript of the rehearsal in its place',
      ({ files }) => void files.set('transcript.jsonl', files.get('rehearsal/transcript.jsonl')!),
      /line 1 of transcript\.jsonl does not follow/,
    ],
    [
      'another plan',
      ({ files }) => edited(files, 'plan.json', (t) => t.replace('Root', 'Other')),
      /does not begin with this plan/,
    ],
    [
      'another rehearsal',
      ({ files }) => edited(files, 'sealed.json', (t) => t.replace(/"rehearsal":"\w/, '"rehearsal":"x')),
      /sealed\.json is not of this rehearsal/,
    ],
    [
      'another tool',
      ({ files }) => edited(files, 'tool.txt', (t) => t.replace('c', 'd')),
      /tool\.txt is not the tool/,
    ],
    [
      'a certificate that was not rehearsed so',
      async ({ files }) =>
        void files.set(
          'objects/root.der',
          (await root({ subject: 'CN=Example Root', pathLen: 1 })).certificate.der,
        ),
      /objects\/root\.der is not what was rehearsed/,
    ],
    [
      'a certificate of another root',
      async ({ files }) =>
        void files.set('objects/root.der', (await root({ subject: 'CN=Example Root' })).certificate.der),
      /objects\/ca\.der does not verify/,
    ],
    [
      'a certificate that nobody rehearsed',
      async ({ files }) => void files.set('objects/extra.der', (await root()).certificate.der),
      /objects\/extra\.der was not rehearsed/,
    ],
    [
      'the rehearsal passed off as live',
      ({ files }) =>
        ['root.der', 'ca.der', 'lists-1.crl', 'more-1.crl', 'answers-1.ors'].forEach((name) =>
          files.set(`objects/${name}`, files.get(`rehearsal/${name}`)!),
        ),
      /objects\/answers-1\.ors is the one of the rehearsal/,
    ],
    [
      'a list that another CA signed',
      ({ files }) => void files.set('objects/more-1.crl', files.get('rehearsal/more-1.crl')!),
      /more-1\.crl was signed by no CA|more-1\.crl is the one of the rehearsal/,
    ],
    [
      'a response that is signed by somebody else',
      async ({ files }) => {
        const other = await root({ subject: 'CN=Example Root' })
        const about = await intermediate(other, {})
        files.set('objects/answers-1.ors', (await answerOf(other, about)).der)
      },
      /objects\/answers-1\.ors was signed by nobody who answers for a CA of the record/,
    ],
    [
      'a response that says something else than was rehearsed',
      async ({ files }) => {
        const top = await root({ subject: 'CN=Example Root' })
        const about = await intermediate(top, {})
        const revoked = {
          status: 'revoked',
          revocationTime: top.certificate.notBefore,
          revocationReason: null,
        } as const
        files.set('objects/answers-1.ors', (await answerOf(top, about, { status: revoked })).der)
      },
      /objects\/answers-1\.ors is not what was rehearsed/,
    ],
    [
      'a hole that is out of the octets',
      ({ files }) => edited(files, 'skeletons.txt', (t) => t.replace(/(\d+)\+(\d+)\n/, '9999+$2\n')),
      /is not what was rehearsed/,
    ],
    [
      'a command among the holes',
      ({ files }) => edited(files, 'skeletons.txt', (t) => t.replace(/(\d+)\+(\d+)\n/, '$(id)\n')),
      /in skeletons\.txt is not in its form/,
    ],
    [
      'another certificate for people',
      ({ files }) => void files.set('pem/root.pem', files.get('witnesses/ana.crt')!),
      /pem\/root\.pem is another certificate/,
    ],
    [
      'words that are not those',
      ({ files }) => edited(files, 'words.txt', (t) => t.replace('acorn', 'adder')),
      /words\.txt is not 512 words/,
    ],
  ]
  test.each(cases)('%s', async (_what, change, says) => {
    const record = await copy()
    await change(record)
    await seal(record)
    const outcome = await verify(record.files)
    expect(verdict(outcome)).toMatch(says)
    expect([outcome.code, outcome.stderr]).toEqual([1, ''])
  })
})

describe('a hole over anything but keys and serial numbers is named', () => {
  test.each([
    ['root.der', 'certificate', 'validity.notAfter'],
    ['ca.der', 'certificate', 'extensions.basicConstraints'],
    ['lists-1.crl', 'list', 'nextUpdate'],
    ['lists-1.crl', 'list', 'crlExtensions.cRLNumber'],
    ['answers-1.ors', 'response', 'producedAt'],
    ['answers-1.ors', 'response', 'responses[0].certStatus'],
    ['answers-1.ors', 'response', 'responses[0].certID.issuerNameHash'],
  ] as const)('in %s, a %s: %s', async (file, kind, field) => {
    const record = await copy()
    const tbs = tbsOf(record.files.get(`objects/${file}`)!)
    const { holes, length } = await skeletonOf(kind, tbs)
    const more = [...holes, fieldsOf(kind, tbs).fields.find(({ name }) => name === field)!]
    const hash = await sha256(masked(tbs, more as typeof holes))
    const line = [file, kind, length, hash, ...more.map((hole) => `${hole.offset}+${hole.length}`)].join(' ')
    edited(record.files, 'skeletons.txt', (text) => text.replace(new RegExp(`^${file} .*$`, 'm'), line))
    await seal(record)
    expect(verdict(await verify(record.files))).toMatch(
      new RegExp(`skeletons\\.txt hides more of rehearsal/${file} than serial numbers and keys`),
    )
  })
})
