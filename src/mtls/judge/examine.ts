/** The chain that one side presents, by our validator with the trust of the other. */
import { CodedError, isCodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import type { PeerName } from '../../validate/options.ts'
import { createPool } from '../../validate/pool.ts'
import { isValid, type Report } from '../../validate/report.ts'
import { refusalsOf, validate } from '../../validate/validate.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameKey } from '../../x509/name-matching.ts'
import { sameOctets } from '../../octets.ts'
import { parseOcspResponse, type OcspResponse } from '../../x509/ocsp.ts'
import { ownOf, readChain, readable } from '../chain.ts'
import type { Endpoint } from '../scenario.ts'
import type { Refusal } from './judgement.ts'

/** What is found in a chain by itself, before proofs and rules. */
export interface Examined {
  readonly report: Report | null
  readonly refusals: readonly Refusal[]
}

export interface Examination {
  readonly judge: Endpoint
  readonly chain: Endpoint['chain']
  readonly purpose: 'serverAuth' | 'clientAuth'
  /** Names that the certificate must have. */
  readonly names: readonly PeerName[]
  readonly stapled: Uint8Array | null
}

/** Remembers what was found: of many peers most ask the same about each other. */
export class Examiner {
  readonly #found = new Map<string, Promise<Examined>>()
  readonly #numbers = new WeakMap<object, number>()
  /** By chain and bundle: the certificates of the bundle at which a path of the chain may end. */
  readonly #relevant = new WeakMap<Endpoint['chain'], WeakMap<Endpoint['anchors'], Relevant>>()
  #next = 0

  examine(asked: Examination): Promise<Examined> {
    const relevant = this.#relevantOf(asked.chain, asked.judge.anchors)
    const key = this.#keyOf(asked, relevant)
    const known = this.#found.get(key)
    if (known) return known
    const found = examine(asked, relevant.anchors)
    this.#found.set(key, found)
    return found
  }

  #relevantOf(chain: Endpoint['chain'], bundle: Endpoint['anchors']): Relevant {
    const ofChain = this.#relevant.get(chain) ?? new WeakMap<Endpoint['anchors'], Relevant>()
    this.#relevant.set(chain, ofChain)
    const known = ofChain.get(bundle)
    if (known) return known
    const anchors = relevantAnchors(bundle, readable(chain))
    const relevant = { anchors, key: this.#numbersOf(anchors) }
    ofChain.set(bundle, relevant)
    return relevant
  }

  #keyOf({ judge, chain, purpose, names, stapled }: Examination, { key }: Relevant): string {
    const { at, lists, needsStatus, maxDepth } = judge
    const wanted = names.length === 0 ? '' : JSON.stringify(names)
    const held = `${this.#numberOf(chain)} ${this.#numbersOf(lists)} ${stapled ? this.#numberOf(stapled) : ''}`
    return [held, key, at.getTime(), needsStatus, maxDepth, purpose, wanted].join('|')
  }

  #numbersOf(things: readonly object[]): string {
    return things.map((each) => this.#numberOf(each)).join()
  }

  #numberOf(thing: object): number {
    const known = this.#numbers.get(thing)
    if (known !== undefined) return known
    this.#next += 1
    this.#numbers.set(thing, this.#next)
    return this.#next
  }
}

interface Relevant {
  readonly anchors: readonly Certificate[]
  readonly key: string
}

/** Those at which a path of this chain may end: an issuer's namesakes, or a certificate of the chain itself. */
function relevantAnchors(
  anchors: readonly Certificate[],
  chain: readonly Certificate[],
): readonly Certificate[] {
  const issuers = new Set(chain.map(({ issuer }) => nameKey(issuer)))
  return anchors.filter(
    (anchor) => issuers.has(nameKey(anchor.subject)) || chain.some(({ der }) => sameOctets(der, anchor.der)),
  )
}

async function examine(
  { judge, chain, purpose, names, stapled }: Examination,
  anchors: readonly Certificate[],
): Promise<Examined> {
  const { at, lists, needsStatus, maxDepth } = judge
  const unreadable = readChain(chain).flatMap((each, position): Refusal[] =>
    each instanceof CodedError ? [{ why: 'unreadable', at: position, error: each }] : [],
  )
  const target = ownOf(chain)
  // What follows an own certificate that cannot be read is nobody's chain.
  if (!target) return { report: null, refusals: unreadable }
  const intermediates = readable(chain).slice(1)
  const response = stapled && responseIn(stapled)
  const ocspResponses = response ? [response] : []
  const hasStatus = lists.length > 0 || ocspResponses.length > 0
  const report = await validate(target, createPool({ anchors, intermediates, crls: lists, ocspResponses }), {
    at,
    purpose,
    peerNames: names,
    ...(maxDepth !== null && { maxDepth }),
    revocation: needsStatus ? 'require' : hasStatus ? 'given' : 'none',
  })
  const staple: Refusal[] = stapled && !response ? [{ why: 'staple' }] : []
  return { report, refusals: [...unreadable, ...refusalsIn(report), ...keyUsageOf(target), ...staple] }
}

function responseIn(der: Uint8Array): OcspResponse | null {
  try {
    return parseOcspResponse(der)
  } catch (error) {
    if (!isCodedError(error)) throw error
    return null
  }
}

function refusalsIn({ verdict, paths, best }: Report): readonly Refusal[] {
  if (isValid(verdict)) return []
  const path = paths[best]
  const findings: readonly Finding[] = path ? refusalsOf(path) : []
  if (verdict === 'invalid' && findings.length > 0) return [{ why: 'chain', findings }]
  return [{ why: 'undecided' }]
}

const keyUsageOf = ({ keyUsage }: Certificate): readonly Refusal[] =>
  keyUsage === null || keyUsage.has('digitalSignature') ? [] : [{ why: 'key-usage' }]
