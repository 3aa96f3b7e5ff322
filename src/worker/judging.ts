/** The judge that is handed to ca/: the chain-to-be, judged whole before anything is signed. */
import type { Judge } from '../ca/prepare.ts'
import type { Finding } from '../findings.ts'
import { createPool, type Pool } from '../validate/pool.ts'
import { validate } from '../validate/validate.ts'
import type { Certificate } from '../x509/certificate.ts'
import { sameOctets } from '../x509/octets.ts'

/**
 * Judges by RFC 5280 with the topmost issuer as anchor, at `at` or the nearest instant at which the certificate
 * would be valid. Its own signature, which is not there yet, is taken to hold under its issuer's key.
 */
export function createJudge(at: Date): Judge {
  const pools = new WeakMap<Certificate, Pool>()
  return async (certificate, issuers) => {
    const [issuer] = issuers
    if (!issuer) return []
    let pool = pools.get(issuer)
    // The issuers of a batch are one object: their signatures are checked once.
    if (!pool) pools.set(issuer, (pool = createPool({ anchors: issuers.slice(-1), intermediates: issuers })))
    const report = await validate(certificate, withPromised(pool, certificate, issuer), {
      at: clamped(at, certificate),
      profile: 'rfc5280',
      purpose: 'any',
      ekus: certificate.extKeyUsage ?? [],
      revocation: 'none',
    })
    const path = report.paths[report.best]
    return path ? distinct(path.certificates.flatMap(({ refusals }) => refusals)) : []
  }
}

function withPromised(pool: Pool, promised: Certificate, issuer: Certificate): Pool {
  return {
    ...pool,
    signatures: {
      verify: (signed, spki, budget) =>
        signed === promised && sameOctets(spki.der, issuer.spki.der)
          ? 'valid'
          : pool.signatures.verify(signed, spki, budget),
    },
  }
}

function clamped(at: Date, { notBefore, notAfter }: Certificate): Date {
  if (at < notBefore) return notBefore
  return at > notAfter ? notAfter : at
}

function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ code }) => !seen.has(code) && seen.add(code))
}
