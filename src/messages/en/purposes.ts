import { EKU_OIDS } from '../../x509/oids.ts'
import { named } from '../oid-names.ts'

const PURPOSE_NAMES: Readonly<Record<string, string>> = {
  [EKU_OIDS.serverAuth]: 'TLS servers',
  [EKU_OIDS.clientAuth]: 'TLS clients',
  [EKU_OIDS.codeSigning]: 'code signing',
  [EKU_OIDS.emailProtection]: 'e-mail',
  [EKU_OIDS.timeStamping]: 'time stamping',
  [EKU_OIDS.OCSPSigning]: 'OCSP responses',
  [EKU_OIDS.anyExtendedKeyUsage]: 'any purpose',
}

/** What a purpose of extKeyUsage is for, after "for"; an unknown one by its number. */
export const purposeName = (oid: string): string => PURPOSE_NAMES[oid] ?? named(oid)
