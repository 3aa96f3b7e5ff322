import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CertificateRevocationList } from 'pkijs'
import { expect, test } from 'vitest'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { toHex } from '../../support/bytes.ts'
import { VECTORS_DIR } from '../../support/vectors.ts'

/** Every CRL of the suites once, DER. */
function lists(): Uint8Array<ArrayBuffer>[] {
  const texts = new Set<string>()
  for (const suite of ['pkits', 'limbo']) {
    const { cases } = JSON.parse(readFileSync(join(VECTORS_DIR, `${suite}.json`), 'utf8')) as {
      cases: { crls: string[] }[]
    }
    for (const { crls } of cases) for (const text of crls) texts.add(text)
  }
  return [...texts].map((text) => Uint8Array.from(Buffer.from(text, 'base64')))
}

test('every list of the outside suites is read as pkijs reads it', () => {
  const all = lists()
  expect(all.length).toBeGreaterThan(100)
  for (const der of all) {
    const ours = parseCertificateList(der)
    const theirs = CertificateRevocationList.fromBER(der)
    // PKITS breaks one signature by removing a bit of it.
    expect(ours.findings.map(({ code }) => code).filter((code) => code !== 'bit-string-not-octets')).toEqual(
      [],
    )
    expect(ours.thisUpdate).toEqual(theirs.thisUpdate.value)
    expect(ours.nextUpdate).toEqual(theirs.nextUpdate?.value ?? null)
    expect(toHex(ours.tbs)).toBe(toHex(new Uint8Array(theirs.tbsView)))
    const entries = (theirs.revokedCertificates ?? []).map((entry) => ({
      serialNumber: toHex(entry.userCertificate.valueBlock.valueHexView),
      revocationDate: entry.revocationDate.value,
      extensions: (entry.crlEntryExtensions?.extensions ?? []).map(({ extnID }) => extnID),
    }))
    expect(
      [...ours.revokedCertificates].map(({ serialNumber, revocationDate, extensions }) => ({
        serialNumber: toHex(serialNumber),
        revocationDate,
        extensions: extensions.map(({ oid }) => oid),
      })),
    ).toEqual(entries)
    expect(ours.extensions.map(({ oid, critical }) => [oid, critical])).toEqual(
      (theirs.crlExtensions?.extensions ?? []).map(({ extnID, critical }) => [extnID, critical]),
    )
  }
})
