import 'fake-indexeddb/auto'
import { Vault, type VaultNotice } from '../../src/vault/vault.ts'
import { ROUNDS } from './rounds.ts'

export const PASSPHRASE = 'correct horses eat lemon bread'
export const RECOVERY = 'put away in the safe'
const START = Date.UTC(2026, 10, 21, 12)

/** By chance: files of one process share its databases, and this may be read again for each. */
export const freshName = (): string => `vault-test-${crypto.randomUUID()}`

export interface TestVault {
  vault: Vault
  name: string
  notices: VaultNotice[]
  /** A clock that advances one second per read, and can be set. */
  clock: { now: number }
}

/** A connected vault in its own database; `create` makes it, with a recovery passphrase. */
export async function connectVault(name = freshName()): Promise<TestVault> {
  const notices: VaultNotice[] = []
  const clock = { now: START }
  const vault = await Vault.connect(name, {
    clock: () => (clock.now += 1000),
    notify: (notice) => notices.push(notice),
    iterations: ROUNDS,
  })
  return { vault, name, notices, clock }
}

export async function createVault(visibility: 'public' | 'sealed' = 'public'): Promise<TestVault> {
  const made = await connectVault()
  await made.vault.create({
    passphrase: PASSPHRASE,
    recoveryPassphrase: RECOVERY,
    visibility,
    who: 'Ada',
    remark: '',
  })
  return made
}
