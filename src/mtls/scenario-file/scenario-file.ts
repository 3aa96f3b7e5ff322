/** A whole scenario in one file: JSON with PEM inside. docs/lab.md has every key. */
import { readPrivateKey, type PrivateKey } from '../../containers/private-key.ts'
import { isCodedError } from '../../errors.ts'
import { sameOctets } from '../../octets.ts'
import { callingName } from '../../x509/calling-name.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { isCa } from '../../x509/roles.ts'
import { parseSpkiDer } from '../../x509/spki.ts'
import { ownOf, readable } from '../chain.ts'
import type { ProgramId } from '../programs/program.ts'
import type { Endpoint, Scenario } from '../scenario.ts'
import type { Side } from '../wire/transcript.ts'
import { CLIENT_SHAPE, SERVER_SHAPE, certificates, type Beside, type InFile } from './ends.ts'
import { shown } from '../../strict-json/fault.ts'
import { readFile } from '../../strict-json/file.ts'
import type { Json } from '../../strict-json/json.ts'
import { unreadable } from '../../strict-json/pem.ts'
import {
  choice,
  key,
  prose,
  readShape,
  recordOf,
  wholeNumber,
  writeShape,
  type Shape as StrictShape,
} from '../../strict-json/shape.ts'
import { newFaults, type Faults, type ScenarioFault } from './fault.ts'
import { SCENARIO_FORMAT, SCENARIO_LIMITS } from './marks.ts'

type Shape<T> = StrictShape<T, Faults>

export const SCENARIO_VERSION = 1

/** What a file holds. */
export interface ScenarioFile {
  readonly name: string
  readonly note: string
  readonly scenario: Scenario
  /** Which program each end is; null: by the standards alone. */
  readonly programs: Readonly<Record<Side, ProgramId | null>>
  /** What each end signs with, which need not be the key of its certificate; never a CA's. */
  readonly keys: Readonly<Record<Side, PrivateKey | null>>
  /** Certificates that are neither sent nor trusted. */
  readonly known: readonly Certificate[]
}

/** What was read, or everything that is wrong with it, in the order of the file. */
export type ReadScenario = { readonly file: ScenarioFile } | { readonly faults: readonly ScenarioFault[] }

interface Whole {
  readonly format: typeof SCENARIO_FORMAT
  readonly version: number
  readonly name: string
  readonly note: string
  readonly client: InFile<Scenario['client']>
  readonly server: InFile<Scenario['server']>
  readonly known: readonly Certificate[]
}

const SCENARIO_KIND = {
  family: 'scenario',
  format: SCENARIO_FORMAT,
  version: SCENARIO_VERSION,
  limit: SCENARIO_LIMITS.octets,
} as const

/** The keys of the file itself. */
export const FILE_SHAPE: Shape<Whole> = {
  format: key('format', choice([SCENARIO_FORMAT])),
  version: key('version', wholeNumber(SCENARIO_VERSION, SCENARIO_VERSION)),
  name: key('name', prose(SCENARIO_LIMITS.name, 'one'), ''),
  note: key('note', prose(SCENARIO_LIMITS.note, 'several'), ''),
  client: key('client', recordOf(CLIENT_SHAPE)),
  server: key('server', recordOf(SERVER_SHAPE)),
  known: key('known', certificates(SCENARIO_LIMITS.known), []),
}

/** Reads a scenario file. `now` is the clock of an end that has none of its own. */
export async function readScenario(bytes: Uint8Array, now: Date): Promise<ReadScenario> {
  const json = readFile(bytes, SCENARIO_KIND)
  if ('faults' in json) return json
  const root = json.value
  const faults = newFaults()
  const whole = readShape(root, FILE_SHAPE, faults)
  const keys = whole && (await readKeys(whole, root, faults))
  if (!whole || !keys || faults.found.length > 0) return { faults: faults.found }
  const { name, note, client, server, known } = whole
  return {
    file: {
      ...{ name, note, keys, known },
      programs: { client: client.program, server: server.program },
      scenario: { client: endpoint(client, now), server: endpoint(server, now) },
    },
  }
}

function endpoint<E extends Endpoint>(end: InFile<E>, now: Date): E {
  const { program: _program, key: _key, wrongKey: _wrongKey, ...rest } = end
  // An end in a file is one of a handshake, and what was taken from it.
  return { ...rest, at: end.at ?? now } as unknown as E
}

async function readKeys(whole: Whole, root: Json, faults: Faults): Promise<ScenarioFile['keys'] | undefined> {
  const { client, server, known } = whole
  const all = [client, server].flatMap(({ chain, anchors }) => [...readable(chain), ...anchors])
  const authorities = [...all, ...known].filter(isCa)
  const ofClient = await readKeyOf('client', client, authorities, root, faults)
  const ofServer = await readKeyOf('server', server, authorities, root, faults)
  return ofClient === undefined || ofServer === undefined ? undefined : { client: ofClient, server: ofServer }
}

/** Returns what an end signs with: the key of its certificate, or one that is said to be another. */
async function readKeyOf(
  side: Side,
  end: Beside & Pick<Endpoint, 'chain'>,
  authorities: readonly Certificate[],
  root: Json,
  faults: Faults,
): Promise<PrivateKey | null | undefined> {
  const pkcs8 = end.key ?? end.wrongKey
  if (!pkcs8) return null
  const at = memberAt(root, side, end.key ? 'key' : 'wrongKey')
  if (end.key && end.wrongKey) return faults.add(at, 'scenario-keys-both', null)
  const own = ownOf(end.chain)
  if (!own) return faults.add(at, 'scenario-key-alone', null)
  const read = await privateKeyOf(pkcs8, at, faults)
  if (!read) return undefined
  const authority = authorities.find((each) => isKeyOf(read, each))
  if (authority) return faults.add(at, 'scenario-key-of-ca', { name: shown(callingName(authority)) })
  const name = shown(callingName(own))
  if (end.key && !isKeyOf(read, own)) return faults.add(at, 'scenario-key-other', { name })
  if (end.wrongKey && isKeyOf(read, own)) return faults.add(at, 'scenario-key-not-other', { name })
  return read
}

const memberAt = (root: Json, ...path: readonly string[]): Json =>
  path.reduce((at, name) => (at.kind === 'record' ? (at.of.get(name) ?? at) : at), root)

async function privateKeyOf(pkcs8: Uint8Array, at: Json, faults: Faults): Promise<PrivateKey | undefined> {
  try {
    return await readPrivateKey(pkcs8)
  } catch (error) {
    if (!isCodedError(error)) throw error
    return unreadable(at, 'key', error, faults)
  }
}

/** Whether a key is a certificate's. The algorithm of an RSA key may be written in two ways. */
export const isKeyOf = (key: PrivateKey | null, certificate: Certificate | null): boolean =>
  key !== null &&
  certificate !== null &&
  sameOctets(parseSpkiDer(key.spki).publicKey, certificate.spki.publicKey)

/** Returns the one text of a scenario: reading it gives the same again. */
export function writeScenario({ name, note, scenario, programs, keys, known }: ScenarioFile): string {
  const beside = (side: Side): Beside => {
    const key = keys[side]
    const isOwn = isKeyOf(key, ownOf(scenario[side].chain))
    const pkcs8 = key && key.pkcs8
    return { program: programs[side], key: isOwn ? pkcs8 : null, wrongKey: isOwn ? null : pkcs8 }
  }
  const whole: Whole = {
    ...{ format: SCENARIO_FORMAT, version: SCENARIO_VERSION, name, note, known },
    client: { ...scenario.client, ...beside('client') },
    server: { ...scenario.server, ...beside('server') },
  }
  return `${JSON.stringify(writeShape(whole, FILE_SHAPE), null, 2)}\n`
}
