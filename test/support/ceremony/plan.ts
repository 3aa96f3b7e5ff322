import type { Plan, PlannedCertificate, Step } from '../../../src/ceremony/plan.ts'
import { DAY } from '../../../src/time.ts'

/** A plan for tests: a root, an intermediate below it, a request from outside, and lists; it begins at this instant. */
export function planAt(
  now: number,
  request: { readonly sha256: string } | null,
  {
    tool = 'ab'.repeat(32),
    algorithm = 'p256',
  }: { tool?: string; algorithm?: 'p256' | 'p384' | 'ed25519' } = {},
): Plan {
  const from = new Date(Math.floor(now / DAY) * DAY)
  const years = (count: number): Date => new Date(from.getTime() + count * 365 * DAY - 1000)
  const signature = ({ p256: 'ecdsa-sha256', p384: 'ecdsa-sha384', ed25519: 'ed25519' } as const)[algorithm]
  const common = { subjectAltNames: [], notBefore: from, signature, serial: 'random', section: '' } as const
  const subject = (name: string) => [
    { type: 'organizationName', value: 'Orbis' },
    { type: 'commonName', value: name },
  ]
  const root: PlannedCertificate = {
    ...common,
    ...{ id: 'root', key: 'root-key', issuer: null, profile: 'root', subject: subject('Orbis Root') },
    ...{ notAfter: years(20), extensions: { keyUsage: ['keyCertSign', 'cRLSign'] } },
  }
  const below = (id: string, key: string, name: string): PlannedCertificate => ({
    ...common,
    ...{ id, key, issuer: 'root', profile: 'intermediate', subject: subject(name), notAfter: years(10) },
    extensions: { pathLen: 0, keyUsage: ['keyCertSign', 'cRLSign'] },
  })
  const step = (id: string, act: Step['act'], on: string | null = null): Step => ({
    ...{ id, act, on, reads: 'ada', does: 'ben', note: '' },
  })
  return {
    ...{ title: 'Orbis roots', purpose: 'A new root.', place: 'Room 1' },
    window: { from, to: new Date(from.getTime() + 2 * DAY) },
    ...{ tool, previous: null, words: 'en-1' },
    people: [
      { id: 'ada', name: 'Ada Lovelace', organization: 'Orbis', roles: ['administrator'] },
      { id: 'ben', name: 'Ben Operator', organization: 'Orbis', roles: ['operator', 'holder'] },
      { id: 'cleo', name: 'Cleo Holder', organization: 'Orbis', roles: ['holder'] },
      { id: 'wim', name: 'Wim Witness', organization: 'Outside', roles: ['external-witness'] },
      { id: 'wanda', name: 'Wanda Witness', organization: 'Outside', roles: ['witness'] },
    ],
    materials: [{ what: 'Laptop of the ceremony', serial: 'PF-3X9', bag: 'A 0042' }],
    existing: [],
    keys: [
      { id: 'root-key', algorithm, holders: ['ben', 'cleo'] },
      { id: 'issuing-key', algorithm, holders: ['ben', 'cleo'] },
    ],
    requests: request
      ? [{ id: 'partner-request', sha256: request.sha256, from: 'Partner Ltd, on a stick' }]
      : [],
    certificates: [
      root,
      below('issuing', 'issuing-key', 'Orbis Issuing CA'),
      ...(request ? [below('partner', 'partner-request', 'Orbis Partner CA')] : []),
    ],
    lists: [
      {
        ...{ id: 'root-lists', issuer: 'root', number: '1', thisUpdate: from },
        ...{ days: 90, overlapDays: 10, count: 3 },
      },
    ],
    responses: [],
    destructions: [],
    accepted: [],
    steps: [
      step('check-tool', 'tool'),
      step('check-storage', 'storage'),
      step('check-clock', 'clock'),
      step('read-plan', 'plan-words'),
      step('call-roll', 'roll-call'),
      step('open-vault', 'vault'),
      step('make-root', 'certificate', 'root'),
      step('back-up', 'backup'),
      step('bring-back', 'read-back'),
      step('make-issuing', 'certificate', 'issuing'),
      ...(request
        ? [
            step('take-request', 'request', 'partner-request'),
            step('certify-partner', 'certificate', 'partner'),
          ]
        : []),
      step('sign-lists', 'lists', 'root-lists'),
      step('back-up-all', 'backup'),
      step('bring-all-back', 'read-back'),
      step('close-keys', 'close'),
      step('sign-off', 'sign-off'),
    ],
    stop: ['Somebody unknown enters the room.'],
  }
}
