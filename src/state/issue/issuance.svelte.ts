import type { Profile } from '../../ca/profiles.ts'
import type { WantedExtension } from '../../ca/request-wishes.ts'
import type { FindingCode } from '../../findings.ts'
import type { IssueInput } from '../../border/protocol.ts'
import type { AlgorithmSupport, AuthorityView, PreparedView } from '../../border/views.ts'
import type { RequestsView, RequestView } from '../../border/protocol/request.ts'
import { sameOctets } from '../../octets.ts'
import type { Calls } from '../calls.ts'
import { caKeeping, emptyDraft, endEntityKeeping, takeRequest, toIssueInput, type Draft } from './draft.ts'
import { readFiles } from '../files.ts'
import type { Handover } from './handover.svelte.ts'
import { including } from '../including.ts'
import { lengthOf } from './lengths.ts'
import type { Profiles } from './profiles.svelte.ts'
import type { Task } from '../task.svelte.ts'

/** One certificate from the first keystroke to the signed file. The draft survives a lock and going back. */
export class Issuance {
  draft = $state<Draft>(emptyDraft())
  /** The certificate to be signed, parsed back; null until prepared. */
  prepared = $state.raw<PreparedView | null>(null)
  acknowledged = $state<FindingCode[]>([])
  /** The certificate that was just issued here. */
  issuedId = $state<string | null>(null)
  algorithms = $state.raw<readonly AlgorithmSupport[]>([])
  /** Dropped requests to choose from. */
  requests = $state.raw<RequestsView | null>(null)
  /** The extensions of the chosen request that the profile allows. */
  wanted = $state.raw<readonly WantedExtension[]>([])
  readonly requesting: Task
  /** Which keys this browser can make. */
  readonly surveying: Task
  readonly preparing: Task
  readonly signing: Task
  readonly #calls: Calls
  readonly #profiles: Profiles
  readonly #handover: Handover
  #begun = ''

  constructor(calls: Calls, profiles: Profiles, handover: Handover) {
    this.#calls = calls
    this.#handover = handover
    this.#profiles = profiles
    this.requesting = calls.task()
    this.surveying = calls.task()
    this.preparing = calls.task()
    this.signing = calls.task()
  }

  /** Whether every warning has been acknowledged and no error remains. */
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
   * Enters the form. Starts from an authority or profile in the address; without one, an untouched draft starts at the
   * lowest authority that can sign, with its most common profile.
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

  /** Suggests names; what is typed already stays. */
  suggest({ commonName, names }: Pick<Draft, 'commonName' | 'names'>): void {
    if (this.#isTyped) return
    this.draft.commonName = commonName
    this.draft.names = names
  }

  get #isTyped(): boolean {
    const { commonName, names, attributes } = this.draft
    return commonName !== '' || names !== '' || attributes.length > 0
  }

  /** Selects a profile and its defaults; typed names are kept. */
  choose(profileId: string): void {
    const profile = this.#profiles.byId(profileId)
    this.draft.profileId = profileId
    if (!profile) return
    this.draft.validity = lengthOf(profile)
    this.draft.keyAlgorithm = profile.keyAlgorithm
    if (profile.kind === 'root') this.draft.authorityId = ''
    this.#readWanted()
  }

  /** Reads requests from elsewhere; a single one is filled into the form at once. */
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

  /** Takes an extension from the request, or from the profile instead. */
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

  /** Signs what was prepared. The passphrase protects the new key, if it has its own or is handed out. */
  sign(passphrase: string, then: (certificateId: string) => void): void {
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
      this.issuedId = issued.certificateId
      this.#handover.take(issued)
      this.prepared = null
      this.#without(this.draft.request)
      this.draft = emptyDraft(this.draft.authorityId, this.draft.profileId)
      this.#begun = ''
      then(issued.certificateId)
    })
  }

  /** An answered request is no longer offered. */
  #without(answered: RequestView | null): void {
    if (!answered || !this.requests) return
    const requests = this.requests.requests.filter(({ der }) => !sameOctets(der, answered.der))
    this.requests = requests.length === 0 ? null : { ...this.requests, requests }
  }

  /** A prepared certificate cannot be signed once the vault is locked; the draft is kept. */
  lockAway(): void {
    this.prepared = null
    this.issuedId = null
  }

  /** A validity equal to the profile's is left to the profile, and shown as its value. */
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
      () => this.#calls.ask('request.wanted', { der, profileId }),
      (wanted) => (this.wanted = wanted),
    )
  }

  /** Reads which keys this browser can make, once. */
  readAlgorithms(): void {
    if (this.algorithms.length > 0) return
    this.surveying.read(
      () => this.#calls.ask('algorithms.supported', null),
      (algorithms) => (this.algorithms = algorithms),
    )
  }
}

/** Returns whether a profile makes certificates of CAs. */
export const isAuthority = (profile: Profile | null): boolean =>
  profile !== null && profile.kind !== 'endEntity'

/** Returns the last in the tree whose key has not been replaced. */
const lowest = (signing: readonly AuthorityView[]): AuthorityView | undefined =>
  signing.findLast(({ successorId }) => successorId === null) ?? signing.at(-1)

/** A root signs intermediates; those sign end-entity certificates. */
function usualBelow(issuer: AuthorityView | undefined): string {
  if (!issuer) return 'root'
  return issuer.selfSigned && issuer.pathLen !== 0 ? 'intermediate' : 'tlsServer'
}
