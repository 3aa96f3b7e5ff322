/** What can be wrong with a scenario file. */
import * as strict from '../../strict-json/file.ts'
import * as fault from '../../strict-json/fault.ts'
import type { Json } from '../../strict-json/json.ts'

const FAMILY = 'scenario'

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

/** What is wrong with these files alone: code → detail. */
export interface OwnFaults {
  'scenario-host': { text: string }
  'scenario-address': { text: string }
  'scenario-tls-code': { text: string; of: 'cipherSuite' | 'signatureScheme' | 'certificateType' }

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

/** Why a scenario file is not read: code → detail. The codes never change. */
export type ScenarioFaults = fault.FaultTable<typeof FAMILY, Counted, OwnFaults>
export type ScenarioFault = fault.Fault<ScenarioFaults>

/** Collects what is wrong with a scenario file. */
export type Faults = fault.Faults<typeof FAMILY, Counted, OwnFaults>

/** Begins to collect. */
export const newFaults = (): Faults => fault.newFaults(FAMILY)

/** A fault of a text as a whole. */
export const wholeFault = <C extends fault.CommonCode>(
  code: C,
  detail: fault.CommonFaults[C],
): readonly ScenarioFault[] => strict.wholeFault(FAMILY, code, detail)

/** Returns the one value of a text, or why it is no JSON that is read here. */
export const readJson = (
  text: string,
): { readonly value: Json } | { readonly faults: readonly ScenarioFault[] } => strict.readJson(text, FAMILY)
