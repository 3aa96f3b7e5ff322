import { faultyNames } from '../../../ca/faulty-names.ts'
import { isCodedError } from '../../../errors.ts'
import { parseRequest } from '../../../x509/request.ts'
import type { CertificationRequest } from '../../../x509/request.ts'
import { verifySigned } from '../../../x509/signed.ts'
import type { PileItem, PileProblem } from '../../../containers/pile/items.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In } from '../../../border/protocol.ts'
import { keyAlgorithmOf } from '../../shared/facts.ts'
import { foundKinds } from '../../../containers/pile/found-kinds.ts'
import { readFiles } from '../../files/reading.ts'
import { noticesOf } from '../notices.ts'
import { requestSums } from '../sums.ts'
import { namesOf, subjectOf } from '../requested.ts'
import type { RequestView, RequestsView } from '../../../border/protocol/request.ts'

async function read({ files }: In<'request.read'>, call: Call): Promise<RequestsView> {
  const { items, problems } = await readFiles(files, { privateKeys: 'match' }, call)
  const { read, unreadable } = readableRequests(items)
  const views = await Promise.all(read.map(({ request, file }) => requestView(request, file)))
  return { requests: views, problems: [...problems, ...unreadable], found: foundKinds(items) }
}

/** Returns the requests of a pile; one that cannot be read is reported and does not affect the others. */
export function readableRequests(items: readonly PileItem[]): {
  read: { request: CertificationRequest; file: string }[]
  unreadable: PileProblem[]
} {
  const read: { request: CertificationRequest; file: string }[] = []
  const unreadable: PileProblem[] = []
  for (const item of items) {
    if (item.kind !== 'request') continue
    try {
      read.push({ request: parseRequest(item.der), file: item.source.file })
    } catch (error) {
      if (!isCodedError(error)) throw error
      unreadable.push({ code: error.code, detail: error.detail, source: item.source } as PileProblem)
    }
  }
  return { read, unreadable }
}

async function requestView(request: CertificationRequest, file: string): Promise<RequestView> {
  const { subject, spki, subjectAltName } = request
  const verdict = await verifySigned(request, spki)
  const names = namesOf(request, [])
  return {
    file,
    der: request.der,
    spki: spki.der,
    ...(await requestSums(request)),
    keyAlgorithm: keyAlgorithmOf(spki),
    possession: typeof verdict === 'string' ? verdict : 'unchecked',
    subject: subjectOf(subject),
    subjectAltNames: names.filter((name) => name !== null),
    faultyNames: faultyNames(subjectAltName),
    notices: noticesOf(request),
  }
}

/** Certification requests (PKCS#10) from elsewhere, parsed, with proof of possession checked. */
export const requestMethods: Pick<Handlers, 'request.read'> = { 'request.read': read }
