/** The key a witness signs with: made here, with a certificate by PKI.js, or brought. It is P-256 in either case. */
import { BitString, Integer, OctetString, Utf8String } from 'asn1js'
import * as pkijs from 'pkijs'
import { blocksOf } from './blocks.ts'
import { openPrivateKey } from './private-key.ts'
import { read } from './read.ts'
import { plain } from './text.ts'

export interface SigningKey {
  /** As on the certificate. */
  readonly name: string
  readonly certificate: Uint8Array<ArrayBuffer>
  /** SHA-256 of the SubjectPublicKeyInfo: what is written on the roll. */
  readonly sha256: Uint8Array
  /** Cannot be taken out, and is nowhere else. */
  readonly privateKey: CryptoKey
}
export type KeyAnswer = { readonly key: SigningKey } | { readonly fault: string }

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
const COMMON_NAME = '2.5.4.3'
/** RFC 5280, ub-common-name. */
const LONGEST_NAME = 64
/** The key is gone with the page; the certificate says for which days it was made. */
const DAYS = 30

/** Returns why a name cannot be on a certificate; null if it can. */
export function nameFault(name: string): string | null {
  if (name === '') return 'Type your name, as it is on the roll.'
  if (name.length > LONGEST_NAME) return `A name on a certificate has at most ${LONGEST_NAME} characters.`
  return plain(name) === name ? null : 'The name has characters that cannot be seen. Type it again.'
}

/** Makes a key that cannot be taken out, and a self-signed certificate with this name. */
export async function makeKey(name: string, now: Date): Promise<SigningKey> {
  const pair = await crypto.subtle.generateKey(P256, false, ['sign', 'verify'])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  const certificate = await selfSigned(name, now, pair)
  return { name, certificate, sha256: await sha256(spki), privateKey: pair.privateKey }
}

async function selfSigned(name: string, now: Date, pair: CryptoKeyPair): Promise<Uint8Array<ArrayBuffer>> {
  const engine = new pkijs.CryptoEngine({ name: 'witness', crypto: globalThis.crypto })
  const serial = crypto.getRandomValues(new Uint8Array(16))
  serial[0] = (serial[0]! & 0x3f) | 0x40
  const made = new pkijs.Certificate({ version: 2, serialNumber: new Integer({ valueHex: serial.buffer }) })
  for (const side of [made.subject, made.issuer])
    side.typesAndValues.push(
      new pkijs.AttributeTypeAndValue({ type: COMMON_NAME, value: new Utf8String({ value: name }) }),
    )
  const from = new Date(Math.floor(now.getTime() / 1000) * 1000)
  made.notBefore.value = from
  made.notAfter.value = new Date(from.getTime() + DAYS * 86_400_000)
  await made.subjectPublicKeyInfo.importKey(pair.publicKey, engine)
  const point = made.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView
  const identifier = (await sha256(point.slice())).slice(0, 20)
  const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
    new pkijs.Extension({ extnID, critical, extnValue: value.toBER() })
  made.extensions = [
    extension('2.5.29.19', true, new pkijs.BasicConstraints({ cA: false }).toSchema()),
    extension('2.5.29.15', true, new BitString({ valueHex: Uint8Array.of(0x80).buffer, unusedBits: 7 })),
    extension('2.5.29.14', false, new OctetString({ valueHex: identifier.buffer })),
  ]
  await made.sign(pair.privateKey, 'SHA-256', engine)
  return new Uint8Array(made.toSchema(true).toBER(false))
}

/** Takes a certificate and its key (PEM, PKCS#8), the key encrypted or not. `fault` is a sentence. */
export async function bringKey(
  certificateFile: Uint8Array<ArrayBuffer>,
  keyFile: Uint8Array<ArrayBuffer>,
  passphrase: string,
): Promise<KeyAnswer> {
  const [part] = blocksOf(certificateFile)
  const reading = part && 'block' in part ? read(part.block.der, 'certificate') : null
  if (!reading || !('facts' in reading) || !part || !('block' in part))
    return { fault: 'The first file has no certificate that is read here.' }
  const { key, subject } = reading.facts
  if (key?.text !== 'EC, P-256')
    return {
      fault: `The certificate's key is ${key?.text ?? 'not read'}. Use one on P-256, or make one here.`,
    }
  const opened = await openPrivateKey(keyFile, passphrase)
  if ('fault' in opened) return opened
  if (!(await belongs(opened.privateKey, key.spki)))
    return { fault: 'This key is not that of the certificate. Choose the two that belong together.' }
  const name = subject?.find(({ oid }) => oid === COMMON_NAME)?.text
  if (name === undefined)
    return { fault: 'The certificate has no common name, which the roll is compared with.' }
  const { privateKey } = opened
  return { key: { name, certificate: part.block.der, sha256: await sha256(key.spki), privateKey } }
}

async function belongs(privateKey: CryptoKey, spki: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const text = Uint8Array.of(1)
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  const publicKey = await crypto.subtle.importKey('spki', spki, P256, false, ['verify'])
  return crypto.subtle.verify(how, publicKey, await crypto.subtle.sign(how, privateKey, text), text)
}

export async function sha256(octets: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', octets))
}
