import type { CertificateList } from '../x509/certificate-list.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Forwarding } from './proxy/forwarding.ts'
import type { Place, Rule } from './rules/rule.ts'
import type { TlsVersion } from './wire/code-points.ts'

/** When a side acts on what it thinks of the other's certificate; `application`: once the handshake is over. */
export type Verifies = 'handshake' | 'application' | 'no'

/** One end of a connection: what it presents, what it trusts, and how it decides. */
export interface Endpoint {
  /** DER of the certificates that it sends, in that order. */
  readonly chain: readonly Uint8Array[]
  /** Its trust bundle: roots, or CAs below them. */
  readonly anchors: readonly Certificate[]
  readonly lists: readonly CertificateList[]
  /** Whether every certificate needs a current status. */
  readonly needsStatus: boolean
  /** Its clock. */
  readonly at: Date
  readonly versions: readonly TlsVersion[]
  /** Codes of signatures and suites that it takes, best first. */
  readonly schemes: readonly number[]
  readonly suites: readonly number[]
  readonly verifies: Verifies
  /** The most CAs that it takes between the certificate and an anchor; null: no limit of its own. */
  readonly maxDepth: number | null
  /** Whom it lets in once the chain is valid; null: everyone. */
  readonly lets: Rule | null
  /** Where that is enforced: an alert, an answer of the application, or no connection at all. */
  readonly letsAt: Place
}

export interface ClientEndpoint extends Endpoint {
  /** The host that it connects to, a name or an address. */
  readonly host: string | null
  readonly checksHost: boolean
  readonly heedsAuthorities: boolean
  /** Where it connects from. */
  readonly address: string | null
}

export interface ServerEndpoint extends Endpoint {
  readonly asks: 'no' | 'optional' | 'required'
  /** Whether its request lists the names of its anchors. */
  readonly listsAuthorities: boolean
  readonly certificateTypes: readonly number[]
  /** DER of an OCSP response for its certificate. */
  readonly stapled: Uint8Array | null
  /** What proxies in front of it tell it of who connects; null if clients reach it directly. */
  readonly forwarding: Forwarding | null
}

export interface Scenario {
  readonly client: ClientEndpoint
  readonly server: ServerEndpoint
}
