import type { CodedError } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import type { Report } from '../../validate/report.ts'
import type { Withheld } from '../negotiate.ts'
import type { Weighed } from '../rules/evaluate.ts'
import type { Side } from '../wire/transcript.ts'

/** Whether a side holds the key of its certificate, as its signature over the handshake shows. */
export type Possession = 'proved' | 'not-proved' | 'wrong-key'

/** Why a side does not go on with the other. */
export type Refusal =
  | { readonly why: 'no-certificate'; readonly from: Side; readonly withheld: Withheld }
  /** `at`: which of the certificates sent, 0 its own. */
  | { readonly why: 'unreadable'; readonly at: number; readonly error: CodedError }
  | { readonly why: 'chain'; readonly findings: readonly Finding[] }
  /** The validator could not decide. */
  | { readonly why: 'undecided' }
  /** The key usage does not allow signatures, which every handshake here needs (RFC 8446 §4.4.2.2). */
  | { readonly why: 'key-usage' }
  /** The stapled response cannot be read; what a readable one says is a finding of the chain. */
  | { readonly why: 'staple' }
  | { readonly why: 'possession' }
  | { readonly why: 'rule'; readonly weighed: Weighed }

/** What one side thinks of the other. */
export interface Judgement {
  readonly by: Side
  /** What was presented: a chain, nothing (and why), or nothing because nobody asked. */
  readonly presented: 'chain' | 'not-asked' | Withheld
  /** Of our validator; null without a certificate that can be read. */
  readonly report: Report | null
  readonly possession: Possession | null
  /** What it refuses, the first of it first; empty if it goes on. */
  readonly refusals: readonly Refusal[]
  /** What it would refuse if it verified. */
  readonly overlooked: readonly Refusal[]
  /** The answer of its rule; null without one, or if the chain did not come so far. */
  readonly weighed: Weighed | null
}
