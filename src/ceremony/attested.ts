/**
 * What a witness hands back: a certificate and a signature over manifest.sha256, in one file of two PEM blocks. It counts
 * if the signature verifies by the certificate's key, and that key or name is on the roll of the transcript.
 */
import { CodedError, isCodedError, type ErrorDetails } from '../errors.ts'
import { fromBase64, strictUtf8, toBase64 } from '../octets.ts'
import { sha256Hex } from '../webcrypto/signature.ts'
import { commonNameOf } from '../x509/calling-name.ts'
import { parseCertificate, type Certificate } from '../x509/certificate.ts'
import { verifyScheme } from '../x509/signed.ts'

/** A witness as the transcript calls them. */
export interface RollEntry {
  /** The person's id in the plan, which names their files. */
  readonly person: string
  /** Their name, as on the certificate. */
  readonly name: string
  /** SHA-256 of the SubjectPublicKeyInfo of their key in lower-case hex; null: it is not on the roll. */
  readonly key: string | null
}

export interface Attestation {
  readonly person: string
  readonly certificate: Certificate
  /** ECDSA-Sig-Value, DER: the file NAME.sig. */
  readonly signature: Uint8Array
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly key: string
}

const LARGEST = 16 << 10
/** Blocks with these labels, one after the other. */
const form = (...labels: readonly string[]): RegExp =>
  new RegExp(labels.map((label) => `-----BEGIN ${label}-----\n([^-]+)\n-----END ${label}-----`).join('\n'))
const BLOCKS = form('CERTIFICATE', 'MANIFEST SIGNATURE')
const CERTIFICATE_ALONE = form('CERTIFICATE')
const SCHEME = { kind: 'ecdsa', hash: 'SHA-256' } as const

/**
 * Returns what a witness signed; `before`: those that are in already. Throws witness-file-invalid if the file is not of
 * its form, and witness-refused if it does not count.
 */
export async function readAttestation(
  file: Uint8Array,
  manifest: Uint8Array,
  roll: readonly RollEntry[],
  before: readonly Attestation[] = [],
): Promise<Attestation> {
  const { certificate, signature } = readBlocks(file)
  const { spki } = certificate
  const name = commonNameOf(certificate) ?? ''
  const refuse = (reason: ErrorDetails['witness-refused']['reason']): CodedError =>
    new CodedError('witness-refused', { reason, name })
  if (spki.keyType !== 'p256') throw refuse('key-type')
  const key = await sha256Hex(spki.der)
  const { entry, reason } = onRoll(roll, name, key)
  if (!entry) throw refuse(reason)
  if ((await verifyScheme(SCHEME, spki, signature, manifest)) !== 'valid') throw refuse('signature')
  if (before.some((one) => one.person === entry.person || one.key === key)) throw refuse('twice')
  return { person: entry.person, certificate, signature, key }
}

/** Whose key it is: by the key if the roll has one for that person, else by the name. A later line counts instead. */
function onRoll(
  roll: readonly RollEntry[],
  name: string,
  key: string,
): { entry: RollEntry | null; reason: 'not-on-roll' | 'other-key' } {
  const last = [...new Map(roll.map((entry) => [entry.person, entry])).values()]
  const byKey = last.find((entry) => entry.key === key)
  const named = last.filter((entry) => entry.name.normalize('NFC') === name.normalize('NFC'))
  const byName = named.filter((entry) => entry.key === null)
  const entry = byKey ?? (byName.length === 1 ? byName[0]! : null)
  return { entry, reason: named.some((one) => one.key !== null) ? 'other-key' : 'not-on-roll' }
}

function readBlocks(file: Uint8Array): { certificate: Certificate; signature: Uint8Array } {
  const [first, second] = blocksOf(file, BLOCKS)
  return { certificate: certificateOf(first!), signature: second! }
}

/**
 * Returns what is written on the roll, from the certificate (PEM) that witness.html saves before anything is signed.
 * Throws witness-file-invalid, or witness-refused if the key is not on P-256.
 */
export async function readWitnessCertificate(file: Uint8Array): Promise<Omit<RollEntry, 'person'>> {
  const certificate = certificateIn(file)
  const name = commonNameOf(certificate) ?? ''
  if (certificate.spki.keyType !== 'p256')
    throw new CodedError('witness-refused', { reason: 'key-type', name })
  return { name, key: await sha256Hex(certificate.spki.der) }
}

/** Returns the certificate of a file that holds nothing else. Throws witness-file-invalid. */
export const certificateIn = (file: Uint8Array): Certificate =>
  certificateOf(blocksOf(file, CERTIFICATE_ALONE)[0]!)

type Fault = ErrorDetails['witness-file-invalid']['reason']
const invalid = (reason: Fault): CodedError => new CodedError('witness-file-invalid', { reason })

/** Returns the octets of each block of a file that has these and nothing else. */
function blocksOf(file: Uint8Array, form: RegExp): Uint8Array[] {
  if (file.length > LARGEST) throw invalid('too-large')
  // What carried it may have changed the ends of lines: an e-mail, or a code that was scanned.
  const text = strictUtf8(file)?.replaceAll('\r\n', '\n').replace(/\n+$/, '') ?? ''
  const [whole, ...blocks] = form.exec(text) ?? []
  if (whole === undefined || whole !== text) throw invalid('form')
  return blocks.map((lines) => {
    const octets = octetsOf(lines)
    if (!octets) throw invalid('base64')
    return octets
  })
}

function certificateOf(der: Uint8Array): Certificate {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (!isCodedError(error)) throw error
    throw invalid('certificate')
  }
}

/** Lines of 64 characters, and only the one text that is written for these octets. */
function octetsOf(lines: string): Uint8Array | null {
  const octets = fromBase64(lines)
  return octets &&
    toBase64(octets)
      .match(/.{1,64}/g)
      ?.join('\n') === lines
    ? octets
    : null
}
