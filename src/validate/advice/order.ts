import type { Certificate } from '../../x509/certificate.ts'
import { sameOctets } from '../../octets.ts'
import type { PathReport } from '../report.ts'
import { isSelfIssued } from '../../x509/roles.ts'

/** The order in which the certificates were sent, compared with the order that RFC 5246 §7.4.2 requires of a server. */
export interface Order {
  /** Target first, then each issuer; the root is left out. */
  readonly right: readonly Certificate[]
  /** Whether they were sent in this order, ignoring unrelated certificates and the root. */
  readonly asSent: boolean
}

/** `sent`: in file order; `path`: a path report, anchor first. */
export function orderOf(sent: readonly Certificate[], path: PathReport): Order {
  const chain = path.certificates.map(({ certificate }) => certificate).reverse()
  const right = chain.filter((certificate, index) => index === 0 || !isSelfIssued(certificate))
  const places = right
    .map((certificate) => sent.findIndex(({ der }) => sameOctets(der, certificate.der)))
    .filter((place) => place >= 0)
  return { right, asSent: places.every((place, index) => index === 0 || place > places[index - 1]!) }
}
