import type { FindingCode } from '../../findings.ts'
import type { RenewalView, RenewedView } from '../../border/protocol/renewal.ts'
import type { Calls } from '../calls.ts'
import { caKeeping, endEntityKeeping, validity, type Draft } from '../issue/draft.ts'
import type { Task } from '../task.svelte.ts'

/** What the operator chose for one renewal. */
export interface RenewalDraft extends Pick<
  Draft,
  'validity' | 'notBefore' | 'notAfter' | 'caKey' | 'endEntityKey'
> {
  key: 'same' | 'new'
  /** '': as the old one is. */
  keyAlgorithm: string
  /** '': who signed the old one, or took over from it. */
  authorityId: string
  revokeFormer: boolean
}

const emptyDraft = (): RenewalDraft => ({
  key: 'same',
  keyAlgorithm: '',
  authorityId: '',
  validity: '',
  notBefore: '',
  notAfter: '',
  caKey: 'vault',
  endEntityKey: 'sealed',
  revokeFormer: false,
})

/** One certificate that takes the place of another, from the first choice to the signature. */
export class Renewal {
  draft = $state<RenewalDraft>(emptyDraft())
  /** What would be signed; null until prepared. */
  prepared = $state.raw<RenewalView | null>(null)
  acknowledged = $state<FindingCode[]>([])
  renewed = $state.raw<RenewedView | null>(null)
  readonly preparing: Task
  readonly signing: Task
  readonly #calls: Calls
  #certificateId = ''

  constructor(calls: Calls) {
    this.#calls = calls
    this.preparing = calls.task()
    this.signing = calls.task()
  }

  /** Codes that have to be acknowledged, each once. */
  readonly warnings = $derived([...new Set(this.prepared?.parts.flatMap(({ warnings }) => warnings))])
  readonly canSign = $derived(
    this.prepared !== null &&
      this.prepared.token !== null &&
      this.warnings.every((code) => this.acknowledged.includes(code)),
  )

  /** Enters the form; another certificate starts afresh. */
  begin(certificateId: string): void {
    if (certificateId === this.#certificateId) return
    this.change()
    this.#certificateId = certificateId
    this.draft = emptyDraft()
    this.renewed = null
    this.preparing.clear()
  }

  prepare(): void {
    this.preparing.run(async (options) => {
      this.change()
      const { key, keyAlgorithm, authorityId, ...draft } = $state.snapshot(this.draft)
      this.acknowledged = []
      this.prepared = await this.#calls.ask(
        'renewal.prepare',
        {
          certificateId: this.#certificateId,
          key,
          keyAlgorithm: keyAlgorithm || null,
          authorityId: authorityId || null,
          validity: draft.validity === '' ? null : validity(draft),
        },
        options,
      )
    })
  }

  /** Back to the form; what was prepared is forgotten. */
  change(): void {
    const token = this.prepared?.token
    this.prepared = null
    this.signing.clear()
    if (token) void this.#calls.ask('renewal.discard', { token }).catch(() => undefined)
  }

  /** Signs what was prepared. The passphrase protects the new key, where it is kept apart or handed out. */
  sign(passphrase: string, then: (renewed: RenewedView) => void): void {
    const token = this.prepared?.token
    if (!token) return
    const { key, caKey, endEntityKey, revokeFormer } = this.draft
    this.signing.run(async (options) => {
      const renewed = await this.#calls.act(
        'renewal.sign',
        {
          token,
          acknowledged: $state.snapshot(this.acknowledged),
          caKey: caKeeping(caKey, passphrase),
          endEntityKey: endEntityKeeping(key === 'same' ? 'sealed' : endEntityKey, passphrase),
          revokeFormer,
        },
        options,
      )
      this.renewed = renewed
      this.prepared = null
      this.#certificateId = ''
      then(renewed)
    })
  }

  /** What was prepared cannot be signed once the vault is locked; the choices stay. */
  lockAway(): void {
    this.prepared = null
    this.renewed = null
  }
}
