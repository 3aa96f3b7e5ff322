import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import type { OcspResponse } from '../../../src/x509/ocsp.ts'
import { AT } from '../chain.ts'
import type { Drawn } from '../chain.ts'
import { startOpenssl } from '../peers/openssl-status.ts'
import type { StatusAnswer, StatusCase, StatusPeer } from '../peers/openssl-status.ts'
import { drawList } from '../revocation.ts'
import { Dice } from './dice.ts'
import { DIFFERENCES } from './differences.ts'
import { drawLists } from './lists.ts'
import { createValidator, QUESTIONS } from './ours.ts'
import type { ReadCase } from './ours.ts'
import { drawResponses } from './responses.ts'
import { createWorld, intermediatesOf } from './world.ts'
import type { World } from './world.ts'

/** The results of this many cases of one seed. */
export interface FuzzResult {
  /** How often each occurred; known differences by name. */
  readonly counts: Readonly<Record<string, number>>
  /** Cases that are valid here and revoked there, without a known reason. */
  readonly wrong: readonly string[]
}

const BATCH = 200

/** Draws cases, runs OpenSSL and our validator, and reports where OpenSSL says revoked and we say valid. */
export async function fuzzStatus(count: number, seed: number): Promise<FuzzResult> {
  const world = await createWorld()
  const examine = createValidator(world, await drawList(world.root))
  const peer = peerFor(world)
  const counts: Record<string, number> = {}
  const wrong: string[] = []
  const add = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1
  }

  async function one(n: number, asked: StatusCase, answer: StatusAnswer): Promise<void> {
    if (!isRevoked(answer)) {
      add('not revoked there')
      return
    }
    add('revoked there')
    const read = examine.read(asked.lists, asked.responses)
    // The engine never sees it; in a pile it makes the verdict “could not be checked”.
    if (read.unread.length > 0) {
      add('unread here')
      return
    }
    const target = world.leaves[asked.target]!
    const valid = []
    for (const question of QUESTIONS) if (await examine.isValid(read, target, question)) valid.push(question)
    if (valid.length === 0) {
      add('refused here')
      return
    }
    const why = await explain(asked, read, { world, target, peer })
    add(why ?? 'WRONG')
    if (why === null) {
      const texts = [...asked.lists, ...asked.responses].map((der) => Buffer.from(der).toString('base64'))
      wrong.push(`case ${String(n)} of seed ${String(seed)}, ${JSON.stringify(valid)}: ${texts.join(' ')}`)
    }
  }

  for (let start = 0; start < count; start += BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, count - start) }, (_, i) =>
      drawCase(world, new Dice(seed * 1_000_003 + start + i)),
    )
    const answers = await peer.ask(cases)
    for (const [i, each] of cases.entries()) await one(start + i, each, answers[i]!)
  }
  peer.close()
  return { counts, wrong }
}

const isRevoked = ({ byLists, byResponses }: StatusAnswer): boolean => byLists || byResponses.length > 0

const peerFor = (world: World): StatusPeer => {
  const der = ({ certificate }: Drawn): Uint8Array => certificate.der
  return startOpenssl({
    at: AT,
    trusted: [der(world.root)],
    untrusted: intermediatesOf(world).map(der),
    targets: world.leaves.map(der),
    issuer: der(world.ca),
  })
}

/** CRLs, responses or both about one of the certificates. */
function drawCase(world: World, dice: Dice): StatusCase {
  const target = dice.below(world.leaves.length)
  const leaf = world.leaves[target]!
  const kind = dice.below(3)
  return {
    target,
    lists: kind === 1 ? [] : drawLists(world, leaf, dice),
    responses: kind === 0 ? [] : drawResponses(world, leaf, dice),
  }
}

interface Setting {
  readonly world: World
  readonly target: Drawn
  readonly peer: StatusPeer
}

/** Returns the names of the known differences if OpenSSL no longer says revoked without their sources; else null. */
async function explain(asked: StatusCase, { pool }: ReadCase, setting: Setting): Promise<string | null> {
  // The root's own CRL comes first among those here.
  const lists = pool.certificateLists.slice(1)
  const responses = pool.ocspResponses
  const names = new Set<string>()
  const isOurs = (source: { list?: CertificateList; response?: OcspResponse }): boolean => {
    const known = DIFFERENCES.find(({ isAbout }) => isAbout(source, { ...setting, lists, responses }))
    if (known) names.add(known.name)
    return !known
  }
  const left = {
    target: asked.target,
    lists: asked.lists.filter((_, i) => isOurs({ list: lists[i]! })),
    responses: asked.responses.filter((_, i) => isOurs({ response: responses[i]! })),
  }
  const [answer] = await setting.peer.ask([left])
  return isRevoked(answer!) ? null : `known: ${[...names].sort().join(' + ')}`
}
