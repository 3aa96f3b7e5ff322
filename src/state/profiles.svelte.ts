import type { Client } from '../worker/client.ts'
import type { Clock } from './clock.svelte.ts'
import { Task } from './task.svelte.ts'

/** What the form needs to know of a profile. */
export interface ProfileSummary {
  readonly id: string
  /** Typed by the operator for a profile of their own; null for a built-in one, whose name is in messages/. */
  readonly name: string | null
  readonly isCa: boolean
  readonly days: number
  readonly keyAlgorithm: string | null
}

const builtIn = (id: string, isCa: boolean, days: number, keyAlgorithm = 'p256'): ProfileSummary => ({
  id,
  name: null,
  isCa,
  days,
  keyAlgorithm,
})

const BUILT_IN: readonly ProfileSummary[] = [
  builtIn('root', true, 7305, 'p384'),
  builtIn('intermediate', true, 3652, 'p384'),
  builtIn('tlsServer', false, 397),
  builtIn('tlsClient', false, 397),
  builtIn('mtls', false, 397),
  builtIn('ocspSigner', false, 90),
  builtIn('codeSigning', false, 1095),
  builtIn('email', false, 730),
  builtIn('timeStamping', false, 3652),
  builtIn('custom', false, 397),
]

/** The profiles to choose from: the built-in ones and the operator's own. */
export class Profiles {
  own = $state.raw<readonly ProfileSummary[]>([])
  readonly changing: Task

  constructor(_client: Client, clock: Clock) {
    this.changing = new Task(clock)
  }

  readonly all = $derived([...BUILT_IN, ...this.own])

  byId(id: string): ProfileSummary | null {
    return this.all.find((profile) => profile.id === id) ?? null
  }

  read(): void {}
}
