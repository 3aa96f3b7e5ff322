/** What an end trusts and hardly means to: public roots for clients, and the CA of its own certificate. */
import { expect, test } from 'vitest'
import type { Call } from '../../../src/border/dispatch.ts'
import type { LabEnds, LabView, LabWarning } from '../../../src/border/protocol/lab.ts'
import { en } from '../../../src/messages/en.ts'
import { labWarnings } from '../../../src/messages/en/ui/lab-warnings.ts'
import { speak } from '../../../src/messages/messages.ts'
import { labMethods } from '../../../src/services/lab/methods/lab.ts'
import { utf8 } from '../../../src/octets.ts'
import { issueActFor } from '../../../src/state/lab/issue-acts.ts'
import { root, intermediate, pem } from '../../support/chain.ts'
import { LAB_DAY } from '../../support/lab/scenarios.ts'
import type { ReadyId } from '../../../src/mtls/ready-ids.ts'

speak(en)
const call: Call = { signal: new AbortController().signal, progress: () => undefined }
const top = await root({ subject: 'CN=Public Root' })
const below = await intermediate(top)
const base64 = Buffer.from(top.certificate.der).toString('base64')

async function withPublic(id: ReadyId = 'connects') {
  const lab = labMethods()
  await lab['lab.publicRoots']({ text: `1.2.3\n${base64}` }, call)
  await lab['lab.ready']({ id, at: LAB_DAY }, call)
  const files = [{ name: 'ca.pem', bytes: utf8(pem(top, below)) }]
  const view = await lab['lab.add']({ files }, call)
  const index = (name: string): number => view.certificates.findIndex((each) => each.name === name)
  return { lab, view, index }
}
const whys = (warnings: readonly LabWarning[]): string[] => warnings.map(({ why }) => why)
const trusting = ({ ends }: LabView, side: keyof LabEnds, trusts: number[], more = {}): LabEnds => ({
  ...ends,
  [side]: { ...ends[side], ...more, trusts: [...ends[side].trusts, ...trusts] },
})

test('nothing is warned of in what connects', async () => {
  const { view } = await withPublic()
  expect(view.warnings).toEqual({ client: [], server: [] })
})

test('a public root, and a CA below one, are warned of where a server trusts them for clients', async () => {
  const { lab, view, index } = await withPublic()
  const both = [index('Public Root'), view.certificates.length - 1]
  const server = await lab['lab.play'](trusting(view, 'server', both), call)
  expect(whys(server.warnings.server)).toEqual(['public-root', 'below-public-root'])
  expect(labWarnings.says(server.warnings.server[0]!, 'server')).toMatch(
    /public roots for clients: Public Root\. Anyone can get .* let a rule say who may connect\.$/,
  )
  const client = await lab['lab.play'](trusting(view, 'client', both), call)
  expect(client.warnings).toEqual({ client: [], server: [] })
  const unasked = await lab['lab.play'](trusting(view, 'server', both, { asks: 'no' }), call)
  expect(unasked.warnings.server).toEqual([])
  const lets = { kind: 'spiffe', id: 'example.org' }
  const ruled = await lab['lab.play'](trusting(view, 'server', both, { lets }), call)
  expect(ruled.warnings.server[0]).toMatchObject({ hasRule: true, more: 0 })
})

test('the issuer of its own certificate is warned of on either side', async () => {
  const { lab, view, index } = await withPublic()
  const server = await lab['lab.play'](trusting(view, 'server', [index('Example Server CA')]), call)
  expect(server.warnings).toMatchObject({
    client: [],
    server: [{ why: 'own-issuer', names: ['Example Server CA'] }],
  })
  const client = await lab['lab.play'](trusting(view, 'client', [index('Example Client CA')]), call)
  expect(whys(client.warnings.client)).toEqual(['own-issuer'])
  expect(labWarnings.says(client.warnings.client[0]!, 'client')).toContain('can then pass for the server')
})

test.each<[ReadyId, unknown]>([
  [
    'client-for-servers-only',
    { profile: 'tlsClient', commonName: 'client.example.com', names: 'client.example.com' },
  ],
  [
    'wrong-host',
    { profile: 'tlsServer', commonName: 'www.example.com', names: 'www.example.com\napi.example.com' },
  ],
  ['no-client-certificate', { profile: 'tlsClient', commonName: '', names: '' }],
  ['client-expired', { profile: 'tlsClient', commonName: 'client.example.com', names: 'client.example.com' }],
  ['issuing-ca-expired', null],
  ['server-intermediate-missing', null],
  ['list-fits-nobody', null],
])('%s: the certificate that would help is %j', async (id, act) => {
  const lab = labMethods()
  const view = await lab['lab.ready']({ id, at: LAB_DAY }, call)
  const { ending } = view.answer
  if (!ending) throw new Error('they connect')
  expect(issueActFor(ending.refusal, ending.by, view)).toEqual(act)
})
