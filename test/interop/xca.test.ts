import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bigIntOf } from '../../src/octets.ts'
import type { InFile } from '../../src/border/words.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { run, scratchFor, succeed } from '../support/run.ts'
import { openedToday, ADA, issue, LIST, PASSPHRASE, type TestWorker } from '../support/worker.ts'

// A CA leaves XCA as our recipe says and goes on here; and one of ours goes over to XCA and comes back.

const PASSWORD = 'offen 1'
/** What is carried out holds a CA's key, and is guarded as such. */
const CARRIED = 'for the file alone'
const cwd = scratchFor('xca')
let worker: TestWorker
beforeEach(async () => {
  worker = await openedToday()
})
afterEach(() => worker.close())

/**
 * What XCA 2.4.0 wrote when a CA made in it from its own templates was taken out by the recipe of the page: "PEM all"
 * of the certificates, each key as "PKCS#8 encrypted", and the list it made after one of the two was revoked.
 */
const FIXTURES = fileURLToPath(new URL('../fixtures/xca', import.meta.url))
const exported = (name: string): InFile => ({
  name,
  bytes: new Uint8Array(readFileSync(join(FIXTURES, name))),
})

test('a CA that XCA made comes in by the recipe, signs on, and its revoked certificate stays revoked', async () => {
  const files = ['certificates.pem', 'root.pk8', 'server.pk8', 'old.pk8', 'list.pem'].map(exported)
  const closed = await worker.client.call('import.read', { files })
  expect(closed.locked.map(({ file }) => file)).toEqual(['root.pk8', 'server.pk8', 'old.pk8'])
  expect(closed.authorities).toMatchObject([{ key: 'missing' }])
  const wrong = worker.client.call('import.open', { file: null, password: 'geheim' })
  await expect(wrong).rejects.toMatchObject({ code: 'container-password-wrong' })
  const view = await worker.client.call('import.open', { file: null, password: PASSWORD })
  expect(view).toMatchObject({
    locked: [],
    problems: [],
    loneKeys: [],
    authorities: [
      {
        name: 'Harbour Root',
        fate: 'new',
        key: 'comes',
        listNumber: '1',
        certificates: { fresh: 2, keys: 2, revoked: 1 },
      },
    ],
  })
  const stored = await worker.client.call('import.store', {
    token: view.token,
    choice: { authorities: [0], certificatesOf: [0], others: true, requests: true },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  expect(stored).toMatchObject({ refused: [], unsigned: [], certificates: 2, lists: 1 })
  const { authorityId } = stored.authorities[0]!
  const commonName = 'new.harbour.example'
  const wish = { authorityId, profileId: 'tlsServer', commonName, names: [commonName] }
  const { certificateId } = await issue(worker, wish)
  const { chain } = await worker.client.call('certificate.detail', { certificateId })
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId })
  const { bytes } = await worker.client.call('list.file', { listId: lists[0]!.id })
  expect(bigIntOf(parseCertificateList(bytes).cRLNumber!)).toBeGreaterThan(1n)
  writeFileSync(join(cwd, 'new.pem'), encodePem('CERTIFICATE', chain[0]!))
  writeFileSync(join(cwd, 'root.pem'), encodePem('CERTIFICATE', chain[1]!))
  writeFileSync(join(cwd, 'new.crl'), encodePem('X509 CRL', bytes))
  const [, server, old] = await namedIn(join(FIXTURES, 'certificates.pem'))
  const when = ['-attime', String(Math.floor(worker.clock.now / 1000) + 2)]
  const check = ['verify', '-crl_check', ...when, '-CAfile', 'root.pem', '-CRLfile', 'new.crl']
  for (const good of ['new.pem', server!]) await succeed('openssl', [...check, good], { cwd })
  expect((await run('openssl', [...check, old!], { cwd })).output).toContain('certificate revoked')
  const trust = ['--verify', '--load-ca-certificate', 'root.pem', '--infile', 'new.pem']
  expect((await succeed('certtool', trust, { cwd })).stdout).toContain('Verified')
})

/** The certificates of a bundle, each in a file of its own: root, server, old, whatever their order was. */
async function namedIn(bundle: string): Promise<string[]> {
  const all = readFileSync(bundle, 'utf8').match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g) ?? []
  const found = new Map<string, string>()
  for (const pem of all) {
    const name = ['x509', '-noout', '-subject', '-nameopt', 'multiline']
    const { stdout } = await succeed('openssl', name, { input: pem })
    const file = join(cwd, `${/commonName += (\S+)/.exec(stdout)![1]!}.pem`)
    writeFileSync(file, pem)
    found.set(/commonName += (\S+)/.exec(stdout)![1]!, file)
  }
  return ['Harbour', 'server.harbour.example', 'old.harbour.example'].map((name) => found.get(name)!)
}

test.for(['pkcs8', 'pkcs12'] as const)(
  'a CA made here goes into XCA as %s, which signs a list with its key; that list counts here',
  async (format) => {
    const { authorityId, certificateId } = await issue(worker, {
      profileId: 'root',
      commonName: 'Leaving Root',
    })
    const { chain } = await worker.client.call('certificate.detail', { certificateId })
    writeFileSync(join(cwd, 'leaving.pem'), encodePem('CERTIFICATE', chain[0]!))
    const key = await worker.client.call('authority.exportKey', {
      authorityId: authorityId!,
      format,
      vaultPassphrase: PASSPHRASE,
      keyPassphrase: null,
      filePassphrase: CARRIED,
      actor: ADA,
    })
    const file = `leaving.${format === 'pkcs8' ? 'pem.pk8' : 'p12'}`
    writeFileSync(join(cwd, file), key.bytes)
    const database = `${format}.xdb`
    await atTerminal(database, '--import', file, ...(format === 'pkcs8' ? ['leaving.pem'] : []))
    expect(await xca(database, '--issuers')).toContain("'Leaving Root' EC")
    const printed = await xca(database, '--crlgen=Leaving Root', '--name=theirs', '--pem')
    const [list] = /-----BEGIN X509 CRL-----[^]*-----END X509 CRL-----/.exec(printed)!
    writeFileSync(join(cwd, 'theirs.crl'), list)
    const verify = ['crl', '-in', 'theirs.crl', '-noout', '-CAfile', 'leaving.pem']
    expect((await succeed('openssl', verify, { cwd })).output).toContain('verify OK')
    const bytes = new Uint8Array(readFileSync(join(cwd, 'theirs.crl')))
    const { authorities } = await worker.client.call('import.read', {
      files: [{ name: 'theirs.crl', bytes }],
    })
    expect(authorities).toMatchObject([{ name: 'Leaving Root', fate: 'known', lists: [{ entries: 0 }] }])
  },
)

const args = (database: string, wishes: readonly string[]): string[] => [
  ...['--no-gui', `--database=${database}`, `--password=pass:${CARRIED}`],
  ...wishes,
]

const xca = async (database: string, ...wishes: string[]): Promise<string> =>
  (await succeed('xca', args(database, wishes), { cwd })).output

/** XCA asks for a new database's password, and for that of a file, at a terminal: `script` lends it one. */
async function atTerminal(database: string, ...wishes: string[]): Promise<void> {
  const command = ['xca', ...args(database, wishes)].map((word) => `'${word}'`).join(' ')
  // Typed again and again, because what is typed before the question is thrown away.
  const typing = `while sleep 0.3; do echo '${CARRIED}'; done`
  await succeed('bash', ['-c', `(${typing}) | script -qec "${command}" /dev/null`], { cwd })
}
