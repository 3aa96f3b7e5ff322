import { isSelfIssued } from '../../../x509/roles.ts'
import { fixesOf } from '../../../validate/advice/fixes.ts'
import { othersOf } from '../../../validate/survey/others.ts'
import { orderOf } from '../../../validate/advice/order.ts'
import { choicesThatMatter } from '../../../validate/advice/choices.ts'
import { timeline } from '../../../validate/advice/timeline.ts'
import type { Pool } from '../../../validate/pool.ts'
import type { PathCertificate, Report } from '../../../validate/report.ts'
import { purposesAsked } from '../../../validate/purpose.ts'
import type { ValidateOptions } from '../../../validate/options.ts'
import { validate } from '../../../validate/validate.ts'
import { isTrustedFor } from '../../../x509/trust-settings.ts'
import type { Certificate } from '../../../x509/certificate.ts'
import { CodedError } from '../../../errors.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type {
  ValidateAnswer,
  ValidateMethods,
  ValidateQuestion,
  Conclusion,
  StoreSource,
  TrustStoreView,
} from '../../../border/protocol/validate.ts'
import { PUBLIC, PublicRoots } from '../public-roots.ts'
import { anchorViews, fixView, reportView, type Publicly } from '../view.ts'
import { conclusionOf, unreadTarget } from '../conclusion.ts'
import type { PileProblem } from '../../../containers/pile/items.ts'
import { ValidateSession } from '../session.ts'
import { entriesOf, lookInto, pileThings } from '../look-into.ts'
import { inputsOf, reportData } from '../report.ts'
import { pilePage, pileView } from '../pile-view.ts'
import { ruleExample } from '../rule-examples.ts'
import { checkStore, holds, once } from '../trust-stores.ts'
import type { KeptStores, TrustStore } from '../trust-stores.ts'

export interface ValidateContext {
  /** Returns certificates of the vault's authorities; none while they cannot be read. */
  readonly hierarchy: () => Promise<readonly Certificate[]>
  /** Trust stores of the vault. */
  readonly kept: Pick<KeptStores, 'list' | 'find' | 'keep' | 'change' | 'remove'>
}

/** The context of a question: the vault's authorities, and the pool with the applicable anchors. */
interface Surroundings {
  readonly target: Certificate
  readonly hierarchy: readonly Certificate[]
  readonly pool: Pool
  readonly publicly: Publicly | null
}

/** The id of the store that consists of the vault's own roots. */
const HIERARCHY = 'hierarchy'

interface Context extends ValidateContext {
  readonly session: ValidateSession
}

async function read(
  session: ValidateSession,
  { files, passwords, add }: In<'validate.read'>,
  call: Call,
): Promise<Out<'validate.read'>> {
  await session.read(files, add, passwords, call)
  return pileView(session)
}

function clear(session: ValidateSession): Promise<Out<'validate.clear'>> {
  session.clear()
  return pileView(session)
}

async function run(context: Context, question: In<'validate.run'>): Promise<Out<'validate.run'>> {
  const { session } = context
  const around = await surroundings(context, question)
  const report = await validate(around.target, around.pool, thorough(question))
  return answer(session, question, report, around)
}

/** Answers what is known only by asking again in other ways. */
async function askAgain<Advice>(
  context: Context,
  question: ValidateQuestion,
  { signal }: Call,
  advise: (...about: Parameters<typeof timeline>) => Promise<Advice>,
): Promise<Advice> {
  const { target, pool } = await surroundings(context, question)
  const options = thorough(question)
  return advise(target, pool, options, await validate(target, pool, options), { signal })
}

async function addStore(
  context: Context,
  { name, from, keep, actor }: In<'validate.addStore'>,
): Promise<Out<'validate.addStore'>> {
  const { session, kept } = context
  const certificates = await certificatesFrom(context, from)
  checkStore(name, certificates, [...(await kept.list()), ...session.stores])
  const id =
    keep === 'vault' ? await kept.keep(name, certificates, actor) : session.addStore(name, certificates)
  return { stores: await storeViews(context), id }
}

async function changeStore(
  context: Context,
  { id, name, without, add, actor }: In<'validate.changeStore'>,
): Promise<Out<'validate.changeStore'>> {
  const { session, kept } = context
  const gone = new Set(without)
  const next = async (store: TrustStore): Promise<Certificate[]> => {
    const views = await anchorViews(store.certificates)
    const stay = store.certificates.filter((_each, i) => !gone.has(views[i]!.fingerprint))
    const certificates = once([...stay, ...(add ? await certificatesFrom(context, add) : [])])
    const others = [...(await kept.list()), ...session.stores].filter((other) => other.id !== id)
    checkStore(name, certificates, others)
    return certificates
  }
  const visited = session.store(id)
  if (visited) session.changeStore({ id, name, certificates: await next(visited) })
  else await kept.change(id, name, next, actor)
  return storeViews(context)
}

async function removeStore(
  context: Context,
  { id, actor }: In<'validate.removeStore'>,
): Promise<Out<'validate.removeStore'>> {
  const { session, kept } = context
  if (!session.removeStore(id)) await kept.remove(id, actor)
  return storeViews(context)
}

async function reportOf(context: Context, question: In<'validate.report'>): Promise<Out<'validate.report'>> {
  const { session } = context
  const { target, hierarchy: authorities, pool: known, publicly } = await surroundings(context, question)
  // A fresh pool, so that the work reported is the work actually done, not cache hits.
  const pool = session.freshPool(known.anchors, authorities)
  const report = await validate(target, pool, thorough(question))
  const inputs = await inputsOf(session, pool)
  const conclusion = concluded(session, question, report)
  const view = await reportView(report, publicly)
  const data = await reportData(report, inputs, conclusion, view.publicRoots)
  return { ...conclusion, data, report: view, inputs, options: report.options }
}

async function surroundings(
  { session, hierarchy, kept }: Context,
  { target, stores, trusted, options }: ValidateQuestion,
): Promise<Surroundings> {
  const authorities = await hierarchy()
  const chosen = await Promise.all(
    stores.map(async (id) =>
      id === HIERARCHY
        ? authorities.filter(isSelfIssued)
        : ((session.store(id) ?? (await kept.find(id)))?.certificates ?? []),
    ),
  )
  const purposes = purposesAsked(options)
  // A certificate marked as distrusted for this purpose in OpenSSL's own format is not an anchor for it.
  const own = [...chosen.flat(), ...trusted.map((index) => session.certificate(index))].filter((anchor) =>
    isTrustedFor(anchor, purposes),
  )
  const publicly = stores.includes(PUBLIC) ? publiclyTrusted(session, authorities, own, purposes) : null
  return {
    target: session.certificate(target),
    hierarchy: authorities,
    pool: session.pool([...own, ...(publicly?.roots ?? [])], authorities),
    publicly,
  }
}

/** Returns the public roots at which a chain can end, without those that are trusted anyway, or distrusted by a file. */
function publiclyTrusted(
  { publicRoots, certificates, lists, responses }: ValidateSession,
  authorities: readonly Certificate[],
  own: readonly Certificate[],
  purposes: ReturnType<typeof purposesAsked>,
): Publicly | null {
  if (!publicRoots) return null
  const known = [...certificates.map(({ certificate }) => certificate), ...authorities]
  const distrusted = known.filter((each) => !isTrustedFor(each, purposes))
  const roots = publicRoots.endsOf(known).filter((root) => !holds([...own, ...distrusted], root))
  return { version: publicRoots.version, roots, hasStatus: lists.length + responses.length > 0 }
}

const concluded = (session: ValidateSession, question: ValidateQuestion, report: Report): Conclusion =>
  conclusionOf(report, othersOf(report), unreadFor(session, question), session.problems)

async function storeViews({ session, hierarchy, kept }: Context): Promise<TrustStoreView[]> {
  const roots = (await hierarchy()).filter(isSelfIssued)
  const own = { id: HIERARCHY, name: '', kind: 'hierarchy' as const, count: roots.length }
  return [
    ...(roots.length > 0 ? [own] : []),
    ...(await kept.list()).map((store) => storeView(store, 'vault')),
    ...session.stores.map((store) => storeView(store, 'visit')),
    ...(session.publicRoots ? [publicView(session.publicRoots)] : []),
  ]
}

/** Rejects with 'record-missing' if a store was removed, or its vault was locked meanwhile. */
async function storeOf({ session, kept }: Context, id: string): Promise<TrustStore> {
  const store = session.store(id) ?? (await kept.find(id))
  if (!store) throw new CodedError('record-missing', { store: 'trustStores', id })
  return store
}

async function certificatesFrom({ session, hierarchy }: Context, from: StoreSource): Promise<Certificate[]> {
  return from.kind === 'hierarchy'
    ? (await hierarchy()).filter(isSelfIssued)
    : from.certificates.map((index) => session.certificate(index))
}

/** Only one chain is validated: its keys are checked too. */
const thorough = ({ options }: ValidateQuestion): ValidateOptions => ({ ...options, examineKeys: true })

/** A certificate chosen by hand is the one that is meant. */
const unreadFor = (session: ValidateSession, { isChosen, target }: ValidateQuestion): PileProblem | null =>
  isChosen === true ? null : unreadTarget(session, target)

/**
 * Returns the certificates in one text with the target, in their order: separately dropped files, and the contents of a
 * container, have no order that a server would send.
 */
function sentWith({ certificates }: ValidateSession, target: Certificate): Certificate[] {
  const own = certificates.find(({ certificate }) => certificate === target)?.source
  return certificates
    .filter(({ source }) => source.file === own?.file && source.within.every((each) => each === 'base64'))
    .map(({ certificate }) => certificate)
}

async function answer(
  session: ValidateSession,
  question: ValidateQuestion,
  report: Report,
  { target, pool, publicly }: Surroundings,
): Promise<ValidateAnswer> {
  const sent = session.certificates.map(({ certificate }) => certificate)
  const path = report.paths[report.best]
  const together = sentWith(session, target)
  const order = path ? orderOf(together, path) : null
  const opinions = othersOf(report)
  const conclusion = conclusionOf(report, opinions, unreadFor(session, question), session.problems)
  // Other programs may read a list that cannot be read here, so their verdict is unknown.
  const others = conclusion.unreadStatus
    ? opinions.map((each) =>
        each.verdict === 'accepts' ? { ...each, verdict: 'unknown' as const, reasons: [] } : each,
      )
    : opinions
  return {
    ...conclusion,
    report: await reportView(report, publicly),
    fixes: fixesOf(report)
      .map((fix) => fixView(fix, sent))
      .filter((fix) => fix !== null),
    order: { chain: (order?.right ?? [target]).map(({ der }) => der), asSent: order?.asSent ?? true },
    together: together.length,
    same: {
      target: target.der,
      anchors: pool.anchors.map(({ der }) => der),
      intermediates: order ? order.right.slice(1).map(({ der }) => der) : [],
      lists: session.lists.map(({ der }) => der),
      options: question.options,
      listed: revokedByList(report),
    },
    others,
  }
}

/** The places of the best path that a list revokes. */
export const revokedByList = ({ paths, best }: Report): PathCertificate['place'][] =>
  (paths[best]?.certificates ?? [])
    .filter(({ findings }) =>
      findings.some(
        ({ code, detail }) => (code === 'revoked' || code === 'on-hold') && detail.source === 'crl',
      ),
    )
    .map(({ place }) => place)

const publicView = ({ version, certificates }: PublicRoots): TrustStoreView => ({
  id: PUBLIC,
  name: version,
  kind: 'public',
  count: certificates.length,
})

const storeView = ({ id, name, certificates }: TrustStore, kind: 'vault' | 'visit'): TrustStoreView => ({
  id,
  name,
  kind,
  count: certificates.length,
})

/** Returns the validator's methods, over a pile of their own. */
export function validateMethods({ hierarchy, kept }: ValidateContext): Pick<Handlers, keyof ValidateMethods> {
  const session = new ValidateSession()
  const context = { session, hierarchy, kept }

  return {
    'validate.read': (input, call) => read(session, input, call),
    'validate.search': (query) => pilePage(session, query),
    'validate.things': (query) => pileThings(session, query),
    'validate.lookInto': (place) => lookInto(session, place),
    'validate.entries': (query) => entriesOf(session, query),
    'validate.clear': () => clear(session),
    'validate.run': (input) => run(context, input),
    'validate.timeline': (input, call) => askAgain(context, input, call, timeline),
    'validate.choices': (input, call) => askAgain(context, input, call, choicesThatMatter),
    'validate.stores': () => storeViews(context),
    'validate.publicRoots': ({ text }) => {
      session.publicRoots = new PublicRoots(text)
      return storeViews(context)
    },
    'validate.addStore': (input) => addStore(context, input),
    'validate.storeContents': async ({ id }) => anchorViews((await storeOf(context, id)).certificates),
    'validate.changeStore': (input) => changeStore(context, input),
    'validate.removeStore': (input) => removeStore(context, input),
    'validate.example': ({ code }) => ruleExample(code),
    'validate.report': (input) => reportOf(context, input),
  }
}
