/** Extensions of handshake messages (RFC 8446 §4.2) as far as certificates depend on them; others stay octets. */
import { isCodedError } from '../../errors.ts'
import { concat, utf8, utf8Text } from '../../octets.ts'
import { EXTENSION } from './code-points.ts'
import { WireReader } from './reader.ts'
import { numbers, uint, vector } from './writer.ts'

export interface WireExtension {
  readonly type: number
  readonly data: Uint8Array
}

/** The message an extension is in: some have another form in a ServerHello or beside a certificate. */
export type Place = 'clientHello' | 'serverHello' | 'certificate' | 'other'

export interface KeyShare {
  readonly group: number
  readonly key: Uint8Array
}

/** A CertificateRequest of TLS 1.2 has the same two in its body. */
export const readSchemes = (reader: WireReader): number[] =>
  reader.numbers('supported_signature_algorithms', 2, 'scheme', 2, 'signatureScheme')
export const readAuthorities = (reader: WireReader, field: string): Uint8Array[] =>
  reader.list(field, 2, (content) => content.opaque('distinguished_name', 2, { least: 1 }))
export const encodeAuthorities = (names: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  vector(2, ...names.map((name) => vector(2, name)))

const share = (reader: WireReader): KeyShare => ({
  group: reader.uint('group', 2, 'group'),
  key: reader.opaque('key_exchange', 2, { least: 1 }),
})
const authorities = (reader: WireReader): Uint8Array[] => readAuthorities(reader, 'authorities')
const names = (reader: WireReader): (string | null)[] =>
  reader.list('server_name_list', 2, nameIn, { least: 1 })
function nameIn(content: WireReader): string | null {
  const type = content.uint('name_type', 1)
  const name = content.opaque('host_name', 2, { least: 1 })
  return type === 0 ? utf8Text(name) : null
}

const versionChosen = (reader: WireReader): number => reader.uint('selected_version', 2, 'version')
/** A HelloRetryRequest names only the group that it wants (§4.2.8). */
const shareChosen = (reader: WireReader): unknown =>
  reader.end - reader.offset === 2 ? reader.uint('selected_group', 2, 'group') : share(reader)

function stapled(reader: WireReader): Uint8Array {
  reader.uint('status_type', 1)
  return reader.opaque('response', 3, { least: 1 })
}

type Form<T> = (reader: WireReader) => T
const groups: Form<number[]> = (reader) => reader.numbers('named_group_list', 2, 'group', 2, 'group')
const versions: Form<number[]> = (reader) => reader.numbers('versions', 1, 'version', 2, 'version')
const shares: Form<KeyShare[]> = (reader) => reader.list('client_shares', 2, share)
const protocols: Form<Uint8Array[]> = (reader) =>
  reader.list('protocol_name_list', 2, (content) => content.opaque('protocol_name', 1, { least: 1 }))
const timestamps: Form<Uint8Array[]> = (reader) =>
  reader.list('sct_list', 2, (content) => content.opaque('serialized_sct', 2, { least: 1 }), { least: 1 })

/** The forms of what is read here: in any message, and in some alone. */
const ANYWHERE: Readonly<Record<number, Form<unknown>>> = {
  [EXTENSION.supportedGroups]: groups,
  [EXTENSION.signatureAlgorithms]: readSchemes,
  [EXTENSION.signatureAlgorithmsCert]: readSchemes,
  [EXTENSION.certificateAuthorities]: authorities,
  [EXTENSION.applicationLayerProtocolNegotiation]: protocols,
}
const FORMS: Readonly<Record<Place, Readonly<Record<number, Form<unknown>>>>> = {
  clientHello: {
    ...ANYWHERE,
    [EXTENSION.serverName]: names,
    [EXTENSION.supportedVersions]: versions,
    [EXTENSION.keyShare]: shares,
  },
  serverHello: {
    ...ANYWHERE,
    [EXTENSION.supportedVersions]: versionChosen,
    [EXTENSION.keyShare]: shareChosen,
  },
  certificate: {
    ...ANYWHERE,
    [EXTENSION.statusRequest]: stapled,
    [EXTENSION.signedCertificateTimestamp]: timestamps,
  },
  other: ANYWHERE,
}

/** Reads a block of extensions and names their fields; one whose content has another form stays octets, without names. */
export function readExtensions(reader: WireReader, place: Place): WireExtension[] {
  return reader.list('extensions', 2, (content) =>
    content.field('extension', () => {
      const type = content.uint('extension_type', 2, 'extension')
      const data = content.vector('extension_data', 2, (inner) => {
        const octets = inner.bytes.subarray(inner.offset, inner.end)
        nameFields(inner, type, place)
        inner.rest('data')
        return octets
      })
      return { type, data }
    }),
  )
}

/** Tried on its own first: a form that breaks off would leave half of its fields. */
function nameFields(reader: WireReader, type: number, place: Place): void {
  const form = FORMS[place][type]
  if (form && contentAs(reader.bytes.subarray(reader.offset, reader.end), form) !== null) form(reader)
}

/** Reads an extension's content in a form; null if it has another. */
function contentAs<T>(data: Uint8Array, form: Form<T>): T | null {
  try {
    const reader = new WireReader(data)
    const value = form(reader)
    reader.finish()
    return value
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

function valueIn<T>(extensions: readonly WireExtension[], type: number, form: Form<T>): T | null {
  const found = extensions.find((each) => each.type === type)
  return found ? contentAs(found.data, form) : null
}

/** Returns the signature schemes that a hello or a request admits; null if it names none. */
export const schemesIn = (extensions: readonly WireExtension[]): readonly number[] | null =>
  valueIn(extensions, EXTENSION.signatureAlgorithms, readSchemes)

/** Returns the DER of the names that a CertificateRequest lists; null if it lists none. */
export const authoritiesIn = (extensions: readonly WireExtension[]): readonly Uint8Array[] | null =>
  valueIn(extensions, EXTENSION.certificateAuthorities, authorities)

/** Returns the version that a ServerHello selects by extension; null if it has none, as before TLS 1.3. */
export const selectedVersion = (extensions: readonly WireExtension[]): number | null =>
  valueIn(extensions, EXTENSION.supportedVersions, versionChosen)

/** Returns the host that a ClientHello asks for, or null. */
export const serverNameIn = (extensions: readonly WireExtension[]): string | null =>
  valueIn(extensions, EXTENSION.serverName, names)?.find((name) => name !== null) ?? null

/** Returns the OCSP response beside a certificate, or null. */
export const stapledIn = (extensions: readonly WireExtension[]): Uint8Array | null =>
  valueIn(extensions, EXTENSION.statusRequest, stapled)

export const encodeExtensions = (extensions: readonly WireExtension[]): Uint8Array<ArrayBuffer> =>
  vector(2, ...extensions.map(({ type, data }) => concat([uint(2, type), vector(2, data)])))

/** Extensions as they are written here. */
export const write = {
  serverName: (host: string): WireExtension => ({
    type: EXTENSION.serverName,
    data: vector(2, uint(1, 0), vector(2, utf8(host))),
  }),
  versions: (versions: readonly number[]): WireExtension => ({
    type: EXTENSION.supportedVersions,
    data: numbers(1, 2, versions),
  }),
  selectedVersion: (version: number): WireExtension => ({
    type: EXTENSION.supportedVersions,
    data: uint(2, version),
  }),
  groups: (groups: readonly number[]): WireExtension => ({
    type: EXTENSION.supportedGroups,
    data: numbers(2, 2, groups),
  }),
  schemes: (schemes: readonly number[]): WireExtension => ({
    type: EXTENSION.signatureAlgorithms,
    data: numbers(2, 2, schemes),
  }),
  authorities: (names: readonly Uint8Array[]): WireExtension => ({
    type: EXTENSION.certificateAuthorities,
    data: encodeAuthorities(names),
  }),
  clientShares: (shares: readonly KeyShare[]): WireExtension => ({
    type: EXTENSION.keyShare,
    data: vector(2, ...shares.map(encodeShare)),
  }),
  serverShare: (one: KeyShare): WireExtension => ({ type: EXTENSION.keyShare, data: encodeShare(one) }),
  stapled: (response: Uint8Array): WireExtension => ({
    type: EXTENSION.statusRequest,
    data: concat([uint(1, 1), vector(3, response)]),
  }),
} as const

function encodeShare({ group, key }: KeyShare): Uint8Array<ArrayBuffer> {
  return concat([uint(2, group), vector(2, key)])
}
