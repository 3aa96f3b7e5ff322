import { strictUtf8, toBase64, utf8 } from '../../../octets.ts'
import { isCodedError } from '../../../errors.ts'
import { nameFromDer, nameToText, type Name } from '../../../x509/name.ts'
import { strictBase64 } from '../certificates.ts'
import type { ReadFact } from '../facts.ts'
import { refusal } from '../fault.ts'
import { settingLines, type HeaderFormat, type HeaderRow } from '../format.ts'
import { splitOutsideQuotes, trimmed } from '../slice.ts'
import { ISO, alternativeNames, fact, ofFacts, sha256Base64, time, word } from '../values.ts'
import { certificateItem, certificateList } from './rfc9440.ts'

type Value = Pick<HeaderRow, 'write' | 'read'>

/** A longer one becomes empty, and the error says so. */
const MOST_NAME = 512
const MOST_SPIFFE = 2048

/** Base64 of the DER of a name. */
const derName = (kind: 'subject' | 'issuer'): Value => ({
  write: ({ client }) => {
    const text = toBase64(client.certificate[kind].der)
    return text.length > MOST_NAME ? '' : text
  },
  read: (value) => {
    const slice = trimmed(value)
    const name = readName(strictBase64(slice))
    if (!name) throw refusal('header-value', { offset: slice.offset, expected: 'name' })
    return ofFacts({ kind, text: nameToText(name), name: name.der, ambiguous: false })
  },
})

function readName(der: Uint8Array): Name | null {
  try {
    return nameFromDer(der)
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

/** Base64 of each name of a kind, joined by commas. */
const nameList = (kind: 'uri' | 'dns'): Value => ({
  write: ({ client }) =>
    alternativeNames(client.certificate, kind)
      .filter((name) => !name.startsWith('spiffe://'))
      .map((name) => toBase64(utf8(name)))
      .join(','),
  read: (value) =>
    ofFacts(
      ...splitOutsideQuotes(value, ',').map((each): ReadFact => {
        const slice = trimmed(each)
        const text = strictUtf8(strictBase64(slice))
        if (text === null) throw refusal('header-value', { offset: slice.offset, expected: 'name' })
        return fact(kind, text)
      }),
    ),
})

const spiffe: Value = {
  write: ({ client }) => {
    const [id = ''] = alternativeNames(client.certificate, 'uri').filter((uri) => uri.startsWith('spiffe://'))
    return utf8(id).length > MOST_SPIFFE ? '' : id
  },
  read: (value) => ofFacts(fact('uri', trimmed(value).text)),
}

const truth = (kind: 'present' | 'verify'): Value => word(kind, 'true', /^false$/)

/** The form of its serial number is not documented, so that it is neither written nor compared. */
const rows: readonly HeaderRow[] = [
  { name: 'X-Client-Cert-Present', variable: '{client_cert_present}', ...truth('present') },
  { name: 'X-Client-Cert-Chain-Verified', variable: '{client_cert_chain_verified}', ...truth('verify') },
  { name: 'X-Client-Cert-Hash', variable: '{client_cert_sha256_fingerprint}', ...sha256Base64 },
  {
    name: 'X-Client-Cert-SPIFFE',
    variable: '{client_cert_spiffe_id}',
    cautions: ['empty-if-long'],
    ...spiffe,
  },
  {
    name: 'X-Client-Cert-URI-SANs',
    variable: '{client_cert_uri_sans}',
    cautions: ['empty-if-long'],
    ...nameList('uri'),
  },
  {
    name: 'X-Client-Cert-DNSName-SANs',
    variable: '{client_cert_dnsname_sans}',
    cautions: ['empty-if-long'],
    ...nameList('dns'),
  },
  {
    name: 'X-Client-Cert-Valid-Not-Before',
    variable: '{client_cert_valid_not_before}',
    ...time('notBefore', ISO),
  },
  {
    name: 'X-Client-Cert-Valid-Not-After',
    variable: '{client_cert_valid_not_after}',
    ...time('notAfter', ISO),
  },
  {
    name: 'X-Client-Cert-Issuer-Dn',
    variable: '{client_cert_issuer_dn}',
    cautions: ['empty-if-long'],
    ...derName('issuer'),
  },
  {
    name: 'X-Client-Cert-Subject-Dn',
    variable: '{client_cert_subject_dn}',
    cautions: ['empty-if-long'],
    ...derName('subject'),
  },
  {
    name: 'X-Client-Cert-Leaf',
    variable: '{client_cert_leaf}',
    cautions: ['unverified'],
    ...certificateItem,
  },
  {
    name: 'X-Client-Cert-Chain',
    variable: '{client_cert_chain}',
    cautions: ['unverified'],
    ...certificateList,
  },
]

export const google: HeaderFormat = {
  id: 'google',
  program: 'Google Cloud Load Balancing',
  versions: [],
  basis: 'documented',
  strips: 'setting',
  names: 'chosen',
  rows,
  setting: settingLines(rows, ({ name, variable }) => `--custom-request-header='${name}:${variable}'`),
  stripping: '',
}
