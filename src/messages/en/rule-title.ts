/** What a rule is called: the fault that it forbids, in words. */

/** Titles of faults whose code says too little by itself. */
const TITLES: Readonly<Record<string, string>> = {
  expired: 'Expired certificate',
  'not-yet-valid': 'Certificate not valid yet',
  revoked: 'Revoked certificate',
  'on-hold': 'Certificate on hold',
  'validity-reversed': 'Validity ends before it begins',
  'serial-zero': 'Serial number zero',
  'serial-negative': 'Negative serial number',
  'issuer-empty': 'Empty issuer name',
  'issuer-missing': 'Issuer’s certificate missing',
  'anchor-missing': 'No trust anchor reached',
  'policies-empty': 'Certificate policies without a policy',
  'policy-repeated': 'Policy named twice',
  'san-empty': 'Empty subject alternative name',
  'san-repeated': 'Subject alternative name given twice',
  'rdn-empty': 'Empty part of a name',
  'extensions-empty': 'Empty list of extensions',
  'extension-repeated': 'Extension given twice',
  'signature-invalid': 'Signature does not verify',
  'signature-sha1': 'Signature rests on SHA-1',
  'path-loop': 'Path runs in a circle',
  'name-excluded': 'Name is excluded by a CA above',
  'crl-stale': 'Revocation list out of date',
  'ocsp-stale': 'OCSP response out of date',
  'ocsp-unknown': 'Responder does not know the certificate',
}

/** Words of the codes that are written otherwise in a sentence. */
const SPELLED: Readonly<Record<string, string>> = {
  aki: 'authority key identifier',
  ski: 'subject key identifier',
  san: 'subject alternative name',
  ian: 'issuer alternative name',
  eku: 'extended key usage',
  rdn: 'relative distinguished name',
  len: 'length',
  auth: 'authentication',
  cert: 'certificate',
  differ: 'differs',
  br: 'Baseline Requirements:',
  ca: 'CA',
  cn: 'common name',
  cps: 'CPS',
  crl: 'CRL',
  der: 'DER',
  dns: 'DNS',
  ec: 'EC',
  http: 'HTTP',
  id: 'ID',
  ip: 'IP',
  ocsp: 'OCSP',
  rsa: 'RSA',
  sct: 'SCT',
  sha1: 'SHA-1',
  tls: 'TLS',
  uri: 'URI',
  v1: 'version 1',
}

/** 'san-not-critical-empty-subject' → 'Subject alternative name not critical empty subject'; never the code itself. */
export function ruleTitle(code: string): string {
  if (Object.hasOwn(TITLES, code)) return TITLES[code]!
  const text = code
    .split('-')
    .map((word) => (Object.hasOwn(SPELLED, word) ? SPELLED[word]! : word))
    .join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
