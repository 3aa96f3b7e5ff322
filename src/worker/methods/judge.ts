import { commandsFor } from '../../validate/question/commands.ts'
import { guess, isSelfIssued } from '../../validate/question/guess.ts'
import { mendsOf } from '../../validate/question/mends.ts'
import { othersOf } from '../../validate/question/others.ts'
import { orderOf } from '../../validate/question/order.ts'
import { timeline } from '../../validate/question/timeline.ts'
import type { Report } from '../../validate/report.ts'
import { validate } from '../../validate/validate.ts'
import { digest } from '../../webcrypto/signature.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import { sameOctets } from '../../x509/octets.ts'
import type { Call, Handlers } from '../dispatch.ts'
import type {
  JudgeAnswer,
  JudgeMethods,
  JudgeQuestion,
  PileCertificate,
  PileView,
  TrustStoreView,
} from '../judge-protocol.ts'
import { mendView, reportView } from '../judge-view.ts'
import { JudgeSession } from '../judge-session.ts'
import { reportFile } from '../judge-report.ts'
import { ruleExample } from '../rule-examples.ts'

export interface JudgeContext {
  /** Certificates of the vault's authorities; none while they cannot be read. */
  readonly hierarchy: () => Promise<readonly Certificate[]>
}

/** More lines than that are found by searching, not by scrolling. */
const SHOWN = 2000

/** The judge's methods, over a pile of their own. */
export function judgeMethods({ hierarchy }: JudgeContext): Pick<Handlers, keyof JudgeMethods> {
  const session = new JudgeSession()
  return {
    'judge.read': async ({ files, passwords, add }, call) => {
      await session.read(files, add, {
        passwords,
        privateKeys: 'match',
        signal: call.signal,
        onProgress: progressOf(call),
      })
      return pileView(session)
    },
    'judge.clear': () => {
      session.clear()
      return pileView(session)
    },
    'judge.run': async (question) => {
      const report = await run(session, question, await hierarchy())
      return answer(session, question, report, await hierarchy())
    },
    'judge.timeline': async (question, { signal }) => {
      const pool = session.pool(question, await hierarchy())
      const target = session.certificate(question.target)
      const base = await validate(target, pool, question.options)
      return timeline(target, pool, question.options, base, { signal })
    },
    'judge.stores': async () => storeViews(session, await hierarchy()),
    'judge.addStore': async ({ name, certificates }) => {
      session.addStore(name, certificates)
      return storeViews(session, await hierarchy())
    },
    'judge.removeStore': async ({ id }) => {
      session.removeStore(id)
      return storeViews(session, await hierarchy())
    },
    'judge.example': ({ code }) => ruleExample(code),
    'judge.report': async (question) => reportFile(await run(session, question, await hierarchy())),
  }
}

const progressOf =
  (call: Call) =>
  ({ done, total }: { done: number; total: number }): void => {
    call.progress({ kind: 'step', step: 'judge.read', done, total })
  }

function run(
  session: JudgeSession,
  question: JudgeQuestion,
  authorities: readonly Certificate[],
): Promise<Report> {
  return validate(session.certificate(question.target), session.pool(question, authorities), question.options)
}

async function answer(
  session: JudgeSession,
  question: JudgeQuestion,
  report: Report,
  authorities: readonly Certificate[],
): Promise<JudgeAnswer> {
  const sent = session.certificates.map(({ certificate }) => certificate)
  const path = report.paths[report.best]
  const order = path ? orderOf(sent, path) : null
  const pool = session.pool(question, authorities)
  const target = session.certificate(question.target)
  const commands = commandsFor({
    target,
    anchors: pool.anchors,
    intermediates: order ? order.right.slice(1) : [],
    lists: session.lists.map(({ der }) => der),
    options: question.options,
  })
  return {
    report: await reportView(report),
    mends: mendsOf(report)
      .map((mend) => mendView(mend, sent))
      .filter((mend) => mend !== null),
    order: { chain: (order?.right ?? [target]).map(({ der }) => der), asSent: order?.asSent ?? true },
    commands,
    others: othersOf(report),
  }
}

async function pileView(session: JudgeSession): Promise<PileView> {
  const certificates = session.certificates.map(({ certificate }) => certificate)
  return {
    certificates: await Promise.all(session.certificates.slice(0, SHOWN).map(pileCertificate)),
    total: certificates.length,
    lists: session.lists.length,
    responses: session.responses.length,
    requests: session.items('request').length,
    keys: session.items('privateKey').map(({ keyType, spki, source }) => ({
      keyType,
      source,
      belongsTo: certificates.flatMap((each, index) => (sameOctets(each.spki.der, spki) ? [index] : [])),
    })),
    locked: session.items('locked').map(({ source }) => source),
    problems: session.problems,
    notices: session.notices,
    guess: guess(certificates),
  }
}

async function pileCertificate(
  { certificate, source }: JudgeSession['certificates'][number],
  index: number,
): Promise<PileCertificate> {
  const { subject, issuer, notBefore, notAfter, basicConstraints, spki } = certificate
  return {
    index,
    subject: nameToText(subject),
    issuer: nameToText(issuer),
    notBefore,
    notAfter,
    isCa: basicConstraints?.ca === true,
    selfIssued: isSelfIssued(certificate),
    spkiHash: await digest('SHA-256', spki.der),
    source,
  }
}

function storeViews(session: JudgeSession, hierarchy: readonly Certificate[]): TrustStoreView[] {
  const roots = hierarchy.filter(isSelfIssued)
  const own = session.stores.map(({ id, name, certificates }) => ({
    id,
    name,
    kind: 'visit' as const,
    count: certificates.length,
  }))
  return roots.length > 0
    ? [{ id: 'hierarchy', name: '', kind: 'hierarchy', count: roots.length }, ...own]
    : own
}
