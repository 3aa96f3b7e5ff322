/** Where a certificate says that its issuer's lists are, and who signs them. */
import type { Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'

/** Names in the cRLIssuer of distribution points: who signs the lists, where it is not the issuer. */
export function listSignersOf({ cRLDistributionPoints }: Certificate): string[] {
  return (cRLDistributionPoints ?? [])
    .flatMap(({ cRLIssuer }) => cRLIssuer ?? [])
    .flatMap((name) => (name.kind === 'directoryName' ? [nameToText(name.name)] : []))
}

/** Addresses in cRLDistributionPoints. */
export function addressesOf({ cRLDistributionPoints }: Certificate): string[] {
  return (cRLDistributionPoints ?? [])
    .flatMap(({ fullName }) => fullName ?? [])
    .flatMap((name) => (name.kind === 'uniformResourceIdentifier' ? [name.value] : []))
}
