import { domainToAscii } from '../../x509/domain-name.ts'
import { isAscii, namesHost } from '../general-names.ts'
import { commonNames } from '../name-attributes.ts'
import { isServer } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** A server's common name, if there is one, repeats a value of subjectAltName. */
export const cnNotInSan: Rule<'cn-not-in-san'> = {
  code: 'cn-not-in-san',
  applies: (certificate) => isServer(certificate) && certificate.subjectAltName !== null,
  check: (certificate) =>
    commonNames(certificate.subject)
      .filter((commonName) => !namesHost(certificate.subjectAltName, commonName))
      .map((commonName) => ({
        commonName,
        asName: isAscii(commonName) ? commonName : domainToAscii(commonName),
      })),
}
