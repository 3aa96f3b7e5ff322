import type { CrossConstraints } from '../../ca/cross.ts'
import type { FindingCode } from '../../findings.ts'
import type { CrossMethods, OutsideAuthority } from '../../border/protocol/cross.ts'
import type { Calls } from '../calls.ts'
import { lines, validity, type Draft } from '../issue/draft.ts'
import { readFiles } from '../files.ts'
import type { Task } from '../task.svelte.ts'

/** The operator's input for one cross-certificate. */
export interface CrossDraft extends Pick<Draft, 'validity' | 'notBefore' | 'notAfter'> {
  authorityId: string
  pathLen: string
  permitted: string
  excluded: string
  nothingElse: boolean
  policies: string
  crlUrls: string
}

const emptyDraft = (): CrossDraft => ({
  authorityId: '',
  validity: '',
  notBefore: '',
  notAfter: '',
  pathLen: '0',
  permitted: '',
  excluded: '',
  nothingElse: false,
  policies: '',
  crlUrls: '',
})

/** Another CA, certified below one of ours: from the dropped file to the signature. */
export class Cross {
  draft = $state<CrossDraft>(emptyDraft())
  found = $state.raw<CrossMethods['cross.read']['out'] | null>(null)
  chosen = $state.raw<OutsideAuthority | null>(null)
  prepared = $state.raw<CrossMethods['cross.prepare']['out'] | null>(null)
  /** The CA that will sign what was prepared. */
  signerId = $state('')
  acknowledged = $state<FindingCode[]>([])
  readonly reading: Task
  readonly preparing: Task
  readonly signing: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.preparing = calls.task()
    this.signing = calls.task()
  }

  readonly canSign = $derived(
    this.prepared !== null &&
      this.prepared.token !== null &&
      this.prepared.part.warnings.every((code) => this.acknowledged.includes(code)),
  )

  begin(authorityId: string): void {
    if (authorityId !== '') this.draft.authorityId = authorityId
  }

  /** Reads the dropped files; a single CA is taken at once. `then` is called if there is something in them. */
  read(files: readonly File[], then?: () => void): void {
    this.reading.run(async (options) => {
      const read = await readFiles(files)
      this.chosen = null
      this.change()
      this.found = await this.#calls.ask('cross.read', { files: read }, options)
      const [only, ...more] = this.found.found
      if (only && more.length === 0) this.chosen = only
      if (only) then?.()
    })
  }

  choose(outside: OutsideAuthority | null): void {
    this.chosen = outside
    if (outside === null) this.found = null
    this.change()
  }

  /** Back to the form; drops what was prepared. */
  change(): void {
    this.prepared = null
    this.signing.clear()
  }

  prepare(authorityId: string): void {
    const { chosen } = this
    if (chosen === null) return
    this.preparing.run(async (options) => {
      const draft = $state.snapshot(this.draft)
      this.acknowledged = []
      this.signerId = authorityId
      this.prepared = await this.#calls.ask(
        'cross.prepare',
        {
          authorityId,
          kind: chosen.kind,
          der: chosen.der,
          validity: draft.validity === '' ? null : validity(draft),
          constraints: constraints(draft),
        },
        options,
      )
    })
  }

  sign(then: (certificateId: string) => void): void {
    const token = this.prepared?.token
    if (!token) return
    this.signing.run(async (options) => {
      const acknowledged = $state.snapshot(this.acknowledged)
      const input = { token, acknowledged }
      const { certificateId } = await this.#calls.act('cross.sign', input, options)
      this.draft = emptyDraft()
      this.choose(null)
      then(certificateId)
    })
  }

  /** A prepared certificate cannot be signed once the vault is locked; typed input is kept. */
  lockAway(): void {
    this.prepared = null
  }
}

function constraints(draft: CrossDraft): CrossConstraints {
  const [permitted, excluded] = [lines(draft.permitted), lines(draft.excluded)]
  const policies = lines(draft.policies)
  const cRLDistributionPoints = lines(draft.crlUrls)
  const pathLen = draft.pathLen.trim()
  return {
    ...(pathLen === '' ? {} : { pathLen: Number(pathLen) }),
    ...(permitted.length + excluded.length === 0
      ? {}
      : { nameConstraints: { permitted, excluded, nothingElse: draft.nothingElse } }),
    ...(policies.length === 0 ? {} : { certificatePolicies: policies }),
    ...(cRLDistributionPoints.length === 0 ? {} : { cRLDistributionPoints }),
  }
}
