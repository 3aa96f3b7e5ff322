import type { Profile } from '../../ca/profiles.ts'
import type { WantedExtension } from '../../ca/request-wishes.ts'
import type { FindingCode } from '../../findings.ts'
import type { IssueInput } from '../../border/protocol.ts'
import type {
  AlgorithmSupport,
  AuthorityView,
  ExportFile,
  IssuedView,
  PreparedView,
  RequestsView,
  RequestView,
} from '../../border/views.ts'
import { sameOctets } from '../../octets.ts'
import type { Calls } from '../calls.ts'
import { caKeeping, emptyDraft, endEntityKeeping, takeRequest, toIssueInput, type Draft } from './draft.ts'
import { download, readFiles } from '../files.ts'
import { including } from '../including.ts'
import type { Profiles } from './profiles.svelte.ts'
import type { Task } from '../task.svelte.ts'

/** One certificate from the first word typed to the signed file. The draft outlives a lock and going back. */
export class Issuance {
  draft = $state<Draft>(emptyDraft())
  /** What would be signed, read back; null until prepared. */
  prepared = $state.raw<PreparedView | null>(null)
  acknowledged = $state<FindingCode[]>([])
  issued = $state.raw<IssuedView | null>(null)
  algorithms = $state.raw<readonly AlgorithmSupport[]>([])
  /** Requests that were dropped, to choose from. */
  requests = $state.raw<RequestsView | null>(null)
  /** What of the request taken the profile allows. */
  wanted = $state.raw<readonly WantedExtension[]>([])
  readonly requesting: Task
  readonly preparing: Task
  readonly signing: Task
  readonly #calls: Calls
  readonly #profiles: Profiles
  #begun = ''

  constructor(calls: Calls, profiles: Profiles) {
    this.#calls = calls
    this.#profiles = profiles
    this.requesting = calls.task()
    this.preparing = calls.task()
    this.signing = calls.task()
  }

  /** Whether every warning has been acknowledged and nothing stops. */
  readonly canSign = $derived(
    this.prepared !== null &&
      this.prepared.token !== null &&
      this.prepared.warnings.every((code) => this.acknowledged.includes(code)),
  )
  readonly isRoot = $derived(this.draft.authorityId === '')

  get isCa(): boolean {
    return isAuthority(this.#profiles.byId(this.draft.profileId))
  }

  /**
   * Enters the form. An authority or profile in the address starts from that; without, a draft that nobody has
   * typed into starts at the lowest authority that can sign, for what is most often wanted of it.
   */
  begin(authorityId: string | null, profileId: string | null, signing: readonly AuthorityView[]): void {
    this.readAlgorithms()
    const asked = `${authorityId ?? ''}|${profileId ?? ''}`
    if (asked === '|' ? this.#isTyped : asked === this.#begun) return
    this.#begun = asked
    const issuer = authorityId ?? (profileId === 'root' ? '' : (lowest(signing)?.id ?? ''))
    this.draft.authorityId = issuer
    this.choose(profileId ?? usualBelow(signing.find(({ id }) => id === issuer)))
  }

  get #isTyped(): boolean {
    const { commonName, names, attributes } = this.draft
    return commonName !== '' || names !== '' || attributes.length > 0
  }

  /** Takes a profile and its defaults; what was typed as names stays. */
  choose(profileId: string): void {
    const profile = this.#profiles.byId(profileId)
    this.draft.profileId = profileId
    if (!profile) return
    this.draft.validity = lengthOf(profile)
    this.draft.keyAlgorithm = profile.keyAlgorithm
    if (profile.kind === 'root') this.draft.authorityId = ''
    this.#readWanted()
  }

  /** Reads requests from elsewhere; a single one is taken into the form at once. */
  readRequests(files: readonly File[]): void {
    this.requesting.queue(async (options) => {
      this.requests = await this.#calls.ask('request.read', { files: await readFiles(files) }, options)
      const [only, ...more] = this.requests.requests
      if (only && more.length === 0) this.take(only)
    })
  }

  take(request: RequestView): void {
    takeRequest(this.draft, request)
    this.#readWanted()
  }

  /** An extension of the request, or what the profile says in its place. */
  taking(oid: string, on: boolean): void {
    this.draft.take = including(this.draft.take, oid, on)
  }

  withoutRequest(): void {
    this.draft.request = null
    this.requests = null
    this.#readWanted()
  }

  startOver(): void {
    this.#discard()
    this.draft = emptyDraft(this.draft.authorityId, this.draft.profileId)
    this.choose(this.draft.profileId)
    this.#begun = ''
  }

  prepare(then: () => void): void {
    this.preparing.run(async (options) => {
      this.#discard()
      const { authorityId, keyAlgorithm, request, take } = $state.snapshot(this.draft)
      this.prepared = await this.#calls.ask(
        'issue.prepare',
        {
          authorityId: authorityId || null,
          request: this.#request(),
          key: request
            ? { kind: 'request', der: request.der, take, requestId: null }
            : { kind: 'generate', algorithm: keyAlgorithm },
        },
        options,
      )
      this.acknowledged = []
      then()
    })
  }

  /** Signs what was prepared. The passphrase protects the new key, where it is kept apart or handed out. */
  sign(passphrase: string, then: (issued: IssuedView) => void): void {
    const token = this.prepared?.token
    if (!token) return
    this.signing.run(async (options) => {
      const issued = await this.#calls.act(
        'issue.sign',
        {
          token,
          acknowledged: $state.snapshot(this.acknowledged),
          caKey: caKeeping(this.draft.caKey, passphrase),
          endEntityKey: endEntityKeeping(this.draft.endEntityKey, passphrase),
        },
        options,
      )
      this.issued = issued
      this.prepared = null
      this.#without(this.draft.request)
      this.draft = emptyDraft(this.draft.authorityId, this.draft.profileId)
      this.#begun = ''
      then(issued)
    })
  }

  /** A request that was answered is offered no more. */
  #without(answered: RequestView | null): void {
    if (!answered || !this.requests) return
    const requests = this.requests.requests.filter(({ der }) => !sameOctets(der, answered.der))
    this.requests = requests.length === 0 ? null : { ...this.requests, requests }
  }

  /** The key that was handed out once; it is forgotten when the page is left. */
  downloadKey(file: ExportFile): void {
    download(file)
  }

  /** What was prepared cannot be signed once the vault is locked; the draft stays. */
  lockAway(): void {
    this.prepared = null
    this.issued = null
  }

  /** A length of validity that is the profile's own is left to the profile, and is said to come from there. */
  #request(): IssueInput {
    const request = toIssueInput($state.snapshot(this.draft))
    const profile = this.#profiles.byId(this.draft.profileId)
    return profile && lengthOf(profile) === this.draft.validity ? { ...request, validity: null } : request
  }

  #discard(): void {
    const token = this.prepared?.token
    this.prepared = null
    if (token) void this.#calls.ask('issue.discard', { token }).catch(() => undefined)
  }

  #readWanted(): void {
    const { request, profileId } = this.draft
    this.wanted = []
    this.requesting.clear()
    if (!request) return
    const { der } = $state.snapshot(request)
    this.requesting.read(
      this.#calls.ask('request.wanted', { der, profileId }),
      (wanted) => (this.wanted = wanted),
    )
  }

  /** What keys this browser can make, asked once. */
  readAlgorithms(): void {
    if (this.algorithms.length > 0) return
    this.preparing.read(
      this.#calls.ask('algorithms.supported', null),
      (algorithms) => (this.algorithms = algorithms),
    )
  }
}

/** Whether a profile makes certificates of CAs. */
export const isAuthority = (profile: Profile | null): boolean =>
  profile !== null && profile.kind !== 'endEntity'

/** 'days:398' or 'years:20', as the form's list of lengths has them. */
function lengthOf({ validity }: Profile): string {
  return 'days' in validity ? `days:${validity.days}` : `years:${validity.years}`
}

/** The last in the tree whose key has not given way to another. */
const lowest = (signing: readonly AuthorityView[]): AuthorityView | undefined =>
  signing.findLast(({ successorId }) => successorId === null) ?? signing.at(-1)

/** A root signs intermediates; those sign what people use. */
function usualBelow(issuer: AuthorityView | undefined): string {
  if (!issuer) return 'root'
  return issuer.selfSigned && issuer.pathLen !== 0 ? 'intermediate' : 'tlsServer'
}
