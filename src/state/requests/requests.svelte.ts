import type { Finding } from '../../findings.ts'
import type { KeyAlgorithmId } from '../../webcrypto/algorithms.ts'
import type {
  AnswersView,
  RequestDetail,
  RequestKey,
  RequestRow,
  StoredAnswer,
} from '../../border/protocol/request.ts'
import type { InFile } from '../../border/words.ts'
import type { Calls } from '../calls.ts'
import { caKeeping, emptyDraft, fillIn, toIssueInput, type Draft } from '../issue/draft.ts'
import { download, readFiles } from '../files.ts'
import { isAuthority } from '../issue/issuance.svelte.ts'
import { including } from '../including.ts'
import type { Profiles } from '../issue/profiles.svelte.ts'
import type { Task } from '../task.svelte.ts'

const emptyWish = (): Draft => emptyDraft('', 'tlsServer')

export interface RecipeWish {
  commonName: string
  organization: string
  names: string
  keyAlgorithm: KeyAlgorithmId
}

/** Requests made here, from the first keystroke to the certificate that answers them. */
export class Requests {
  rows = $state.raw<readonly RequestRow[] | null>(null)
  detail = $state.raw<RequestDetail | null>(null)
  /** The draft request; survives a lock and going back. */
  draft = $state<Draft>(emptyWish())
  keyFrom = $state<'generate' | 'brought' | 'kept'>('generate')
  /** The certificate whose key is certified again, if the form was opened from one. */
  kept = $state.raw<{ certificateId: string; name: string; authorityId: string | null } | null>(null)
  /** Findings about the CA whose key it is, read and accepted. */
  /** What was accepted of what speaks against the CA whose key signs. */
  accepted = $state.raw<readonly Finding[]>([])
  keyFile = $state.raw<File | null>(null)
  /** A request that somebody else is to make. */
  recipe = $state<RecipeWish>({ commonName: '', organization: '', names: '', keyAlgorithm: 'p256' })
  /** Certificates received in reply, before and after they are stored. */
  answers = $state.raw<AnswersView | null>(null)
  chosen = $state<number[]>([])
  stored = $state.raw<readonly StoredAnswer[] | null>(null)
  readonly listing: Task
  readonly opening: Task
  readonly making: Task
  readonly changing: Task
  readonly reading: Task
  readonly storing: Task
  readonly #calls: Calls
  readonly #profiles: Profiles
  #wanted = ''

  constructor(calls: Calls, profiles: Profiles) {
    this.#calls = calls
    this.#profiles = profiles
    this.listing = calls.task()
    this.opening = calls.task()
    this.making = calls.task()
    this.changing = calls.task()
    this.reading = calls.task()
    this.storing = calls.task()
  }

  get isCa(): boolean {
    return isAuthority(this.#profiles.byId(this.draft.profileId))
  }

  list(): void {
    this.listing.read(
      () => this.#calls.ask('request.list', null),
      (rows) => (this.rows = rows),
    )
  }

  /** Shows one request. */
  open(requestId: string): void {
    if (this.#wanted !== requestId) this.detail = null
    this.#wanted = requestId
    this.opening.clear()
    if (requestId === '') return
    this.opening.read(
      () => this.#calls.ask('request.detail', { requestId }),
      (detail) => (this.detail = detail),
    )
  }

  readAgain(): void {
    if (this.rows) this.list()
    if (this.detail) this.open(this.#wanted)
  }

  forget(): void {
    this.rows = null
    this.detail = null
    this.lockAway()
  }

  /** The worker holds what was read until the vault locks. */
  lockAway(): void {
    this.answers = null
    this.stored = null
  }

  /** Enters the form; with a certificate, prefilled to request the same again for its key. */
  begin(profileId: string | null, certificateId: string | null): void {
    if (certificateId !== null && certificateId !== this.kept?.certificateId) this.#again(certificateId)
    if (profileId !== null && profileId !== this.draft.profileId) this.choose(profileId)
  }

  choose(profileId: string): void {
    this.draft.profileId = profileId
    const profile = this.#profiles.byId(profileId)
    if (profile) this.draft.keyAlgorithm = profile.keyAlgorithm
  }

  startOver(): void {
    this.draft = emptyDraft('', this.draft.profileId)
    this.choose(this.draft.profileId)
    this.keyFrom = 'generate'
    this.keyFile = null
    this.kept = null
    this.accepted = []
  }

  /** Makes the request. `passphrase` opens the key file; `ownPassphrase` is the new key's own. */
  make(passphrase: string, ownPassphrase: string, then: (row: RequestRow) => void): void {
    this.making.run(async (options) => {
      const { profileId, subject, subjectAltNames, extensions } = toIssueInput($state.snapshot(this.draft))
      const keyKeeping = caKeeping(this.isCa ? this.draft.caKey : 'vault', ownPassphrase)
      const row = await this.#calls.act(
        'request.make',
        {
          request: { profileId, subject, subjectAltNames, extensions, signature: null },
          key: await this.#key(passphrase),
          keyKeeping,
          acknowledged: this.accepted.map(({ code }) => code),
          shown: $state.snapshot(this.accepted),
        },
        options,
      )
      this.startOver()
      then(row)
    })
  }

  save(requestId: string, format: 'pem' | 'der', then: (name: string) => void): void {
    this.changing.run(async (options) => {
      const file = await this.#calls.ask('request.export', { requestId, format }, options)
      if (download(file, options)) then(file.name)
    })
  }

  remove(requestId: string, then: () => void): void {
    this.changing.run(async (options) => {
      await this.#calls.act('request.remove', { requestId }, options)
      then()
    })
  }

  /** Reads certificates that may answer a request, or be CAs kept elsewhere. */
  readAnswers(files: readonly File[], then: () => void): void {
    this.reading.queue(async (options) => {
      this.stored = null
      this.answers = await this.#calls.ask('answer.read', { files: await readFiles(files) }, options)
      this.chosen = this.answers.items.filter(({ suggested }) => suggested).map(({ index }) => index)
      if (this.answers.items.length > 0) then()
    })
  }

  choosing(index: number, on: boolean): void {
    this.chosen = including(this.chosen, index, on)
  }

  store(): void {
    const token = this.answers?.token
    if (token === undefined) return
    this.storing.run(async (options) => {
      const chosen = $state.snapshot(this.chosen)
      const input = { token, chosen }
      this.stored = await this.#calls.act('answer.store', input, options)
      this.answers = null
    })
  }

  #again(certificateId: string): void {
    this.making.read(
      () => this.#calls.ask('request.again', { certificateId }),
      ({ name, authorityId, profileId, subject, subjectAltNames }) => {
        this.startOver()
        this.choose(profileId)
        fillIn(this.draft, subject, subjectAltNames)
        this.kept = { certificateId, name, authorityId }
        this.keyFrom = 'kept'
      },
    )
  }

  async #key(passphrase: string): Promise<RequestKey> {
    const { keyFile, draft, kept } = this
    if (this.keyFrom === 'kept' && kept) return { kind: 'kept', certificateId: kept.certificateId }
    if (this.keyFrom === 'generate' || !keyFile) return { kind: 'generate', algorithm: draft.keyAlgorithm }
    const [file] = await readFiles([keyFile])
    return { kind: 'brought', file: file as InFile, passphrase }
  }
}
