/**
 * Formats that occur but are not read here, recognized by first octets, label or outline; the words are in messages/.
 */
import { CodedError, type ErrorDetails, type ForeignFormat } from '../../errors.ts'
import { hexOf } from '../../octets.ts'
import type { Source } from './items.ts'
import { outlineOf } from './shape.ts'

interface Beginning {
  readonly format: ForeignFormat
  /** Compared with the first octets, one character each. */
  readonly begins: RegExp
}

const SSH_PLAIN = String.raw`(?:ssh-rsa|ecdsa-sha2-nistp\d{3})`

/** Long enough to be unambiguous: also looked for in base64 between other text. */
const UNMISTAKABLE: readonly Beginning[] = [
  openSshKey('openssh-key', `${SSH_PLAIN}\\0`),
  openSshKey('openssh-key-ed25519', String.raw`ssh-ed25519\0`),
  { format: 'openssh-key-other', begins: /^openssh-key-v1\0/ },
  { format: 'ssh-certificate', begins: /^\0\0\0.[a-z0-9-]{4,40}-cert-v\d\d@/s },
  { format: 'ssh-public-key', begins: new RegExp(`^\\0\\0\\0.(?:${SSH_PLAIN}|ssh-dss)\\0`, 's') },
  { format: 'ssh-public-key-other', begins: /^\0\0\0.(?:ssh-[a-z0-9]{3,10}|sk-[a-z0-9@.-]{8,40})\0/s },
]

/**
 * The type of an OpenSSH key is in its public half, which is never encrypted: after cipher, KDF, its options and a
 * count.
 */
function openSshKey(format: ForeignFormat, type: string): Beginning {
  return { format, begins: new RegExp(`^openssh-key-v1\\0.{0,120}?\\0\\0\\0\\x01.{4}\\0\\0\\0.${type}`, 's') }
}

/** For a whole file in which nothing readable was found. */
const FILES: readonly Beginning[] = [
  { format: 'putty-key', begins: new RegExp(`^PuTTY-User-Key-File-\\d: ${SSH_PLAIN}\\b`) },
  { format: 'putty-key-other', begins: /^PuTTY-User-Key-File-\d: / },
  { format: 'sshcom-key', begins: /^---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY/ },
  { format: 'gpgsm-keybox', begins: /^.{8}KBXf/s },
  { format: 'sqlite-nss', begins: /^SQLite format 3\0[^]*nssPublic/ },
  { format: 'sqlite', begins: /^SQLite format 3\0/ },
  // Its MANIFEST: the other files of its folder have no sign of their own.
  { format: 'badger', begins: /^Bdgr\0/ },
  { format: 'age-message', begins: /^age-encryption\.org\/v\d/ },
  { format: 'age-key', begins: /^(?:#.*\r?\n)*(?:AGE-SECRET-KEY-1|age1)[a-z\d]/i },
  // signify of OpenBSD writes the same.
  { format: 'minisign', begins: /^untrusted comment: / },
  { format: 'jwe', begins: /^\s*eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+/ },
  { format: 'jwt', begins: /^\s*eyJ[\w-]+\.[\w-]+\.[\w-]+\s*$/ },
  { format: 'web-page', begins: /^(?:\xef\xbb\xbf)?\s*(?:<!--[^]*?-->\s*)?<(?:!doctype html|html|head)\b/i },
  { format: 'pdf', begins: /^%PDF-/ },
  // How `hexdump` and `od` show octets unless asked otherwise: in pairs, whose order the machine decides. Of DER or PEM.
  { format: 'dump-of-words', begins: /^0{7} +(?:[\da-f]{2}30|30[\da-f]{2}|2d2d|\d{3}[04]60|026455)\s/ },
  { format: 'archive-cpio', begins: /^07070[127]\d/ },
]

/** The same in hexadecimal. */
const OCTETS: readonly Beginning[] = [
  { format: 'pvk', begins: /^1ef1b5b0/ },
  { format: 'msblob-key', begins: /^07020000.{8}52534132/ },
  { format: 'msblob-public-key', begins: /^06020000.{8}52534131/ },
  // Version, length and octets of the salt, rounds; then an unencrypted entry, or only the MAC.
  { format: 'bks', begins: /^0000000[0-2]00000014.{48}(?:0[1-4]00|00.{40}$)/ },
  { format: 'uber', begins: /^0000000[01]00000014.{48}/ },
  // PNG, JPEG, GIF.
  { format: 'picture', begins: /^(?:89504e470d0a|ffd8ff|47494638)/ },
  // 7-Zip, RAR.
  { format: 'archive', begins: /^(?:377abcaf271c|526172211a07)/ },
  { format: 'archive-xz', begins: /^fd377a585a00/ },
  { format: 'archive-bzip2', begins: /^425a683.314159/ },
  { format: 'archive-zstd', begins: /^28b52ffd/ },
  { format: 'archive-lz4', begins: /^04224d18/ },
  { format: 'archive-compress', begins: /^1f9d[89][\da-f]/ },
  // Packets of the old and the new format: a key of version 3, 4 or 6.
  { format: 'pgp-keys', begins: /^(?:9[48]..|9[59].{4}|c[56](?:[0-9ab].|[cd].{3}))0[346]/ },
  // Encrypted to a key or a password; signed, with the signature type after its version (RFC 9580 §5.1 to §5.4).
  { format: 'pgp-message', begins: /^(?:8[48]..|85.{4}|c1(?:[0-9ab].|[cd].{3}))0[36]/ },
  { format: 'pgp-message', begins: /^(?:8c..|c3[0-9ab].)0[456]0[1-9a-d]/ },
  { format: 'pgp-signature', begins: /^(?:88..|89.{4}|c2(?:[0-9ab].|[cd].{3}))0[46](?:0[01]|1[0-3])/ },
]

/** Formats recognized only by file name. */
const NAMES: readonly Beginning[] = [{ format: 'ibm-kdb', begins: /\.kdb$/i }]

/** SQLite keeps the names of its tables on the first pages. */
const FRONT = 16 * 1024

/** TextDecoder has no ISO 8859-1: its encoding of that name is windows-1252, which differs from 0x80 to 0x9F. */
const oneCharacterEach = (octets: Uint8Array): string => String.fromCharCode(...octets)
const firstOf = (table: readonly Beginning[], text: string): ForeignFormat | null =>
  table.find(({ begins }) => begins.test(text))?.format ?? null

/** Returns the format of a file in which nothing readable was found, or null. */
export function foreignFile({ name, bytes }: { name: string; bytes: Uint8Array }): ForeignFormat | null {
  const front = oneCharacterEach(bytes.subarray(0, FRONT))
  return (
    firstOf(UNMISTAKABLE, front) ??
    firstOf(FILES, front) ??
    firstOf(OCTETS, hexOf(bytes.subarray(0, 64))) ??
    firstOf(NAMES, name)
  )
}

/** Returns the format of octets found in base64, or null. */
export const foreignBase64 = (bytes: Uint8Array): ForeignFormat | null =>
  firstOf(UNMISTAKABLE, oneCharacterEach(bytes.subarray(0, 400)))

/** Returns the format that a PEM label names: OpenPGP armour looks similar, but its body is not all base64. */
const LABELS: readonly Beginning[] = [
  { format: 'pgp-keys', begins: /^PGP (?:PUBLIC|PRIVATE) KEY BLOCK$/ },
  { format: 'pgp-message', begins: /^PGP MESSAGE/ },
  { format: 'pgp-signature', begins: /^PGP (?:SIGNED MESSAGE|SIGNATURE)$/ },
  { format: 'age-message', begins: /^AGE ENCRYPTED FILE$/ },
  { format: 'openvpn-key', begins: /^OpenVPN / },
  { format: 'openssh-key-other', begins: /^OPENSSH PRIVATE KEY$/ },
  { format: 'dsa-key', begins: /^DSA PRIVATE KEY$/ },
  { format: 'tpm-key', begins: /^TSS2 / },
  { format: 'attribute-certificate', begins: /^(?:X509 )?ATTRIBUTE CERTIFICATE$/ },
]

/** Returns the format with this label, or null. */
export const foreignLabel = (label: string): ForeignFormat | null => firstOf(LABELS, label)

/** Content that normally accompanies certificates: reported only if there is nothing else. */
const BESIDE: ReadonlySet<ForeignFormat> = new Set(['pgp-signature', 'minisign', 'openvpn-key'])
export const standsBeside = (format: ForeignFormat): boolean => BESIDE.has(format)

/** Other kinds of DER, by outline. */
const OUTLINES: readonly Beginning[] = [
  { format: 'spkac', begins: /^S\[Sx\]S(?:\[[^\]]*\])?B$/ },
  { format: 'bcfks', begins: /^S\[SO\](?:S\[SSO\]|0)$/ },
  { format: 'timestamp-response', begins: /^S\[I[^\]]*\]S\[D0\]$/ },
  { format: 'timestamp-query', begins: /^IS\[SO\][DIx0]*$/ },
  { format: 'ocsp-request', begins: /^S\[1?S2\]0?$/ },
  { format: 'attribute-certificate', begins: /^S\[IS0SIS.*\]S(?:\[[^\]]*\])?B$/ },
  { format: 'dsa-key', begins: /^I{6}$/ },
  // A request, and a signature that proves its key (RFC 4211 §3, §4).
  { format: 'crmf', begins: /^(?:S\[S1S?\])+S*$/ },
]

/** Returns the format of a DER value or of a block's content, or null. */
export function foreignValue(bytes: Uint8Array): ForeignFormat | null {
  const outline = outlineOf(bytes)
  return (outline === null ? null : firstOf(OUTLINES, outline)) ?? foreignBase64(bytes)
}

type Form = ErrorDetails['pile-format-not-read']['form']

/** The encoding, for the command that is suggested. */
export const formOf = ({ label, line }: Source): Form =>
  label !== null ? 'PEM' : line === null ? 'DER' : 'text'

/** The error that names it. */
export const foreign = (format: ForeignFormat, source: Source): CodedError<'pile-format-not-read'> =>
  new CodedError('pile-format-not-read', { format, form: formOf(source) })
