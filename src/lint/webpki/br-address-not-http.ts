import type { Certificate } from '../../x509/certificate.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.11.2, §7.1.2.7.7: lists, issuers and responders are located by plain http. */
export const brAddressNotHttp: Rule<'br-address-not-http'> = {
  code: 'br-address-not-http',
  extensions: ['cRLDistributionPoints', 'authorityInfoAccess'],
  applies: ({ cRLDistributionPoints, authorityInfoAccess }) =>
    cRLDistributionPoints !== null || authorityInfoAccess !== null,
  check: (certificate) =>
    addresses(certificate).flatMap(({ extension, name }) => {
      if (name.kind !== 'uniformResourceIdentifier') return [{ extension, address: name.kind }]
      return /^http:\/\//i.test(name.value) ? [] : [{ extension, address: name.value }]
    }),
}

function addresses({
  cRLDistributionPoints,
  authorityInfoAccess,
}: Certificate): { extension: string; name: GeneralName }[] {
  const lists = (cRLDistributionPoints ?? []).flatMap(({ fullName }) => fullName ?? [])
  const access = (authorityInfoAccess ?? []).map(({ location }) => location)
  return [
    ...lists.map((name) => ({ extension: 'cRLDistributionPoints', name })),
    ...access.map((name) => ({ extension: 'authorityInfoAccess', name })),
  ]
}
