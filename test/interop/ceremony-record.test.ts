import '../support/english.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { writePlan } from '../../src/ceremony/plan-file.ts'
import { wordsText } from '../../src/messages/hash-words.ts'
import { utf8 } from '../../src/octets.ts'
import { verifyFiles } from '../../src/paper/ceremony-verify.ts'
import { withResponses } from '../support/ceremony/answering.ts'
import { planAt } from '../support/ceremony/plan.ts'
import { playUntil, POLICY, type Room } from '../support/ceremony/play.ts'
import { attestationFile, witnessNamed } from '../support/ceremony/witnesses.ts'
import { ownWorker } from '../support/worker.ts'
import { run, scratch, succeed } from '../support/run.ts'
import { sha256Hex } from '../../src/webcrypto/signature.ts'

// A whole ceremony by the worker's own methods, rehearsed and live; what leaves is verified with openssl alone.

async function requestFromOutside(): Promise<Uint8Array> {
  const { path } = scratch()
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
  await succeed(
    'openssl',
    ['req', '-new', ...key, '-subj', '/O=Partner/CN=Partner CA', '-outform', 'DER', '-out', 'r.csr'],
    { cwd: path },
  )
  const { readFileSync } = await import('node:fs')
  return new Uint8Array(readFileSync(join(path, 'r.csr')))
}

/** Plays it live to its end, or until it is aborted before this step. */
async function playWhole(abortedAt: string | null = null): Promise<Map<string, Uint8Array>> {
  const worker = ownWorker()
  const { client } = worker
  const request = await requestFromOutside()
  const plan = withResponses(planAt(worker.clock.now, { sha256: await sha256Hex(request) }))
  const file = writePlan(plan)
  const room: Room = { client, clock: worker.clock, plan, planSha256: await sha256Hex(file), request }
  const open = { plan: file, policy: POLICY, place: 'here' }
  await client.call('ceremony.open', { ...open, kind: 'rehearsal', sealed: null })
  await playUntil(room, null)
  await client.call('ceremony.complete', { sheets: [] })
  const { bytes: sealed } = await client.call('ceremony.file', { name: 'sealed.json' })
  await client.call('ceremony.open', { ...open, kind: 'live', sealed })
  await playUntil(room, abortedAt)
  if (abortedAt) await client.call('ceremony.abort', { text: 'The light went out.', by: 'ada' })
  const paper = [...verifyFiles(), { name: 'words.txt', bytes: utf8(wordsText()) }]
  await client.call('ceremony.complete', { sheets: paper.map(({ name, bytes }) => ({ name, bytes })) })
  const { bytes: manifest } = await client.call('ceremony.file', { name: 'manifest.sha256' })
  const [wim, wanda] = [await witnessNamed('Wim Witness'), await witnessNamed('Wanda Witness')]
  const files = await Promise.all(
    [wim, wanda].map(async (one, i) => ({
      name: `${String(i)}.pem`,
      bytes: await attestationFile(one, manifest),
    })),
  )
  await client.call('ceremony.attest', { files })
  const { files: all } = await client.call('ceremony.carryOut', null)
  return new Map(all.map(({ name, bytes }) => [name, bytes]))
}

function written(files: ReadonlyMap<string, Uint8Array>): string {
  const { path } = scratch()
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), bytes)
  }
  return path
}

test('one that was aborted leaves a record that is verified, and says so', async () => {
  const path = written(await playWhole('sign-lists'))
  const { code, stdout, stderr } = await run('sh', ['verify.sh'], { cwd: path })
  const verdict = 'VERIFIED, the record of a ceremony that was aborted'
  expect([code, stderr, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '', verdict])
  expect(stdout).toContain('nothing that it signed is to be published')
})

test('a ceremony that was played leaves a record that openssl alone verifies, and no other', async () => {
  const files = await playWhole()
  const path = written(files)
  const { code, stdout, stderr } = await run('sh', ['verify.sh'], { cwd: path })
  expect([code, stderr, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '', 'VERIFIED'])
  expect(stdout).toContain('objects/answers-3.ors: objects/responder.der is good')
  expect(stdout).toContain('objects/delegated-1.ors: objects/issuing.der is good')
  writeFileSync(join(path, 'objects', 'issuing.der'), files.get('objects/partner.der')!)
  expect((await run('sh', ['verify.sh'], { cwd: path })).code).not.toBe(0)
})
