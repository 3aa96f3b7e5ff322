import type { ErrorCode, ErrorDetails } from '../../errors.ts'
import { number, size, tag } from './format.ts'

/** What could not be done, where, and what to do about it. One line per code; a section per area. */
export const errors: { [C in ErrorCode]: (detail: ErrorDetails[C]) => string } = {
  // der/
  'der-truncated': ({ offset, need, have }) =>
    `The data ends too early: at offset ${number(offset)}, ${number(need)} octets are announced and ${number(have)} are left. Copy or download the file again.`,
  'der-trailing-data': ({ offset, length }) =>
    `${number(length)} octets follow the value that ends at offset ${number(offset)}. DER allows nothing after it.`,
  'der-unexpected-tag': ({ offset, expected, actual }) =>
    `At offset ${number(offset)} there is a value of type ${tag(actual)} where ${tag(expected)} belongs.`,
  'der-high-tag-number': ({ offset }) =>
    `At offset ${number(offset)} there is a tag number above 30, which no X.509 structure uses.`,
  'der-length-indefinite': ({ offset }) =>
    `The length at offset ${number(offset)} is indefinite. That is BER; DER demands a definite length.`,
  'der-length-not-minimal': ({ offset }) =>
    `The length at offset ${number(offset)} is written with more octets than it needs. DER demands the shortest form.`,
  'der-length-too-large': ({ offset }) =>
    `The length at offset ${number(offset)} is larger than any file could be.`,
  'der-too-deep': ({ offset, limit }) =>
    `At offset ${number(offset)} the data is nested more than ${number(limit)} levels deep. No certificate is.`,
  'der-too-large': ({ size: octets, limit }) =>
    `The data has ${size(octets)}; at most ${size(limit)} are read here.`,
  'der-too-many': ({ offset, limit }) =>
    `At offset ${number(offset)} there are more than ${number(limit)} values. That is beyond what is read here.`,
  'der-boolean-invalid': ({ offset, value }) =>
    `The BOOLEAN at offset ${number(offset)} is ${tag(value)}; DER knows only 0x00 and 0xff.`,
  'der-integer-empty': ({ offset }) => `The INTEGER at offset ${number(offset)} has no octets.`,
  'der-integer-not-minimal': ({ offset }) =>
    `The INTEGER at offset ${number(offset)} is padded. DER demands the shortest form.`,
  'der-integer-too-large': ({ offset }) =>
    `The INTEGER at offset ${number(offset)} is larger than this field allows.`,
  'der-bit-string-invalid': ({ offset }) =>
    `The BIT STRING at offset ${number(offset)} does not say its unused bits rightly, or they are not zero.`,
  'der-null-invalid': ({ offset }) => `The NULL at offset ${number(offset)} is not empty.`,
  'der-oid-invalid': ({ offset }) => `The OBJECT IDENTIFIER at offset ${number(offset)} is malformed.`,
  'der-time-invalid': ({ offset, text }) =>
    `The time at offset ${number(offset)}, "${text}", is not written as DER demands.`,
  'der-string-invalid': ({ offset, type }) =>
    `The ${type} at offset ${number(offset)} holds octets that type does not allow.`,
  // webcrypto/
  // x509/
  // containers/
  // ca/
  // vault/
  // worker/
}
