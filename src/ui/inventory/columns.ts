import type { CertificateSort } from '../../border/views.ts'

export const COLUMNS = [
  'issuer',
  'serialNumber',
  'notBefore',
  'notAfter',
  'createdAt',
  'profile',
  'key',
  'fingerprint',
  'tags',
  'notes',
  'state',
] as const
export type Column = (typeof COLUMNS)[number]

/** Shown until the user chooses; narrow screens omit the first of them. */
export const USUAL: readonly Column[] = ['issuer', 'serialNumber', 'notAfter', 'tags', 'state']

/** The sort key of a column; null if it cannot be sorted. */
export const SORTS: Readonly<Record<Column | 'name', CertificateSort | null>> = {
  name: 'commonName',
  issuer: null,
  serialNumber: 'serialNumber',
  notBefore: 'notBefore',
  notAfter: 'notAfter',
  createdAt: 'createdAt',
  profile: 'profileId',
  key: null,
  fingerprint: null,
  tags: null,
  notes: null,
  state: null,
}
