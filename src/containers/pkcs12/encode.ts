import { TAG } from '../../der/reader.ts'
import {
  explicit,
  implicit,
  integer,
  nul,
  octetString,
  oid,
  seq,
  setOf,
  tlv,
  type Der,
} from '../../der/writer.ts'
import { fileKeys, type FileKeys, type WriteOptions } from '../file-keys.ts'
import { bmpPassword } from '../legacy/key-derivation.ts'
import { pbes2Encrypt, pbeSha1TripleDesEncrypt } from '../pbes-write.ts'
import { SHA1, SHA256 } from '../schemes.ts'
import * as id from './oids.ts'

/** A key with its certificate and the certificates above it; all DER. */
export interface Pkcs12Entry {
  readonly friendlyName: string
  readonly pkcs8: Uint8Array
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
}

/** A certificate that a Java program is to trust. */
export interface TrustedEntry {
  readonly friendlyName: string
  readonly certificate: Uint8Array
}

export interface Pkcs12Contents {
  readonly entries: readonly Pkcs12Entry[]
  readonly trusted?: readonly TrustedEntry[]
}

/**
 * 'legacy' is Triple DES and SHA-1 throughout: weak, and the only form that macOS before 15, Windows Server 2016 and
 * Android before 14 open. Never used unless requested.
 */
export type Pkcs12Form = 'modern' | 'legacy'

export interface Pkcs12Options extends WriteOptions {
  readonly form?: Pkcs12Form
}

const FORMS = {
  modern: { encrypt: pbes2Encrypt, macHash: 'SHA-256', macId: SHA256 },
  legacy: { encrypt: pbeSha1TripleDesEncrypt, macHash: 'SHA-1', macId: SHA1 },
} as const

type Encrypt = (
  plaintext: Uint8Array,
  what: 'key' | 'certificates',
) => Promise<{ algorithm: Der; ciphertext: Uint8Array }>

/**
 * Writes PKCS#12 (RFC 7292) with PBES2 (AES-256-CBC, PBKDF2-HMAC-SHA-256) for keys and certificates and an HMAC-SHA-256
 * over both: OpenSSL 3, NSS, GnuTLS, Java and current systems open it.
 */
export async function encodePkcs12(
  { entries, trusted = [] }: Pkcs12Contents,
  secret: string | FileKeys,
  options: Pkcs12Options,
): Promise<Der> {
  const form = FORMS[options.form ?? 'modern']
  const keys = fileKeys(secret, options)
  const encrypt: Encrypt = (plaintext, what) => form.encrypt(plaintext, keys, what)
  const certificates = seq(...certificateBags(entries), ...trusted.map(trustedBag))
  const safes = [await encryptedContent(certificates, encrypt)]
  if (entries.length > 0) safes.push(plainContent(seq(...(await keyBags(entries, encrypt)))))
  const authSafe = seq(...safes)
  const { iterations } = keys.options
  const { salt, mac } = await keys.mac(form.macHash, authSafe)
  const digestInfo = seq(seq(oid(form.macId), nul()), octetString(mac))
  return seq(integer(3), plainContent(authSafe), seq(digestInfo, octetString(salt), integer(iterations)))
}

/** Each entry's certificate with its key's id, then those above it, each certificate once. */
function certificateBags(entries: readonly Pkcs12Entry[]): Der[] {
  const seen = new Set(entries.map(({ certificate }) => String(certificate)))
  const own = entries.map((entry, index) => certificateBag(entry.certificate, attributesOf(entry, index)))
  const above = entries
    .flatMap(({ chain }) => chain)
    .filter((certificate) => !seen.has(String(certificate)) && seen.add(String(certificate)))
    .map((certificate) => certificateBag(certificate, []))
  return [...own, ...above]
}

async function keyBags(entries: readonly Pkcs12Entry[], encrypt: Encrypt): Promise<Der[]> {
  const bags: Der[] = []
  for (const [index, entry] of entries.entries()) {
    const { algorithm, ciphertext } = await encrypt(entry.pkcs8, 'key')
    const sealed = seq(algorithm, octetString(ciphertext))
    bags.push(bag(id.SHROUDED_KEY_BAG, sealed, attributesOf(entry, index)))
  }
  return bags
}

const attributesOf = ({ friendlyName }: Pkcs12Entry, index: number): Der[] => [
  friendlyNameAttribute(friendlyName),
  attribute(id.LOCAL_KEY_ID, octetString(integer(index + 1).subarray(2))),
]

const trustedBag = ({ friendlyName, certificate }: TrustedEntry): Der =>
  certificateBag(certificate, [
    friendlyNameAttribute(friendlyName),
    attribute(id.JAVA_TRUSTED, oid(id.ANY_EXTENDED_KEY_USAGE)),
  ])

function certificateBag(certificate: Uint8Array, attributes: readonly Der[]): Der {
  return bag(id.CERT_BAG, seq(oid(id.X509_CERTIFICATE), explicit(0, octetString(certificate))), attributes)
}

function bag(type: string, value: Uint8Array, attributes: readonly Der[]): Der {
  return seq(oid(type), explicit(0, value), ...(attributes.length > 0 ? [setOf(...attributes)] : []))
}

const attribute = (type: string, value: Uint8Array): Der => seq(oid(type), setOf(value))

/** BMPString covers only the Basic Multilingual Plane; other characters become surrogates, as all readers expect. */
const friendlyNameAttribute = (name: string): Der =>
  attribute(id.FRIENDLY_NAME, tlv(TAG.BMP_STRING, bmpPassword(name).subarray(0, 2 * name.length)))

const plainContent = (content: Uint8Array): Der => seq(oid(id.DATA), explicit(0, octetString(content)))

async function encryptedContent(content: Uint8Array, encrypt: Encrypt): Promise<Der> {
  const { algorithm, ciphertext } = await encrypt(content, 'certificates')
  const info = seq(oid(id.DATA), algorithm, implicit(0, octetString(ciphertext)))
  return seq(oid(id.ENCRYPTED_DATA), explicit(0, seq(integer(0), info)))
}
