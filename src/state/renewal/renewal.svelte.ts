import type { FindingCode } from '../../findings.ts'
import type { RenewalView, RenewedView } from '../../border/protocol/renewal.ts'
import type { Calls } from '../calls.ts'
import { caKeeping, endEntityKeeping, validity, type Draft } from '../issue/draft.ts'
import type { Handover } from '../issue/handover.svelte.ts'
import type { Task } from '../task.svelte.ts'

/** The operator's choices for one renewal. */
export interface RenewalDraft extends Pick<
  Draft,
  'validity' | 'notBefore' | 'notAfter' | 'caKey' | 'endEntityKey'
> {
  key: 'same' | 'new'
  /** '': like the old one. */
  keyAlgorithm: string
  /** '': the signer of the old one, or its successor. */
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

/** One certificate that replaces another, from the first choice to the signature. */
export class Renewal {
  draft = $state<RenewalDraft>(emptyDraft())
  /** The certificates to be signed; null until prepared. */
  prepared = $state.raw<RenewalView | null>(null)
  acknowledged = $state<FindingCode[]>([])
  renewed = $state.raw<Omit<RenewedView, 'handedOut'> | null>(null)
  readonly preparing: Task
  readonly signing: Task
  readonly #calls: Calls
  readonly #handover: Handover
  #certificateId = ''

  constructor(calls: Calls, handover: Handover) {
    this.#calls = calls
    this.#handover = handover
    this.preparing = calls.task()
    this.signing = calls.task()
  }

  /** Codes to acknowledge, each once. */
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

  /** Back to the form; drops what was prepared. */
  change(): void {
    const token = this.prepared?.token
    this.prepared = null
    this.signing.clear()
    if (token) void this.#calls.ask('renewal.discard', { token }).catch(() => undefined)
  }

  /** Signs what was prepared. The passphrase protects the new key, if it has its own or is handed out. */
  sign(passphrase: string, then: (certificateId: string) => void): void {
    const token = this.prepared?.token
    if (!token) return
    const { key, caKey, endEntityKey, revokeFormer } = this.draft
    this.signing.run(async (options) => {
      const { handedOut, ...renewed } = await this.#calls.act(
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
      this.#handover.take({ ...renewed, handedOut })
      this.prepared = null
      this.#certificateId = ''
      then(renewed.certificateId)
    })
  }

  /** Prepared certificates cannot be signed once the vault is locked; the choices are kept. */
  lockAway(): void {
    this.prepared = null
    this.renewed = null
  }
}
