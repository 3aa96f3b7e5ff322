import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { matchPeerName, matchingCommonName } from '../names/peer.ts'
import type { Pin } from '../options.ts'
import type { Outcome } from '../outcome.ts'
import { decided, notApplicable } from '../outcome.ts'
import { step } from './step.ts'
import type { Step } from './step.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

/** RFC 9525 §6: the target has every name asked for. */
const requirePeerNames: Step = step(
  'require-peer-names',
  'RFC 9525 §6',
  'subjectAltName must have the name asked for, in the form that belongs to it.',
  (_state, certificate, { options }) => {
    const { peerNames = [] } = options
    if (peerNames.length === 0) return notApplicable()
    const findings: Finding[] = []
    for (const peerName of peerNames) {
      const { kind, value } = peerName
      const { answer, present, nearly } = matchPeerName(certificate, peerName)
      if (answer === 'match') continue
      if (answer === 'unusable') findings.push({ code: 'peer-name-unusable', detail: { kind, name: value } })
      else findings.push({ code: 'peer-name-mismatch', detail: { kind, name: value, present, nearly } })
      const commonName = matchingCommonName(certificate, peerName)
      if (commonName !== null) findings.push({ code: 'common-name-ignored', detail: { commonName } })
    }
    return decided(
      peerNames.map(({ kind, value }) => `${kind} ${value}`),
      findings,
    )
  },
)

/** The SHA-256 of the certificate or of its public key is the expected one. */
const requirePins: Step = step(
  'require-pins',
  'RFC 7469 §2.4',
  'The certificate or its key must be one that the caller expects.',
  (_state, certificate, { options }) =>
    options.pins === undefined || options.pins.length === 0
      ? notApplicable()
      : checkPins(certificate, options.pins),
)

async function checkPins(certificate: Certificate, pins: readonly Pin[]): Promise<Outcome> {
  const findings: Finding[] = []
  for (const { of, sha256: pinned } of pins) {
    const expected = pinned.toLowerCase().replace(/[^0-9a-f]/g, '')
    const actual = await sha256Hex(of === 'spki' ? certificate.spki.der : certificate.der)
    if (actual !== expected) findings.push({ code: 'pin-mismatch', detail: { of, expected, actual } })
  }
  return decided(
    pins.map(({ of, sha256: pinned }) => `${of} ${pinned}`),
    findings,
  )
}

/** Checks on the identity of the target. */
export const PEER: readonly Step[] = [requirePeerNames, requirePins]
