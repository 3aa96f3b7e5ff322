/** The keys of the two ends in a scenario file. */
import { isPrivateKeyInfo } from '../../containers/pkcs8.ts'
import { CodedError } from '../../errors.ts'
import { hexOfNumber } from '../../octets.ts'
import { parseCertificateList, type CertificateList } from '../../x509/certificate-list.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { domainToAscii } from '../../x509/domain-name.ts'
import { parseIpAddress } from '../../x509/ip-address.ts'
import { PROGRAMS } from '../programs/programs.ts'
import type { ProgramId } from '../programs/program.ts'
import { FORWARDING_FORMS, FORWARDING_LIMITS } from '../proxy/forwarding-forms.ts'
import type { Forwarding } from '../proxy/forwarding.ts'
import { addressForm, ruleForm } from '../rules/rule-file.ts'
import type { Place } from '../rules/rule.ts'
import type { ClientEndpoint, Endpoint, ServerEndpoint, Verifies } from '../scenario.ts'
import { ALL_CERTIFICATE_TYPES, USUAL_SCHEMES, USUAL_SUITES } from '../usual.ts'
import { TLS12, TLS13, codeName, codeOf, type TlsVersion } from '../wire/code-points.ts'
import { shown } from '../../strict-json/fault.ts'
import { pem, pemList, type Kind as PemKind } from '../../strict-json/pem.ts'
import {
  checked,
  choice,
  flag,
  instant,
  key,
  listOf,
  orNull,
  prose,
  recordOf,
  wholeNumber,
  type Form as StrictForm,
  type Shape as StrictShape,
} from '../../strict-json/shape.ts'
import type { Counted, Faults } from './fault.ts'
import { SCENARIO_LIMITS } from './marks.ts'

type Form<T> = StrictForm<T, Faults>
type Shape<T> = StrictShape<T, Faults>
type Kind<T> = PemKind<T, Counted>

const derOf = ({ der }: { readonly der: Uint8Array }): Uint8Array => der
const octets = (der: Uint8Array): Uint8Array => der
const certificate: Kind<Certificate> = {
  ...{ label: 'CERTIFICATE', what: 'certificate', counted: 'certificates', parse: parseCertificate, derOf },
}
/** As it is sent: whether it can be read is for the other side to say. */
const sent: Kind<Uint8Array> = { ...certificate, parse: octets, derOf: octets }
const list: Kind<CertificateList> = {
  ...{ label: 'X509 CRL', what: 'list', counted: 'lists', parse: (der) => parseCertificateList(der), derOf },
}
const response: Kind<Uint8Array> = {
  ...{ label: 'OCSP RESPONSE', what: 'list', counted: 'responses', parse: octets, derOf: octets },
}
/** Unencrypted PKCS#8; what it is the key of is read afterwards. */
const privateKey: Kind<Uint8Array> = {
  ...{ label: 'PRIVATE KEY', what: 'key', counted: 'keys', derOf: octets },
  parse: (der) => {
    if (!isPrivateKeyInfo(der)) throw new CodedError('container-structure', { format: 'PKCS#8', part: 'key' })
    return der
  },
}

export const certificates = (limit: number): Form<readonly Certificate[]> => pemList(certificate, limit)

const VERSIONS: Readonly<Record<TlsVersion, string>> = { [TLS13]: 'TLS 1.3', [TLS12]: 'TLS 1.2' }
const versionName = choice(Object.values(VERSIONS))
const version: Form<TlsVersion> = {
  read: (at, faults) => {
    const name = versionName.read(at, faults)
    return name === undefined ? undefined : name === VERSIONS[TLS13] ? TLS13 : TLS12
  },
  write: (code) => VERSIONS[code],
}

type Registry = 'cipherSuite' | 'signatureScheme' | 'certificateType'
/** A number of TLS: by its registered name, or in hexadecimal if it has none here. */
const tlsCode = (of: Registry): Form<number> => {
  const digits = of === 'certificateType' ? 2 : 4
  const pattern = new RegExp(`^0x[0-9a-f]{${String(digits)}}$`, 'i')
  return {
    read: (at, faults) => {
      if (at.kind !== 'text') return faults.add(at, 'scenario-type', { expected: 'text' })
      const { value } = at
      return (
        codeOf(of, value) ??
        (pattern.test(value)
          ? Number(value)
          : faults.add(at, 'scenario-tls-code', { text: shown(value), of }))
      )
    },
    write: (code) => codeName(of, code) ?? `0x${hexOfNumber(BigInt(code)).padStart(digits, '0')}`,
  }
}
/** TLS has no message with an empty list of them. */
const codes = (of: Registry): Form<readonly number[]> =>
  listOf(tlsCode(of), 'codes', SCENARIO_LIMITS.codes, 1)

const host = checked(253, (text, at, faults: Faults) => {
  const isHost = parseIpAddress(text) !== null || (domainToAscii(text) !== null && !text.startsWith('*.'))
  return isHost ? text : faults.add(at, 'scenario-host', { text: shown(text) })
})

/** What an end has in a file beside what it is in a handshake. */
export interface Beside {
  readonly program: ProgramId | null
  /** PKCS#8 of its certificate's key. */
  readonly key: Uint8Array | null
  /** PKCS#8 of another key, with which it signs all the same. */
  readonly wrongKey: Uint8Array | null
}
/** Without a clock of its own: that of the reading. */
export type InFile<E extends Endpoint> = Omit<E, 'at'> & { readonly at: Date | null } & Beside

const key8 = orNull(pem(privateKey, SCENARIO_LIMITS.keyCharacters))

const CERTIFICATES: Shape<
  Pick<InFile<Endpoint>, 'program' | 'chain' | 'key' | 'wrongKey' | 'anchors' | 'lists'>
> = {
  program: key('program', orNull(choice(Object.keys(PROGRAMS) as ProgramId[])), null),
  chain: key('sends', pemList(sent, SCENARIO_LIMITS.sends), []),
  key: key('key', key8, null),
  wrongKey: key('wrongKey', key8, null),
  anchors: key('trusts', certificates(SCENARIO_LIMITS.trusts), []),
  lists: key('lists', pemList(list, SCENARIO_LIMITS.lists), []),
}

const COMMON: Shape<Omit<InFile<Endpoint>, keyof typeof CERTIFICATES>> = {
  needsStatus: key('needsStatus', flag, false),
  at: key('clock', orNull(instant('fractions')), null),
  versions: key('versions', listOf(version, 'versions', 2, 1), [TLS13, TLS12]),
  schemes: key('signatureAlgorithms', codes('signatureScheme'), USUAL_SCHEMES),
  suites: key('cipherSuites', codes('cipherSuite'), USUAL_SUITES),
  verifies: key('verifies', choice<Verifies>(['handshake', 'application', 'no']), 'handshake'),
  maxDepth: key('maxDepth', orNull(wholeNumber(0, SCENARIO_LIMITS.maxDepth)), null),
  lets: key('lets', orNull(ruleForm), null),
  letsAt: key('letsAt', choice<Place>(['network', 'tls', 'application', 'proxy']), 'application'),
}

export const CLIENT_SHAPE: Shape<InFile<ClientEndpoint>> = {
  ...CERTIFICATES,
  host: key('host', orNull(host), null),
  checksHost: key('checksHost', flag, true),
  heedsAuthorities: key('heedsAuthorities', flag, false),
  address: key('address', orNull(addressForm), null),
  ...COMMON,
}

/** The header is for the server to read: one that is cut off is a scenario, too. */
export const FORWARDING_SHAPE: Shape<Forwarding> = {
  form: key('form', choice(FORWARDING_FORMS)),
  text: key('text', prose(FORWARDING_LIMITS.characters, 'one'), ''),
  trusted: key('trusted', wholeNumber(0, FORWARDING_LIMITS.trusted), 1),
  from: key('from', orNull(addressForm), null),
}

export const SERVER_SHAPE: Shape<InFile<ServerEndpoint>> = {
  ...CERTIFICATES,
  stapled: key('stapled', orNull(pem(response)), null),
  asks: key('asks', choice<ServerEndpoint['asks']>(['no', 'optional', 'required']), 'required'),
  listsAuthorities: key('listsAuthorities', flag, true),
  certificateTypes: key('certificateTypes', codes('certificateType'), ALL_CERTIFICATE_TYPES),
  forwarding: key('forwarding', orNull(recordOf(FORWARDING_SHAPE)), null),
  ...COMMON,
}
