import { isCodedError } from '../../src/errors.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import { parseOcspResponse } from '../../src/x509/ocsp.ts'
import { createPool, refusalsOf, validate } from '../../src/validate/validate.ts'
import type { Report } from '../../src/validate/report.ts'
import type { PathCase } from './suite.ts'
import type { Answer } from './tally.ts'

/** The case's question put to validate(); what cannot be read is not there. */
export async function answerPathCase(one: PathCase): Promise<Answer> {
  const target = readable(one.target, parseCertificate)
  if (typeof target === 'string') return { actual: 'invalid', codes: [target] }
  const report = await checkCase(one, target)
  const path = report.paths[report.best]
  const codes = path === undefined ? [] : refusalsOf(path).map(({ code }) => code)
  if (report.verdict === 'unchecked')
    return {
      actual: 'unchecked',
      codes: path?.certificates.flatMap(({ findings }) => findings.map(({ code }) => code)) ?? [],
    }
  return { actual: report.verdict === 'valid' ? 'valid' : 'invalid', codes }
}

export function checkCase(one: PathCase, target: Certificate): Promise<Report> {
  const pool = createPool({
    anchors: readAll(one.anchors, parseCertificate),
    intermediates: readAll(one.intermediates, parseCertificate),
    crls: readAll(one.crls, parseCertificateList),
    ocspResponses: readAll(one.ocspResponses ?? [], parseOcspResponse),
  })
  const peerNames = one.peerName === null ? one.peerNames : [one.peerName, ...one.peerNames]
  return validate(target, pool, {
    at: new Date(one.at),
    profile: one.profile,
    purpose: one.purpose,
    ekus: one.ekus,
    peerNames,
    revocation: one.revocation,
    policies: one.policies,
    ...(one.requireAnchorConstraints === true && { anchorConstraints: true }),
    ...(one.allowSha1 !== undefined && { allowSha1: one.allowSha1 }),
    ...(one.maxDepth !== null && { maxDepth: one.maxDepth }),
  })
}

function readAll<T extends object>(all: readonly string[], parse: (der: Uint8Array) => T): T[] {
  return all.map((text) => readable(text, parse)).filter((value): value is T => typeof value !== 'string')
}

/** The value, or the code of the error that keeps it from being read. */
function readable<T extends object>(text: string, parse: (der: Uint8Array) => T): T | string {
  try {
    return parse(Uint8Array.from(atob(text), (octet) => octet.charCodeAt(0)))
  } catch (error) {
    if (isCodedError(error)) return error.code
    throw error
  }
}
