import type { Handlers } from '../../../border/dispatch.ts'
import type { Out } from '../../../border/protocol.ts'
import type { MatrixMethods } from '../../../border/protocol/lab-matrix.ts'
import type { LabMethods } from '../../../border/protocol/lab.ts'
import type { Pile } from '../../../containers/pile/items.ts'
import { answerScenario } from '../../../mtls/handshake.ts'
import { readRule } from '../../../mtls/rules/rule-file.ts'
import { readScenario } from '../../../mtls/scenario-file/scenario-file.ts'
import { random } from '../../../webcrypto/seal.ts'
import { CodedError } from '../../../errors.ts'
import type { Session } from '../../session/session.ts'
import { PublicRoots } from '../../validate/public-roots.ts'
import { readFiles } from '../../files/reading.ts'
import { takeFromOutput } from '../from-output.ts'
import { takeFromVault } from '../from-vault.ts'
import { saved } from '../scenario-files.ts'
import { checkOauth, headersOf, oauthOf, readBack } from '../behind-proxy.ts'
import { explained } from '../explain.ts'
import { MatrixSession } from '../matrix/session.ts'
import { LabSession } from '../session.ts'
import { provedWith } from '../proving.ts'
import { kitOf, settingsOf } from '../settings.ts'
import { labView } from '../view.ts'

async function play(
  session: LabSession,
  added?: Pick<Pile, 'problems' | 'notices'>,
): Promise<Out<'lab.play'>> {
  return labView(session, await answerScenario(session.staged(), session.signers(), random), added)
}

/** Changes the ends and plays them; if they cannot be played, they are as they were. */
async function playChanged(session: LabSession, change: () => void): Promise<Out<'lab.play'>> {
  const undo = session.kept()
  try {
    change()
    return await play(session)
  } catch (error) {
    undo()
    throw error
  }
}

/** Does what brings keys or certificates; if the vault was locked meanwhile, they go with the others. */
async function unlessLockedAway(session: LabSession, vault: Session | null, work: () => Promise<void>) {
  const locks = vault?.vault.locks
  await work()
  if (vault && vault.vault.locks !== locks) lockAway(session, vault)
}

const lockAway = (session: LabSession, { vault }: Session): void =>
  session.lockAway(vault.lockedState.header?.visibility !== 'public')

/** Two ends of a handshake, in memory alone; `vault` null where there is no storage. */
export function labMethods(
  vault: Session | null = null,
): Pick<Handlers, keyof LabMethods | keyof MatrixMethods> {
  const session = new LabSession()
  const matrix = new MatrixSession()
  vault?.onLock.add(() => {
    lockAway(session, vault)
    if (!session.scenario) matrix.drop()
  })
  return { ...changing(session, vault), ...telling(session), ...matrixMethods(matrix, session) }
}

/** What changes the ends, and plays them again. */
function changing(session: LabSession, vault: Session | null) {
  const bring = (work: () => Promise<void>) => unlessLockedAway(session, vault, work)
  return {
    'lab.ready': async ({ id, at }) => {
      await session.begin(id, at)
      return play(session)
    },
    'lab.publicRoots': ({ text }) => {
      session.publicRoots = new PublicRoots(text)
      return Promise.resolve(null)
    },
    'lab.play': async (ends) => {
      // What it was made of has gone with the vault.
      if (session.scenario) return playChanged(session, () => session.set(ends))
      await session.begin('connects', ends.client.at)
      return play(session)
    },
    'lab.take': async (taking) => {
      if (!vault) throw new CodedError('vault-locked', null)
      await bring(() => takeFromVault(session, vault, taking))
      return play(session)
    },
    'lab.output': async ({ text }) => {
      const known = (await vault?.inventory.authorityCertificates()) ?? []
      const read = takeFromOutput(session, text, known)
      return 'fault' in read ? read : { view: await play(session), taken: read.taken }
    },
    'lab.add': async ({ files }, call) => {
      let read: Pile | null = null
      await bring(async () => {
        read = await readFiles(files, { privateKeys: 'keep' }, call)
        session.closed.keep(read)
        session.add(read)
      })
      return play(session, read!)
    },
    'lab.unlock': async ({ file, password }, call) => {
      await bring(async () => {
        for (const pile of await session.closed.open(file, password, call)) session.add(pile)
      })
      return play(session)
    },
    'lab.prove': (input) => {
      if (!vault) throw new CodedError('vault-locked', null)
      return provedWith(session, vault, input)
    },
    'lab.open': async ({ bytes, at }) => {
      const read = await readScenario(bytes, at)
      if ('faults' in read) return read
      const view = await playChanged(session, () => session.open(read.file))
      return { view, name: read.file.name, note: read.file.note }
    },
  } satisfies Partial<Handlers>
}

/** Answers about the ends, or about a text. */
const telling = (session: LabSession) =>
  ({
    'lab.save': (saving) => saved(session, saving),
    'lab.settings': (input) => settingsOf(session, input),
    'lab.kit': () => kitOf(session),
    'lab.rule': ({ text }) => Promise.resolve(readRule(text)),
    'lab.explain': ({ text }) => explained(text),
    'lab.headers': () => headersOf(session),
    'lab.readHeaders': ({ text }) => readBack(session, text),
    'lab.oauth': () => oauthOf(session),
    'lab.checkOauth': ({ text, what }) => checkOauth(session, text, what),
  }) satisfies Partial<Handlers>

const matrixMethods = (matrix: MatrixSession, session: LabSession) =>
  ({
    'lab.matrix': async ({ id, at }, call) => {
      await matrix.begin(id, at, session)
      return matrix.view(call)
    },
    'lab.matrix.change': (change, call) => {
      matrix.change(change)
      return matrix.view(call)
    },
  }) satisfies Partial<Handlers>
