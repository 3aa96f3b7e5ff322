import { addSlot, openKey, openerOf, sealKey, type Belonging } from '../../../src/vault/key-slots.ts'
import { newShareSet, proveShare, sealQuorum, type Given } from '../../../src/vault/quorum/quorum.ts'
import { readShare } from '../../../src/vault/quorum/share-words.ts'
import { seal, type Bytes } from '../../../src/webcrypto/seal.ts'
import { touch, type Batch, type Scenario } from '../scenario.ts'

const NAMES = Array.from({ length: 9 }, (_each, i) => `Holder ${String(i + 1)}`)
const NEEDED = 5
const PASSPHRASE = 'river bank, lemon and bread'
const BELONGING: Belonging = { recordId: 'bench', spki: new Uint8Array(0) }

/** From the last share to the open key: five of nine, against one derivation and one unwrapping, and a passphrase. */
export default async function quorumOpen(): Promise<Scenario> {
  const set = await newShareSet(NAMES, NEEDED)
  const { quorum, key } = await sealQuorum(set, 0)
  const own = { kind: 'passphrase', passphrase: PASSPHRASE, label: '', iterations: 600_000 } as const
  const made = await sealKey(BELONGING, [own], 0, (secret, context) =>
    seal(secret, new Uint8Array(32), context),
  )
  const source = { kind: 'quorum', quorum, key, label: '' } as const
  const sealed = await addSlot(made, BELONGING, openerOf(PASSPHRASE), source, 0)
  const given: Given = new Map(set.shares.slice(0, NEEDED).map(({ holder, words }) => [holder, words]))
  const last = set.shares[NEEDED - 1]!.words
  const open = (opening: Parameters<typeof openerOf>[0]) =>
    openKey(sealed, BELONGING, openerOf(opening), (secret) => Promise.resolve(secret))
  return {
    name: 'quorum-open',
    unit: 'openings',
    ours: async () => {
      await proveShare(quorum, await readShare(last), null)
      touch(await open({ setId: set.setId, given }))
      return 1
    },
    floor: await floor(),
    peers: {
      'a passphrase': async () => {
        touch(await open(PASSPHRASE))
        return 1
      },
    },
  }
}

/** The least that could do it, by WebCrypto alone. */
async function floor(): Promise<Batch> {
  const words: Bytes = new TextEncoder().encode('x'.repeat(500))
  const algorithm = { name: 'AES-GCM', length: 256 }
  const iv = new Uint8Array(12)
  const derive = async (): Promise<CryptoKey> => {
    const material = await crypto.subtle.importKey('raw', words, 'HKDF', false, ['deriveKey'])
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: iv }
    return crypto.subtle.deriveKey(hkdf, material, algorithm, false, ['wrapKey', 'unwrapKey'])
  }
  const secret = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt'])
  const wrapped = await crypto.subtle.wrapKey('raw', secret, await derive(), { name: 'AES-GCM', iv })
  return async () => {
    const gcm = { name: 'AES-GCM', iv }
    touch(
      await crypto.subtle.unwrapKey('raw', wrapped, await derive(), gcm, algorithm, false, [
        'encrypt',
        'decrypt',
      ]),
    )
    return 1
  }
}
