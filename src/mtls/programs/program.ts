import type { Side } from '../wire/transcript.ts'
import { CASES, casesIn, isMet, type Case } from './cases.ts'
import type { Words } from './words.ts'

export type ProgramId =
  | 'openssl'
  | 'go'
  | 'java'
  | 'gnutls'
  | 'nss'
  | 'node'
  | 'bun'
  | 'deno'
  | 'rustls'
  | 'curl'
  | 'python'
  | 'nginx'
  | 'haproxy'
  | 'apache'
  | 'stunnel'

/**
 * A program as it was measured, on loopback, against a peer that sends what a case is made of and records what comes
 * back. What was not measured is absent.
 */
export interface Program {
  readonly id: ProgramId
  readonly name: string
  readonly runs: readonly Run[]
  /** Its client sends alerts of TLS 1.3 unencrypted, which many servers cannot read. */
  readonly plainAlerts?: true
  /** What its server lists in certificate_authorities. */
  readonly requestNames?: 'bundle' | 'none'
  readonly depth?: DepthRule
  /** Of several CRLs in one PEM file, those it reads. */
  readonly crlsRead?: 'first' | 'all'
  /** Whose revocation it checks: with `chain`, a CRL of every CA is needed, the root's included. */
  readonly crlScope?: 'chain' | 'leaf'
  readonly words: Words
}

/** A program's versions with the same answers, under one setting. */
export interface Run {
  readonly versions: readonly string[]
  /** The limit of its depth that was set, in its own counting; without it, its default. */
  readonly maxDepth?: number
  /** What it answers as the side that judges. */
  readonly client?: Answers
  readonly server?: Answers
  readonly choosing?: Choosing
  /** If it selects the certificate by itself, as browsers do. */
  readonly automatic?: Choosing
}

export interface DepthRule {
  /** `sent`: the certificates of the message; `below-root`: those between leaf and root, and the root. */
  readonly counts: 'intermediates' | 'sent' | 'below-root'
  /** The default. */
  readonly limit: number | null
}

/**
 * How many certificates its client sends when it has leaf and issuing CA, or the leaf alone, and the server lists, in
 * this order: the root, the issuing CA, another CA, none.
 */
export interface Choosing {
  readonly chain: readonly number[]
  readonly leaf: readonly number[]
}

const digits = (text: string): readonly number[] => [...text].map(Number)
const choosing = (chain: string, leaf: string): Choosing => ({ chain: digits(chain), leaf: digits(leaf) })
/** Sends what it was given, whatever the list says. */
export const SENDS_ANYWAY = choosing('2222', '1111')
/** Sends nothing unless a listed name issued some certificate that it would send. */
export const WITHHOLDS = choosing('2202', '0101')
/** As a browser: withholds, but completes the chain from what it knows first. */
export const WITHHOLDS_COMPLETED = choosing('2202', '2202')

/** For each case the codes for TLS 1.2 and 1.3: `ok`, an alert's number, `h400`, `cut`, `hs,cut`, `-` or `n/a`. */
export type Answers = ReadonlyMap<Case, readonly [tls12: string, tls13: string]>

/**
 * Reads a table of answers: code (or `1.2|1.3` where they differ) → cases. All other cases of the side are as in
 * `base`, or accepted.
 */
export function answers(side: Side, table: Readonly<Record<string, string>>, base?: Answers): Answers {
  const all = new Map<Case, readonly [string, string]>()
  for (const one of CASES) if (isMet(side, one)) all.set(one, base?.get(one) ?? ['ok', 'ok'])
  for (const [code, cases] of Object.entries(table)) {
    const [tls12, tls13 = tls12] = code.split('|') as [string, string?]
    for (const one of casesIn(cases)) all.set(one, [tls12, tls13])
  }
  return all
}
