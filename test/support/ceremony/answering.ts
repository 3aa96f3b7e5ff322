import type { Plan, Step } from '../../../src/ceremony/plan.ts'

/** The plan with OCSP responses: of the root itself, and of a responder that it certifies. */
export function withResponses(plan: Plan): Plan {
  const [root, issuing] = plan.certificates
  const from = plan.window.from
  const step = (id: string, act: Step['act'], on: string): Step => ({ ...plan.steps[0]!, id, act, on })
  const listed = plan.steps.findIndex(({ act }) => act === 'lists') + 1
  return {
    ...plan,
    keys: [...plan.keys, { ...plan.keys[0]!, id: 'responder-key' }],
    certificates: [
      {
        ...root!,
        extensions: { ...root!.extensions, keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'] },
      },
      ...plan.certificates.slice(1),
      {
        ...issuing!,
        ...{ id: 'responder', key: 'responder-key', profile: 'ocspSigner' },
        subject: [{ type: 'commonName', value: 'Orbis Responder' }],
        extensions: { keyUsage: ['digitalSignature'], extKeyUsage: ['OCSPSigning'], ocspNoCheck: true },
      },
    ],
    responses: [
      {
        ...{ id: 'answers', issuer: 'root', responder: null, certificates: ['issuing', 'responder'] },
        ...{ hashes: ['SHA-1', 'SHA-256'], thisUpdate: from, days: 30, overlapDays: 5, count: 2 },
      },
      {
        ...{ id: 'delegated', issuer: 'root', responder: 'responder', certificates: ['issuing'] },
        ...{ hashes: ['SHA-1'], thisUpdate: from, days: 30, overlapDays: 5, count: 1 },
      },
    ],
    steps: [
      ...plan.steps.slice(0, listed),
      step('make-responder', 'certificate', 'responder'),
      { ...step('save-responder', 'backup', ''), on: null },
      { ...step('save-responder-back', 'read-back', ''), on: null },
      step('sign-answers', 'responses', 'answers'),
      step('sign-delegated', 'responses', 'delegated'),
      ...plan.steps.slice(listed),
    ],
  }
}
