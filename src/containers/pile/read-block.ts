import { Reader, TAG } from '../../der/reader.ts'
import { noteTrust, parseTrustSettings } from '../../x509/trust-settings.ts'
import { CodedError } from '../../errors.ts'
import { aroundBasic, parseOcspResponse } from '../../x509/ocsp.ts'
import { readPkcs7 } from '../pkcs7.ts'
import { readPrivateKey } from '../private-key.ts'
import { addCertificate, addKey, addList, inside } from './add.ts'
import type { Headers } from './find.ts'
import { foreign, foreignLabel, formOf, foreignValue, standsBeside } from './foreign.ts'
import type { Source } from './items.ts'
import type { PileBuilder } from './builder.ts'
import { statusLabelled } from './names.ts'
import { readEncryptedKey, readLockedPemKey, readPkcs12 } from './read-sealed.ts'
import { announcedLength, shapeOf, statusBegun, valueLength, type Shape } from './shape.ts'

interface Block {
  readonly bytes: Uint8Array
  readonly headers: Headers
}

/** Labels that identify a block when its octets do not, so that the reader can name the fault. */
const LABELS: Record<string, Shape> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'TRUSTED CERTIFICATE': 'certificate',
  'CERTIFICATE REQUEST': 'request',
  'NEW CERTIFICATE REQUEST': 'request',
  'X509 CRL': 'crl',
  PKCS7: 'pkcs7',
  CMS: 'pkcs7',
  PKCS12: 'pkcs12',
  'OCSP RESPONSE': 'ocspResponse',
  'PUBLIC KEY': 'publicKey',
  'RSA PUBLIC KEY': 'publicKey',
  'PRIVATE KEY': 'privateKey',
  'RSA PRIVATE KEY': 'privateKey',
  'EC PRIVATE KEY': 'privateKey',
  'ENCRYPTED PRIVATE KEY': 'encryptedKey',
}

/** Public parameters next to a key; most keys name their curve themselves. */
const PASSED_OVER = new Set(['EC PARAMETERS', 'DH PARAMETERS', 'DSA PARAMETERS', 'X9.42 DH PARAMETERS'])

/** Reads one block by its content, whatever its label. Throws CodedErrors. */
export async function readBlock({ bytes, headers }: Block, source: Source, pile: PileBuilder): Promise<void> {
  const label = source.label ?? ''
  if (label === 'EC PARAMETERS') pile.noteCurve(bytes, source)
  if (PASSED_OVER.has(label)) {
    pile.noteForeign('parameters', source)
    return
  }
  const dekInfo = headers['DEK-Info']
  if (dekInfo !== undefined && foreignLabel(label) === null)
    return readLockedPemKey(dekInfo, bytes, source, pile)
  // OpenSSL's trusted form has its own data after the certificate.
  const value = label === 'TRUSTED CERTIFICATE' ? bytes.subarray(0, valueLength(bytes, 0)) : bytes
  const shape = shapeOf(value) ?? LABELS[label]
  if (label === 'TRUSTED CERTIFICATE' && shape === 'certificate') {
    addTrusted(value, bytes.subarray(value.length), source, pile)
    return
  }
  if (!shape)
    return pile.guard(
      source,
      () => notRead(value, source, pile),
      statusBegun(value) ?? statusLabelled(source.label),
    )
  await READERS[shape](value, source, pile)
}

/** Reads what is wrapped in an unknown structure; names formats recognized only by name. Throws pile-format-not-read, pile-label-unknown, pile-unrecognised. */
async function notRead(value: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const { label, offset } = source
  const format = foreignValue(value) ?? (label === null ? null : foreignLabel(label))
  if (format !== null && standsBeside(format)) pile.noteForeign(format, source)
  else if (format !== null) throw foreign(format, source)
  else if (await readWrapped(value, source, pile)) return
  else if (label !== null) throw new CodedError('pile-label-unknown', { label })
  else throw new CodedError('pile-unrecognised', { offset })
}

/** A certificate with OpenSSL's trust settings, which are honoured and reported. */
function addTrusted(der: Uint8Array, notes: Uint8Array, source: Source, pile: PileBuilder): void {
  const settings = notes.length > 0 ? parseTrustSettings(notes) : null
  const certificate = addCertificate(der, null, source, pile)
  if (!settings || (settings.trust === null && settings.reject.length === 0)) return
  noteTrust(certificate, settings)
  pile.notice('trust-settings', source)
}

/** Shapes that other octets do not have by chance. */
const UNMISTAKABLE: ReadonlySet<Shape | null> = new Set<Shape>([
  'certificate',
  'crl',
  'ocspResponse',
  'basicOcspResponse',
])
/** No status or certificate has a header shorter than this. */
const FRONT = 12
/** Octets between two points at which a cancel can arrive. */
const BREATH = 1024 * 1024

/**
 * Reads certificates and their status from among octets of any other kind: an answer over HTTP with its header, an
 * OCTET STRING, a structure that is not known here. Returns whether there were any.
 */
export async function readWrapped(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<boolean> {
  const before = pile.found
  for (let at = 0, breathAt = BREATH; at < bytes.length;) {
    const wrapped = wrappedAt(bytes, at)
    if (wrapped) {
      const place = { ...source, offset: source.offset + at }
      await pile.guard(place, () => READERS[wrapped.shape](wrapped.value, place, pile))
    }
    at = nextSequence(bytes, at + (wrapped?.value.length ?? 1))
    if (at < breathAt) continue
    await pile.breathe(at)
    breathAt = at + BREATH
  }
  return pile.found > before
}

function wrappedAt(bytes: Uint8Array, at: number): { value: Uint8Array; shape: Shape } | null {
  const length = announcedLength(bytes.subarray(at, at + FRONT))
  const value = bytes.subarray(at, at + length)
  const shape = length > 0 && value.length === length ? shapeOf(value) : null
  return shape !== null && UNMISTAKABLE.has(shape) ? { value, shape } : null
}

/** Where the next SEQUENCE of more than 127 octets may begin, or the end. */
function nextSequence(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(TAG.SEQUENCE, from); at >= 0; at = bytes.indexOf(TAG.SEQUENCE, at + 1))
    if (bytes[at + 1]! > 0x80) return at
  return bytes.length
}

type ReadShape = (bytes: Uint8Array, source: Source, pile: PileBuilder) => Promise<void> | void

const READERS: Record<Shape, ReadShape> = {
  certificate: (der, source, pile) => {
    addCertificate(der, null, source, pile)
  },
  request: (der, source, pile) => pile.item({ kind: 'request', der: oneValue(der), source }),
  crl: addList,
  ocspResponse: (der, source, pile) => {
    pile.status('ocspResponse', source, () => {
      const response = parseOcspResponse(der)
      if (response.basic === null)
        pile.problem('ocsp-unsuccessful', { status: response.responseStatus }, source)
      else pile.item({ kind: 'ocspResponse', response, der, source })
    })
  },
  basicOcspResponse: (der, source, pile) => READERS.ocspResponse(aroundBasic(der), source, pile),
  publicKey: (der, source, pile) => {
    oneValue(der)
    pile.noteForeign('public-key', source)
  },
  privateKey: async (der, source, pile) =>
    addKey(await readPrivateKey(der, pile.curveFor(source)), null, source, pile),
  encryptedKey: readEncryptedKey,
  pkcs7: readBundle,
  pkcs12: readPkcs12,
  pkiPath: readPkiPath,
}

/** Throws der-* errors unless the octets are exactly one value. */
function oneValue(der: Uint8Array): Uint8Array {
  const reader = new Reader(der)
  reader.skip()
  reader.finish()
  return der
}

async function readBundle(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const { certificates, crls, ocspResponses, skipped, content } = readPkcs7(
    bytes,
    pile.limits.container,
    formOf(source),
  )
  const place = inside(source, 'PKCS#7')
  const atFirst = pile.found
  for (const der of certificates) {
    await pile.guard(place, () => addCertificate(der, null, place, pile))
    await pile.breathe()
  }
  for (const der of crls) await pile.guard(place, () => addList(der, place, pile))
  for (const der of ocspResponses) await pile.guard(place, () => READERS.ocspResponse(der, place, pile))
  const before = pile.found
  if (content) await pile.guard(place, () => pile.readWithin(content, place))
  const isLeft = content !== null && content.length > 0 && pile.found === before
  if (skipped > 0 || isLeft) pile.notice('skipped-parts', place)
  else if (pile.found === atFirst) pile.noteForeign('cms-without-certificates', source)
}

/** A SEQUENCE OF Certificate (ITU-T X.509, PkiPath), the certificate next to the anchor first. */
async function readPkiPath(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const place = inside(source, 'PkiPath')
  const whole = new Reader(bytes)
  const path = whole.sequence()
  while (!path.atEnd) {
    const der = path.element()
    await pile.guard(place, () => READERS[shapeOf(der) ?? 'certificate'](der, place, pile))
    await pile.breathe()
  }
  whole.finish()
}
