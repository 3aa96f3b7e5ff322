/** Connects the vault, the authority and the validator. */
import { CodedError, isCodedError } from '../errors.ts'
import { failedByLock, leftAfterLock } from '../border/after-lock.ts'
import { serve, type Answers, type Handler, type Handlers, type ServerPort } from '../border/dispatch.ts'
import { fileMethods } from '../services/files/methods/look.ts'
import { algorithmMethods } from '../services/issue/methods/algorithms.ts'
import { authorityMethods } from '../services/hierarchy/methods/authority.ts'
import { batchMethods } from '../services/issue/methods/batch.ts'
import { ceremonyMethods } from '../services/ceremony/methods/ceremony.ts'
import { certificateMethods, certificateReading } from '../services/inventory/methods/certificate.ts'
import { importMethods } from '../services/import/methods/import.ts'
import { inventoryMethods } from '../services/inventory/methods/inventory.ts'
import { issueMethods } from '../services/issue/methods/issue.ts'
import { labMethods } from '../services/lab/methods/lab.ts'
import { validateMethods } from '../services/validate/methods/validate.ts'
import { journalMethods } from '../services/journal/methods/journal.ts'
import { listMethods } from '../services/lists/methods/list.ts'
import { profileMethods } from '../services/certifying/methods/profile.ts'
import { renewalMethods } from '../services/renewal/methods/renewal.ts'
import { answerMethods } from '../services/requests/methods/answer.ts'
import { certifyMethods } from '../services/requests/methods/certify.ts'
import { requestMakeMethods } from '../services/requests/methods/request-make.ts'
import { requestMethods } from '../services/requests/methods/request.ts'
import { responseMethods } from '../services/lists/methods/response.ts'
import { revocationMethods } from '../services/lists/methods/revocation.ts'
import { quorumMethods } from '../services/vault/methods/quorum.ts'
import { vaultMethods } from '../services/vault/methods/vault.ts'
import { makeSample } from '../services/vault/sample.ts'
import type { Method, VaultEvent } from '../border/protocol.ts'
import { Session, type SessionOptions } from '../services/session/session.ts'
import { KeptStores } from '../services/validate/trust-stores.ts'

/** Locked means that nothing leaves: what was asked for before is dropped, and the sentence says so. */
function unlessLocked<M extends Method>(session: Session, method: M, handle: Handler<M>): Handler<M> {
  return async (input, call) => {
    const { vault } = session
    const { locks } = vault
    const isLocked = (): boolean => vault.locks !== locks
    const out = await Promise.resolve(handle(input, call)).catch((error: unknown) => {
      // Whatever the lock made impossible.
      throw isLocked() && error !== call.signal.reason ? failedByLock(method, error) : error
    })
    return isLocked() ? leftAfterLock(method, out) : out
  }
}

/** Returns every method, over one session. */
export function handlersOf(session: Session): Handlers {
  const all = Object.entries(methodsOf(session)) as [Method, Handler<Method>][]
  return Object.fromEntries(
    all.map(([method, handle]) => [method, unlessLocked(session, method, handle)]),
  ) as unknown as Handlers
}

function methodsOf(session: Session): Handlers {
  const all: Handlers = {
    ...vaultMethods(session, () => makeSample(session, all)),
    ...authorityMethods(session),
    ...certificateMethods(session),
    ...inventoryMethods(session),
    ...issueMethods(session),
    ...batchMethods(session),
    ...profileMethods(session),
    ...journalMethods(session),
    ...revocationMethods(session),
    ...renewalMethods(session),
    ...listMethods(session),
    ...responseMethods(session),
    ...algorithmMethods,
    ...fileMethods,
    ...requestMethods,
    ...validateMethods({
      hierarchy: () => session.inventory.authorityCertificates(),
      kept: new KeptStores(session),
    }),
    ...labMethods(session),
    ...quorumMethods(session),
    ...requestMakeMethods(session),
    ...answerMethods(session),
    ...certifyMethods(session),
    ...importMethods(session),
    ...ceremonyMethods(session, () => all),
  }
  return all
}

/** Without a database there is no vault, and calls that need one reject with the reason; validation needs none. */
function withoutVault(cause: unknown): Answers {
  const refusal = refusalFor(cause)
  const refuse = (): Promise<never> => Promise.reject(refusal)
  const none = () => Promise.resolve([])
  const kept = { list: none, find: () => Promise.resolve(null), keep: refuse, change: refuse, remove: refuse }
  return {
    ...validateMethods({ hierarchy: none, kept }),
    ...certificateReading,
    ...algorithmMethods,
    ...fileMethods,
    ...requestMethods,
    ...labMethods(),
    refusal,
  }
}

function refusalFor(cause: unknown): CodedError {
  if (isCodedError(cause, 'storage-newer') || isCodedError(cause, 'storage-blocked')) return cause
  const said = isCodedError(cause, 'storage-unavailable') ? cause.detail.reason : ''
  const reason = said || (cause instanceof Error ? cause.message : String(cause))
  return new CodedError('storage-refused', { reason: reason.replace(/\.$/, '') }, { cause })
}

/** Handles calls at `port`. Calls that arrive before the database is open wait for it. */
export function startServer(
  port: ServerPort,
  { ready = Promise.resolve(), ...options }: Omit<SessionOptions, 'send'> & { ready?: Promise<void> },
): void {
  let send: (event: VaultEvent) => void = () => undefined
  const starting = ready
    .then(() => Session.start({ ...options, send: (event) => send(event) }))
    .then(handlersOf, withoutVault)
  send = serve(port, starting)
}
