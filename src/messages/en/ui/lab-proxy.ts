import type { Counted, Expected, Missing, ProxyFaultCode, ProxyFaults } from '../../../mtls/proxy/fault.ts'
import type { Caution } from '../../../mtls/proxy/format.ts'
import { count, list, number } from '../format.ts'

/** Places are counted from 1, as editors do. */
const at = (offset: number): string => `character ${number(offset + 1)}`
/** What a header shows of itself: never so long that the sentence is lost. */
const quoted = (text: string): string => `"${text.length > 64 ? `${text.slice(0, 64)}…` : text}"`

const COUNTED: { readonly [C in Counted]: string } = {
  lines: 'header lines',
  certificates: 'certificates',
  elements: 'elements',
  addresses: 'addresses',
  keys: 'keys',
}

const MISSING: { readonly [M in Missing]: string } = {
  quote: 'the closing quote',
  base64: 'the rest of the base64 text',
  percent: 'the digits after a percent sign',
  armour: 'the line -----END CERTIFICATE-----',
  colon: 'the colon that ends the certificate',
  equals: 'a name and an equals sign',
}

const EXPECTED: { readonly [E in Expected]: string } = {
  serial: 'a serial number',
  sha1: 'a SHA-1 hash (40 hexadecimal digits)',
  sha256: 'a SHA-256 hash (32 octets)',
  time: 'a time in this header’s form',
  name: 'a distinguished name',
  verdict: 'the result of a verification, as this program writes it',
  flag: 'a yes or no, as this program writes it',
}

const REASONS = 'Copy it again, as the proxy wrote it.'

/** Why what was pasted is not read. */
const faults: { readonly [C in ProxyFaultCode]: (detail: ProxyFaults[C]) => string } = {
  'header-empty': () => 'There is nothing to read. Paste a header line, or the value of one.',
  'header-too-long': ({ length, limit }) =>
    `The text has ${number(length)} characters; at most ${number(limit)} are read here. Paste the headers alone.`,
  'header-too-many': ({ what, limit }) =>
    `There are more than ${number(limit)} ${COUNTED[what]}. No more are read here, and no server takes as many.`,
  'header-line': ({ offset }) =>
    `The line at ${at(offset)} is not a header: it has no name and colon, and does not begin with a space. ${REASONS}`,
  'header-unknown': ({ names }) =>
    names.length === 0
      ? 'This is not a header value that carries a client certificate. Paste the whole line, with its name.'
      : `None of these headers carries a client certificate: ${list(names.map(quoted))}.`,
  'header-repeated': ({ offset, name }) =>
    `${quoted(name)} comes a second time at ${at(offset)}. Which copy counts depends on the reader, so that a client can add its own: have the proxy remove what clients send.`,
  'header-conflict': ({ offset, name }) =>
    `${quoted(name)} at ${at(offset)} has a certificate other than another header’s. One of them was not written by the proxy, or not for this connection.`,
  'header-absent': ({ text }) =>
    text === ''
      ? 'The header is empty: the proxy had no certificate from this client.'
      : `The header says ${quoted(text)}: the proxy had no certificate from this client.`,
  'header-cut': ({ offset, missing }) =>
    `The text ends too early: at ${at(offset)}, ${MISSING[missing]} is missing. Copy the whole header; logs often cut long lines.`,
  'header-character': ({ offset, character }) =>
    `At ${at(offset)} there is ${quoted(character)}, which cannot be there in this format. ${REASONS}`,
  'header-percent': ({ offset }) =>
    `The percent-encoding from ${at(offset)} is wrong: two hexadecimal digits follow each percent sign, and they give UTF-8. ${REASONS}`,
  'header-key': ({ offset, key }) =>
    `${quoted(key)} at ${at(offset)} is not a field of this header. A value before it may have a separator that was not quoted.`,
  'header-value': ({ offset, expected }) =>
    `At ${at(offset)} there should be ${EXPECTED[expected]}. ${REASONS}`,
  'header-certificate': ({ offset, at: octet }) =>
    octet === null
      ? `What is encoded at ${at(offset)} is not a certificate. ${REASONS}`
      : `What is encoded at ${at(offset)} is not a certificate: it goes wrong at octet ${number(octet)}. ${REASONS}`,

  'token-opaque': () =>
    'This token has no claims that can be read. Ask the authorization server about it (introspection), and paste the answer.',
  'token-encrypted': () =>
    'This token is encrypted (JWE), so its claims cannot be read here. Paste the answer of the introspection endpoint instead.',
  'token-unreadable': ({ part }) =>
    part === 'answer'
      ? 'The JSON cannot be read. Paste the whole answer of the introspection endpoint.'
      : `The ${part} of the token is not JSON in base64url. Copy the whole token, with both of its dots.`,
  'confirmation-unreadable': ({ member }) =>
    `The token’s ${quoted(member)} is not what RFC 8705 says it is: the SHA-256 hash of a certificate in base64url, 43 characters without padding.`,
  'metadata-unreadable': () => 'The client’s metadata is not a JSON object. Paste it whole.',
  'metadata-none': () =>
    'The client’s metadata names no subject: tls_client_auth needs exactly one of the tls_client_auth_… members.',
  'metadata-several': ({ members }) =>
    `The client’s metadata has ${list(members)}. Exactly one of them is allowed (RFC 8705 §2.1.2): remove the others.`,
  'metadata-value': ({ member, offset }) =>
    offset === null
      ? `The value of ${member} is not in the form that it should have.`
      : `The value of ${member} goes wrong at ${at(offset)}.`,
  'key-set-unreadable': () =>
    'This is not a JSON Web Key Set: an object with a list of keys. Paste it whole.',
  'key-set-certificate': ({ key }) =>
    `Key ${number(key + 1)} of the set has an x5c whose first entry is not a certificate in standard base64.`,

  'address-list-empty': () => 'The header names no address.',
  'address-unreadable': ({ offset, text }) =>
    `${quoted(text)} at ${at(offset)} is not an IP address. Write IPv6 with a port as [2001:db8::1]:443.`,
  'cidr-unreadable': ({ text }) =>
    `${quoted(text)} is not a range of addresses. Write it as 192.0.2.0/24 or 2001:db8::/32.`,
  'cidr-prefix': ({ text, bits, limit }) =>
    `${quoted(text)} has a prefix of ${number(bits)} bits; an address of this kind has ${number(limit)}.`,
  'hops-missing': ({ trusted, found }) =>
    `${count(trusted, 'proxy is trusted, and the header', 'proxies are trusted, and the header')} names ${count(found, 'address', 'addresses')}: the request came around one of them, or one of them adds none.`,
  'proxy-protocol-cut': ({ offset, need, have }) =>
    `The PROXY protocol header ends too early: at octet ${number(offset)}, ${number(need)} octets are announced and ${number(have)} are left.`,
  'proxy-protocol-unreadable': ({ offset, part }) =>
    `This is not a PROXY protocol header: its ${part} at octet ${number(offset)} is not what the protocol says. Check that the sender is set to send one.`,
}

/** What to know before a value is forwarded or relied upon. */
const cautions: { readonly [C in Caution]: string } = {
  folded: 'Its lines are folded with tabs, which servers refuse. Forward the escaped form instead.',
  'line-breaks': 'It has line breaks, which no header can carry.',
  unescaped: 'Its values are not escaped: a separator within a value looks like one between values.',
  reordered: 'The attributes are in an order of the program’s own, and some are merged or left out.',
  'raw-utf8': 'Letters beyond ASCII are sent as UTF-8; a server that reads Latin-1 shows others.',
  plus: 'Plus signs stay as they are: decode percent signs only, or they become spaces.',
  'zero-without-certificate': 'Zero also means that no certificate came. Check that one was used, too.',
  'null-text': 'Without a certificate it is the text (null), not an empty value.',
  sha1: 'SHA-1 is not safe against a certificate that was made to match. Compare SHA-256.',
  unverified: 'It is sent although the certificate was not accepted. Verify it, or check the result as well.',
  'empty-if-long': 'A value that is too long is sent empty.',
  appended:
    'Proxies append: what comes first may be the client’s own words. Rely only on what your own proxies added.',
}

/** Which programs remove a client's own copy. */
const strips = {
  default: 'The program removes or replaces a client’s own copy.',
  setting: 'A client’s own copy is removed only by these settings.',
  never: 'Nothing removes a client’s own copy: the proxy in front has to.',
} as const

const basis = {
  measured: 'Recorded from the program',
  source: 'From the program’s source',
  documented: 'From its documentation, not run here',
} as const

/** A client's certificate behind a proxy: headers, tokens, addresses. */
export const labProxy = {
  faults,
  cautions,
  strips,
  basis,
  unsigned: 'The signature of the token is not checked here: its claims count only if the token is valid.',
  bound: {
    match: 'The token is bound to this certificate.',
    mismatch: 'The token is bound to another certificate.',
    none: 'The token is not bound to a certificate: anyone who has it can use it.',
  },
}
