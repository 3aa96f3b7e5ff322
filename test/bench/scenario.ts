/** What the driver hands to every scenario. */
export interface BenchInputs {
  /** The certificates of Debian's ca-certificates, as DER in base64. */
  readonly caCertificates: readonly string[]
}

/** Does one batch of the work and answers how many units it was. */
export type Batch = () => Promise<number> | number

/**
 * One piece of work done by us, by the least that could do it (the floor) and by peers. All of them run in the same
 * page, with the same concurrency, and touch the same fields.
 */
export interface Scenario {
  readonly name: string
  /** What a unit is, in the plural. */
  readonly unit: string
  readonly ours: Batch
  readonly floor: Batch
  readonly peers: Readonly<Record<string, Batch>>
}

/** Each file in scenarios/ exports one of these as its default: prepares the inputs, outside the measured time. */
export type MakeScenario = (inputs: BenchInputs) => Promise<Scenario> | Scenario

/** Keeps a value in use, so that no engine may leave out the work that made it. */
export function touch(value: unknown): void {
  Object.assign(globalThis, { sink: value })
}
