/** Object identifiers and their names. Text only: pages may import this file. */

/** Extensions (RFC 5280 §4.2, RFC 7633, RFC 6962, RFC 6960 §4.2.2.2.1, Netscape's and Microsoft's own). */
export const EXTENSION_OIDS = {
  authorityKeyIdentifier: '2.5.29.35',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  subjectDirectoryAttributes: '2.5.29.9',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  cRLDistributionPoints: '2.5.29.31',
  inhibitAnyPolicy: '2.5.29.54',
  freshestCRL: '2.5.29.46',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  subjectInfoAccess: '1.3.6.1.5.5.7.1.11',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  signedCertificateTimestamps: '1.3.6.1.4.1.11129.2.4.2',
  precertificatePoison: '1.3.6.1.4.1.11129.2.4.3',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  noRevAvail: '2.5.29.56',
  netscapeCertType: '2.16.840.1.113730.1.1',
  netscapeComment: '2.16.840.1.113730.1.13',
  microsoftTemplate: '1.3.6.1.4.1.311.21.7',
  microsoftTemplateName: '1.3.6.1.4.1.311.20.2',
} as const

/** Extensions of lists and their entries (RFC 5280 §5.2, §5.3) and of OCSP (RFC 6960 §4.4). */
export const LIST_EXTENSION_OIDS = {
  cRLNumber: '2.5.29.20',
  deltaCRLIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  certificateIssuer: '2.5.29.29',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
} as const

/** Attribute types of names, by the short name RFC 4514 §3, RFC 4519 or common use gives them. */
export const ATTRIBUTE_OIDS = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  title: '2.5.4.12',
  description: '2.5.4.13',
  businessCategory: '2.5.4.15',
  postalCode: '2.5.4.17',
  name: '2.5.4.41',
  GN: '2.5.4.42',
  initials: '2.5.4.43',
  generationQualifier: '2.5.4.44',
  dnQualifier: '2.5.4.46',
  pseudonym: '2.5.4.65',
  organizationIdentifier: '2.5.4.97',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
  emailAddress: '1.2.840.113549.1.9.1',
  unstructuredName: '1.2.840.113549.1.9.2',
  jurisdictionL: '1.3.6.1.4.1.311.60.2.1.1',
  jurisdictionST: '1.3.6.1.4.1.311.60.2.1.2',
  jurisdictionC: '1.3.6.1.4.1.311.60.2.1.3',
} as const

/** Extended key usages (RFC 5280 §4.2.1.12 and others' registrations). */
export const EKU_OIDS = {
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
  smartcardLogon: '1.3.6.1.4.1.311.20.2.2',
  documentSigning: '1.3.6.1.5.5.7.3.36',
  netscapeServerGatedCrypto: '2.16.840.1.113730.4.1',
  microsoftServerGatedCrypto: '1.3.6.1.4.1.311.10.3.3',
} as const

export const POLICY_OIDS = {
  anyPolicy: '2.5.29.32.0',
  cps: '1.3.6.1.5.5.7.2.1',
  userNotice: '1.3.6.1.5.5.7.2.2',
} as const

/** Reserved policies (BR §7.1.6.1). */
export const BR_POLICY_OIDS = {
  extendedValidated: '2.23.140.1.1',
  domainValidated: '2.23.140.1.2.1',
  organizationValidated: '2.23.140.1.2.2',
  individualValidated: '2.23.140.1.2.3',
} as const

/** OCSP's own (RFC 6960 §4.2.1, §4.4; RFC 6962 §3.3): the basic response, and extensions of responses. */
export const OCSP_OIDS = {
  basic: '1.3.6.1.5.5.7.48.1.1',
  crlReferences: '1.3.6.1.5.5.7.48.1.3',
  archiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  signedCertificateTimestamps: '1.3.6.1.4.1.11129.2.4.5',
} as const

/** RFC 6962 §3.1: the purpose of a CA that only signs precertificates. */
export const PRECERTIFICATE_SIGNING = '1.3.6.1.4.1.11129.2.4.4'

/** The mask generation function of RSASSA-PSS (RFC 4055 §2.2). */
export const MGF1 = '1.2.840.113549.1.1.8'

export const ACCESS_METHOD_OIDS = {
  ocsp: '1.3.6.1.5.5.7.48.1',
  caIssuers: '1.3.6.1.5.5.7.48.2',
  timeStamping: '1.3.6.1.5.5.7.48.3',
  caRepository: '1.3.6.1.5.5.7.48.5',
} as const

/** Forms of otherName: RFC 9598 §3, RFC 4985, Microsoft's user principal name, RFC 4043. */
export const OTHER_NAME_OIDS = {
  smtpUTF8Mailbox: '1.3.6.1.5.5.7.8.9',
  srvName: '1.3.6.1.5.5.7.8.7',
  userPrincipalName: '1.3.6.1.4.1.311.20.2.3',
  permanentIdentifier: '1.3.6.1.5.5.7.8.3',
} as const

/** Attributes of a request (RFC 2985 §5.4), Microsoft's OID for the same, and what Windows writes beside them. */
export const REQUEST_ATTRIBUTE_OIDS = {
  challengePassword: '1.2.840.113549.1.9.7',
  extensionRequest: '1.2.840.113549.1.9.14',
  microsoftExtensionRequest: '1.3.6.1.4.1.311.2.1.14',
  enrollmentCSPProvider: '1.3.6.1.4.1.311.13.2.2',
  osVersion: '1.3.6.1.4.1.311.13.2.3',
  requestClientInfo: '1.3.6.1.4.1.311.21.20',
} as const

/** Public key algorithms and curves (RFC 3279, RFC 4055, RFC 5480, RFC 8410, RFC 9881). */
export const KEY_OIDS = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsassaPss: '1.2.840.113549.1.1.10',
  ecPublicKey: '1.2.840.10045.2.1',
  secp256r1: '1.2.840.10045.3.1.7',
  secp384r1: '1.3.132.0.34',
  secp521r1: '1.3.132.0.35',
  ed25519: '1.3.101.112',
  'ml-dsa-44': '2.16.840.1.101.3.4.3.17',
  'ml-dsa-65': '2.16.840.1.101.3.4.3.18',
  'ml-dsa-87': '2.16.840.1.101.3.4.3.19',
} as const

export const HASH_OIDS = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
} as const

/** Contents of CMS (RFC 5652 §4, §5). */
export const CMS_OIDS = { data: '1.2.840.113549.1.7.1', signedData: '1.2.840.113549.1.7.2' } as const

/** Algorithms by name: of signatures, and others that are recognized but not supported. */
export const ALGORITHM_OIDS = {
  md2WithRSAEncryption: '1.2.840.113549.1.1.2',
  md4WithRSAEncryption: '1.2.840.113549.1.1.3',
  md5WithRSAEncryption: '1.2.840.113549.1.1.4',
  sha1WithRSAEncryption: '1.2.840.113549.1.1.5',
  sha1WithRSASignature: '1.3.14.3.2.29',
  'RSASSA-PSS': KEY_OIDS.rsassaPss,
  sha256WithRSAEncryption: '1.2.840.113549.1.1.11',
  sha384WithRSAEncryption: '1.2.840.113549.1.1.12',
  sha512WithRSAEncryption: '1.2.840.113549.1.1.13',
  sha224WithRSAEncryption: '1.2.840.113549.1.1.14',
  'sha512-224WithRSAEncryption': '1.2.840.113549.1.1.15',
  'sha512-256WithRSAEncryption': '1.2.840.113549.1.1.16',
  DSA: '1.2.840.10040.4.1',
  'dsa-with-sha1': '1.2.840.10040.4.3',
  'dsa-with-sha224': '2.16.840.1.101.3.4.3.1',
  'dsa-with-sha256': '2.16.840.1.101.3.4.3.2',
  'Diffie-Hellman': '1.2.840.10046.2.1',
  'ecdsa-with-SHA1': '1.2.840.10045.4.1',
  'ecdsa-with-SHA224': '1.2.840.10045.4.3.1',
  'ecdsa-with-SHA256': '1.2.840.10045.4.3.2',
  'ecdsa-with-SHA384': '1.2.840.10045.4.3.3',
  'ecdsa-with-SHA512': '1.2.840.10045.4.3.4',
  'ecdsa-with-SHA3-224': '2.16.840.1.101.3.4.3.9',
  'ecdsa-with-SHA3-256': '2.16.840.1.101.3.4.3.10',
  'ecdsa-with-SHA3-384': '2.16.840.1.101.3.4.3.11',
  'ecdsa-with-SHA3-512': '2.16.840.1.101.3.4.3.12',
  'PKCS#3 Diffie-Hellman': '1.2.840.113549.1.3.1',
  'RSAES-OAEP': '1.2.840.113549.1.1.7',
  'GOST R 34.10-2001': '1.2.643.2.2.19',
  'GOST R 34.10-2012 (256 bits)': '1.2.643.7.1.1.1.1',
  'GOST R 34.10-2012 (512 bits)': '1.2.643.7.1.1.1.2',
  'ML-KEM-512': '2.16.840.1.101.3.4.4.1',
  'ML-KEM-768': '2.16.840.1.101.3.4.4.2',
  'ML-KEM-1024': '2.16.840.1.101.3.4.4.3',
  X25519: '1.3.101.110',
  X448: '1.3.101.111',
  Ed448: '1.3.101.113',
  secp256k1: '1.3.132.0.10',
  secp224r1: '1.3.132.0.33',
  secp192r1: '1.2.840.10045.3.1.1',
  brainpoolP256r1: '1.3.36.3.3.2.8.1.1.7',
  brainpoolP384r1: '1.3.36.3.3.2.8.1.1.11',
  brainpoolP512r1: '1.3.36.3.3.2.8.1.1.13',
  'SLH-DSA-SHA2-128s': '2.16.840.1.101.3.4.3.20',
  'SLH-DSA-SHA2-128f': '2.16.840.1.101.3.4.3.21',
  'SLH-DSA-SHA2-192s': '2.16.840.1.101.3.4.3.22',
  'SLH-DSA-SHA2-192f': '2.16.840.1.101.3.4.3.23',
  'SLH-DSA-SHA2-256s': '2.16.840.1.101.3.4.3.24',
  'SLH-DSA-SHA2-256f': '2.16.840.1.101.3.4.3.25',
  'SLH-DSA-SHAKE-128s': '2.16.840.1.101.3.4.3.26',
  'SLH-DSA-SHAKE-128f': '2.16.840.1.101.3.4.3.27',
  'SLH-DSA-SHAKE-192s': '2.16.840.1.101.3.4.3.28',
  'SLH-DSA-SHAKE-192f': '2.16.840.1.101.3.4.3.29',
  'SLH-DSA-SHAKE-256s': '2.16.840.1.101.3.4.3.30',
  'SLH-DSA-SHAKE-256f': '2.16.840.1.101.3.4.3.31',
} as const

/** Extensions of certificates that are recognized but not processed. */
export const OTHER_EXTENSION_OIDS = {
  microsoftApplicationPolicies: '1.3.6.1.4.1.311.21.10',
  microsoftCaVersion: '1.3.6.1.4.1.311.21.1',
  microsoftSidSecurity: '1.3.6.1.4.1.311.25.2',
  proxyCertInfo: '1.3.6.1.5.5.7.1.14',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  ipAddrBlocks: '1.3.6.1.5.5.7.1.7',
  autonomousSysIds: '1.3.6.1.5.5.7.1.8',
  logotype: '1.3.6.1.5.5.7.1.12',
  biometricInfo: '1.3.6.1.5.5.7.1.2',
  privateKeyUsagePeriod: '2.5.29.16',
  entrustVersionInfo: '1.2.840.113533.7.65.0',
  netscapeBaseUrl: '2.16.840.1.113730.1.2',
  netscapeSslServerName: '2.16.840.1.113730.1.12',
  smimeCapabilities: '1.2.840.113549.1.9.15',
  acmeIdentifier: '1.3.6.1.5.5.7.1.31',
  delegationUsage: '1.3.6.1.4.1.44363.44',
} as const

const NAMES = new Map<string, string>()
for (const table of [
  Object.entries(ALGORITHM_OIDS),
  ...[EXTENSION_OIDS, LIST_EXTENSION_OIDS, ATTRIBUTE_OIDS, EKU_OIDS, POLICY_OIDS, ACCESS_METHOD_OIDS].map(
    Object.entries,
  ),
  ...[OTHER_EXTENSION_OIDS, OTHER_NAME_OIDS, REQUEST_ATTRIBUTE_OIDS, KEY_OIDS, HASH_OIDS].map(Object.entries),
])
  for (const [name, oid] of table as [string, string][]) if (!NAMES.has(oid)) NAMES.set(oid, name)

/** Returns the name of an identifier, or null if it is unknown. */
export const oidName = (oid: string): string | null => NAMES.get(oid) ?? null
