/** Introduces the vault, the authority and the judge to each other. */
import { CodedError, isCodedError } from '../errors.ts'
import { serve, type Answers, type Handlers, type ServerPort } from './dispatch.ts'
import { algorithmMethods } from './methods/algorithms.ts'
import { authorityMethods } from './methods/authority.ts'
import { batchMethods } from './methods/batch.ts'
import { certificateMethods } from './methods/certificate.ts'
import { importMethods } from './methods/import.ts'
import { inventoryMethods } from './methods/inventory.ts'
import { issueMethods } from './methods/issue.ts'
import { judgeMethods } from './methods/judge.ts'
import { journalMethods } from './methods/journal.ts'
import { listMethods } from './methods/list.ts'
import { profileMethods } from './methods/profile.ts'
import { renewalMethods } from './methods/renewal.ts'
import { answerMethods } from './methods/answer.ts'
import { certifyMethods } from './methods/certify.ts'
import { requestMakeMethods } from './methods/request-make.ts'
import { requestMethods } from './methods/request.ts'
import { responseMethods } from './methods/response.ts'
import { revocationMethods } from './methods/revocation.ts'
import { vaultMethods } from './methods/vault.ts'
import { makeSample } from './sample.ts'
import type { VaultEvent } from './protocol.ts'
import { Session, type SessionOptions } from './session.ts'
import { KeptStores } from './judge/trust-stores.ts'

/** Every method, over one session. */
export function handlersOf(session: Session): Handlers {
  const issuing = issueMethods(session)
  return {
    ...vaultMethods(session, () => makeSample(session, issuing)),
    ...authorityMethods(session),
    ...certificateMethods(session),
    ...inventoryMethods(session),
    ...issuing,
    ...batchMethods(session),
    ...profileMethods(session),
    ...journalMethods(session),
    ...revocationMethods(session),
    ...renewalMethods(session),
    ...listMethods(session),
    ...responseMethods(session),
    ...algorithmMethods,
    ...requestMethods,
    ...judgeMethods({
      hierarchy: () => session.inventory.authorityCertificates(),
      kept: new KeptStores(session),
    }),
    ...requestMakeMethods(session),
    ...answerMethods(session),
    ...certifyMethods(session),
    ...importMethods(session),
  }
}

/** Where no database can be opened there is no vault, and each call that needs one says why; judging needs none. */
function withoutVault(cause: unknown): Answers {
  const refusal = refusalFor(cause)
  const refuse = (): Promise<never> => Promise.reject(refusal)
  const none = () => Promise.resolve([])
  const kept = { list: none, find: () => Promise.resolve(null), keep: refuse, change: refuse, remove: refuse }
  return {
    ...judgeMethods({ hierarchy: none, kept }),
    ...algorithmMethods,
    ...requestMethods,
    refusal,
  }
}

function refusalFor(cause: unknown): CodedError {
  if (isCodedError(cause, 'storage-newer') || isCodedError(cause, 'storage-blocked')) return cause
  const said = isCodedError(cause, 'storage-unavailable') ? cause.detail.reason : ''
  const reason = said || (cause instanceof Error ? cause.message : String(cause))
  return new CodedError('storage-refused', { reason: reason.replace(/\.$/, '') }, { cause })
}

/** Answers calls at `port`. Calls that arrive before the database is open wait for it. */
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
