import { describe, expect, test } from 'vitest'
import {
  readAttestation,
  readWitnessCertificate,
  type Attestation,
  type RollEntry,
} from '../../../src/ceremony/attested.ts'
import { composeSignedData } from '../../../src/ceremony/signed-data.ts'
import { utf8 } from '../../../src/octets.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { drawKey, selfSigned, type Drawn } from '../../support/chain.ts'
import { once, run, scratch, succeed } from '../../support/run.ts'
import { attestationFile, witnessNamed } from '../../support/ceremony/witnesses.ts'

const MANIFEST = utf8(`${'a'.repeat(64)}  plan.json\n`)

const keyOf = async ({ key }: Drawn): Promise<string> => await sha256Hex(key.spki)
const onRoll = async (person: string, name: string, drawn: Drawn | null): Promise<RollEntry> => ({
  person,
  name,
  key: drawn && (await keyOf(drawn)),
})

const ana = once(() => witnessNamed('Ana Pérez'))

describe('a signature counts', () => {
  test('of somebody whose key is on the roll, whatever the name', async () => {
    const drawn = await ana()
    const file = await attestationFile(drawn, MANIFEST)
    const read = await readAttestation(file, MANIFEST, [await onRoll('ana', 'A. Pérez', drawn)])
    expect(read).toMatchObject({ person: 'ana', key: await keyOf(drawn) })
    expect(read.certificate.der).toEqual(drawn.certificate.der)
  })

  test('of somebody who is there by name alone', async () => {
    const file = await attestationFile(await ana(), MANIFEST)
    const roll = [await onRoll('bo', 'Bo', null), await onRoll('ana', 'Ana Pérez'.normalize('NFD'), null)]
    expect(await readAttestation(file, MANIFEST, roll)).toMatchObject({ person: 'ana' })
  })

  test('by the later line of the roll, with other ends of lines, or none at the end', async () => {
    const [drawn, lost] = [await ana(), await witnessNamed('Ana Pérez')]
    const roll = [await onRoll('ana', 'Ana Pérez', lost), await onRoll('ana', 'Ana Pérez', drawn)]
    const text = new TextDecoder().decode(await attestationFile(drawn, MANIFEST))
    for (const each of [text.replaceAll('\n', '\r\n'), text.trimEnd()])
      expect(await readAttestation(utf8(each), MANIFEST, roll)).toMatchObject({ person: 'ana' })
    const old = await attestationFile(lost, MANIFEST)
    await expect(readAttestation(old, MANIFEST, roll)).rejects.toMatchObject({
      detail: { reason: 'other-key', name: 'Ana Pérez' },
    })
  })
})

describe('a signature is refused', () => {
  const refusal = (reason: string, name: string) => ({ code: 'witness-refused', detail: { reason, name } })

  test('of a stranger, also of one with the name of a witness', async () => {
    const [drawn, stranger, sameName] = [
      await ana(),
      await witnessNamed('Eve'),
      await witnessNamed('Ana Pérez'),
    ]
    const roll = [await onRoll('ana', 'Ana Pérez', drawn)]
    await expect(
      readAttestation(await attestationFile(stranger, MANIFEST), MANIFEST, roll),
    ).rejects.toMatchObject(refusal('not-on-roll', 'Eve'))
    await expect(
      readAttestation(await attestationFile(sameName, MANIFEST), MANIFEST, roll),
    ).rejects.toMatchObject(refusal('other-key', 'Ana Pérez'))
    await expect(readAttestation(await attestationFile(drawn, MANIFEST), MANIFEST, [])).rejects.toMatchObject(
      refusal('not-on-roll', 'Ana Pérez'),
    )
  })

  test('over another manifest, and the second time', async () => {
    const drawn = await ana()
    const roll = [await onRoll('ana', 'Ana Pérez', drawn)]
    const file = await attestationFile(drawn, MANIFEST)
    await expect(readAttestation(file, utf8('another'), roll)).rejects.toMatchObject(
      refusal('signature', 'Ana Pérez'),
    )
    const first = await readAttestation(file, MANIFEST, roll)
    await expect(readAttestation(file, MANIFEST, roll, [first])).rejects.toMatchObject(
      refusal('twice', 'Ana Pérez'),
    )
  })

  test.each(['p384', 'rsa-2048', 'ed25519'] as const)('by a key of %s', async (algorithm) => {
    const drawn = await selfSigned({ subject: 'CN=Ana', key: await drawKey(algorithm) })
    const file = utf8(
      [
        encodePem('CERTIFICATE', drawn.certificate.der),
        '-----BEGIN MANIFEST SIGNATURE-----\nMAA=\n-----END MANIFEST SIGNATURE-----\n',
      ].join(''),
    )
    const roll = [await onRoll('ana', 'Ana', drawn)]
    await expect(readAttestation(file, MANIFEST, roll)).rejects.toMatchObject(refusal('key-type', 'Ana'))
  })
})

test.each<[string, string, (text: string) => string]>([
  ['nothing', 'form', () => ''],
  ['a certificate alone', 'form', (text) => text.slice(0, text.indexOf('-----BEGIN MANIFEST'))],
  ['something before it', 'form', (text) => `hello\n${text}`],
  ['something after it', 'form', (text) => `${text}${text}`],
  [
    'the blocks in the other order',
    'form',
    (text) =>
      text
        .split(/(?<=-----\n)(?=-----BEGIN)/)
        .reverse()
        .join(''),
  ],
  ['longer lines', 'base64', (text) => text.replace(/(?<=[A-Za-z0-9+/]{64})\n/, '')],
  ['another character', 'base64', (text) => text.replace('\nM', '\n*')],
  ['octets that are no certificate', 'certificate', (text) => text.replace('\nM', '\nN')],
  ['more than a file', 'too-large', () => 'x'.repeat((16 << 10) + 1)],
])('a file with %s is refused: %s', async (_what, reason, change) => {
  const text = new TextDecoder().decode(await attestationFile(await ana(), MANIFEST))
  await expect(readAttestation(utf8(change(text)), MANIFEST, [])).rejects.toMatchObject({
    code: 'witness-file-invalid',
    detail: { reason },
  })
})

describe.each([1, 2, 9])('OpenSSL verifies %i signatures', (count) => {
  const signed = once(async () => {
    const read: Attestation[] = []
    for (let i = 0; i < count; i++) {
      const drawn = await witnessNamed(`Witness ${i}`)
      const file = await attestationFile(drawn, MANIFEST)
      read.push(await readAttestation(file, MANIFEST, [await onRoll(`w${i}`, `Witness ${i}`, drawn)], read))
    }
    return read
  })

  test('each by itself, and not over other octets', async () => {
    const { path, file } = scratch()
    file('manifest.sha256', MANIFEST)
    file(
      'changed',
      MANIFEST.map((octet, i) => (i === 0 ? octet ^ 1 : octet)),
    )
    for (const { certificate, signature } of await signed()) {
      file('w.crt', encodePem('CERTIFICATE', certificate.der))
      file('w.sig', signature)
      const { stdout } = await succeed('openssl', ['x509', '-in', 'w.crt', '-noout', '-pubkey'], {
        cwd: path,
      })
      file('w.pub', stdout)
      const verify = (content: string) =>
        run('openssl', ['dgst', '-sha256', '-verify', 'w.pub', '-signature', 'w.sig', content], { cwd: path })
      expect((await verify('manifest.sha256')).stdout).toBe('Verified OK\n')
      expect((await verify('changed')).code).not.toBe(0)
    }
  })

  test('together, and not over other octets, nor with one signature changed', async () => {
    const { path, file } = scratch()
    const all = await signed()
    file('manifest.sha256', MANIFEST)
    file(
      'changed',
      MANIFEST.map((octet, i) => (i === 70 ? octet ^ 1 : octet)),
    )
    file('all.p7s', composeSignedData(all))
    const last = all.at(-1)!
    const bad = { ...last, signature: (await signedOver(utf8('another'))).signature }
    file('bad.p7s', composeSignedData([...all.slice(0, -1), bad]))
    const verify = (cms: string, content: string) =>
      run(
        'openssl',
        [
          'cms',
          '-verify',
          '-binary',
          '-inform',
          'DER',
          '-in',
          cms,
          '-content',
          content,
          '-noverify',
          '-out',
          'out',
          '-signer',
          'signers',
        ],
        { cwd: path },
      )
    expect((await verify('all.p7s', 'manifest.sha256')).code).toBe(0)
    const signers = await succeed('grep', ['-c', 'BEGIN CERTIFICATE', 'signers'], { cwd: path })
    expect(signers.stdout).toBe(`${count}\n`)
    expect((await verify('all.p7s', 'changed')).code).not.toBe(0)
    expect((await verify('bad.p7s', 'manifest.sha256')).code).not.toBe(0)
  })
})

async function signedOver(content: Uint8Array): Promise<Attestation> {
  const drawn = await ana()
  const roll = [await onRoll('ana', 'Ana Pérez', drawn)]
  return readAttestation(await attestationFile(drawn, content), content, roll)
}

describe('for the roll, a certificate alone is read', () => {
  test('by its name and key', async () => {
    const drawn = await ana()
    const file = utf8(encodePem('CERTIFICATE', drawn.certificate.der))
    expect(await readWitnessCertificate(file)).toEqual({ name: 'Ana Pérez', key: await keyOf(drawn) })
  })

  test('and nothing else', async () => {
    const both = await attestationFile(await ana(), MANIFEST)
    await expect(readWitnessCertificate(both)).rejects.toThrow('witness-file-invalid')
    const other = await selfSigned({ subject: 'CN=Ana', key: await drawKey('p384') })
    const file = utf8(encodePem('CERTIFICATE', other.certificate.der))
    await expect(readWitnessCertificate(file)).rejects.toMatchObject({
      code: 'witness-refused',
      detail: { reason: 'key-type', name: 'Ana' },
    })
  })
})
