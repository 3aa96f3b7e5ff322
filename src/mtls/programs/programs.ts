import { TLS13, type TlsVersion } from '../wire/code-points.ts'
import type { Side } from '../wire/transcript.ts'
import { apache } from './apache.ts'
import { bun } from './bun.ts'
import type { Case } from './cases.ts'
import { curl } from './curl.ts'
import { deno } from './deno.ts'
import { gnutls } from './gnutls.ts'
import { go } from './go.ts'
import { haproxy } from './haproxy.ts'
import { java } from './java.ts'
import { nginx } from './nginx.ts'
import { node } from './node.ts'
import { nss } from './nss.ts'
import { openssl } from './openssl.ts'
import type { Program, ProgramId } from './program.ts'
import { python } from './python.ts'
import { rustls } from './rustls.ts'
import { stunnel } from './stunnel.ts'

/** The programs that were measured. */
export const PROGRAMS: Readonly<Record<ProgramId, Program>> = {
  ...{ openssl, go, java, gnutls, nss, node, bun, deno, rustls },
  ...{ curl, python, nginx, haproxy, apache, stunnel },
}

/** Whether the other side's handshake was complete by then: what comes later arrives with its first read. */
export type When = 'in-handshake' | 'after-handshake'

/** What the other side meets. */
export type Answer =
  | { readonly kind: 'accepts' }
  | {
      readonly kind: 'alert'
      readonly code: number
      readonly when: When
      /** Sent unencrypted in TLS 1.3: programs that expect a protected record report a bad MAC. */
      readonly isPlain: boolean
      /** The other side may have written by then: it may meet a reset connection instead. */
      readonly mayBeLost: boolean
    }
  | { readonly kind: 'closes'; readonly when: When }
  | { readonly kind: 'http'; readonly status: number }
  /** It takes no CRLs, or its tool did not take the file. */
  | { readonly kind: 'no-input' }
  | { readonly kind: 'no-common-algorithm' }

export interface Seen {
  readonly answer: Answer
  readonly version: string
  /** The depth that was set. */
  readonly maxDepth: number | null
}

/**
 * Returns what a program did as the side that judges; null if that was not measured. Without a version, the last one;
 * without a depth, its default.
 */
export function seenAnswer(
  id: ProgramId,
  version: string | null,
  side: Side,
  tls: TlsVersion,
  one: Case,
  maxDepth: number | null = null,
): Seen | null {
  const { runs, depth, plainAlerts = false } = PROGRAMS[id]
  const limit = depth?.limit ?? null
  const measured = runs.filter(
    (run) => run[side] !== undefined && (run.maxDepth ?? limit) === (maxDepth ?? limit),
  )
  const run = version === null ? measured.at(-1) : measured.find(({ versions }) => versions.includes(version))
  const codes = run?.[side]?.get(one)
  if (!run || !codes) return null
  return {
    answer: answerOf(codes[tls === TLS13 ? 1 : 0], side, tls, plainAlerts),
    version: version ?? run.versions.at(-1)!,
    maxDepth: run.maxDepth ?? null,
  }
}

/** In TLS 1.3 a client has finished before the server sees its certificate. */
function answerOf(code: string, side: Side, tls: TlsVersion, plainAlerts: boolean): Answer {
  const isLate = side === 'server' && tls === TLS13
  const when: When = isLate || code === 'hs,cut' ? 'after-handshake' : 'in-handshake'
  if (code === 'ok') return { kind: 'accepts' }
  if (code === '-') return { kind: 'no-input' }
  if (code === 'n/a') return { kind: 'no-common-algorithm' }
  if (code.endsWith('cut')) return { kind: 'closes', when }
  if (code.startsWith('h')) return { kind: 'http', status: Number(code.slice(1)) }
  const isPlain = plainAlerts && side === 'client' && tls === TLS13
  return { kind: 'alert', code: Number(code), when, isPlain, mayBeLost: isLate }
}
