/** Something is brought in while another tab writes the same CA: what that tab did stays done. */
import { expect, test } from 'vitest'
import type { AuthorityNode } from '../../../src/border/views.ts'
import { Session } from '../../../src/services/session/session.ts'
import { handlersOf } from '../../../src/worker/start-server.ts'
import { issued, request } from '../../support/authority.ts'
import { freshName } from '../../support/vault.ts'
import { ADA, PASSPHRASE } from '../../support/worker.ts'
import { ROUNDS } from '../../support/rounds.ts'

const CALL = { signal: new AbortController().signal, progress: () => undefined }
const clock = { now: Date.UTC(2026, 10, 21, 12) }
const start = (name: string) =>
  Session.start({ name, clock: () => (clock.now += 10), send: () => undefined, iterations: ROUNDS })

/** Runs `first` before the next thing this session stores: as late as another tab can. */
function beforeNextCommit(session: Session, first: () => Promise<unknown>): void {
  const commit = session.commit.bind(session)
  session.commit = async (...change) => {
    session.commit = commit
    await first()
    return commit(...change)
  }
}

test('a CA that is retired meanwhile stays retired', async () => {
  const name = freshName()
  const session = await start(name)
  const handlers = handlersOf(session)
  const secret = {
    passphrase: PASSPHRASE,
    recoveryPassphrase: null,
    visibility: 'public',
    actor: ADA,
  } as const
  await handlers['vault.create'](secret, CALL)
  const { der } = (await issued('root', request('Outside Root'), null)).certificate

  const bring = async () => {
    const { token } = await handlers['import.read']({ files: [{ name: 'ca.der', bytes: der.slice() }] }, CALL)
    const choice = { authorities: [0], certificatesOf: [], others: false, requests: false }
    await handlers['import.store']({ token, choice, keyKeeping: { kind: 'vault' }, actor: ADA }, CALL)
  }
  await bring()
  const nodes = (): Promise<readonly AuthorityNode[]> =>
    Promise.resolve(handlers['authority.tree'](null, CALL))
  const [{ authority }] = (await nodes()) as [AuthorityNode]

  const other = handlersOf(await start(name))
  await other['vault.unlock']({ passphrase: PASSPHRASE, actor: ADA }, CALL)
  beforeNextCommit(session, async () => {
    await other['authority.retire']({ authorityId: authority.id, actor: ADA }, CALL)
  })
  await bring()
  const [after] = (await nodes()) as [AuthorityNode]
  expect(after.authority.retiredAt).not.toBeNull()
})
