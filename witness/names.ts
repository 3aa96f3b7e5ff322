/** The page's names for object identifiers; others are shown by number. */
export const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'givenName',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
}

export const EXTENSIONS: Readonly<Record<string, string>> = {
  '2.5.29.9': 'subject directory attributes',
  '2.5.29.14': 'subject key identifier',
  '2.5.29.15': 'key usage',
  '2.5.29.17': 'subject alternative name',
  '2.5.29.18': 'issuer alternative name',
  '2.5.29.19': 'basic constraints',
  '2.5.29.20': 'CRL number',
  '2.5.29.27': 'delta CRL indicator',
  '2.5.29.28': 'issuing distribution point',
  '2.5.29.30': 'name constraints',
  '2.5.29.31': 'CRL distribution points',
  '2.5.29.32': 'certificate policies',
  '2.5.29.33': 'policy mappings',
  '2.5.29.35': 'authority key identifier',
  '2.5.29.36': 'policy constraints',
  '2.5.29.37': 'extended key usage',
  '2.5.29.46': 'freshest CRL',
  '2.5.29.54': 'inhibit anyPolicy',
  '1.3.6.1.5.5.7.1.1': 'authority information access',
  '1.3.6.1.5.5.7.1.24': 'TLS feature',
  '1.3.6.1.4.1.11129.2.4.2': 'signed certificate timestamps',
}

export const PURPOSES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'any purpose',
  '1.3.6.1.5.5.7.3.1': 'TLS server',
  '1.3.6.1.5.5.7.3.2': 'TLS client',
  '1.3.6.1.5.5.7.3.3': 'code signing',
  '1.3.6.1.5.5.7.3.4': 'email protection',
  '1.3.6.1.5.5.7.3.8': 'time stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP signing',
}

export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

export const CURVES: Readonly<Record<string, { readonly name: string; readonly bits: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bits: 256 },
  '1.3.132.0.34': { name: 'P-384', bits: 384 },
  '1.3.132.0.35': { name: 'P-521', bits: 521 },
}

export const RSA = '1.2.840.113549.1.1.1'
export const RSA_PSS = '1.2.840.113549.1.1.10'
export const EC = '1.2.840.10045.2.1'

export const KEYS: Readonly<Record<string, string>> = {
  [RSA]: 'RSA',
  [RSA_PSS]: 'RSA (PSS only)',
  [EC]: 'EC',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
}

/** The signature algorithms that PKI.js verifies, and the kind of key each needs. */
export const SIGNATURES: Readonly<Record<string, { readonly name: string; readonly key: string }>> = {
  '1.2.840.113549.1.1.5': { name: 'RSA with SHA-1', key: RSA },
  '1.2.840.113549.1.1.11': { name: 'RSA with SHA-256', key: RSA },
  '1.2.840.113549.1.1.12': { name: 'RSA with SHA-384', key: RSA },
  '1.2.840.113549.1.1.13': { name: 'RSA with SHA-512', key: RSA },
  [RSA_PSS]: { name: 'RSA-PSS', key: RSA },
  '1.2.840.10045.4.1': { name: 'ECDSA with SHA-1', key: EC },
  '1.2.840.10045.4.3.2': { name: 'ECDSA with SHA-256', key: EC },
  '1.2.840.10045.4.3.3': { name: 'ECDSA with SHA-384', key: EC },
  '1.2.840.10045.4.3.4': { name: 'ECDSA with SHA-512', key: EC },
}
