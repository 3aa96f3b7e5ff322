import { Reader } from '../../der/reader.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import { parseCertificateList } from '../../x509/certificate-list.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { parseOcspResponse } from '../../x509/ocsp.ts'
import { openDekInfo } from '../dek-info.ts'
import { jksIsIntact, openJksKey, readJks, type JksKey } from '../jks.ts'
import { readPkcs7 } from '../pkcs7.ts'
import { openPkcs12, type Pkcs12 } from '../pkcs12/open.ts'
import { openPkcs8 } from '../pkcs8.ts'
import { readPrivateKey, type PrivateKey } from '../private-key.ts'
import type { Headers } from './find.ts'
import type { LockedFormat, Source } from './items.ts'
import type { PileBuilder } from './builder.ts'
import { shapeOf, valueLength, type Shape } from './shape.ts'

interface Block {
  readonly bytes: Uint8Array
  readonly headers: Headers
}

/** Labels that say what a block is where its octets do not: so that the reader can name the fault. */
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
  'PRIVATE KEY': 'privateKey',
  'RSA PRIVATE KEY': 'privateKey',
  'EC PRIVATE KEY': 'privateKey',
  'ENCRYPTED PRIVATE KEY': 'encryptedKey',
}

/** Public parameters beside a key; the key names its curve itself. */
const PASSED_OVER = new Set(['EC PARAMETERS', 'DH PARAMETERS', 'DSA PARAMETERS', 'X9.42 DH PARAMETERS'])

/** Reads one block by what it is, whatever it is called. Throws CodedErrors. */
export async function readBlock({ bytes, headers }: Block, source: Source, pile: PileBuilder): Promise<void> {
  const label = source.label ?? ''
  if (PASSED_OVER.has(label)) return
  const dekInfo = headers['DEK-Info']
  if (dekInfo !== undefined) return readLockedPemKey(dekInfo, bytes, source, pile)
  // OpenSSL's trusted form has its own notes behind the certificate.
  const value = label === 'TRUSTED CERTIFICATE' ? bytes.subarray(0, valueLength(bytes, 0)) : bytes
  const shape = shapeOf(value) ?? LABELS[label]
  if (!shape) throw new CodedError('pile-unrecognised', { offset: source.offset })
  await READERS[shape](value, source, pile)
}

type ReadShape = (bytes: Uint8Array, source: Source, pile: PileBuilder) => Promise<void> | void

const READERS: Record<Shape, ReadShape> = {
  certificate: (der, source, pile) => addCertificate(der, null, source, pile),
  request: (der, source, pile) => pile.item({ kind: 'request', der: oneValue(der), source }),
  crl: (der, source, pile) => pile.item({ kind: 'crl', crl: parseCertificateList(der), source }),
  ocspResponse: (der, source, pile) => {
    const response = parseOcspResponse(der)
    if (response.basic === null)
      throw new CodedError('ocsp-unsuccessful', { status: response.responseStatus })
    pile.item({ kind: 'ocspResponse', response, der, source })
  },
  publicKey: (der, source, pile) => pile.item({ kind: 'publicKey', spki: oneValue(der), source }),
  privateKey: async (der, source, pile) => addKey(await readPrivateKey(der), null, source, pile),
  encryptedKey: readEncryptedKey,
  pkcs7: readBundle,
  pkcs12: readPkcs12,
}

/** Throws der-* errors unless the octets are one whole value. */
function oneValue(der: Uint8Array): Uint8Array {
  const reader = new Reader(der)
  reader.skip()
  reader.finish()
  return der
}

function addCertificate(
  der: Uint8Array,
  friendlyName: string | null,
  source: Source,
  pile: PileBuilder,
): void {
  pile.item({ kind: 'certificate', certificate: parseCertificate(der), friendlyName, source })
}

/** The private half goes no further unless it was asked for. */
export function addKey(
  { keyType, spki, pkcs8 }: PrivateKey,
  friendlyName: string | null,
  source: Source,
  pile: PileBuilder,
): void {
  const kept = pile.options.privateKeys === 'keep' ? pkcs8 : null
  pile.item({ kind: 'privateKey', keyType, spki, pkcs8: kept, friendlyName, source })
}

const inside = (source: Source, container: string): Source => ({
  ...source,
  within: [...source.within, container],
})

async function readBundle(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const { certificates, crls, ocspResponses, skipped } = readPkcs7(bytes, pile.limits.container)
  const place = inside(source, 'PKCS#7')
  for (const der of certificates) {
    await pile.guard(place, () => addCertificate(der, null, place, pile))
    await pile.breathe()
  }
  for (const der of crls) await pile.guard(place, () => READERS.crl(der, place, pile))
  for (const der of ocspResponses) await pile.guard(place, () => READERS.ocspResponse(der, place, pile))
  if (skipped > 0) pile.notice('skipped-parts', place)
}

/** The first password that opens, or a locked item. Other faults than a wrong password are thrown. */
async function tryPasswords<T>(
  format: LockedFormat,
  passwords: readonly string[],
  source: Source,
  pile: PileBuilder,
  open: (password: string) => Promise<T> | T,
): Promise<T | null> {
  for (const password of passwords) {
    try {
      return await open(password)
    } catch (error) {
      if (!isCodedError(error, 'container-password-wrong')) throw error
    }
    await pile.breathe()
  }
  pile.item({ kind: 'locked', format, source })
  return null
}

const given = (pile: PileBuilder): readonly string[] => pile.options.passwords ?? []

async function readPkcs12(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const opened = await tryPasswords('PKCS#12', ['', ...given(pile)], source, pile, (password) =>
    openPkcs12(bytes, password, pile.limits.container),
  )
  if (opened) await addPkcs12(opened, inside(source, 'PKCS#12'), pile)
}

async function addPkcs12(opened: Pkcs12, source: Source, pile: PileBuilder): Promise<void> {
  for (const { der, friendlyName } of opened.certificates) {
    await pile.guard(source, () => addCertificate(der, friendlyName, source, pile))
    await pile.breathe()
  }
  for (const { pkcs8, friendlyName } of opened.keys)
    await pile.guard(source, async () => addKey(await readPrivateKey(pkcs8), friendlyName, source, pile))
  for (const der of opened.crls) await pile.guard(source, () => READERS.crl(der, source, pile))
  if (opened.integrity === 'none') pile.notice('no-mac', source)
  if (opened.skipped.length > 0) pile.notice('skipped-parts', source)
}

async function readEncryptedKey(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const pkcs8 = await tryPasswords('PKCS#8', given(pile), source, pile, (password) =>
    openPkcs8(bytes, password, pile.limits.container),
  )
  if (pkcs8) addKey(await readPrivateKey(pkcs8), null, source, pile)
}

async function readLockedPemKey(
  dekInfo: string,
  bytes: Uint8Array,
  source: Source,
  pile: PileBuilder,
): Promise<void> {
  const key = await tryPasswords('PEM key', given(pile), source, pile, async (password) => {
    const der = await openDekInfo(dekInfo, bytes, password)
    // MD5 and padding prove little: what opens must also be a key.
    return readPrivateKey(der)
  })
  if (key) addKey(key, null, source, pile)
}

/** A Java key store: certificates are plain in it, keys are not. */
export async function readStore(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const { keys, trusted } = readJks(bytes, pile.limits.container)
  const place = inside(source, 'JKS')
  for (const { alias, certificate } of trusted)
    await pile.guard(place, () => addCertificate(certificate, alias, place, pile))
  for (const key of keys) {
    for (const [depth, der] of key.chain.entries())
      await pile.guard(place, () => addCertificate(der, depth === 0 ? key.alias : null, place, pile))
    await pile.guard(place, () => readStoreKey(key, place, pile))
  }
  if (!given(pile).some((password) => jksIsIntact(bytes, password))) pile.notice('no-mac', place)
}

async function readStoreKey(key: JksKey, source: Source, pile: PileBuilder): Promise<void> {
  const pkcs8 = await tryPasswords('JKS', given(pile), source, pile, (password) => openJksKey(key, password))
  if (pkcs8) addKey(await readPrivateKey(pkcs8), key.alias, source, pile)
}
