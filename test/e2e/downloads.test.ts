import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PEERS, type PeerName } from '../support/peers/peers.ts'
import { writeQuestion, type PeerPurpose, type Question } from '../support/peers/question.ts'
import { scratchFor, succeed } from '../support/run.ts'
import { LIMITS_OF_PEERS } from '../interop/limits-of-peers.ts'
import type { App } from './support/app.ts'
import { download, startApp, temporaryFolder } from './support/app.ts'
import { createVault, heading, issue, visit, type Wish } from './support/operator.ts'

// What a person makes and downloads in a real browser, put before the outside programs.

const FILE_PASSPHRASE = 'file passphrase'
const HOST = 'host.example.com'

/** Profile → what the form calls it, what its certificate is for, and what it is asked for. */
const TARGETS: Record<
  string,
  { purpose: string; for: PeerPurpose; name: string; names?: string; host?: string }
> = {
  tlsServer: {
    purpose: 'TLS server',
    for: 'serverAuth',
    name: 'server',
    names: `${HOST}\n10.0.0.1`,
    host: HOST,
  },
  tlsClient: { purpose: 'TLS client', for: 'clientAuth', name: 'client', names: 'ada@example.com' },
  mtls: { purpose: 'Both ends of mTLS', for: 'clientAuth', name: 'peer', names: HOST, host: HOST },
  ocspSigner: { purpose: 'OCSP signer', for: 'OCSPSigning', name: 'responder' },
  codeSigning: { purpose: 'Code signing', for: 'codeSigning', name: 'signer' },
  email: { purpose: 'E-mail (S/MIME)', for: 'emailProtection', name: 'Ada', names: 'ada@example.com' },
  timeStamping: { purpose: 'Time stamping', for: 'timeStamping', name: 'clock' },
  custom: { purpose: 'Custom', for: 'any', name: 'thing' },
}

let app: App
const folder = temporaryFolder()
const questions: Record<string, Question> = {}
let root: Uint8Array
let intermediate: Uint8Array
let serverFile: string

beforeAll(async () => {
  app = await startApp()
  const { page } = app
  await createVault(page)
  await issue(page, { name: 'Root of files' })
  root = certificatesIn(await save(page, 'Certificate, PEM'))[0]!
  await issue(page, { issuer: 'Root of files', purpose: 'Intermediate', name: 'Issuing of files' })
  intermediate = certificatesIn(await save(page, 'Certificate, PEM'))[0]!
  ask('intermediate', [intermediate], { purpose: 'certSign' })
  for (const [profile, { purpose, for: purposeOf, name, names, host }] of Object.entries(TARGETS)) {
    const wish: Wish = {
      issuer: 'Issuing of files',
      purpose,
      name,
      ...(names === undefined ? {} : { names }),
    }
    await issue(page, wish)
    const chain = await save(page, 'Chain, PEM')
    if (profile === 'tlsServer') serverFile = chain
    ask(profile, certificatesIn(chain), { purpose: purposeOf, ...(host === undefined ? {} : { host }) })
  }
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const save = (page: Page, button: string): Promise<string> =>
  download(page, () => page.getByRole('button', { name: button, exact: true }).click(), folder.path)

const scratch = scratchFor('downloads')
function ask(
  id: string,
  [target, ...above]: readonly Uint8Array[],
  asked: Pick<Question, 'purpose' | 'host'>,
): void {
  const question = { target: target!, intermediates: above, anchors: [root] }
  questions[id] = writeQuestion(scratch, id, question, asked)
}

function certificatesIn(path: string): Uint8Array[] {
  const blocks = readFileSync(path, 'utf8').matchAll(
    /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g,
  )
  return Array.from(blocks, ([, body]) => Uint8Array.from(Buffer.from(body!, 'base64')))
}

test.each(Object.keys(PEERS) as PeerName[])('%s accepts every tier and profile', async (peer) => {
  const asked = Object.entries(questions)
  expect(asked).toHaveLength(Object.keys(TARGETS).length + 1)
  const answers = await PEERS[peer](asked.map(([, question]) => question))
  const refused = asked.flatMap(([id], i) => (answers[i]!.accepted ? [] : [id]))
  const limits = LIMITS_OF_PEERS.filter((limit) => limit.peer === peer && limit.chains.test('P-384'))
  const expected = asked.map(([id]) => id).filter((id) => limits.some(({ profiles }) => profiles.test(id)))
  expect(refused.sort(), JSON.stringify(answers)).toEqual(expected.sort())
})

test('a name that was not asked for, and a purpose it does not have, are refused', async () => {
  const server = questions['tlsServer']!
  for (const [peer, verify] of Object.entries(PEERS)) {
    const [otherName, otherPurpose] = await verify([
      { ...server, host: 'other.example.com' },
      { ...server, purpose: 'codeSigning' },
    ])
    // vfychain asks for no name, Node for no purpose, and `openssl verify` of 3.0 knows no code signing.
    if (peer !== 'nss') expect(otherName!.accepted, peer).toBe(false)
    if (!['node', 'openssl'].includes(peer)) expect(otherPurpose!.accepted, peer).toBe(false)
  }
})

describe('keys and bundles', () => {
  let key: string
  let p12: string
  let p7: string

  beforeAll(async () => {
    const { page } = app
    await visit(page, '#/inventory')
    await page.getByRole('link', { name: 'server', exact: true }).click()
    await heading(page, 'server').waitFor()
    await page.getByText('Other formats and the key').click()
    const what = page.getByLabel('What', { exact: true })
    const submit = (): Promise<string> => save(page, 'Download')
    await what.selectOption('pkcs7')
    p7 = await submit()
    for (const kind of ['private-key', 'pkcs12'] as const) {
      await what.selectOption(kind)
      const field = page.getByLabel('Passphrase of the file')
      // The form empties it once the file is saved.
      await page.waitForFunction(
        (input) => (input as HTMLInputElement).value === '',
        await field.elementHandle(),
      )
      await field.fill(FILE_PASSPHRASE)
      await page.getByLabel('The same passphrase again').fill(FILE_PASSPHRASE)
      if (kind === 'private-key') key = await submit()
      else p12 = await submit()
    }
  })

  test('the encrypted key opens in OpenSSL and belongs to the certificate', () => {
    const openssl = (...args: string[]): string => execFileSync('openssl', args, { encoding: 'utf8' })
    const ofKey = openssl('pkey', '-in', key, '-passin', `pass:${FILE_PASSPHRASE}`, '-pubout')
    expect(ofKey).toBe(openssl('x509', '-in', serverFile, '-noout', '-pubkey'))
  })

  test('the PKCS#12 opens in openssl, pk12util, keytool and certtool', async () => {
    const openssl = await succeed('openssl', [
      'pkcs12',
      '-in',
      p12,
      '-passin',
      `pass:${FILE_PASSPHRASE}`,
      '-noenc',
    ])
    expect(openssl.stdout).toMatch(/BEGIN PRIVATE KEY/)
    expect(openssl.stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    const database = `sql:${scratchFor('pk12util')}`
    await succeed('certutil', ['-N', '-d', database, '--empty-password'])
    await succeed('pk12util', ['-i', p12, '-d', database, '-W', FILE_PASSPHRASE])
    expect((await succeed('certutil', ['-K', '-d', database])).stdout).toMatch(/\bec\b/)
    const keytool = await succeed('keytool', ['-list', '-keystore', p12, '-storepass', FILE_PASSPHRASE])
    expect(keytool.stdout).toMatch(/PrivateKeyEntry/)
    const info = ['--p12-info', '--inder', '--infile', p12, '--password', FILE_PASSPHRASE]
    expect((await succeed('certtool', info)).stdout).toMatch(/BEGIN ENCRYPTED PRIVATE KEY/)
  })

  test('the PKCS#7 bundle is listed by openssl, target first', async () => {
    const { stdout } = await succeed('openssl', ['pkcs7', '-in', p7, '-print_certs', '-noout'])
    expect(stdout.match(/subject=.*/g)).toEqual(['subject=CN = server', 'subject=CN = Issuing of files'])
  })
})

describe('every key algorithm the browser has', () => {
  const asked: Record<string, Question> = {}
  /** As the form calls it → as the table of limits does. */
  const offered: string[] = []

  beforeAll(async () => {
    const { page } = app
    await visit(page, '#/issue?profile=root')
    await heading(page, 'Make a root').waitFor()
    await page.getByText('Key', { exact: true }).click()
    const options = page.getByLabel('Key algorithm').locator('option:not([disabled])')
    offered.push(...(await options.allTextContents()).map((text) => text.trim()))
    for (const algorithm of offered) {
      await issue(page, { name: `Root ${algorithm}`, algorithm })
      const anchor = certificatesIn(await save(page, 'Certificate, PEM'))[0]!
      const issuer = `Root ${algorithm}`
      await issue(page, { issuer, purpose: 'TLS server', name: 'server', names: HOST, algorithm })
      const [target] = certificatesIn(await save(page, 'Certificate, PEM'))
      asked[algorithm] = writeQuestion(
        scratch,
        algorithm.replaceAll(' ', '-'),
        { target: target!, intermediates: [], anchors: [anchor] },
        { purpose: 'serverAuth', host: HOST },
      )
    }
  })

  test.each(Object.keys(PEERS) as PeerName[])('%s accepts each', async (peer) => {
    expect(offered.length).toBeGreaterThanOrEqual(7)
    const answers = await PEERS[peer](Object.values(asked))
    const refused = offered.filter((_, i) => !answers[i]!.accepted)
    const limits = LIMITS_OF_PEERS.filter((limit) => limit.peer === peer && limit.profiles.test('tlsServer'))
    const expected = offered.filter((algorithm) => limits.some(({ chains }) => chains.test(algorithm)))
    expect(refused, JSON.stringify(answers)).toEqual(expected)
  })
})

test('the console stayed empty', () => {
  expect(app.complaints).toEqual([])
})
