import { afterAll, beforeAll, expect } from 'vitest'
import { unzipSync } from 'fflate'
import { filePathOf } from '../../../src/ca/ocsp-response.ts'
import type { In } from '../../../src/border/protocol.ts'
import { nginxFor } from '../../../src/paper/nginx.ts'
import { responsesFile } from '../../../src/paper/responses.ts'
import { parseOcspResponse } from '../../../src/x509/ocsp.ts'
import { story } from '../../support/story.ts'
import { ADA, RESPONSES, createVault, hierarchy, issue, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let authorityId: string
let rootId: string
let good: string
let bad: string
let responderId: string

beforeAll(async () => {
  worker = startWorker()
  await createVault(worker)
  const ids = await hierarchy(worker)
  authorityId = ids.intermediateId
  rootId = ids.rootId
  const server = async (name: string) =>
    (await issue(worker, { authorityId, profileId: 'tlsServer', commonName: name, names: [name] }))
      .certificateId
  good = await server('good.example.com')
  bad = await server('bad.example.com')
  await worker.client.call('revocation.revoke', {
    certificateId: bad,
    reason: 'keyCompromise',
    invalidityDate: null,
    actor: ADA,
  })
  responderId = (await issue(worker, { authorityId, profileId: 'ocspSigner', commonName: 'Responder' }))
    .certificateId
})
afterAll(() => {
  worker.close()
})

const sign = async (over: Partial<In<'response.sign'>> = {}) => {
  const signed = await worker.client.call('response.sign', {
    ...RESPONSES,
    authorityId,
    responderId,
    ...over,
  })
  return { ...signed, file: responsesFile(signed) }
}
const contentsOf = async ({ blob }: { blob: Blob }) => unzipSync(new Uint8Array(await blob.arrayBuffer()))
const answersIn = async (file: { blob: Blob }) =>
  Object.entries(await contentsOf(file)).flatMap(([path, der]) =>
    path.startsWith('publish.') ? [] : [{ path, response: parseOcspResponse(der) }],
  )

const next = story()

next('the plan finds responders whose keys are here, and counts what is in force', async () => {
  const plan = await worker.client.call('response.plan', { authorityId })
  expect(plan.responders).toMatchObject([{ certificateId: responderId, maySign: true }])
  expect(plan).toMatchObject({ certificates: 3, revoked: 1, addresses: [], authorityMaySign: false })
  expect((await worker.client.call('response.plan', { authorityId: rootId })).responders).toEqual([])
})

next('every certificate is answered for, by both hashes, in a folder for each period', async () => {
  const { file, certificates, responses } = await sign({ count: 3 })
  expect({ certificates, responses }).toEqual({ certificates: 3, responses: 18 })
  const answers = await answersIn(file)
  expect(answers).toHaveLength(18)
  const folders = new Set(answers.map(({ path }) => path.split('/')[0]!))
  expect(folders.size).toBe(3)
  const statuses = answers.map(({ response }) => response.basic!.responses[0]!.certStatus.status)
  expect(statuses.filter((status) => status === 'revoked')).toHaveLength(6)
  const contents = await contentsOf(file)
  for (const sheet of ['publish.html', 'publish.txt'])
    for (const words of [...folders, 'default_type application/ocsp-response', 'anything revoked later'])
      expect(new TextDecoder().decode(contents[sheet])).toContain(words)
})

next('chosen certificates alone are answered for', async () => {
  const { responses } = await sign({ certificateIds: [good], hashes: ['SHA-1'] })
  expect(responses).toBe(1)
})

next(
  'an authority answers itself where its keyUsage has digitalSignature, and is refused where it has not',
  async () => {
    await expect(sign({ responderId: null })).rejects.toMatchObject({ code: 'ocsp-responder-key-usage' })
    const answering = await issue(worker, {
      authorityId: rootId,
      profileId: 'intermediate',
      commonName: 'Answering CA',
      extensions: { keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'] },
    })
    const its = { authorityId: answering.authorityId!, profileId: 'tlsServer', commonName: 'its.example.com' }
    const { certificateId } = await issue(worker, its)
    const wish = { authorityId: answering.authorityId!, responderId: null, hashes: ['SHA-1'] } as const
    expect(await worker.client.call('response.plan', wish)).toMatchObject({ authorityMaySign: true })
    const { file, responses } = await sign({ ...wish, certificateIds: [certificateId] })
    expect(responses).toBe(1)
    const [answer] = await answersIn(file)
    expect(answer!.response.basic!.certs).toEqual([])
    // A certificate that another CA issued is not its responsibility.
    await expect(sign({ ...wish, certificateIds: [good] })).rejects.toMatchObject({
      code: 'response-of-nothing',
    })
  },
)

next('a responder without digitalSignature is shown after those that may sign, and refused', async () => {
  const misfit = await issue(worker, {
    authorityId,
    profileId: 'ocspSigner',
    commonName: 'Misfit Responder',
    extensions: { keyUsage: ['nonRepudiation'] },
  })
  const { responders } = await worker.client.call('response.plan', { authorityId })
  expect(responders).toMatchObject([
    { certificateId: responderId, maySign: true },
    { certificateId: misfit.certificateId, maySign: false },
  ])
  await expect(sign({ responderId: misfit.certificateId })).rejects.toMatchObject({
    code: 'ocsp-responder-key-usage',
  })
})

next('a certificate without OCSPSigning, or of another authority, answers for nobody', async () => {
  await expect(sign({ responderId: good })).rejects.toMatchObject({ code: 'ocsp-responder-unfit' })
  await expect(sign({ authorityId: rootId })).rejects.toMatchObject({ code: 'ocsp-responder-unfit' })
})

next('no response outlives its responder', async () => {
  const { notAfter } = (await worker.client.call('response.plan', { authorityId })).responders[0]!
  const { file } = await sign({ count: 40, days: 30, hashes: ['SHA-1'], certificateIds: [good] })
  const answers = await answersIn(file)
  expect(answers.length).toBeLessThan(5)
  for (const { response } of answers)
    expect(response.basic!.responses[0]!.nextUpdate!.getTime()).toBeLessThanOrEqual(notAfter.getTime())
})

next('too many are refused before the first is signed, and the act is in the journal', async () => {
  const many = Array.from({ length: 200_001 }, (_, i) => String(i))
  await expect(sign({ certificateIds: many })).rejects.toMatchObject({ code: 'response-too-many' })
  const { entries } = await worker.client.call('journal.list', { offset: 0, limit: 50 })
  expect(entries.map(({ act }) => act)).toContain('responses-signed')
})

next('an act that is cancelled hands out nothing, and the journal knows of no answer', async () => {
  const signed = async () =>
    (await worker.client.call('journal.list', { offset: 0, limit: 50 })).entries.filter(
      ({ act }) => act === 'responses-signed',
    ).length
  const before = await signed()
  const abort = new AbortController()
  const input = { ...RESPONSES, authorityId, responderId, count: 30, days: 1 }
  const signing = worker.client.call('response.sign', input, {
    signal: abort.signal,
    onProgress: () => abort.abort(),
  })
  await expect(signing).rejects.toMatchObject({ code: 'cancelled' })
  expect(await signed()).toBe(before)
})

next('the configuration takes host and path of a plain address, and nothing else of it', () => {
  expect(nginxFor('http://status.example.org/a/b/')).toContain('location /a/b/ {')
  expect(nginxFor('http://status.example.org')).toContain('server_name status.example.org;\n    location / {')
  expect(nginxFor('http://x; } evil {/')).toContain('server_name ocsp.example.com;')
})

next(
  'a question whose base64 has slashes is a path of folders; one that ends in a slash has an index',
  () => {
    expect(filePathOf('MEI+/a//b=')).toBe('MEI+/a/b=')
    expect(filePathOf('MEI+/a/b/')).toBe('MEI+/a/b/index.html')
  },
)
