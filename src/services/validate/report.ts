import type { Certificate } from '../../x509/certificate.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'
import { nameToText } from '../../x509/name.ts'
import type { PathReport, Report } from '../../validate/report.ts'
import type { Pool } from '../../validate/pool.ts'
import type { Conclusion, PublicRootsUsed, ReportData, ReportInputs } from '../../border/protocol/validate.ts'
import type { ValidateSession } from './session.ts'
import { hexOf, toBase64 } from '../../octets.ts'

/** Returns the inputs of a report, each with its SHA-256: the files as read, the anchors, and the revocation data. */
export async function inputsOf(
  session: ValidateSession,
  { anchors, certificateLists, ocspResponses }: Pool,
): Promise<ReportInputs> {
  const [files, trusted, lists, responses] = await Promise.all([
    Promise.all(
      session.files.map(async ({ name, bytes }) => ({
        name,
        size: bytes.length,
        sha256: await sha256Hex(bytes),
      })),
    ),
    Promise.all(
      anchors.map(async (anchor) => ({
        subject: nameToText(anchor.subject),
        sha256: await fingerprint(anchor),
      })),
    ),
    Promise.all(
      certificateLists.map(async (list) => ({
        issuer: nameToText(list.issuer),
        thisUpdate: list.thisUpdate,
        nextUpdate: list.nextUpdate,
        sha256: await fingerprint(list),
      })),
    ),
    Promise.all(
      ocspResponses.map(async (response) => ({
        producedAt: response.basic?.producedAt ?? null,
        sha256: await fingerprint(response),
      })),
    ),
  ])
  return { files, anchors: trusted, certificateLists: lists, ocspResponses: responses }
}

export async function reportData(
  report: Report,
  inputs: ReportInputs,
  { verdict, unread, unreadStatus, refusedBy }: Conclusion,
  publicRoots: PublicRootsUsed | null = null,
): Promise<ReportData> {
  const certificates = new Map<Certificate, string>()
  for (const path of report.paths)
    for (const { certificate } of path.certificates)
      if (!certificates.has(certificate)) certificates.set(certificate, await fingerprint(certificate))
  const { schema, engine, best, spent, options, paths } = report
  return {
    schema,
    engine,
    verdict,
    unread,
    unreadStatus,
    refusedBy,
    publicRoots,
    best,
    spent,
    options,
    inputs,
    certificates: [...certificates].map(([certificate, sha256]) => describe(certificate, sha256)),
    paths: paths.map((path) => pathJson(path, certificates)),
  }
}

async function fingerprint({ der }: { readonly der: Uint8Array }): Promise<string> {
  return await sha256Hex(der)
}

const describe = (
  { subject, issuer, serialNumber, notBefore, notAfter, der }: Certificate,
  sha256: string,
) => ({
  sha256,
  subject: nameToText(subject),
  issuer: nameToText(issuer),
  serialNumber: hexOf(serialNumber),
  notBefore,
  notAfter,
  der: toBase64(der),
})

const pathJson = (
  { verdict, complete, certificates }: PathReport,
  known: ReadonlyMap<Certificate, string>,
) => ({
  verdict,
  complete,
  certificates: certificates.map(({ certificate, from, place, rows, demands, refusals }) => ({
    sha256: known.get(certificate)!,
    from,
    place,
    refusals: refusals.map(({ code }) => code),
    rows: [...rows, ...demands],
  })),
})
