/** Finds where a certificate locates its issuer's lists, and who signs them. */
import type { Certificate } from '../../x509/certificate.ts'
import { nameToText, type Name } from '../../x509/name.ts'

/** Returns the names in the cRLIssuer of distribution points: the signers of the lists, if not the issuer. */
export function listSignerNames({ cRLDistributionPoints }: Certificate): Name[] {
  return (cRLDistributionPoints ?? [])
    .flatMap(({ cRLIssuer }) => cRLIssuer ?? [])
    .flatMap((name) => (name.kind === 'directoryName' ? [name.name] : []))
}

/** Returns the same names as text. */
export const listSignersOf = (certificate: Certificate): string[] =>
  listSignerNames(certificate).map(nameToText)

/** Returns the addresses in cRLDistributionPoints. */
export function addressesOf({ cRLDistributionPoints }: Certificate): string[] {
  return (cRLDistributionPoints ?? [])
    .flatMap(({ fullName }) => fullName ?? [])
    .flatMap((name) => (name.kind === 'uniformResourceIdentifier' ? [name.value] : []))
}
