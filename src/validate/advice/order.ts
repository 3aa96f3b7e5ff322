import type { Certificate } from '../../x509/certificate.ts'
import { sameOctets } from '../../octets.ts'
import type { PathReport } from '../report.ts'
import { isSelfIssued } from '../../x509/roles.ts'

/** How the certificates that were sent lie, against how RFC 5246 §7.4.2 has a server send them. */
export interface Order {
  /** Target first, then each issuer; the root left out. */
  readonly right: readonly Certificate[]
  /** Whether the sent ones lay so, strangers and the root aside. */
  readonly asSent: boolean
}

/** `sent`: as they lay in the file; `path`: a path report, anchor first. */
export function orderOf(sent: readonly Certificate[], path: PathReport): Order {
  const chain = path.certificates.map(({ certificate }) => certificate).reverse()
  const right = chain.filter((certificate, index) => index === 0 || !isSelfIssued(certificate))
  const places = right
    .map((certificate) => sent.findIndex(({ der }) => sameOctets(der, certificate.der)))
    .filter((place) => place >= 0)
  return { right, asSent: places.every((place, index) => index === 0 || place > places[index - 1]!) }
}
