/** An OCSP response, read with PKI.js and asn1js only. */
import type { BaseBlock } from 'asn1js'
import { fromBER } from 'asn1js'
import * as pkijs from 'pkijs'
import { hex } from './text.ts'

const LIMITS = { maxDepth: 40, maxNodes: 100_000, maxContentLength: 16 * 1024 * 1024 }
const BASIC = '1.3.6.1.5.5.7.48.1.1'

/** What both readers compare. Octets are in hex, times in milliseconds since 1970. */
export interface ResponseFacts {
  /** SHA-1 of its key: a responder that is named by name is not read. */
  readonly responder: string
  readonly producedAt: number
  /** Of each answer: what names the certificate, its status, and its times. */
  readonly answers: readonly string[]
  readonly extensions: readonly pkijs.Extension[]
  readonly signed: Uint8Array
  readonly algorithm: pkijs.AlgorithmIdentifier
  readonly signature: Uint8Array
}

/** Reads a successful OCSPResponse with a BasicOCSPResponse. Throws if it is none. */
export function readResponse(der: Uint8Array<ArrayBuffer>): ResponseFacts {
  const { responseStatus, responseBytes } = new pkijs.OCSPResponse({ schema: whole(der) })
  if (responseStatus.valueBlock.valueDec !== 0 || responseBytes?.responseType !== BASIC)
    throw new Error('no basic response')
  const basic = new pkijs.BasicOCSPResponse({ schema: whole(responseBytes.response.valueBlock.valueHexView) })
  const { producedAt, responses, responseExtensions } = basic.tbsResponseData
  return {
    responder: hex(keyHash(basic.tbsResponseData.responderID as BaseBlock | Octets)),
    producedAt: producedAt.getTime(),
    answers: responses.map(answerText),
    extensions: responseExtensions ?? [],
    signed: basic.tbsResponseData.tbsView,
    algorithm: basic.signatureAlgorithm,
    signature: basic.signature.valueBlock.valueHexView,
  }
}

function whole(octets: Uint8Array): BaseBlock {
  const { result, offset } = fromBER(octets.slice(), LIMITS)
  if (offset !== octets.length) throw new Error('not one value')
  return result
}

interface Octets {
  readonly valueBlock: { readonly valueHexView: Uint8Array }
}

function keyHash(responder: BaseBlock | Octets): Uint8Array {
  if ('valueHexView' in responder.valueBlock) return responder.valueBlock.valueHexView
  throw new Error('named by its name')
}

function answerText({
  certID,
  certStatus,
  thisUpdate,
  nextUpdate,
  singleExtensions = [],
}: pkijs.SingleResponse): string {
  const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = certID
  return [
    hashAlgorithm.algorithmId,
    ...[issuerNameHash, issuerKeyHash, serialNumber].map((part) => hex(part.valueBlock.valueHexView)),
    statusText(certStatus as BaseBlock),
    String(thisUpdate.getTime()),
    String(nextUpdate?.getTime() ?? ''),
    ...singleExtensions.map(
      ({ extnID, critical, extnValue }) =>
        `${extnID} ${String(critical)} ${hex(extnValue.valueBlock.valueHexView)}`,
    ),
  ].join(' ')
}

/** CHOICE by its tag: good, revoked with a time and perhaps a reason, unknown. */
function statusText(status: BaseBlock): string {
  const { tagNumber } = status.idBlock
  if (tagNumber !== 1) return tagNumber === 0 ? 'good' : 'unknown'
  const [time, reason] = (status as unknown as { valueBlock: { value: BaseBlock[] } }).valueBlock.value
  const code =
    reason &&
    hex(
      (reason as unknown as { valueBlock: { value: Octets[] } }).valueBlock.value[0]!.valueBlock.valueHexView,
    )
  return `revoked ${String((time as unknown as { toDate(): Date }).toDate().getTime())} ${code ?? ''}`
}
