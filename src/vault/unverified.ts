/**
 * The form of what is read while the vault is locked: nothing authenticates it, so that it may be anything. A value
 * that lacks a field, has one of another type, or holds octets that are not what they are kept as, counts as unreadable.
 */
import { isCodedError } from '../errors.ts'
import type { Bytes } from '../webcrypto/seal.ts'
import { parseCertificate } from '../x509/certificate.ts'
import { parseRequest } from '../x509/request.ts'
import type { CatalogueEntry, SealedName, SealedValues } from './shapes.ts'

type Is = (value: unknown) => boolean

const LATEST_TIME = 8.64e15
const text: Is = (value) => typeof value === 'string'
const yes: Is = (value) => value === true
const octets: Is = (value) => value instanceof Uint8Array
const time: Is = (value) => Number.isFinite(value) && Math.abs(value as number) <= LATEST_TIME
const count: Is = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const decimal: Is = (value) => text(value) && /^\d{1,60}$/.test(value as string)
const orNull =
  (is: Is): Is =>
  (value) =>
    value === null || is(value)
const maybe =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value)
const all =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is)
const oneOf =
  (...known: readonly string[]): Is =>
  (value) =>
    known.some((each) => each === value)
const having =
  (fields: Readonly<Record<string, Is>>): Is =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, is]) => is((value as Record<string, unknown>)[name]))
/** Octets that this reads. */
const readBy =
  (read: (der: Bytes) => unknown): Is =>
  (value) => {
    if (!octets(value)) return false
    try {
      read(value as Bytes)
      return true
    } catch (error) {
      if (isCodedError(error)) return false
      throw error
    }
  }

const MADE = { createdAt: time, createdBy: text }
const STATUS = oneOf('good', 'revoked', 'held')
const REVOCATION = { since: time, reason: orNull(text), invalidityDate: orNull(time) }
const KEY = having({
  spki: octets,
  algorithm: text,
  sealed: having({ ciphertext: octets, slots: all(having({ kind: text })) }),
})
const FORMS: Readonly<Partial<Record<SealedName, Is>>> = {
  authorities: having({
    ...{ parentId: orNull(text), certificateId: text, key: text, keyId: orNull(text), createdAt: time },
    ...{ retiredAt: orNull(time), listNumber: maybe(decimal), successorId: maybe(text) },
    otherCertificateIds: maybe(all(text)),
    revokedElsewhere: maybe(all(having({ ...REVOCATION, serialNumber: text }))),
    addresses: maybe(having({ crl: all(text), ocsp: all(text), caIssuers: all(text) })),
  }),
  keys: KEY,
  endEntityKeys: KEY,
  certificates: having({
    ...{ ...MADE, der: readBy(parseCertificate), authorityId: orNull(text), ownAuthorityId: orNull(text) },
    ...{ profileId: text, key: text, keyId: orNull(text), status: STATUS, tags: all(text), notes: text },
    revocation: maybe(orNull(having(REVOCATION))),
    ...{ requestId: maybe(text), successorId: maybe(text), predecessorId: maybe(text) },
  }),
  requests: having({
    ...{ ...MADE, der: readBy(parseRequest), origin: oneOf('received', 'made'), profileId: maybe(text) },
    key: orNull(having({ store: oneOf('keys', 'endEntityKeys'), id: text })),
    certificateId: orNull(text),
  }),
  lists: having({ ...MADE, der: octets, authorityId: text }),
  profiles: having({ json: text, savedAt: time }),
  trustStores: having({ ...MADE, name: text, certificates: all(octets) }),
  segment: having({ entries: text, replaced: maybe(all(count)) }),
  catalogue: having({ certificates: having({ count }), stamps: octets, newest: all(time) }),
}

const ENTRY = having({
  ...{ id: text, text, serialNumber: text, createdAt: time, notBefore: time, notAfter: time },
  ...{ status: STATUS, authorityId: orNull(text), ownAuthorityId: orNull(text), profileId: text },
  ...{ tags: all(text), isReplaced: maybe(yes) },
})

/** Whether it has the fields that are read of it. */
export const isWellFormedValue = <S extends SealedName>(store: S, value: unknown): value is SealedValues[S] =>
  FORMS[store]?.(value) ?? true

export const areEntries = (entries: readonly CatalogueEntry[]): boolean => entries.every(ENTRY)
