import { describe, expect, test } from 'vitest'
import { PROFILES } from '../../src/ca/profiles.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import { issued, request, surroundings, type TestAuthority } from '../support/authority.ts'
import { PEERS, type PeerName } from '../support/peers/peers.ts'
import { writeQuestion, type PeerPurpose, type Question } from '../support/peers/question.ts'
import { scratchFor } from '../support/run.ts'
import { LIMITS_OF_PEERS } from './limits-of-peers.ts'

/** The clock of the peers cannot be set: what is issued here is valid now. */
const around = surroundings({ at: new Date() })

const PURPOSES: Record<string, PeerPurpose> = {
  tlsServer: 'serverAuth',
  tlsClient: 'clientAuth',
  mtls: 'serverAuth',
  ocspSigner: 'OCSPSigning',
  codeSigning: 'codeSigning',
  email: 'emailProtection',
  timeStamping: 'timeStamping',
  custom: 'any',
}

const CHAINS: Record<string, [root: KeyAlgorithmId, intermediate: KeyAlgorithmId, target: KeyAlgorithmId]> = {
  'P-256': ['p256', 'p256', 'p256'],
  'P-384': ['p384', 'p384', 'p384'],
  'P-521': ['p521', 'p521', 'p521'],
  'RSA 2048': ['rsa-2048', 'rsa-2048', 'rsa-2048'],
  'RSA 4096 over P-256': ['rsa-4096', 'rsa-3072', 'p256'],
  Ed25519: ['ed25519', 'ed25519', 'ed25519'],
  'P-384 over RSA 2048': ['p384', 'p256', 'rsa-2048'],
  'ML-DSA-44': ['ml-dsa-44', 'ml-dsa-44', 'ml-dsa-44'],
  'ML-DSA-65 over P-256': ['ml-dsa-65', 'ml-dsa-65', 'p256'],
  'ML-DSA-87': ['ml-dsa-87', 'ml-dsa-87', 'ml-dsa-87'],
}

/** RSA keys signing with PSS, which is chosen by the operator. */
const PSS: Record<string, string> = {
  'RSA 2048 with PSS': 'rsa-pss-sha256',
  'RSA 2048 with PSS and SHA-512': 'rsa-pss-sha512',
}

const folder = scratchFor('issued')

/** A chain with a target of each profile, as questions by profile id. */
async function questionsOf(name: string): Promise<Record<string, Question>> {
  const signature = PSS[name] ?? null
  const [top, middle, bottom] = CHAINS[name] ?? ['rsa-2048', 'rsa-2048', 'rsa-2048']
  const root = await issued('root', request(`Root ${name}`, { signature }), null, top, around)
  const upper = await issued(
    'intermediate',
    request(`Policy ${name}`, { signature, extensions: { pathLen: 1 } }),
    root,
    middle,
    around,
  )
  const issuing = await issued(
    'intermediate',
    request(`Issuing ${name}`, { signature }),
    upper,
    middle,
    around,
  )
  const ask = (
    id: string,
    target: TestAuthority,
    purpose: PeerPurpose,
    host?: string,
  ): [string, Question] => [
    id,
    writeQuestion(
      folder,
      `${name.replaceAll(' ', '-')}-${id}`,
      {
        target: target.certificate.der,
        intermediates: target.chain.slice(0, -1).map(({ der }) => der),
        anchors: [root.certificate.der],
      },
      { purpose, ...(host === undefined ? {} : { host }) },
    ),
  ]
  const questions = [ask('intermediate', issuing, 'certSign')]
  for (const { id } of PROFILES.filter(({ kind }) => kind === 'endEntity')) {
    const commonName = id === 'email' ? 'someone@example.com' : 'host.example.com'
    const target = await issued(id, request(commonName, { signature }), issuing, bottom, around)
    questions.push(
      ask(id, target, PURPOSES[id]!, ['tlsServer', 'mtls'].includes(id) ? 'host.example.com' : undefined),
    )
  }
  return Object.fromEntries(questions)
}

describe.each([...Object.keys(CHAINS), ...Object.keys(PSS)])('what is issued with %s', (name) => {
  const made = questionsOf(name)

  test.each(Object.keys(PEERS) as PeerName[])(
    'is accepted by %s, but for what its version cannot do',
    async (peer) => {
      const questions = Object.entries(await made)
      const answers = await PEERS[peer](questions.map(([, question]) => question))
      const refused = Object.fromEntries(
        questions.flatMap(([id], i) => (answers[i]!.accepted ? [] : [[id, answers[i]!.reason]])),
      )
      const expected = LIMITS_OF_PEERS.filter((limit) => limit.peer === peer && limit.chains.test(name))
      const ids = questions
        .map(([id]) => id)
        .filter((id) => expected.some(({ profiles }) => profiles.test(id)))
      expect(Object.keys(refused).sort(), JSON.stringify(refused, null, 1)).toEqual(ids.sort())
      for (const { profiles, says } of expected)
        for (const [id, reason] of Object.entries(refused))
          if (profiles.test(id)) expect(reason).toMatch(says)
    },
  )

  test('is refused by every peer that knows it when one octet of the signature is changed', async () => {
    const { tlsServer } = await made
    const broken = await tampered(tlsServer!)
    for (const [peer, ask] of Object.entries(PEERS)) {
      const [answer] = await ask([broken])
      expect(answer!.accepted, peer).toBe(false)
    }
  })
})

async function tampered(question: Question): Promise<Question> {
  const { readFileSync } = await import('node:fs')
  const body = readFileSync(question.target, 'utf8').replace(/-----.*-----|\s/g, '')
  const der = Uint8Array.from(Buffer.from(body, 'base64'))
  der[der.length - 3]! ^= 1
  const { target } = writeQuestion(
    folder,
    'tampered',
    { target: der, intermediates: [], anchors: [] },
    { purpose: 'any' },
  )
  return { ...question, target }
}
