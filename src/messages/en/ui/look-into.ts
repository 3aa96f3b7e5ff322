import { count, list, number } from '../format.ts'

/** What was added and is no certificate, each thing in full. */
export const lookInto = {
  opening: 'Reading it',
  /** A fold; `name` is the issuer, the responder, the subject, or the kind of key. */
  of: {
    crl: (name: string): string => (name === '' ? 'Revocation list' : `Revocation list of ${name}`),
    ocspResponse: (name: string): string => (name === '' ? 'OCSP response' : `OCSP response of ${name}`),
    request: (name: string): string => (name === '' ? 'Request' : `Request for ${name}`),
    privateKey: (name: string): string => `Private key, ${name}`,
  },
  others: (lists: number, responses: number, requests: number, keys: number): string =>
    `Look into ${list([
      ...(lists > 0 ? [count(lists, 'revocation list')] : []),
      ...(responses > 0 ? [count(responses, 'OCSP response')] : []),
      ...(requests > 0 ? [count(requests, 'request')] : []),
      ...(keys > 0 ? [count(keys, 'private key')] : []),
    ])}`,
  pages: ['Back', 'Next'] as const,
  field: {
    thisUpdate: 'This update',
    nextUpdate: 'Next update',
    cRLNumber: 'CRL number',
    deltaCRLIndicator: 'Delta CRL indicator',
    issuingDistributionPoint: 'Issuing distribution point',
    status: 'Response status',
    responder: 'Responder',
    producedAt: 'Produced at',
    ocspNonce: 'Nonce',
    challengePassword: 'Challenge password',
    unstructuredName: 'Unstructured name',
    keyType: 'Key',
    certificates: 'Certificates with this key',
  } as Readonly<Record<string, string>>,
  none: 'none',
  /** The list that a delta list adds to. */
  base: (n: string): string => `changes since list ${n}`,
  scope: {
    onlyContainsUserCerts: 'only certificates of end entities',
    onlyContainsCACerts: 'only certificates of CAs',
    onlyContainsAttributeCerts: 'only attribute certificates',
    indirectCRL: 'certificates of other issuers too (indirect)',
  },
  onlySomeReasons: (reasons: string): string => `only for these reasons: ${reasons}`,
  keyHash: (hex: string): string => `key with the SHA-1 ${hex}`,
  wanted: (extension: string): string => `Asks for: ${extension}`,
  setAside: (extension: string): string => `Asked for again, and not used: ${extension}`,
  possession: {
    valid: 'Its signature proves that its maker has the private key.',
    invalid: 'Its signature is wrong, so possession of the private key is not proved.',
    unchecked: 'Its signature cannot be checked here, so possession of the private key is not proved.',
  },
  publicOnly: 'Only the public part is shown. The private part is not kept.',
  more: (n: number): string => `and ${number(n)} more`,
  entries: {
    title: {
      crl: (n: number): string => `Entries: ${number(n)}`,
      ocspResponse: (n: number): string => `Answers: ${number(n)}`,
    },
    search: 'Serial number',
    searchHint: 'In hexadecimal, as a certificate shows it; empty for all.',
    nothing: 'None has this serial number.',
    revokedOn: (date: string): string => `revoked on ${date}`,
    revoked: 'revoked, on a date that cannot be read',
    status: {
      good: 'good',
      unknown: 'not known to the responder',
      unreadable: 'its status cannot be read',
    },
    invalidSince: (date: string): string => `not to be relied on since ${date}`,
    issuer: (name: string): string => `issuer ${name}`,
    current: (from: string, until: string | null): string =>
      until === null ? `as of ${from}` : `as of ${from}, current until ${until}`,
    certId: (hash: string, name: string, key: string): string =>
      `issuer by ${hash}: name ${name}, key ${key}`,
    archiveCutoff: (date: string): string => `the responder knows certificates that ended since ${date}`,
    extension: (name: string, value: string): string => `${name}: ${value}`,
    fault: 'a field of it cannot be read',
  },
  sentCertificates: 'Certificates sent with it',
  otherCertificates: (n: number): string =>
    `${count(n, 'more certificate')} sent with it cannot be read or are too many to show.`,
  pem: 'PEM',
  publicKey: 'The public key, PEM',
  bytes: 'The whole of it in bytes',
  tooLong: (n: number): string => `It has ${count(n, 'octet')}, too many to show here.`,
}
