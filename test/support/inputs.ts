import './english.ts'
import type { In } from '../../src/border/protocol.ts'
import type { Actor } from '../../src/border/views.ts'

// Messages from the page to the worker, for tests and benches of any kind.

export const ADA = { who: 'Ada' }

/** A server certificate for each of these names, with its key sealed in the vault. */
export const batchOf = (
  authorityId: string,
  names: readonly string[],
  actor: Actor = ADA,
): In<'batch.start'> => ({
  authorityId,
  profileId: 'tlsServer',
  keyAlgorithm: 'p256',
  signature: null,
  validity: { days: 90 },
  extensions: {},
  table: ['CN,SAN', ...names.map((name) => `${name},${name}`)].join('\n'),
  keys: { kind: 'sealed' },
  acknowledged: [],
  actor,
})

/** The page's message to sign one complete CRL, without the authority. */
export const LIST = {
  kind: 'complete',
  parts: { kind: 'all' },
  indirectFor: [],
  days: 7,
  overlapDays: 1,
  count: 1,
  freshestAddress: null,
  above: null,
  actor: ADA,
} as const satisfies Omit<In<'list.sign'>, 'authorityId'>

/** The page's message to sign OCSP responses for everything that an authority issued. */
export const RESPONSES = {
  responderId: null,
  certificateIds: null,
  hashes: ['SHA-1', 'SHA-256'],
  days: 7,
  overlapDays: 1,
  count: 1,
  actor: ADA,
} as const satisfies Omit<In<'response.sign'>, 'authorityId'>
