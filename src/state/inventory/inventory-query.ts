import type { CertificateQuery, CertificateSort, CertificateState } from '../../border/views.ts'

const SORTS: readonly CertificateSort[] = [
  'createdAt',
  'notBefore',
  'notAfter',
  'commonName',
  'serialNumber',
  'profileId',
]
export const STATES: readonly CertificateState[] = ['good', 'broken', 'expired', 'future', 'held', 'revoked']

/** The parts of the inventory's address that filter. */
export const FILTERS = ['search', 'state', 'within', 'ends', 'authority', 'profile', 'tag', 'run'] as const

/** Returns the query in the address; invalid parts are ignored. */
export function inventoryQuery(asked: URLSearchParams): Omit<CertificateQuery, 'limit'> {
  const days = asked.get('within') ?? ''
  const ends = asked.get('ends') ?? ''
  const state = STATES.find((known) => known === asked.get('state'))
  const wished = asked.get('sort') ?? ''
  const sort = SORTS.find((known) => known === wished.replace(/^-/, ''))
  return {
    offset: 0,
    search: asked.get('search') ?? '',
    ...(/^\d{1,4}$/.test(days) ? { within: Number(days) } : {}),
    ...(/^\d{4}-(0[1-9]|1[0-2])$/.test(ends) ? { ends } : {}),
    ...(state ? { state } : {}),
    ...texts({ authorityId: asked.get('authority'), profileId: asked.get('profile'), tag: asked.get('tag') }),
    sort: sort ?? 'createdAt',
    descending: sort ? wished.startsWith('-') : true,
  }
}

function texts<K extends string>(asked: Record<K, string | null>): Partial<Record<K, string>> {
  const entries = Object.entries(asked).filter(([, text]) => text !== null && text !== '')
  return Object.fromEntries(entries) as Partial<Record<K, string>>
}

/** Returns an order as the address encodes it: '-notAfter' is the latest first. */
export const orderText = (sort: CertificateSort, descending: boolean): string =>
  `${descending ? '-' : ''}${sort}`
