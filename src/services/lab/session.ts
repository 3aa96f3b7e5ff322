import type { LabEnds } from '../../border/protocol/lab.ts'
import type { HandshakeSigner } from '../../mtls/peers.ts'
import type { Signers } from '../../mtls/handshake.ts'
import type { ReadyId } from '../../mtls/ready-ids.ts'
import type { Scenario } from '../../mtls/scenario.ts'
import { sameOctets } from '../../octets.ts'
import type { Pile } from '../../containers/pile/items.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { isCa } from '../../x509/roles.ts'
import { drawReady } from './ready/scenarios.ts'
import { Cast, type Staged } from './ready/stage.ts'
import { signerOf, signersOf } from './signers.ts'

const SIDES = ['client', 'server'] as const

/** A certificate in the lab, and how its key signs handshakes if it is here. */
export interface Member {
  readonly certificate: Certificate
  signer: HandshakeSigner | null
}

/** The two ends between calls. Keys stay here; only those of end entities ever sign, and only what is played here. */
export class LabSession {
  ready: ReadyId = 'connects'
  scenario: Scenario | null = null
  members: Member[] = []
  /** Signs with a key that is not that of its certificate, as the ready scenario has it. */
  #signers: Signers | null = null

  async begin(id: ReadyId, at: Date): Promise<void> {
    const staged = await drawReady(id, new Cast(at))
    this.ready = id
    this.scenario = staged.scenario
    this.members = []
    this.#signers = signersOf(staged.keys)
    for (const side of SIDES) this.#meet(staged, side)
  }

  #meet({ scenario, keys }: Staged, side: 'client' | 'server'): void {
    const { chain, anchors } = scenario[side]
    const own = keys[side]
    for (const certificate of [...chain.map((der) => parseCertificate(der)), ...anchors])
      this.#add(certificate, own && sameOctets(own.certificate.der, certificate.der) ? signerOf(own) : null)
  }

  #add(certificate: Certificate, signer: HandshakeSigner | null): void {
    const known = this.members.find((each) => sameOctets(each.certificate.der, certificate.der))
    if (known) known.signer ??= signer
    else this.members.push({ certificate, signer })
  }

  /** Adds what a pile holds; keys of CAs are left aside. */
  add({ items }: Pile, signerOfKey: (spki: Uint8Array) => HandshakeSigner | null): void {
    for (const item of items)
      if (item.kind === 'certificate')
        this.#add(item.certificate, isCa(item.certificate) ? null : signerOfKey(item.certificate.spki.der))
    const lists = items.flatMap((item) => (item.kind === 'crl' ? [item.crl] : []))
    const scenario = this.staged()
    if (lists.length === 0) return
    this.scenario = {
      client: { ...scenario.client, lists: [...scenario.client.lists, ...lists] },
      server: { ...scenario.server, lists: [...scenario.server.lists, ...lists] },
    }
  }

  staged(): Scenario {
    if (!this.scenario) throw new Error('the lab has no scenario yet')
    return this.scenario
  }

  /** Takes the ends as the page has changed them. */
  set(ends: LabEnds): void {
    const scenario = this.staged()
    const before = this.ends()
    const of = ({ sends, trusts, ...settings }: LabEnds['client'] | LabEnds['server']) => ({
      ...settings,
      chain: sends.map((index) => this.#member(index).certificate.der),
      anchors: trusts.map((index) => this.#member(index).certificate),
    })
    // A key that is not its certificate's belongs to the certificate that the scenario began with.
    if (SIDES.some((side) => before[side].sends[0] !== ends[side].sends[0])) this.#signers = null
    this.scenario = {
      client: { ...scenario.client, ...of(ends.client) },
      server: { ...scenario.server, ...of(ends.server) },
    }
  }

  #member(index: number): Member {
    const member = this.members[index]
    if (!member) throw new Error(`no certificate ${index} in the lab`)
    return member
  }

  indexOf(der: Uint8Array): number {
    return this.members.findIndex(({ certificate }) => sameOctets(certificate.der, der))
  }

  ends(): LabEnds {
    const { client, server } = this.staged()
    const holds = ({ chain, anchors }: Scenario['client' | 'server']) => ({
      sends: chain.map((der) => this.indexOf(der)),
      trusts: anchors.map(({ der }) => this.indexOf(der)),
    })
    const common = ({ versions, verifies, at, needsStatus, maxDepth }: Scenario['client' | 'server']) => ({
      ...{ versions, verifies, at, needsStatus, maxDepth },
    })
    const { host, checksHost, heedsAuthorities } = client
    const { asks, listsAuthorities } = server
    return {
      client: { ...common(client), ...holds(client), host, checksHost, heedsAuthorities },
      server: { ...common(server), ...holds(server), asks, listsAuthorities },
    }
  }

  signers(): Signers {
    const { client, server } = this.staged()
    const of = ([own]: readonly Uint8Array[]): HandshakeSigner | null =>
      own === undefined ? null : (this.members[this.indexOf(own)]?.signer ?? null)
    return this.#signers ?? { client: of(client.chain), server: of(server.chain) }
  }
}
