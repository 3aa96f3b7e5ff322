import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isCodedError } from '../../src/errors.ts'
import { isValid } from '../../src/validate/report.ts'
import { createPool, validate } from '../../src/validate/validate.ts'
import { SIGNATURES_OF, KEY_ALGORITHMS } from '../../src/webcrypto/algorithms.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import type { CertificateList } from '../../src/x509/certificate-list.ts'
import { assembleSigned } from '../../src/x509/encode.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithms.ts'
import type { Drawn } from '../support/chain.ts'
import { AT, endEntity, intermediate, root, signTbs } from '../support/chain.ts'
import { runs } from '../support/fuzz.ts'
import { Dice } from '../support/revocation-fuzz/dice.ts'
import { days, drawList, UNKNOWN_CRITICAL } from '../support/revocation.ts'
import { run, scratchFor } from '../support/run.ts'

// Lists whose octets were changed here and there and that were signed again, beside those drawn by their structure: whatever an issuer may write, what OpenSSL calls revoked is
// never valid here. FUZZ_RUNS multiplies the count, FUZZ_SEED draws others; the slice `octets` of `npm run test:long` has 2,000.

const COUNT = runs(400)
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)
const AT_ONCE = 8

/** One to three octets changed: a bit turned over, another octet, or the one beside it. */
function changed(octets: Uint8Array, dice: Dice): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(octets)
  for (let changes = 1 + dice.below(3); changes > 0; changes--) {
    const at = dice.below(copy.length)
    const kind = dice.below(3)
    if (kind === 0) copy[at]! ^= 1 << dice.below(8)
    else if (kind === 1) copy[at] = dice.below(256)
    else copy[at]! += dice.pick(1, -1)
  }
  return copy
}

async function seedsFor(ca: Drawn, target: Drawn): Promise<CertificateList[]> {
  const { serialNumber } = target.certificate
  const entry = (reasonCode: 'keyCompromise' | 'certificateHold' | 'removeFromCRL', since = days(-2)) => ({
    serialNumber,
    reasonCode,
    revocationDate: since,
  })
  return Promise.all([
    drawList(ca, { revoked: [target] }),
    drawList(ca, { revoked: [{ serialNumber: Uint8Array.of(7) }, entry('keyCompromise')] }),
    drawList(ca, { revoked: [entry('certificateHold')] }),
    drawList(ca, { revoked: [entry('removeFromCRL')] }),
    drawList(ca, { revoked: [entry('keyCompromise', days(2))], thisUpdate: days(-1) }),
    drawList(ca, { revoked: [target], version: 1 }),
    drawList(ca, { revoked: [target], number: null, keyIdentifier: null }),
    drawList(ca, { revoked: [target], scope: { onlyContainsUserCerts: true } }),
    drawList(ca, { revoked: [target], more: [{ ...UNKNOWN_CRITICAL, critical: false }] }),
    drawList(ca, { revoked: [target], nextUpdate: null }),
  ])
}

/**
 * A list from after the instant asked for, that revokes from a later date: at that instant the certificate was good. OpenSSL tells
 * both that such a list is not yet valid and that the certificate is revoked, and looks at no revocationDate.
 */
const isRevokedLater = (
  { thisUpdate, revokedCertificates }: CertificateList,
  { certificate }: Drawn,
): boolean =>
  thisUpdate > AT &&
  revokedCertificates
    .find(certificate.serialNumber)
    .every(({ revocationDate }) => revocationDate !== null && revocationDate > AT)

test(`what OpenSSL calls revoked by a list that was signed again is never valid (seed ${String(SEED)})`, async () => {
  const folder = scratchFor('resigned-lists')
  const top = await root()
  const ca = await intermediate(top)
  const target = await endEntity(ca)
  for (const [name, { certificate }] of Object.entries({ top, ca, target }))
    writeFileSync(join(folder, `${name}.pem`), encodePem('CERTIFICATE', certificate.der))
  const seeds = await seedsFor(ca, target)
  const algorithm = SIGNATURES_OF[KEY_ALGORITHMS[ca.key.algorithm].keyType][0]!

  const counts = { revoked: 0, refusedHere: 0, unread: 0, later: 0 }
  const wrong: string[] = []
  async function one(n: number): Promise<void> {
    const dice = new Dice(SEED * 1_000_003 + n)
    const from = dice.pick(...seeds)
    const tbs = changed(from.tbs, dice)
    const der = assembleSigned(
      tbs,
      encodeSignatureAlgorithm(algorithm),
      await signTbs(ca.key, algorithm, tbs),
    )
    const file = `${String(n % AT_ONCE)}.crl`
    writeFileSync(join(folder, file), encodePem('X509 CRL', der))
    const asked = ['-attime', String(AT.getTime() / 1000), '-crl_check', '-CRLfile', file]
    const trusted = ['-CAfile', 'top.pem', '-untrusted', 'ca.pem', 'target.pem']
    const { output } = await run('openssl', ['verify', ...asked, ...trusted], { cwd: folder })
    const isRevokedThere = output.includes('certificate revoked')
    if (isRevokedThere) counts.revoked++
    let list: CertificateList
    try {
      list = parseCertificateList(der)
    } catch (error) {
      if (!isCodedError(error)) throw error
      // The engine never sees it; in a pile it makes the verdict “could not be checked”.
      if (isRevokedThere) counts.unread++
      return
    }
    const pool = createPool({
      anchors: [top.certificate],
      intermediates: [ca.certificate],
      crls: [list],
    })
    const { verdict } = await validate(target.certificate, pool, { at: AT, revocation: 'given' })
    if (!isValid(verdict)) counts.refusedHere++
    else if (isRevokedThere && isRevokedLater(list, target)) counts.later++
    else if (isRevokedThere) wrong.push(`${String(n)}: ${Buffer.from(der).toString('base64')}`)
  }
  for (let n = 0; n < COUNT; n += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, COUNT - n) }, (_, i) => one(n + i)))
  console.log(`${String(COUNT)} lists: ${JSON.stringify(counts)}`)
  expect(wrong).toEqual([])
  // The test asks nothing where hardly a list is read.
  expect(counts.revoked).toBeGreaterThan(COUNT / 10)
}, 3_600_000)
