/**
 * What the lines of a ceremony's transcript say (transcript.ts): codes and values, no sentences, so that it reads the same in
 * every language. Hashes are SHA-256 in lower-case hex.
 */

/** `rehearsal`: with keys that are thrown away; only what was rehearsed is done live. */
export type CeremonyKind = 'rehearsal' | 'live'

export const EXCEPTIONS = [
  /** The step was begun, and the page went away before it ended. */
  'interrupted',
  /** Somebody stopped it. */
  'stopped',
  /** Something that the plan does not say. */
  'deviation',
  /** What would be signed is not what was rehearsed. */
  'differs',
  /** The browser has thrown the vault away. */
  'vault-lost',
] as const
export type ExceptionWhy = (typeof EXCEPTIONS)[number]

/** What the room decides. `again`: the step is done again; `found`: it was done, and its result is taken. */
export const DECISIONS = ['again', 'found', 'go-on', 'abort'] as const
export type Decision = (typeof DECISIONS)[number]

type Nothing = Readonly<Record<string, never>>

/** Each kind of line, and what it says beyond time, kind and step. */
export interface CeremonyEvents {
  open: {
    /** Of the plan's file. */
    readonly plan: string
    /** Of what a rehearsal fixed; null in a rehearsal. */
    readonly sealed: string | null
    /** What the page says it is: it proves nothing against a changed page. */
    readonly build: string
    /** Head of the previous ceremony, as the plan has it. */
    readonly before: string | null
    readonly place: string
    /** Who is on the roll: ids and names, in the plan's order. */
    readonly people: readonly string[]
    readonly names: readonly string[]
  }
  began: Nothing
  /** A signature is about to be made, over these octets. */
  signing: { readonly object: string; readonly tbs: string }
  /** What was found when the step was done: SAID below. */
  ended: Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>
  exception: {
    readonly number: number
    readonly why: ExceptionWhy
    readonly decision: Decision
    readonly text: string
    /** A person of the plan (id); empty: the page itself. */
    readonly by: string
  }
  /** Somebody who will sign the record; a later line of the same person counts instead. `key` null: by name alone. */
  witness: { readonly person: string; readonly name: string; readonly key: string | null }
  /** In the step that reads it back: the one before was lost, and this is another. */
  backup: { readonly sha256: string; readonly octets: number }
  break: { readonly text: string }
  resumed: Nothing
  /** From the first on there is a key, from the second a signature: to abort is no longer to undo. */
  'no-return': { readonly of: 'key' | 'signature' }
  aborted: { readonly text: string; readonly by: string }
  completed: Nothing
}
export type CeremonyEvent = keyof CeremonyEvents

/** What the line that ends a step says, by what the step does. */
export interface Said {
  /** `how`: typed in after sha256sum said it, or read by a witness's page. */
  tool: { readonly sha256: string; readonly how: 'typed' | 'witness' }
  /** `persisted`: what the browser promised; null: it makes no such promise. */
  storage: { readonly persisted: boolean | null; readonly notPrivate: boolean }
  /** The time on a clock that is not this machine's, and by how many seconds this machine's is ahead of it. */
  clock: { readonly elsewhere: string; readonly ahead: number }
  'plan-words': { readonly sha256: string }
  'roll-call': { readonly present: readonly string[] }
  vault: { readonly opened: 'made' | 'unlocked' }
  /** `record`: its id in the vault; `authority`: as a CA, or null; `reread`: what the second reader said. */
  certificate: {
    readonly object: string
    readonly sha256: string
    readonly tbs: string
    readonly masked: string
    readonly serial: string
    readonly spki: string
    readonly reread: string
    readonly record: string
    readonly authority: string | null
  }
  request: {
    readonly object: string
    readonly sha256: string
    readonly spki: string
    readonly readBy: string
  }
  backup: { readonly sha256: string; readonly octets: number }
  'read-back': { readonly sha256: string; readonly records: number }
  /** One of each for every list. */
  lists: {
    readonly objects: readonly string[]
    readonly sha256: readonly string[]
    readonly tbs: readonly string[]
    readonly masked: readonly string[]
    readonly reread: string
  }
  /**
   * One of each for every response, and no more, so that 200 fit into a line. `about`: the certificate; `paths`: what a server of
   * files has it as (RFC 6960 Appendix A.1).
   */
  responses: {
    readonly objects: readonly string[]
    readonly sha256: readonly string[]
    readonly about: readonly string[]
    readonly paths: readonly string[]
    readonly reread: string
  }
  destroy: { readonly authority: string }
  close: { readonly locked: true }
  /** Ids of people; a reason for each who disagrees. */
  'sign-off': {
    readonly agree: readonly string[]
    readonly disagree: readonly string[]
    readonly reasons: readonly string[]
  }
}
