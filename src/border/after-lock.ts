/** What is left of an answer once the vault is locked: nothing leaves it then that was asked for before. */
import { CodedError } from '../errors.ts'
import type { Method, Out } from './protocol.ts'

/**
 * `file`: the answer is a file, and is dropped. `stored`: so is it, but what is in it is stored. `held`: the worker has
 * dropped what it belongs to. A function returns the answer without its files.
 */
type Left<M extends Method> = 'file' | 'stored' | 'held' | ((answer: Out<M>) => Out<M>)

const LEFT: { readonly [M in Method]?: Left<M> } = {
  'authority.exportKey': 'file',
  'certificate.export': 'file',
  'inventory.table': 'file',
  'journal.export': 'file',
  'list.calendar': 'file',
  'list.file': 'file',
  'list.sign': 'stored',
  'request.export': 'file',
  'response.sign': 'file',
  'vault.backup': 'file',
  'issue.sign': (issued) => ({ ...issued, handedOut: issued.handedOut && 'locked' }),
  'renewal.sign': (renewed) => ({ ...renewed, handedOut: renewed.handedOut && 'locked' }),
  'batch.start': (result) => ({ ...result, made: result.made && 'locked' }),
  'certify.sign': (result) => ({ ...result, made: result.made && 'locked' }),
  'issue.prepare': 'held',
  'renewal.prepare': 'held',
  'cross.prepare': 'held',
  'bulk.plan': 'held',
  'certify.read': 'held',
  'certify.preview': 'held',
  'answer.read': 'held',
  'lab.take': 'held',
  'lab.prove': 'held',
  'import.read': 'held',
  'import.open': 'held',
}

/** Returns what may be kept of an answer that comes after a lock; throws what to say where that is nothing. */
export function leftAfterLock<M extends Method>(method: M, answer: Out<M>): Out<M> {
  const left: Left<M> | undefined = LEFT[method]
  if (typeof left === 'function') return left(answer)
  if (left !== undefined) throw lockedBefore(left)
  return answer
}

/** Returns what to say instead of `error`, if the lock has made the answer impossible. */
export function failedByLock(method: Method, error: unknown): unknown {
  // Of what is stored it is not known whether it was.
  return LEFT[method] === 'file' ? lockedBefore('file') : error
}

const lockedBefore = (left: 'file' | 'stored' | 'held'): CodedError =>
  left === 'held'
    ? new CodedError('vault-locked', null)
    : new CodedError('locked-before-handed-over', { isStored: left === 'stored' })
