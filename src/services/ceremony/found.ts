/** After an interruption: what the step had already signed and stored. */
import { allRecords } from '../../vault/reading.ts'
import { skeletonOf } from '../../ceremony/skeleton.ts'
import { tbsOf, type ObjectKind } from '../../ceremony/tbs-fields.ts'
import type { Session } from '../session/session.ts'
import type { LookedAt } from './objects.ts'
import type { CeremonyRun } from './run.ts'
import { endCertificate, endLists } from './signing.ts'
import { sha256Hex } from '../../webcrypto/signature.ts'

interface Stored {
  /** As the plan calls it, and the SHA-256 of what is under its signature. */
  readonly object: string
  readonly tbs: string
  readonly id: string
  readonly der: Uint8Array
  readonly authority: string | null
}

/**
 * Returns what the interrupted step was about to sign, as the vault has it: all of it, or null. Nothing leaves the worker
 * before it is stored, so what is not there was never seen by anybody.
 */
export async function storedBefore(session: Session, run: CeremonyRun): Promise<Stored[] | null> {
  const { signing } = run.standing
  if (signing.length === 0) return null
  const stored = new Map<string, Omit<Stored, 'object' | 'tbs'>>()
  for (const { id, value } of await allRecords(session.vault, 'certificates'))
    stored.set(await tbsHash(value.der), { id, der: value.der, authority: value.ownAuthorityId })
  for (const { id, value } of await allRecords(session.vault, 'lists'))
    stored.set(await tbsHash(value.der), { id, der: value.der, authority: value.authorityId })
  // The same object may have been tried more than once: the last that is stored is the one there is.
  const tried = new Map<string, Stored | null>()
  for (const { more } of signing) {
    const [object, tbs] = [String(more['object']), String(more['tbs'])]
    const one = stored.get(tbs)
    tried.set(object, one ? { ...one, object, tbs } : (tried.get(object) ?? null))
  }
  const found = [...tried.values()]
  return found.every((one) => one !== null) ? found : null
}

const tbsHash = (der: Uint8Array): Promise<string> => sha256Hex(tbsOf(der))

/** Ends the interrupted step with what it had stored. */
export async function endWith(run: CeremonyRun, stored: readonly Stored[]): Promise<void> {
  const { step } = run.standing
  if (!step) return
  const kind: ObjectKind = step.act === 'lists' ? 'list' : 'certificate'
  const views = await Promise.all(
    stored.map(async ({ der, object, tbs }): Promise<LookedAt> => {
      const { masked } = await skeletonOf(kind, tbsOf(der))
      return { object, tbs, masked, reread: 'before' }
    }),
  )
  const [first] = stored
  if (step.act === 'lists')
    await endLists(
      run,
      step,
      views,
      stored.map(({ der }) => der),
    )
  else
    await endCertificate(run, step, views[0]!, {
      der: first!.der,
      certificateId: first!.id,
      authorityId: first!.authority,
    })
}
