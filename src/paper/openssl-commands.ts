import { configValue } from './openssl-config.ts'
import { isPlain, opensslName } from '../plain-text.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { EXTENSION_OIDS, ALGORITHM_OIDS, KEY_OIDS } from '../x509/oids.ts'
import { ipAddressToText } from '../x509/ip-address.ts'
import { attributeTypeText, attributeValueText } from '../x509/name.ts'
import { hexOf } from '../octets.ts'
import { DAY } from '../time.ts'

/** The commands that show, verify and make a certificate like this one, and the file that the last one reads. */
export interface OpensslCommands {
  readonly show: string
  readonly verify: string
  /** Null if the subject has characters that a configuration file cannot hold. */
  readonly config: string | null
  /** Null if `config` is, which it reads. */
  readonly make: string | null
}

/** `isRoot`: self-signed, so that making it needs no issuer. */
export function opensslCommands(certificate: Certificate, isRoot: boolean): OpensslCommands {
  const days = Math.max(
    1,
    Math.round((certificate.notAfter.getTime() - certificate.notBefore.getTime()) / DAY),
  )
  const key = `openssl ${keyCommand(certificate)} -out key.pem`
  // The section for the subject must not be empty; -subj replaces it.
  const subject = certificate.subject.rdns.length === 0 ? ' -subj /' : ''
  const request = `openssl req -new -config like.cnf${subject} -key key.pem -out request.pem`
  const digest = digestOption(certificate)
  const config = configFile(certificate)
  const common = `openssl x509 -req -in request.pem -extfile like.cnf -extensions extensions -days ${days}${digest}`
  const sign = isRoot
    ? `${common} -signkey key.pem -out like.pem`
    : `${common} -CA issuer.pem -CAkey issuer-key.pem -CAcreateserial -out like.pem`
  return {
    show: 'openssl x509 -in certificate.pem -noout -text -nameopt utf8',
    verify: isRoot
      ? 'openssl verify -CAfile certificate.pem certificate.pem'
      : 'openssl verify -CAfile root.pem -untrusted chain.pem certificate.pem',
    config,
    make: config === null ? null : [key, request, sign].join('\n'),
  }
}

const CURVES: Readonly<Record<string, string>> = { p256: 'P-256', p384: 'P-384', p521: 'P-521' }

function keyCommand({ spki }: Certificate): string {
  if (spki.rsa) return `genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:${spki.rsa.modulusBits}`
  const curve = CURVES[spki.keyType ?? '']
  if (curve !== undefined) return `genpkey -algorithm EC -pkeyopt ec_paramgen_curve:${curve}`
  return `genpkey -algorithm ${(spki.keyType ?? 'unknown').toUpperCase()}`
}

const DIGESTS: Readonly<Record<string, string>> = {
  [ALGORITHM_OIDS.sha256WithRSAEncryption]: ' -sha256',
  [ALGORITHM_OIDS.sha384WithRSAEncryption]: ' -sha384',
  [ALGORITHM_OIDS.sha512WithRSAEncryption]: ' -sha512',
  [ALGORITHM_OIDS['ecdsa-with-SHA256']]: ' -sha256',
  [ALGORITHM_OIDS['ecdsa-with-SHA384']]: ' -sha384',
  [ALGORITHM_OIDS['ecdsa-with-SHA512']]: ' -sha512',
}

function digestOption({ signature }: Certificate): string {
  if (signature.oid !== KEY_OIDS.rsassaPss) return DIGESTS[signature.oid] ?? ''
  const hash = hexOf(signature.parameters ?? new Uint8Array(0))
  const bits = hash.includes('608648016503040203') ? 512 : hash.includes('608648016503040202') ? 384 : 256
  return ` -sha${bits} -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:${bits / 8}`
}

function configFile(certificate: Certificate): string | null {
  if (!certificate.subject.rdns.flat().every((attribute) => isPlain(attributeValueText(attribute))))
    return null
  const subject = certificate.subject.rdns.flatMap((rdn, i) =>
    rdn.map(
      (a, j) => `${j > 0 ? '+' : ''}${i}.${attributeTypeText(a.oid)} = ${configValue(attributeValueText(a))}`,
    ),
  )
  return [
    '[req]',
    'prompt = no',
    'utf8 = yes',
    'string_mask = utf8only',
    'distinguished_name = subject',
    '[subject]',
    ...subject,
    '[extensions]',
    ...certificate.extensions.map(({ oid, critical, value }) => {
      const text = extensionText(certificate, oid) ?? `DER:${hexOf(value)}`
      return `${KEYWORDS[oid] !== undefined && !text.startsWith('DER:') ? KEYWORDS[oid] : oid} = ${critical ? 'critical, ' : ''}${text}`
    }),
    '',
  ].join('\n')
}

const {
  subjectKeyIdentifier,
  authorityKeyIdentifier,
  basicConstraints,
  keyUsage,
  extKeyUsage,
  subjectAltName,
} = EXTENSION_OIDS
const KEYWORDS: Readonly<Record<string, string>> = {
  [subjectKeyIdentifier]: 'subjectKeyIdentifier',
  [authorityKeyIdentifier]: 'authorityKeyIdentifier',
  [basicConstraints]: 'basicConstraints',
  [keyUsage]: 'keyUsage',
  [extKeyUsage]: 'extendedKeyUsage',
  [subjectAltName]: 'subjectAltName',
}

/** Returns OpenSSL's words for an extension, or null if only the octets express it reliably. */
function extensionText(certificate: Certificate, oid: string): string | null {
  switch (oid) {
    case subjectKeyIdentifier:
      return 'hash'
    case authorityKeyIdentifier:
      return certificate.authorityKeyIdentifier?.authorityCertSerialNumber ? null : 'keyid:always'
    case basicConstraints: {
      const value = certificate.basicConstraints
      if (!value) return null
      return `CA:${value.ca ? 'TRUE' : 'FALSE'}${value.pathLen === null ? '' : `, pathlen:${value.pathLen}`}`
    }
    case keyUsage:
      return certificate.keyUsage ? [...certificate.keyUsage].join(', ') : null
    case extKeyUsage:
      return certificate.extKeyUsage?.join(', ') ?? null
    case subjectAltName:
      return sanText(certificate.subjectAltName)
    default:
      return null
  }
}

function sanText(names: readonly GeneralName[] | null): string | null {
  const parts = names?.map(sanPart)
  return parts && parts.length > 0 && parts.every((part) => part !== null) ? parts.join(', ') : null
}

function sanPart(name: GeneralName): string | null {
  switch (name.kind) {
    case 'dNSName':
      return opensslName('DNS', name.value)
    case 'iPAddress':
      return opensslName('IP', ipAddressToText(name.octets) ?? '')
    case 'rfc822Name':
      return opensslName('email', name.value)
    case 'uniformResourceIdentifier':
      return opensslName('URI', name.value)
    default:
      return null
  }
}
