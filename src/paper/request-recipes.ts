/**
 * Commands that the user of another machine pastes to make a certification request there, so that the private key never
 * leaves it. One recipe per program; each is text and is never run here.
 */
import { configValue } from './openssl-config.ts'
import { isPasteable, isPlain, quotedWord } from '../plain-text.ts'
import type { KeyAlgorithmId } from '../webcrypto/algorithms.ts'
import { ATTRIBUTE_OIDS } from '../x509/oids.ts'

export interface RequestWish {
  /** Attribute types by their names in x509/ ('commonName') in the order of the name. */
  readonly subject: readonly { readonly type: string; readonly value: string }[]
  readonly subjectAltNames: readonly {
    readonly kind: 'dNSName' | 'iPAddress' | 'rfc822Name' | 'uniformResourceIdentifier'
    readonly value: string
  }[]
  readonly keyAlgorithm: KeyAlgorithmId
}

export type RecipeProgram = 'openssl' | 'keytool' | 'certtool' | 'powershell'

export interface Recipe {
  readonly program: RecipeProgram
  /** Lines for a POSIX shell; for `powershell`, for PowerShell. */
  readonly commands: string
  /** The file that holds the request afterwards. */
  readonly requestFile: string
}

/** How each program names the attribute; null if it has no name for it and the OID is used instead. */
interface AttributeNames {
  readonly openssl: string
  readonly keytool: string
  readonly certtool: string | null
  /** As in the table of Windows' CertStrToName; an attribute missing there goes by its OID. */
  readonly windows: string
}
const ATTRIBUTES: Readonly<Record<string, AttributeNames>> = {
  commonName: { openssl: 'CN', keytool: 'CN', certtool: 'cn', windows: 'CN' },
  organizationName: { openssl: 'O', keytool: 'O', certtool: 'organization', windows: 'O' },
  organizationalUnitName: { openssl: 'OU', keytool: 'OU', certtool: 'unit', windows: 'OU' },
  localityName: { openssl: 'L', keytool: 'L', certtool: 'locality', windows: 'L' },
  stateOrProvinceName: { openssl: 'ST', keytool: 'ST', certtool: 'state', windows: 'S' },
  countryName: { openssl: 'C', keytool: 'C', certtool: 'country', windows: 'C' },
  serialNumber: {
    openssl: 'serialNumber',
    keytool: 'SERIALNUMBER',
    certtool: null,
    windows: ATTRIBUTE_OIDS.serialNumber,
  },
}

/** The recipes that can make this request; a program that lacks the key algorithm or an attribute is left out. */
export function requestRecipes(wish: RequestWish): readonly Recipe[] {
  // A line break in a value would end the quoted text and begin a command; a terminal obeys other controls.
  if (![...wish.subject, ...wish.subjectAltNames].every(({ value }) => isPlain(value))) return []
  // OpenSSL interprets the mailbox `copy` as a command.
  if (wish.subjectAltNames.some(({ kind, value }) => kind === 'rfc822Name' && !value.includes('@'))) return []
  return [openssl(wish), keytool(wish), certtool(wish), powershell(wish)].filter(
    (recipe): recipe is Recipe => recipe !== null && recipe.commands.split('\n').every(isPasteable),
  )
}

/** Returns a file name from the first requested name. */
function stem({ subject, subjectAltNames }: RequestWish): string {
  const name =
    subject.find(({ type }) => type === 'commonName')?.value ?? subjectAltNames[0]?.value ?? 'request'
  return (
    name
      .replace(/[^A-Za-z0-9.-]+/g, '_')
      .replace(/^[.-]+/, '')
      .slice(0, 60) || 'request'
  )
}

const OPENSSL_KEYS: Readonly<Record<KeyAlgorithmId, string>> = {
  'rsa-2048': 'RSA -pkeyopt rsa_keygen_bits:2048',
  'rsa-3072': 'RSA -pkeyopt rsa_keygen_bits:3072',
  'rsa-4096': 'RSA -pkeyopt rsa_keygen_bits:4096',
  p256: 'EC -pkeyopt ec_paramgen_curve:P-256',
  p384: 'EC -pkeyopt ec_paramgen_curve:P-384',
  p521: 'EC -pkeyopt ec_paramgen_curve:P-521',
  ed25519: 'ED25519',
  'ml-dsa-44': 'ML-DSA-44',
  'ml-dsa-65': 'ML-DSA-65',
  'ml-dsa-87': 'ML-DSA-87',
}

const OPENSSL_NAMES = {
  dNSName: 'DNS',
  iPAddress: 'IP',
  rfc822Name: 'email',
  uniformResourceIdentifier: 'URI',
} as const

/** A configuration file rather than -subj and -addext: there, commas and slashes inside values would separate them. */
function openssl(wish: RequestWish): Recipe | null {
  const name = stem(wish)
  const subject = wish.subject.map(
    ({ type, value }, index) =>
      `${String(index)}.${ATTRIBUTES[type]?.openssl ?? type} = ${configValue(value)}`,
  )
  const names = wish.subjectAltNames.map(
    ({ kind, value }, index) => `${OPENSSL_NAMES[kind]}.${String(index + 1)} = ${configValue(value)}`,
  )
  const config = [
    '[req]',
    'prompt = no',
    'utf8 = yes',
    'string_mask = utf8only',
    'distinguished_name = subject',
    ...(names.length > 0 ? ['req_extensions = extensions'] : []),
    '[subject]',
    ...subject,
    ...(names.length > 0 ? ['[extensions]', 'subjectAltName = @names', '[names]', ...names] : []),
  ]
  const commands = [
    `umask 077`,
    `cat > ${name}.cnf <<'END'`,
    ...config,
    'END',
    `openssl genpkey -algorithm ${OPENSSL_KEYS[wish.keyAlgorithm]} -out ${name}.key.pem`,
    `openssl req -new -config ${name}.cnf -key ${name}.key.pem -out ${name}.csr.pem`,
  ]
  return { program: 'openssl', commands: lines(commands), requestFile: `${name}.csr.pem` }
}

const KEYTOOL_KEYS: Readonly<Partial<Record<KeyAlgorithmId, string>>> = {
  'rsa-2048': 'RSA -keysize 2048',
  'rsa-3072': 'RSA -keysize 3072',
  'rsa-4096': 'RSA -keysize 4096',
  p256: 'EC -groupname secp256r1',
  p384: 'EC -groupname secp384r1',
  p521: 'EC -groupname secp521r1',
  ed25519: 'Ed25519',
}
const KEYTOOL_NAMES = {
  dNSName: 'dns',
  iPAddress: 'ip',
  rfc822Name: 'email',
  uniformResourceIdentifier: 'uri',
} as const

function keytool(wish: RequestWish): Recipe | null {
  const key = KEYTOOL_KEYS[wish.keyAlgorithm]
  const known = wish.subject.every(({ type }) => ATTRIBUTES[type])
  // keytool splits the list of names at commas and has no escape for them.
  if (!key || !known || wish.subjectAltNames.some(({ value }) => value.includes(','))) return null
  const name = stem(wish)
  // RFC 4514 writes the most specific part first.
  const subject = [...wish.subject]
    .reverse()
    .map(({ type, value }) => `${ATTRIBUTES[type]!.keytool}=${escaped4514(value)}`)
  const names = wish.subjectAltNames.map(({ kind, value }) => `${KEYTOOL_NAMES[kind]}:${value}`)
  const store = `-keystore ${name}.p12 -storetype PKCS12 -alias ${name}`
  const commands = [
    `keytool -genkeypair ${store} -keyalg ${key} -dname ${quotedWord(subject.join(', '))}`,
    `keytool -certreq ${store} ${names.length > 0 ? `-ext ${quotedWord(`san=${names.join(',')}`)} ` : ''}-file ${name}.csr.pem`,
  ]
  return { program: 'keytool', commands: lines(commands), requestFile: `${name}.csr.pem` }
}

const escaped4514 = (value: string): string =>
  value
    .replace(/[\\,+"<>;=]/g, (character) => `\\${character}`)
    .replace(/^[ #]| $/g, (character) => `\\${character}`)

const CERTTOOL_KEYS: Readonly<Partial<Record<KeyAlgorithmId, string>>> = {
  'rsa-2048': 'rsa --bits 2048',
  'rsa-3072': 'rsa --bits 3072',
  'rsa-4096': 'rsa --bits 4096',
  p256: 'ecdsa --curve=secp256r1',
  p384: 'ecdsa --curve=secp384r1',
  p521: 'ecdsa --curve=secp521r1',
  ed25519: 'ed25519',
}
const CERTTOOL_NAMES = {
  dNSName: 'dns_name',
  iPAddress: 'ip_address',
  rfc822Name: 'email',
  uniformResourceIdentifier: 'uri',
} as const

function certtool(wish: RequestWish): Recipe | null {
  const key = CERTTOOL_KEYS[wish.keyAlgorithm]
  // The template has no escape for a quotation mark, and its own order for the parts of the name.
  const values = [...wish.subject, ...wish.subjectAltNames].map(({ value }) => value)
  if (
    !key ||
    !wish.subject.every(({ type }) => ATTRIBUTES[type]?.certtool) ||
    values.some((value) => /["\\]/.test(value))
  )
    return null
  const name = stem(wish)
  const commands = [
    'umask 077',
    `cat > ${name}.template <<'END'`,
    ...wish.subject.map(({ type, value }) => `${ATTRIBUTES[type]!.certtool!} = "${value}"`),
    ...wish.subjectAltNames.map(({ kind, value }) => `${CERTTOOL_NAMES[kind]} = "${value}"`),
    'END',
    `certtool --generate-privkey --key-type=${key} --outfile ${name}.key.pem`,
    `certtool --generate-request --load-privkey ${name}.key.pem --template ${name}.template --outfile ${name}.csr.pem`,
  ]
  return { program: 'certtool', commands: lines(commands), requestFile: `${name}.csr.pem` }
}

const CERTREQ_KEYS: Readonly<Partial<Record<KeyAlgorithmId, readonly string[]>>> = {
  'rsa-2048': ['KeyAlgorithm = RSA', 'KeyLength = 2048'],
  'rsa-3072': ['KeyAlgorithm = RSA', 'KeyLength = 3072'],
  'rsa-4096': ['KeyAlgorithm = RSA', 'KeyLength = 4096'],
  p256: ['KeyAlgorithm = ECDSA_P256', 'KeyLength = 256'],
  p384: ['KeyAlgorithm = ECDSA_P384', 'KeyLength = 384'],
  p521: ['KeyAlgorithm = ECDSA_P521', 'KeyLength = 521'],
}
const CERTREQ_NAMES = {
  dNSName: 'dns',
  iPAddress: 'ipaddress',
  rfc822Name: 'email',
  uniformResourceIdentifier: 'url',
} as const

/** Windows' certreq keeps the key in the machine's store and joins it to the certificate by `certreq -accept`. */
function powershell(wish: RequestWish): Recipe | null {
  const key = CERTREQ_KEYS[wish.keyAlgorithm]
  const values = [...wish.subject, ...wish.subjectAltNames].map(({ value }) => value)
  // The INF file has no escape for these inside its quoted strings.
  if (
    !key ||
    !wish.subject.every(({ type }) => ATTRIBUTES[type]) ||
    values.some((value) => /["&;%\r\n]/.test(value))
  )
    return null
  const name = stem(wish)
  const subject = [...wish.subject]
    .reverse()
    .map(({ type, value }) => `${ATTRIBUTES[type]!.windows}=${quotedForWindows(value)}`)
  const inf = [
    '[Version]',
    'Signature = "$Windows NT$"',
    '[NewRequest]',
    `Subject = "${subject.join(', ')}"`,
    ...key,
    // The older providers support only RSA.
    'ProviderName = "Microsoft Software Key Storage Provider"',
    'HashAlgorithm = SHA256',
    'MachineKeySet = TRUE',
    'Exportable = FALSE',
    'RequestType = PKCS10',
    ...(wish.subjectAltNames.length > 0 ? ['[Extensions]', '2.5.29.17 = "{text}"'] : []),
    ...wish.subjectAltNames.map(({ kind, value }) => `_continue_ = "${CERTREQ_NAMES[kind]}=${value}&"`),
  ]
  const commands = [
    `@'`,
    ...inf,
    `'@ | Set-Content -Encoding Unicode ${name}.inf`,
    `certreq -new ${name}.inf ${name}.csr.pem`,
  ]
  return { program: 'powershell', commands: lines(commands), requestFile: `${name}.csr.pem` }
}

/**
 * CertStrToName has no backslash escape: a value with a separator in it is quoted, and the quotation marks are doubled
 * because the INF file quotes the whole once more.
 */
const quotedForWindows = (value: string): string =>
  /[,+=<>#\n]|^\s|\s$/.test(value) ? `""${value}""` : value

const lines = (commands: readonly string[]): string => commands.join('\n') + '\n'
