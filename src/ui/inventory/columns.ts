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

/** What is shown until somebody chooses; narrow screens leave out the first of them. */
export const USUAL: readonly Column[] = ['issuer', 'serialNumber', 'notAfter', 'tags', 'state']

/** What a column sorts by; null: it does not. */
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
