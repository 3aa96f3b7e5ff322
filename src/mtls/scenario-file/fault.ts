import type { ErrorCode } from '../../errors.ts'
import { parseJson, pathOf, type Json, type JsonFault } from './json.ts'

/** Why a scenario file is not read: code → detail. The codes never change. */
export interface ScenarioFaults {
  'scenario-too-large': { size: number; limit: number }
  'scenario-not-utf8': null
  /** What is there instead of JSON; null: the end of the file. */
  'scenario-not-json': { found: string | null }
  'scenario-too-deep': { limit: number }
  'scenario-too-many-values': { limit: number }
  'scenario-key-twice': { key: string }
  /** JSON, but not this format. */
  'scenario-foreign': null
  'scenario-newer': { found: number; known: number }

  'scenario-key-unknown': { key: string; keys: readonly string[] }
  'scenario-key-missing': { key: string }
  'scenario-type': { expected: ValueKind }
  'scenario-choice': { text: string; choices: readonly string[] }
  'scenario-number': { least: number; most: number }
  'scenario-too-many': { what: Counted; count: number; limit: number }
  'scenario-empty': { what: Counted }
  'scenario-too-long': { length: number; limit: number }
  'scenario-text': { character: string }
  'scenario-time': { text: string }
  'scenario-host': { text: string }
  'scenario-address': { text: string }
  'scenario-tls-code': { text: string; of: 'cipherSuite' | 'signatureScheme' | 'certificateType' }

  'scenario-pem-none': { label: string }
  'scenario-pem-text': { line: number }
  'scenario-pem-cut': { label: string }
  'scenario-pem-base64': { line: number }
  'scenario-pem-label': { found: string; label: string }
  /** `offset`: where in its octets; null if it is wrong as a whole. */
  'scenario-unreadable': { what: 'certificate' | 'list' | 'key'; reason: ErrorCode; offset: number | null }
  'scenario-key-of-ca': { name: string }
  'scenario-key-other': { name: string }
  /** It would be the certificate's own. */
  'scenario-key-not-other': { name: string }
  'scenario-key-alone': null
  'scenario-keys-both': null

  'rule-too-deep': { limit: number }
  'rule-too-many': { limit: number }
  'rule-hash': { text: string }
  'rule-serial': { text: string }
  'rule-name': { text: string; offset: number }
  'rule-value': { text: string; form: 'DNS' | 'IP' | 'RFC822' | 'URI' | 'UPN' | 'CN' }
  'rule-suffix': { form: string }
  'rule-spiffe': { text: string }
  'rule-oid': { text: string }
  'rule-range': { text: string }
  'rule-prefix': { text: string; bits: number; limit: number }
}

export type ValueKind = 'record' | 'list' | 'text' | 'number' | 'flag'
export type Counted =
  | 'certificates'
  | 'lists'
  | 'responses'
  | 'keys'
  | 'versions'
  | 'codes'
  | 'rules'
  | 'hashes'
  | 'serials'
  | 'ranges'

export type ScenarioFaultCode = keyof ScenarioFaults
type Coded = {
  [C in ScenarioFaultCode]: { readonly code: C; readonly detail: ScenarioFaults[C] }
}[ScenarioFaultCode]

/** One code with its detail and its place: a path like `client.sends[0]`, empty for the whole file; lines from 1. */
export type ScenarioFault = Coded & { readonly path: string; readonly line: number | null }

const MOST_SHOWN = 64
/** What a file shows of itself in a fault: short, and nothing that changes how text is displayed. */
export const shown = (text: string): string =>
  `${text.slice(0, MOST_SHOWN)}${text.length > MOST_SHOWN ? '…' : ''}`.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    '\ufffd',
  )

/** More are not listed. */
const MOST_FAULTS = 50

/** Collects what is wrong with a file. */
export class Faults {
  readonly found: ScenarioFault[] = []

  /** Notes what is wrong with a value. */
  add<C extends ScenarioFaultCode>(at: Json, code: C, detail: ScenarioFaults[C]): undefined {
    // A code and its own detail; TypeScript does not follow that through the union.
    if (this.found.length < MOST_FAULTS)
      this.found.push({ code, detail, path: shownPath(at), line: at.line } as ScenarioFault)
    return undefined
  }
}

const shownPath = (at: Json): string =>
  pathOf(at)
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${shown(part)}`))
    .join('')
    .replace(/^\./, '')

/** A fault of a text as a whole. */
export const wholeFault = (
  fault: Omit<ScenarioFault, 'path' | 'line'>,
  line: number | null = null,
): readonly ScenarioFault[] => [{ ...fault, path: '', line } as ScenarioFault]

/** Returns the one value of a text, or why it is no JSON that is read here. */
export function readJson(
  text: string,
): { readonly value: Json } | { readonly faults: readonly ScenarioFault[] } {
  const json = parseJson(text)
  return 'fault' in json ? { faults: wholeFault(codedFault(json.fault), json.fault.line) } : json
}

function codedFault(fault: JsonFault): Omit<ScenarioFault, 'path' | 'line'> {
  switch (fault.why) {
    case 'not-json':
      return { code: 'scenario-not-json', detail: { found: fault.found && shown(fault.found) } }
    case 'key-twice':
      return { code: 'scenario-key-twice', detail: { key: shown(fault.key) } }
    case 'too-deep':
      return { code: 'scenario-too-deep', detail: { limit: fault.limit } }
    case 'too-many':
      return { code: 'scenario-too-many-values', detail: { limit: fault.limit } }
  }
}
