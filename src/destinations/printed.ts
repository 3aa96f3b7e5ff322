/** What is printed for a program: files, commands, and what it cannot do. Codes and data; sentences are in messages/. */
import type { Place, Test } from '../mtls/rules/rule.ts'
import type { Prepared } from './order.ts'

export type DestinationId =
  | 'openssl'
  | 'curl'
  | 'nginx'
  | 'apache'
  | 'haproxy'
  | 'stunnel'
  | 'node'
  | 'go'
  | 'java'
  | 'python'
  | 'envoy'
  | 'kubernetes'

/** What a file is for. */
export type FileRole =
  | 'server-chain'
  | 'client-chain'
  | 'server-cas'
  | 'client-cas'
  | 'server-lists'
  | 'client-lists'
  /** Settings to take over; those that only start them here; a program to start. */
  | 'settings'
  | 'settings-istio'
  | 'starter'
  | 'program'
  | 'commands'
  | 'module'

export interface SettingsFile {
  readonly name: string
  readonly role: FileRole
  readonly bytes: Uint8Array
}

export type LimitCode =
  /** The program cannot ask this. */
  | 'cannot-ask'
  /** It can, but the value cannot be written there without changing its meaning. */
  | 'unsafe-value'
  /** It compares names as text: another spelling of a name that is to be refused would get in. */
  | 'name-refused'
  /** The rule names a CA by its certificate, which is not among those of the scenario. */
  | 'ca-unknown'
  /** It compares the name of the CA that issued the certificate, and not its key. */
  | 'ca-by-name'
  /** It cannot tell the roots of its bundle apart. */
  | 'roots-alike'
  /** Whom a rule refuses is not asked at all. */
  | 'rules-ignored'
  /** A CA that is not a root is no anchor for it. */
  | 'anchor-not-root'
  | 'lists-incomplete'
  | 'lists-ignored'
  | 'lists-leaf-only'
  | 'status-not-required'
  | 'depth-ignored'
  /** The scenario does not verify, or not the host; the settings do. */
  | 'verifies-anyway'
  | 'cn-counts'
  /** Even where there are alternative names. */
  | 'cn-always-counts'
  | 'optional-ignored'
  /** With a resumed session neither lists nor rules that changed since count. */
  | 'resumption'

/** Against the scenario: it lets in nobody at all, fewer, as many, or more. */
export type Effect = 'nobody' | 'fewer' | 'same' | 'more'

export interface Limit {
  readonly code: LimitCode
  readonly effect: Effect
  /** The part of the rule that it is about. */
  readonly of: Test | null
  /** Where it can be enforced instead. */
  readonly places: readonly Place[]
}

/** What one program prints. */
export interface Print {
  readonly files: readonly SettingsFile[]
  /** Lines for a POSIX shell in the folder of the files. */
  readonly before: readonly string[]
  readonly check: readonly string[]
  readonly start: readonly string[]
  /** Asks the server, in the folder of a client's files. */
  readonly ask: readonly string[]
  readonly limits: readonly Limit[]
}

export interface Printed extends Print {
  readonly id: DestinationId
  readonly name: string
  readonly side: Prepared['side']
  /** The name of the file for the private key (PKCS#8, PEM), which is never printed; null without a certificate. */
  readonly key: string | null
  readonly seen: readonly string[]
  readonly logs: Logs | null
}

/** Why nothing is printed: the program is never this side, or the scenario lacks what it cannot do without. */
export type Lacks = 'side' | 'certificate' | 'anchors'

export interface Destination {
  readonly id: DestinationId
  readonly name: string
  readonly sides: readonly Prepared['side'][]
  /** The name of the key's file, where it is not the usual one. */
  readonly keys?: Readonly<Record<Prepared['side'], string>>
  /** Versions of it that were run with such settings; none: not run here. */
  readonly seen: readonly string[]
  /** What it writes, where it was measured. */
  readonly logs: Readonly<Partial<Record<Prepared['side'], Logs>>>
  readonly print: (order: Prepared) => Print
}

/** Words that its log has for a certificate that is let in, and for one that is not. */
export interface Logs {
  readonly accepts: string | null
  readonly refuses: string | null
}
