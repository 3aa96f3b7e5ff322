import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scenario } from '../../../src/mtls/scenario.ts'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import { Cast, stage, usual, type Staged, type Usual } from '../../../src/services/lab/ready/stage.ts'
import type { Drawn } from '../../../src/services/validate/examples/draw.ts'
import { EKU_OIDS } from '../../../src/x509/oids.ts'
import { nameKey } from '../../../src/x509/name-matching.ts'
import { isCa } from '../../../src/x509/roles.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { pkcs8Of } from './pss.ts'
import type { HandshakeScenario, Presenter } from './scenario.ts'

/** A scenario with its certificates, made for this run. */
export interface Made extends Staged {
  readonly scenario: Scenario
  readonly of: HandshakeScenario
  readonly known: Cast['drawn']
}

/** Who plays the program. */
export const roleOf = ({ presenter, isOfPresenter }: HandshakeScenario): Side =>
  isOfPresenter ? presenter : other(presenter)
export const other = (side: Side): Side => (side === 'client' ? 'server' : 'client')

/** Draws scenarios one after another; the usual hierarchy is the same in all of them. */
export class Maker {
  readonly #cast: Cast
  #given: Promise<Usual> | null = null
  constructor(at: Date) {
    this.#cast = new Cast(at)
  }

  async make(of: HandshakeScenario): Promise<Made> {
    const given = await (this.#given ??= usual(this.#cast))
    const cast = new Cast(this.#cast.at)
    const side = of.presenter
    const presenter: Presenter = {
      ...{ side, cast, given, own: given[side], ca: given[side === 'client' ? 'clientCa' : 'serverCa'] },
      leaf: (issuer, drawing) =>
        side === 'client' ? cast.client(issuer, drawing) : cast.server(issuer, drawing),
      purpose: side === 'client' ? EKU_OIDS.clientAuth : EKU_OIDS.serverAuth,
      otherPurpose: side === 'client' ? EKU_OIDS.serverAuth : EKU_OIDS.clientAuth,
    }
    const { sends, trusts, judge = {}, presenter: presents = {} } = await of.shows(presenter)
    const staged = stage(cast, given, {
      [side]: { ...(sends && { sends }), set: presents },
      [other(side)]: { ...(trusts && { trusts }), set: judge },
    })
    return { ...staged, of, known: [...this.#cast.drawn, ...cast.drawn] }
  }
}

const pem = (der: Uint8Array): string => encodePem('CERTIFICATE', der)

/** Files of one side, in a folder of their own. */
export interface Files {
  /** Null without a certificate. */
  readonly cert: string | null
  readonly key: string | null
  /** Certificate and key in one file. */
  readonly both: string | null
  readonly ca: string
  /** One file for each list, and all in one. */
  readonly crls: readonly string[]
  readonly allCrls: string | null
  /** The bundle, and the lists after it. */
  readonly caAndCrls: string
  readonly anchors: readonly { readonly pem: string; readonly isCa: boolean }[]
  /** PEM of the CAs whose lists they are, but for those trusted. */
  readonly listIssuers: readonly string[]
}

/** The octets of a key in PEM. */
export async function keyPem(drawn: Drawn | null): Promise<string | null> {
  return drawn && encodePem('PRIVATE KEY', await pkcs8Of(drawn))
}

export const chainPem = (chain: readonly Uint8Array[]): string | null =>
  chain.length > 0 ? chain.map(pem).join('') : null

export async function filesOf({ scenario, keys, known }: Made, side: Side, folder: string): Promise<Files> {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const write = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o644 })
    return path
  }
  const { chain, anchors, lists } = scenario[side]
  const [cert, key] = [chainPem(chain), await keyPem(keys[side])]
  const bundle = anchors.map(({ der }) => pem(der)).join('')
  const listed = lists.map(({ der }) => encodePem('X509 CRL', der))
  const hasOwn = cert !== null && key !== null
  return {
    cert: hasOwn ? write('cert.pem', cert) : null,
    key: hasOwn ? write('key.pem', key) : null,
    both: hasOwn ? write('both.pem', cert + key) : null,
    ca: write('ca.pem', bundle),
    crls: listed.map((text, i) => write(`crl${i}.pem`, text)),
    allCrls: listed.length > 0 ? write('crls.pem', listed.join('')) : null,
    caAndCrls: write('ca-and-crls.pem', bundle + listed.join('')),
    anchors: anchors.map((each) => ({ pem: pem(each.der), isCa: isCa(each) })),
    listIssuers: known
      .map(({ certificate }) => certificate)
      .filter(
        (each) =>
          lists.some(({ issuer }) => nameKey(issuer) === nameKey(each.subject)) && !anchors.includes(each),
      )
      .map(({ der }) => pem(der)),
  }
}
