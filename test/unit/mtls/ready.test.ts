/** Every ready scenario, played with real signatures: who refuses whom, by which alert, and when the other learns of it. */
import { expect, test } from 'vitest'
import { answerScenario, type Answer } from '../../../src/mtls/handshake.ts'
import { codeName } from '../../../src/mtls/wire/code-points.ts'
import { READY_IDS, type ReadyId } from '../../../src/mtls/ready-ids.ts'
import { drawReady } from '../../../src/services/lab/ready/scenarios.ts'
import { signersOf } from '../../../src/services/lab/signers.ts'
import { Cast } from '../../../src/services/lab/ready/stage.ts'
import { random } from '../../../src/webcrypto/seal.ts'

const AT = new Date('2026-11-30T12:00:00Z')

/** `connects`, or: who refuses, why, the alert or the other way of telling, and when the other learns. */
const EXPECTED: Record<ReadyId, string> = {
  connects: 'connects',
  'connects-tls12': 'connects',
  'root-sent-along': 'connects',
  'server-intermediate-missing': 'client issuer-missing unknown_ca in-handshake',
  'client-intermediate-missing': 'server issuer-missing unknown_ca after-success',
  'client-intermediate-missing-tls12': 'server issuer-missing unknown_ca in-handshake',
  'wrong-order': 'connects',
  'no-client-certificate': 'server no-certificate certificate_required after-success',
  'no-client-certificate-tls12': 'server no-certificate handshake_failure in-handshake',
  'client-certificate-optional': 'connects',
  'asked-per-path': 'server rule answer from-the-answer',
  'list-fits-nobody': 'server no-certificate certificate_required after-success',
  'list-names-the-root-alone': 'server no-certificate certificate_required after-success',
  'client-for-servers-only': 'server purpose-not-allowed certificate_unknown after-success',
  'issuing-ca-for-servers-only': 'server purpose-not-nested certificate_unknown after-success',
  'server-expired': 'client expired certificate_expired in-handshake',
  'client-expired': 'server expired certificate_expired after-success',
  'client-not-yet-valid': 'server not-yet-valid certificate_expired after-success',
  'issuing-ca-expired': 'server expired certificate_expired after-success',
  'clock-ahead': 'server expired certificate_expired after-success',
  'clock-behind': 'client not-yet-valid certificate_expired in-handshake',
  'wrong-host': 'client peer-name-mismatch certificate_unknown in-handshake',
  'name-in-cn-alone': 'client peer-name-mismatch+common-name-ignored certificate_unknown in-handshake',
  'server-self-signed': 'client anchor-missing unknown_ca in-handshake',
  'client-self-signed': 'server anchor-missing unknown_ca after-success',
  'client-self-signed-and-trusted': 'connects',
  'curl-k': 'connects',
  'reject-unauthorized-false': 'connects',
  'verified-by-the-application': 'server issuer-missing answer from-the-answer',
  'second-verifier': 'server rule answer from-the-answer',
  'issuing-ca-alone-trusted': 'connects',
  'exactly-one-root': 'connects',
  'another-root-of-the-bundle': 'server rule answer from-the-answer',
  'every-public-root': 'connects',
  'empty-bundle': 'server issuer-missing unknown_ca after-success',
  'wrong-group': 'server rule answer from-the-answer',
  'pin-after-renewal': 'client rule answer from-the-answer',
  'key-pin-after-renewal': 'connects',
  'client-revoked': 'server revoked certificate_revoked after-success',
  'issuing-ca-revoked': 'server revoked certificate_revoked after-success',
  'list-of-the-issuing-ca-alone': 'server revocation-undetermined certificate_unknown after-success',
  'stapled-revoked': 'client revoked certificate_revoked in-handshake',
  'signed-with-another-key': 'server possession decrypt_error after-success',
  'no-common-version': 'server nothing-in-common protocol_version in-handshake',
  'certificate-type-not-taken': 'server no-certificate handshake_failure in-handshake',
  'too-deep': 'server path-len-exceeded certificate_unknown after-success',
  'address-not-let-in': 'server rule none no-connection',
  'address-forwarded': 'server rule answer from-the-answer',
  'address-forged': 'connects',
}

function told({ ending }: Answer): string {
  if (!ending) return 'connects'
  const { by, refusal, alert, learns } = ending
  const why =
    refusal.why === 'chain' ? [...new Set(refusal.findings.map(({ code }) => code))].join('+') : refusal.why
  return [by, why, alert === null ? ending.told : codeName('alert', alert), learns].join(' ')
}

test.each(READY_IDS)('%s', async (id) => {
  const staged = await drawReady(id, new Cast(AT))
  const answer = await answerScenario(staged.scenario, signersOf(staged.keys), random)
  expect(told(answer)).toBe(EXPECTED[id])
})
