/** By what a scenario file is recognized before it is read, and how large it may be. */
import { utf8Text } from '../../octets.ts'

export const SCENARIO_FORMAT = 'rootcellar-mtls-scenario'

/** The most that a file may hold. */
export const SCENARIO_LIMITS = {
  octets: 8 * 1024 * 1024,
  /** Certificates that one end sends, and trusts; its lists. */
  sends: 64,
  trusts: 1000,
  lists: 64,
  known: 1000,
  codes: 64,
  name: 200,
  note: 4000,
  keyCharacters: 16_384,
  maxDepth: 100,
} as const

/** How much of a file shows whether it is one. */
export const SCENARIO_BEGINNING = 200
const BEGINNING = new RegExp(`^\\s*\\{\\s*"format"\\s*:\\s*"${SCENARIO_FORMAT}"`)

/** Whether octets begin as a scenario file is written. */
export const beginsAsScenario = (bytes: Uint8Array): boolean =>
  BEGINNING.test(utf8Text(bytes.subarray(0, SCENARIO_BEGINNING)))
