import source from 'virtual:worker-source'
import { pkcs12Kdf, PURPOSE } from '../../../src/containers/legacy/key-derivation.ts'
import { passwordOf } from '../../../src/containers/password.ts'
import { utf8 } from '../../../src/octets.ts'
import { encodePkcs12 } from '../../../src/containers/pkcs12/encode.ts'
import { pbkdf2 } from '../../../src/webcrypto/password-based.ts'
import { random } from '../../../src/webcrypto/seal.ts'
import { setScript } from '../../../src/services/files/derivations.ts'
import { readFiles } from '../../../src/services/files/reading.ts'
import { exportPrivateKey, generateKeyPair } from '../../../src/webcrypto/keys.ts'
import { makeAuthority } from '../p256-authority.ts'
import type { Scenario } from '../scenario.ts'
import { touch } from '../scenario.ts'

const ITERATIONS = 600_000
const PASSWORD = 'only for the bench'

/**
 * A PKCS#12 with 600,000 rounds for its MAC, its certificates and its key, opened as the page opens it: in a pile, its keys
 * worked out in a worker that is started for it. The floor is what must be derived and nothing else, one after the other
 * in the page: the MAC's key by RFC 7292 App. B in a synchronous loop (WebCrypto has none), and PBKDF2 twice.
 */
export default async function openPkcs12(): Promise<Scenario> {
  setScript(new Blob([source], { type: 'text/javascript' }))
  const { privateKey } = await generateKeyPair('p256')
  const [pkcs8, { der }] = await Promise.all([exportPrivateKey(privateKey), makeAuthority()])
  const entry = { friendlyName: 'bench', pkcs8, certificate: der, chain: [] }
  const file = {
    name: 'bench.p12',
    bytes: await encodePkcs12({ entries: [entry] }, PASSWORD, { iterations: ITERATIONS, random }),
  }
  const peers = { 'the MAC alone': mac, 'one PBKDF2': key }
  return { name: 'open-p12-600k', unit: 'containers', ours: () => open(file), floor, peers }
}

async function open(file: { name: string; bytes: Uint8Array }): Promise<number> {
  const call = { signal: new AbortController().signal, progress: () => undefined }
  const { items } = await readFiles([file], { passwords: [PASSWORD], privateKeys: 'keep' }, call)
  if (items.length !== 2) throw new Error(`${String(items.length)} items`)
  return 1
}

async function floor(): Promise<number> {
  await mac()
  await key()
  return key()
}

async function mac(): Promise<number> {
  const { bmp } = passwordOf(PASSWORD)
  touch(await pkcs12Kdf('SHA-256', PURPOSE.mac, bmp, random(16), ITERATIONS, 32))
  return 1
}

async function key(): Promise<number> {
  touch(await pbkdf2('SHA-256', utf8(PASSWORD), random(16), ITERATIONS, 32))
  return 1
}
