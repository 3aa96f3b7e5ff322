import { TAG, contextConstructed, contextPrimitive, parseWhole, type Reader } from '../../der/reader.ts'
import { concat } from '../../der/writer.ts'
import { CodedError } from '../../errors.ts'
import { toDer } from '../ber.ts'
import { CONTAINER_LIMITS, Work, type ContainerLimits } from '../limits.ts'
import { passwordOf, pbesDecrypt, type Password } from '../pbes.ts'
import { openWith, passwordWrong } from '../pkcs8.ts'
import { macFits, readMac } from './mac.ts'
import * as id from './oids.ts'

export interface Pkcs12Key {
  readonly pkcs8: Uint8Array
  readonly friendlyName: string | null
  readonly localKeyId: Uint8Array | null
}

export interface Pkcs12Certificate {
  readonly der: Uint8Array
  readonly friendlyName: string | null
  readonly localKeyId: Uint8Array | null
  /** Java marks it as an entry to trust. */
  readonly trusted: boolean
}

export interface Pkcs12 {
  readonly keys: readonly Pkcs12Key[]
  readonly certificates: readonly Pkcs12Certificate[]
  readonly crls: readonly Uint8Array[]
  /** 'none': nothing shows that the file is as it was written, and the person is told. */
  readonly integrity: 'mac' | 'none'
  /** Object identifiers of bags that hold neither key, certificate nor list. */
  readonly skipped: readonly string[]
}

type Contents = { -readonly [K in 'keys' | 'certificates' | 'crls' | 'skipped']: Pkcs12[K][number][] }

interface Opening {
  readonly password: Password
  readonly work: Work
  readonly limits: ContainerLimits
  readonly contents: Contents
}

/**
 * Opens a PKCS#12 (RFC 7292; PBMAC1 by RFC 9579), BER or DER, with a MAC or without, modern or legacy encryption.
 * Throws container-password-wrong, container-iterations-too-many before any derivation, and der-* errors.
 */
export async function openPkcs12(
  bytes: Uint8Array,
  password: string,
  limits: ContainerLimits = CONTAINER_LIMITS,
): Promise<Pkcs12> {
  const { authSafe, macData } = parseWhole(toDer(bytes, limits), readPfx)
  const work = new Work('PKCS#12', limits)
  const mac = macData ? readMac(macData, work) : null
  for (const form of passwordForms(password)) {
    if (mac && !(await macFits(mac, form, authSafe))) continue
    const contents: Contents = { keys: [], certificates: [], crls: [], skipped: [] }
    const opening = { password: form, work, limits, contents }
    if (await openSafes(authSafe, opening)) return { ...contents, integrity: mac ? 'mac' : 'none' }
  }
  throw passwordWrong('PKCS#12')
}

/** "No password" is written in two ways: the two zeros of an empty BMPString, and no octets. */
function passwordForms(password: string): Password[] {
  const form = passwordOf(password)
  return password === '' ? [form, { text: '', bmp: new Uint8Array() }] : [form]
}

function readPfx(reader: Reader): { authSafe: Uint8Array; macData: Uint8Array | null } {
  const pfx = reader.sequence()
  if (pfx.smallInteger() !== 3) throw structure('version')
  const { type, content } = readContentInfo(pfx)
  if (type !== id.DATA) throw structure('authSafe')
  const macData = pfx.atEnd ? null : pfx.element(TAG.SEQUENCE)
  pfx.finish()
  return { authSafe: content.octetString(), macData }
}

function readContentInfo(reader: Reader): { type: string; content: Reader } {
  const info = reader.sequence()
  const type = info.oid()
  const content = info.constructed(contextConstructed(0))
  info.finish()
  return { type, content }
}

/** Whether the password opened every part. */
async function openSafes(authSafe: Uint8Array, opening: Opening): Promise<boolean> {
  const safes = parseWhole(toDer(authSafe, opening.limits), (reader) => {
    const list = reader.sequence()
    const all: { type: string; content: Reader }[] = []
    while (!list.atEnd) all.push(readContentInfo(list))
    return all
  })
  for (const { type, content } of safes) {
    if (type !== id.DATA && type !== id.ENCRYPTED_DATA) {
      opening.contents.skipped.push(type)
      continue
    }
    const plain = type === id.DATA ? content.octetString() : await decryptContent(content, opening)
    if (!plain || !(await openBags(plain, opening, 0))) return false
  }
  return true
}

async function decryptContent(content: Reader, { password, work }: Opening): Promise<Uint8Array | null> {
  const data = content.sequence()
  data.smallInteger()
  const info = data.sequence()
  if (info.oid() !== id.DATA) throw structure('encryptedContentInfo')
  const algorithm = info.element()
  const ciphertext = implicitOctets(info)
  const plaintext = await pbesDecrypt(algorithm, ciphertext, password, work)
  return plaintext && plaintext[0] === TAG.SEQUENCE ? plaintext : null
}

/** [0] IMPLICIT OCTET STRING; in BER it may come in pieces, which toDer() cannot know for what they are. */
function implicitOctets(info: Reader): Uint8Array {
  const pieces = info.optional(contextConstructed(0))
  if (!pieces) return info.octetString(contextPrimitive(0))
  const all: Uint8Array[] = []
  while (!pieces.atEnd) all.push(pieces.octetString())
  return concat(all)
}

interface Bag {
  readonly type: string
  readonly value: Uint8Array
  readonly attributes: Map<string, Uint8Array>
}

const NESTED_SAFES = 4

async function openBags(safeContents: Uint8Array, opening: Opening, depth: number): Promise<boolean> {
  if (depth > NESTED_SAFES) throw structure('safeContentsBag')
  const bags = parseWhole(toDer(safeContents, opening.limits), (reader) => {
    const list = reader.sequence()
    const all: Bag[] = []
    while (!list.atEnd) all.push(readBag(list))
    return all
  })
  for (const bag of bags) {
    const opened =
      bag.type === id.SAFE_CONTENTS_BAG
        ? await openBags(bag.value, opening, depth + 1)
        : await openBag(bag, opening)
    if (!opened) return false
  }
  return true
}

function readBag(list: Reader): Bag {
  const fields = list.sequence()
  const type = fields.oid()
  const value = fields.constructed(contextConstructed(0)).element()
  const attributes = new Map<string, Uint8Array>()
  const set = fields.optional(TAG.SET)
  while (set && !set.atEnd) {
    const attribute = set.sequence()
    const name = attribute.oid()
    const values = attribute.set()
    attributes.set(name, values.atEnd ? new Uint8Array() : values.element())
  }
  fields.finish()
  return { type, value, attributes }
}

/** False where a key does not open with the password. */
async function openBag(
  { type, value, attributes }: Bag,
  { contents, password, work }: Opening,
): Promise<boolean> {
  const names = { friendlyName: friendlyNameOf(attributes), localKeyId: localKeyIdOf(attributes) }
  if (type === id.KEY_BAG) contents.keys.push({ pkcs8: value, ...names })
  else if (type === id.SHROUDED_KEY_BAG) {
    const pkcs8 = await openWith(value, password, work).catch((error: unknown) => {
      if (error instanceof CodedError && error.code === 'container-password-wrong') return null
      throw error
    })
    if (!pkcs8) return false
    contents.keys.push({ pkcs8, ...names })
  } else if (type === id.CERT_BAG || type === id.CRL_BAG) {
    const der = readWrapped(value, type === id.CERT_BAG ? id.X509_CERTIFICATE : id.X509_CRL)
    if (!der) contents.skipped.push(type)
    else if (type === id.CRL_BAG) contents.crls.push(der)
    else contents.certificates.push({ der, ...names, trusted: attributes.has(id.JAVA_TRUSTED) })
  } else contents.skipped.push(type)
  return true
}

/** CertBag and CRLBag (§4.2.3, §4.2.4): null for an SDSI certificate. */
function readWrapped(value: Uint8Array, x509: string): Uint8Array | null {
  return parseWhole(value, (reader) => {
    const fields = reader.sequence()
    if (fields.oid() !== x509) return null
    return fields.constructed(contextConstructed(0)).octetString()
  })
}

function friendlyNameOf(attributes: Map<string, Uint8Array>): string | null {
  const value = attributes.get(id.FRIENDLY_NAME)
  if (!value || value[0] !== TAG.BMP_STRING) return null
  const octets = parseWhole(value, (reader) => reader.content(TAG.BMP_STRING))
  let text = ''
  for (let i = 0; i + 1 < octets.length; i += 2)
    text += String.fromCharCode((octets[i]! << 8) | octets[i + 1]!)
  return text
}

function localKeyIdOf(attributes: Map<string, Uint8Array>): Uint8Array | null {
  const value = attributes.get(id.LOCAL_KEY_ID)
  return value?.[0] === TAG.OCTET_STRING ? parseWhole(value, (reader) => reader.octetString()) : null
}

const structure = (part: string): CodedError =>
  new CodedError('container-structure', { format: 'PKCS#12', part })
