import type { LabEnds, LabOrigin } from '../../border/protocol/lab.ts'
import type { HandshakeSigner } from '../../mtls/peers.ts'
import type { Signers } from '../../mtls/handshake.ts'
import { ownOf, readable } from '../../mtls/chain.ts'
import type { ReadyId } from '../../mtls/ready-ids.ts'
import { asPasted } from '../../mtls/proxy/forwarding.ts'
import type { Scenario } from '../../mtls/scenario.ts'
import { isKeyOf, type ScenarioFile } from '../../mtls/scenario-file/scenario-file.ts'
import { sameOctets } from '../../octets.ts'
import type { PrivateKey } from '../../containers/private-key.ts'
import type { Pile } from '../../containers/pile/items.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Name } from '../../x509/name.ts'
import { nameKey } from '../../x509/name-matching.ts'
import { isCa } from '../../x509/roles.ts'
import type { PublicRoots } from '../validate/public-roots.ts'
import { ClosedFiles } from './closed-files.ts'
import type { OwnCas } from './kit.ts'
import { drawReady } from './ready/scenarios.ts'
import { Cast } from './ready/stage.ts'
import { signerOf, signersOf, signsWith } from './signers.ts'

const SIDES = ['client', 'server'] as const
const NO_PROGRAMS = { client: null, server: null } as const

/** A certificate in the lab, and how its key signs handshakes if it is here. */
export interface Member {
  readonly certificate: Certificate
  signer: HandshakeSigner | null
  /** Its record in the vault, if it was taken from there. */
  vault?: { readonly id: string; readonly hasKey: boolean }
}

/** A key that was added, whether its certificate is here yet or not. */
interface AddedKey {
  readonly spki: Uint8Array
  readonly signer: HandshakeSigner
}

/** The two ends between calls. Keys stay here; only those of end entities ever sign, and only what is played here. */
export class LabSession {
  origin: LabOrigin = { kind: 'ready', id: 'connects' }
  scenario: Scenario | null = null
  /** Null until the page has sent them. */
  publicRoots: PublicRoots | null = null
  members: Member[] = []
  /** Which program each end is, as a file says. */
  programs: ScenarioFile['programs'] = NO_PROGRAMS
  /** What was drawn for a ready scenario, keys of CAs included. */
  cast = new Cast(new Date(0))
  /** What is sent and cannot be read as a certificate. */
  #unread: readonly Uint8Array[] = []
  #keys: AddedKey[] = []
  readonly closed = new ClosedFiles()
  /** Signs with a key that is not that of its certificate, as the ready scenario has it. */
  #signers: Signers | null = null

  async begin(id: ReadyId, at: Date): Promise<void> {
    const cast = new Cast(at)
    const { scenario, keys } = await drawReady(id, cast)
    this.cast = cast
    // Of one ready scenario after another one asks what the same program does.
    if (this.origin.kind !== 'ready') this.programs = NO_PROGRAMS
    this.origin = { kind: 'ready', id }
    this.scenario = scenario
    this.members = []
    this.#unread = []
    this.#keys = []
    this.closed.forget()
    this.#signers = signersOf(keys)
    for (const drawn of cast.drawn)
      this.#add(drawn.certificate, isCa(drawn.certificate) ? null : signerOf(drawn))
    // What an end has and nobody drew, such as a bundle of public roots.
    for (const { chain, anchors } of SIDES.map((side) => scenario[side]))
      for (const certificate of [...readable(chain), ...anchors]) this.#add(certificate, null)
  }

  /** Begins with the scenario of a file. */
  open({ name, scenario, keys, known, programs }: ScenarioFile): void {
    this.cast = new Cast(scenario.server.at)
    this.origin = { kind: 'file', name }
    this.scenario = scenario
    this.programs = programs
    this.members = []
    this.#keys = []
    this.closed.forget()
    const signerIn = (key: PrivateKey | null): HandshakeSigner | null =>
      key && signsWith(key.keyType, () => Promise.resolve(key.pkcs8))
    this.#signers = { client: signerIn(keys.client), server: signerIn(keys.server) }
    for (const side of SIDES) {
      const { chain, anchors } = scenario[side]
      const isOwn = isKeyOf(keys[side], ownOf(chain))
      for (const [i, certificate] of readable(chain).entries())
        this.#add(certificate, i === 0 && isOwn ? this.#signers[side] : null)
      for (const certificate of anchors) this.#add(certificate, null)
    }
    for (const certificate of known) this.#add(certificate, null)
    this.#unread = SIDES.flatMap((side) => scenario[side].chain).filter((der) => this.indexOf(der) < 0)
  }

  /** Returns what brings back all that is here now, but for locked files. */
  kept(): () => void {
    const { origin, scenario, programs, cast } = this
    const members = this.members.map((each) => ({ ...each }))
    const [unread, keys, signers] = [this.#unread, [...this.#keys], this.#signers]
    return () => {
      Object.assign(this, { origin, scenario, programs, cast, members })
      this.#unread = unread
      this.#keys = keys
      this.#signers = signers
    }
  }

  #add(certificate: Certificate, signer: HandshakeSigner | null): void {
    // That of a CA is never used here.
    const added = this.#keys.find(({ spki }) => !isCa(certificate) && sameOctets(spki, certificate.spki.der))
    this.#hold(certificate, signer ?? added?.signer ?? null)
  }

  #hold(certificate: Certificate, signer: HandshakeSigner | null): void {
    const known = this.members.find((each) => sameOctets(each.certificate.der, certificate.der))
    if (known) known.signer ??= signer
    else this.members.push({ certificate, signer })
  }

  /** Adds what a pile holds. A key may come before its certificate, or after it. */
  add({ items }: Pile): void {
    for (const item of items)
      if (item.kind === 'privateKey' && item.pkcs8 !== null) {
        const { spki, keyType, pkcs8 } = item
        this.#keys.push({ spki, signer: signsWith(keyType, () => Promise.resolve(pkcs8)) })
      }
    for (const { certificate } of this.members) this.#add(certificate, null)
    for (const item of items) if (item.kind === 'certificate') this.#add(item.certificate, null)
    const lists = items.flatMap((item) => (item.kind === 'crl' ? [item.crl] : []))
    const scenario = this.staged()
    if (lists.length === 0) return
    this.scenario = {
      client: { ...scenario.client, lists: [...scenario.client.lists, ...lists] },
      server: { ...scenario.server, lists: [...scenario.server.lists, ...lists] },
    }
  }

  /** Notes that a certificate is of the vault, and whether its key is there. */
  markOfVault(certificate: Certificate, vault: NonNullable<Member['vault']>): void {
    const member = this.members[this.indexOf(certificate.der)]
    if (member) member.vault = vault
  }

  /** Returns the vault's id of a certificate that was taken from there. */
  vaultIdOf(certificate: Certificate): string | null {
    return this.members[this.indexOf(certificate.der)]?.vault?.id ?? null
  }

  /** The vault was locked: drops keys that were added. `isSealed`: and everything, if some of it is the vault's. */
  lockAway(isSealed: boolean): void {
    this.#keys = []
    this.closed.forget()
    // What was drawn here belongs to nobody.
    const drawn = this.cast.drawn.map(({ certificate }) => certificate.der)
    for (const member of this.members)
      if (!drawn.some((der) => sameOctets(der, member.certificate.der))) member.signer = null
    if (drawn.length === 0) this.#signers = null
    if (isSealed && this.members.some(({ vault }) => vault)) this.scenario = null
  }

  staged(): Scenario {
    if (!this.scenario) throw new Error('the lab has no scenario yet')
    return this.scenario
  }

  /** Takes the ends as the page has changed them. */
  set(ends: LabEnds): void {
    const scenario = this.staged()
    const before = this.ends()
    const { forwarding } = ends.server
    this.programs = { client: ends.client.program, server: ends.server.program }
    const of = ({
      sends,
      trusts,
      program: _program,
      ...settings
    }: LabEnds['client'] | LabEnds['server']) => ({
      ...settings,
      chain: sends.map((index) => this.#sent(index)),
      anchors: trusts.map((index) => this.#member(index).certificate),
    })
    // A key that is not its certificate's belongs to the certificate that the scenario began with.
    if (SIDES.some((side) => before[side].sends[0] !== ends[side].sends[0])) this.#signers = null
    this.scenario = {
      client: { ...scenario.client, ...of(ends.client) },
      server: { ...scenario.server, ...of(ends.server), forwarding: forwarding && asPasted(forwarding) },
    }
  }

  /** Changes an end; `members` can be sent and trusted from now on. */
  put<S extends keyof Scenario>(
    side: S,
    change: Partial<Scenario[S]>,
    members: readonly Certificate[],
  ): void {
    const scenario = this.staged()
    for (const certificate of members) this.#add(certificate, null)
    const { chain = [] } = change
    this.#unread = [...this.#unread, ...chain.filter((der) => this.#isUnknown(der))]
    // As in set().
    if (change.chain) this.#signers = null
    this.scenario = { ...scenario, [side]: { ...scenario[side], ...change } }
  }

  #isUnknown(der: Uint8Array): boolean {
    return this.indexOf(der) < 0 && !this.#unread.some((each) => sameOctets(each, der))
  }

  #member(index: number): Member {
    const member = this.members[index]
    if (!member) throw new Error(`no certificate ${index} in the lab`)
    return member
  }

  /** What cannot be read has an index below 0. */
  #indexSent(der: Uint8Array): number {
    const index = this.indexOf(der)
    return index >= 0 ? index : -1 - this.#unread.findIndex((each) => sameOctets(each, der))
  }

  #sent(index: number): Uint8Array {
    return this.#unread[-1 - index] ?? this.#member(index).certificate.der
  }

  indexOf(der: Uint8Array): number {
    return this.members.findIndex(({ certificate }) => sameOctets(certificate.der, der))
  }

  ends(): LabEnds {
    const { client, server } = this.staged()
    const holds = ({ chain, anchors }: Scenario['client' | 'server']) => ({
      sends: chain.map((der) => this.#indexSent(der)),
      trusts: anchors.map(({ der }) => this.indexOf(der)),
    })
    const common = (end: Scenario['client' | 'server']) => {
      const { versions, verifies, at, needsStatus, maxDepth, lets, letsAt } = end
      return { versions, verifies, at, needsStatus, maxDepth, lets, letsAt }
    }
    const { host, checksHost, heedsAuthorities, address } = client
    const { asks, listsAuthorities, forwarding } = server
    const is = (side: keyof Scenario) => ({ program: this.programs[side] })
    return {
      client: {
        ...is('client'),
        ...common(client),
        ...holds(client),
        host,
        checksHost,
        heedsAuthorities,
        address,
      },
      server: { ...is('server'), ...common(server), ...holds(server), asks, listsAuthorities, forwarding },
    }
  }

  /** The CAs that were drawn here and that the server trusts for clients, the root first; null if it trusts no such CA. */
  clientCas(): OwnCas | null {
    const { anchors } = this.staged().server
    const cas = this.cast.drawn.filter(({ certificate }) => isCa(certificate))
    const root = cas.find(({ certificate }) => anchors.some(({ der }) => sameOctets(der, certificate.der)))
    if (!root) return null
    const [own] = readable(this.staged().client.chain)
    const isNamed = (name: Name, subject: Name): boolean => nameKey(name) === nameKey(subject)
    const issuing = cas.find(
      (ca) =>
        ca !== root &&
        isNamed(ca.certificate.issuer, root.certificate.subject) &&
        own !== undefined &&
        isNamed(own.issuer, ca.certificate.subject),
    )
    return issuing ? [root, issuing] : [root]
  }

  /** The same certificates with other ends, for a question beside the one that is played. */
  having(scenario: Scenario): LabSession {
    const other = new LabSession()
    other.origin = this.origin
    other.programs = this.programs
    other.publicRoots = this.publicRoots
    other.members = this.members
    other.scenario = scenario
    return other
  }

  signers(): Signers {
    const { client, server } = this.staged()
    const of = ([own]: readonly Uint8Array[]): HandshakeSigner | null =>
      own === undefined ? null : (this.members[this.indexOf(own)]?.signer ?? null)
    return this.#signers ?? { client: of(client.chain), server: of(server.chain) }
  }
}
