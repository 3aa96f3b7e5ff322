/** The lab's part of the border: two ends of a handshake go in, what each thinks of the other comes out. */
import type { PileNotice, PileProblem } from '../../containers/pile/items.ts'
import type { Destination, DestinationId, Lacks, Printed } from '../../destinations/printed.ts'
import type { KitCertificate, KitWish } from '../../destinations/refusal-kit.ts'
import type { ErrorCode } from '../../errors.ts'
import type { Finding } from '../../findings.ts'
import type { Learns, Told } from '../../mtls/handshake.ts'
import type { Judgement, Possession } from '../../mtls/judge/judgement.ts'
import type { Lacking, Withheld } from '../../mtls/negotiate.ts'
import type { ReadyId } from '../../mtls/ready-ids.ts'
import type { Circumstance } from '../../mtls/circumstance/unusual.ts'
import type { Telling } from '../../mtls/explain.ts'
import type { ReceivedText } from '../../mtls/programs/alerts.ts'
import type { ProgramId } from '../../mtls/programs/program.ts'
import type { Seen } from '../../mtls/programs/programs.ts'
import type { NotOffered } from '../../mtls/prompt.ts'
import type { ReadFact } from '../../mtls/proxy/facts.ts'
import type { ProxyFault } from '../../mtls/proxy/fault.ts'
import type { Forwarding } from '../../mtls/proxy/forwarding.ts'
import type { HeaderFormat, HeaderRow } from '../../mtls/proxy/format.ts'
import type { BoundToken, ClientMatch, KeySetMatch } from '../../mtls/proxy/oauth.ts'
import type { OutputFault, SeenServer } from '../../mtls/output/read-output.ts'
import type { Met, Weighed } from '../../mtls/rules/evaluate.ts'
import type { ReadRule } from '../../mtls/rules/rule-file.ts'
import type { ScenarioFault } from '../../mtls/scenario-file/fault.ts'
import type { ClientEndpoint, ServerEndpoint } from '../../mtls/scenario.ts'
import type { Field } from '../../mtls/wire/reader.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import type { PlayedMessage } from '../../mtls/play.ts'
import type { Actor, CertificateFacts } from '../views.ts'
import type { InFile } from '../words.ts'
import type { LockedFile } from './import.ts'
import type { PathView } from './validate.ts'

/** A certificate that either end may send or trust; the page refers to it by its index. */
export interface LabCertificate {
  readonly index: number
  readonly name: string
  readonly card: CertificateFacts
  readonly der: Uint8Array
  /** Whether its key is in the lab, so that it can be proved. */
  readonly hasKey: boolean
  /** Its record, if it was taken from the open vault; with its key there, that signs one handshake at a time, if asked. */
  readonly vault: { readonly id: string; readonly hasKey: boolean } | null
}

type Common = 'versions' | 'verifies' | 'at' | 'needsStatus' | 'maxDepth' | 'lets' | 'letsAt'
export type ClientSettings = Pick<
  ClientEndpoint,
  Common | 'host' | 'checksHost' | 'heedsAuthorities' | 'address'
>
export type ServerSettings = Pick<ServerEndpoint, Common | 'asks' | 'listsAuthorities' | 'forwarding'>

/** Which program an end is; null: by the standards alone. */
interface Being {
  readonly program: ProgramId | null
}

/** What an end holds, by index: what it sends in that order, and what it trusts. */
export interface Holds {
  readonly sends: readonly number[]
  readonly trusts: readonly number[]
}

/** What an end trusts and hardly means to; `hasRule`: whether a rule narrows that. */
export interface LabWarning {
  readonly why: 'public-root' | 'below-public-root' | 'own-issuer'
  /** The first of them, and how many more. */
  readonly names: readonly string[]
  readonly more: number
  readonly hasRule: boolean
}

/** What an end knows of revocation. */
export interface Knows {
  readonly lists: number
  readonly isStapled: boolean
}

export interface LabEnds {
  readonly client: ClientSettings & Holds & Being
  readonly server: ServerSettings & Holds & Being
}

/** A finding, and the certificate that it is about. */
export interface FoundIn {
  readonly finding: Finding
  readonly name: string
  readonly issuer: string
  /** Whether that is the certificate presented, not one of its issuers. */
  readonly isTarget: boolean
}

/** Why an end refuses the other. */
export type RefusalView =
  | { readonly why: 'no-certificate'; readonly withheld: Withheld }
  | { readonly why: 'unreadable'; readonly at: number; readonly code: ErrorCode; readonly detail: unknown }
  | { readonly why: 'chain'; readonly findings: readonly FoundIn[] }
  | { readonly why: 'undecided' | 'key-usage' | 'staple' | 'possession' }
  | { readonly why: 'rule'; readonly weighed: Weighed }
  | { readonly why: 'nothing-in-common'; readonly lacks: Lacking }

/** A change that makes an end accept the other, tried before it is offered: a certificate, and who is to have it. */
export interface LabFix {
  readonly act: 'send' | 'trust'
  readonly side: Side
  readonly certificate: number
}

/** The addresses that a server decides on. */
export interface AddressesView {
  /** Which of them its rule asks for. */
  readonly asks: readonly ('connection' | 'forwarded')[]
  /** Of the connection itself, which is a proxy's if something is forwarded; null if it is not known. */
  readonly connection: string | null
  readonly forwarding: Pick<Forwarding, 'form' | 'trusted'> | null
  /** Why nobody is taken for the client. */
  readonly fault: ProxyFault | null
  /** Whom the server takes for the client; not known if the proxy that names it does not say. */
  readonly client: { readonly text: string; readonly isKnown: boolean } | null
  /** What is the client's own word, as it came, the first of it. */
  readonly claims: readonly string[]
  /** One of these that would be let in if the server believed it. */
  readonly believed: string | null
}

export interface JudgementView {
  readonly presented: Judgement['presented']
  readonly path: PathView | null
  readonly possession: Possession | null
  readonly refusals: readonly RefusalView[]
  /** What it would refuse if it verified. */
  readonly overlooked: readonly RefusalView[]
  readonly met: Met | null
  /** Null if neither a rule nor a proxy is about addresses. */
  readonly addresses: AddressesView | null
  readonly fixes: readonly LabFix[]
  /** Which of the cases that were put to programs this is, and what they did. */
  readonly circumstance: Circumstance
  readonly programs: readonly ProgramSeen[]
}

/** What a program was seen to do in the place of one end. */
export interface ProgramSeen {
  readonly id: ProgramId
  readonly name: string
  /** Null if it was not measured with this. */
  readonly seen: Seen | null
  /** What it printed; null if that was not read, or it accepts. */
  readonly said: string | null
}

/** What the program that an end is was seen to do; the standard's own answer is another. */
export interface ChosenProgram extends Pick<ProgramSeen, 'id' | 'name'> {
  /** Of the other end's certificate; null if it asks for none. */
  readonly judges: ProgramSeen | null
  /** Of the certificates that a client has, how many it was seen to send; null if none are asked for or there are none. */
  readonly sends: {
    readonly has: number
    readonly seen: { readonly count: number; readonly version: string } | null
  } | null
  /** Of the alert that refuses it; null if there is none, or that is not known. */
  readonly prints: ReceivedText | null
}

/** A telling part of a pasted text, with the name of what printed it. */
export interface TellingView extends Omit<Telling, 'printer'> {
  readonly printer: string | null
}

export interface EndingView {
  readonly by: Side
  readonly refusal: RefusalView
  readonly told: Told
  readonly alert: { readonly code: number; readonly name: string } | null
  readonly learns: Learns
}

/** A field of a message with the registered name of its number, if it has one. */
export interface FieldView extends Pick<Field, 'name' | 'from' | 'to'> {
  readonly codeName: string | null
  readonly fields: readonly FieldView[]
}

export interface LabMessage extends PlayedMessage {
  /** Whether it is sent before the attempt ends. */
  readonly isSent: boolean
  readonly fields: readonly FieldView[]
}

export interface LabAnswer {
  readonly version: string | null
  readonly suite: string | null
  readonly ending: EndingView | null
  readonly messages: readonly LabMessage[]
  /** Null without a common version. */
  readonly client: JudgementView | null
  readonly server: JudgementView | null
  readonly chosen: Readonly<Record<Side, ChosenProgram | null>>
}

/** What the lab began with; `name`: the file's own, or that of the vault's certificate. */
export type LabOrigin =
  | { readonly kind: 'ready'; readonly id: ReadyId }
  | { readonly kind: 'file' | 'vault'; readonly name: string }
  | { readonly kind: 'output' }

export interface LabView {
  readonly origin: LabOrigin
  readonly certificates: readonly LabCertificate[]
  readonly ends: LabEnds
  readonly knows: { readonly client: Knows; readonly server: Knows }
  readonly warnings: Readonly<Record<Side, readonly LabWarning[]>>
  readonly answer: LabAnswer
  /** What a browser would offer, and why not the rest; null if the server asks for nothing. */
  readonly prompt: readonly { readonly certificate: number; readonly withheld: NotOffered | null }[] | null
  /** The programs that each end can be: those that were measured there. */
  readonly programs: Readonly<Record<Side, readonly Pick<ProgramSeen, 'id' | 'name'>[]>>
  /** The programs that settings are printed for. */
  readonly destinations: readonly Pick<Destination, 'id' | 'name'>[]
  /** Encrypted parts of what was added, which a password opens. */
  readonly locked: readonly LockedFile[]
  readonly problems: readonly PileProblem[]
  readonly notices: readonly PileNotice[]
}

/** A scenario that was opened, or why it was not: nothing has changed then. */
export type LabOpened =
  | { readonly view: LabView; readonly name: string; readonly note: string }
  | { readonly faults: readonly ScenarioFault[] }

/** A certificate of the vault for one end, which sends or trusts it; `as` null: begins with it, wherever it belongs. */
export interface LabTaking {
  readonly certificateId: string
  readonly as: { readonly side: Side; readonly what: keyof Holds } | null
  /** For the clocks of what is begun. */
  readonly at: Date
}

/** What was taken from a client's output; `accepts`: how many names of CAs the server lists. */
export interface OutputTaken extends Pick<SeenServer, 'named' | 'asks' | 'verified'> {
  readonly certificates: number
  readonly accepts: number
  /** Those of which no certificate is here. */
  readonly absent: readonly string[]
  readonly version: string | null
}

/** What a scenario file is to say of itself, and whether it has the keys of both ends. */
export interface LabSaving {
  readonly name: string
  readonly note: string
  readonly keys: boolean
}

/** What a pasted error text means. */
export interface ExplainedText {
  readonly found: readonly TellingView[]
  /** In characters; null if it was read whole. */
  readonly limit: number | null
}

/** A header as a proxy writes it of a certificate; `value` is null if there is nothing to write, or it is not known how. */
export interface HeaderView extends Pick<HeaderRow, 'name' | 'variable' | 'cautions' | 'never'> {
  readonly isKnown: boolean
  readonly value: string | null
}
export interface FormatView extends Pick<
  HeaderFormat,
  'id' | 'program' | 'versions' | 'basis' | 'strips' | 'names' | 'setting' | 'stripping'
> {
  readonly rows: readonly HeaderView[]
}

/** A client as headers tell of it, judged by the lab's server as if it came with that chain. */
export interface ForwardedView {
  readonly program: string
  readonly alternatives: readonly string[]
  readonly names: readonly string[]
  readonly facts: readonly ReadFact[]
  /** What is not true of the certificate that came with it. */
  readonly contradictions: readonly ReadFact[]
  /** Null if only facts of it were sent. */
  readonly certificate: CertificateFacts | null
  readonly chain: number
  readonly judgement: JudgementView | null
}

export type ReadBack =
  | { readonly fault: ProxyFault }
  | {
      readonly clients: readonly ForwardedView[]
      readonly absent: readonly string[]
      readonly ignored: readonly string[]
    }

/** What OAuth 2.0 says of the client's certificate (RFC 8705). */
export interface OauthView {
  readonly thumbprint: string
  readonly subject: string
}

/** A pasted token, client's metadata or key set, compared with the client's certificate. */
export type OauthAnswer =
  | { readonly fault: ProxyFault }
  | { readonly token: BoundToken }
  | { readonly client: ClientMatch }
  | { readonly keys: KeySetMatch }
export type OauthText = 'token' | 'client' | 'keys'

/** Settings for a program, with the private key of that end as PEM if it was asked for and is here. */
export type SettingsAnswer =
  { readonly lacks: Lacks } | { readonly printed: Printed; readonly key: Uint8Array | null }

/** A certificate of a refusal kit by its case; null if its CA's key is not here. */
export type KitAnswer = readonly { readonly wish: KitWish; readonly issued: KitCertificate | null }[]

export interface LabMethods {
  /** Draws a ready scenario as of now, with keys of its own, and plays it. */
  'lab.ready': { in: { id: ReadyId; at: Date }; out: LabView }
  /** Takes the pack of public roots, by which they are known where a server trusts them for clients. */
  'lab.publicRoots': { in: { text: string }; out: null }
  /** Plays again with changed ends. */
  'lab.play': { in: LabEnds; out: LabView }
  /** Adds certificates, lists and keys from files; nothing is sent or trusted yet. */
  'lab.add': { in: { files: readonly InFile[] }; out: LabView }
  /** Opens locked parts of one file, or of all with null. Rejects with 'container-password-wrong' if it opens none. */
  'lab.unlock': { in: { file: string | null; password: string }; out: LabView }
  /** Plays once more, with the key in the vault of that end's certificate. */
  'lab.prove': { in: { side: Side; actor: Actor }; out: LabView }
  /** Needs the open vault. */
  'lab.take': { in: LabTaking; out: LabView }
  /** Gives the server what a client printed of one; nothing has changed if that cannot be read. */
  'lab.output': {
    in: { text: string }
    out: { view: LabView; taken: OutputTaken } | { fault: OutputFault }
  }
  /** Begins with the scenario of a file; `at` is the clock of an end that has none of its own there. */
  'lab.open': { in: { bytes: Uint8Array; at: Date }; out: LabOpened }
  /** The present scenario as a file. */
  'lab.save': { in: LabSaving; out: { text: string } | { faults: readonly ScenarioFault[] } }
  'lab.settings': { in: { program: DestinationId; side: Side; key: boolean }; out: SettingsAnswer }
  /** Certificates that the lab's server has to refuse, with keys that are made for it; never a CA's. */
  'lab.kit': { in: null; out: KitAnswer }
  /** Reads who may connect, written as a scenario file has it. */
  'lab.rule': { in: { text: string }; out: ReadRule }
  'lab.explain': { in: { text: string }; out: ExplainedText }
  /** Of the certificate that the client sends; empty without one. */
  'lab.headers': { in: null; out: readonly FormatView[] }
  'lab.readHeaders': { in: { text: string }; out: ReadBack }
  /** Null if the client sends no certificate. */
  'lab.oauth': { in: null; out: OauthView | null }
  'lab.checkOauth': { in: { text: string; what: OauthText }; out: OauthAnswer | null }
}
