import type { ErrorDetails } from '../../errors.ts'

type Differs = ErrorDetails['second-reading-differs']

const KINDS: Readonly<Record<Differs['kind'], string>> = {
  certificate: 'certificate',
  request: 'request',
  list: 'revocation list of',
  response: 'OCSP response about',
}

const FIELDS: Readonly<Record<Differs['field'], string>> = {
  subject: 'the subject',
  issuer: 'the issuer',
  serial: 'the serial number',
  from: 'the beginning of its validity',
  until: 'the end of its validity',
  spki: 'the public key',
  extensions: 'the extensions',
  entries: 'the entries',
  signed: 'what is signed',
  algorithm: 'the signature algorithm',
  signature: 'the signature',
}

export const secondReadingDiffers = ({ kind, name, field }: Differs): string =>
  `The ${KINDS[kind]} “${name}” was read by two programs, Rootcellar and PKI.js, and they read ${FIELDS[field]} differently. One of the two is wrong, so nothing was stored. Keep what you were about to store, and report this to the person who gave you this copy.`

/** What the second reader said, by the code in the journal. */
export const rereadWords: Readonly<Record<string, string>> = {
  same: 'Read again by PKI.js: the same.',
  none: 'Not read again: the second reader did not answer.',
  late: 'Not read again: the second reader did not answer in 30 seconds. It is not asked again until the page is opened again.',
  long: 'Not read again: PKI.js reads lists of up to 10,000 entries.',
  size: 'Not read again: PKI.js reads up to 16 MiB.',
  ber: 'Not read again: PKI.js cannot read it.',
}
