import type { Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { QuorumMethods, SharesView } from '../../../border/protocol/quorum.ts'
import { isCodedError } from '../../../errors.ts'
import { proveShare } from '../../../vault/quorum/quorum.ts'
import { readShare, typedWords } from '../../../vault/quorum/share-words.ts'
import { setView, type GivenShares } from '../../session/given-shares.ts'
import type { Session } from '../../session/session.ts'
import { allSets, holdTogether, noteShown, setOf, setsOf } from '../held-by.ts'
import { NewSet } from '../new-set.ts'

function sharesView({ slot, given }: ReturnType<GivenShares['begin']>): SharesView {
  const holders = [...given.keys()].sort((a, b) => a - b)
  return { set: setView(slot), given: holders, missing: Math.max(0, slot.threshold - given.size) }
}

async function begin(session: Session, { of, setId }: In<'shares.begin'>): Promise<Out<'shares.begin'>> {
  return sharesView(session.shares.begin(await setOf(session, of, setId)))
}

async function drill(session: Session, input: In<'shares.drill'>): Promise<Out<'shares.drill'>> {
  const { of, setId, text, actor } = input
  await session.begin(actor)
  const slot = await setOf(session, of, setId)
  try {
    await noteShown(session, input, await proveShare(slot, await readShare(text), null))
  } catch (error) {
    if (isCodedError(error)) await session.refuse('share-proved', setId, actor, error.code)
    throw error
  }
  return setView(await setOf(session, of, setId))
}

async function finish(
  session: Session,
  set: NewSet,
  input: In<'quorum.finish'>,
  signal: AbortSignal,
): Promise<Out<'quorum.finish'>> {
  const { of, actor } = input
  await session.begin(actor)
  const { whole } = set
  try {
    await holdTogether(session, whole, input, signal)
  } catch (error) {
    if (isCodedError(error, 'passphrase-wrong'))
      await session.refuse('passphrase-refused', '', actor, error.code)
    throw error
  }
  set.drop()
  return setView(await setOf(session, of, whole.setId))
}

/** Keys that several people hold. */
export function quorumMethods(session: Session): Pick<Handlers, keyof QuorumMethods> {
  const set = new NewSet()
  const drop = (): void => {
    set.drop()
    session.shares.clear()
  }
  session.onLock.add(drop)

  return {
    'shares.sets': async ({ of }) => (await setsOf(session, of)).map(setView),
    'shares.all': async () => (await allSets(session)).map(({ of, slot }) => ({ of, set: setView(slot) })),
    'shares.begin': (input) => begin(session, input),
    'shares.give': async ({ setId, text, holder }) =>
      sharesView(await session.shares.give(setId, text, holder)),
    'shares.drop': () => {
      session.shares.leave()
      return null
    },
    'shares.words': ({ text }) => typedWords(text),
    'shares.drill': (input) => drill(session, input),
    'quorum.begin': ({ names, threshold }) => set.begin(names, threshold),
    'quorum.share': ({ holder }) => set.share(holder),
    'quorum.prove': ({ holder, text }) => set.prove(holder, text),
    'quorum.drop': () => {
      set.drop()
      return null
    },
    'quorum.finish': (input, { signal }) => finish(session, set, input, signal),
  }
}
