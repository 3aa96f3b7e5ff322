import type {
  EndingView,
  FieldView,
  FoundIn,
  JudgementView,
  Knows,
  LabAnswer,
  LabCertificate,
  LabMessage,
  LabView,
  RefusalView,
} from '../../border/protocol/lab.ts'
import { DESTINATIONS } from '../../destinations/settings.ts'
import type { Pile } from '../../containers/pile/items.ts'
import type { Answer, Ending } from '../../mtls/handshake.ts'
import type { Judgement, Refusal } from '../../mtls/judge/judgement.ts'
import type { Scenario } from '../../mtls/scenario.ts'
import { notOffered } from '../../mtls/prompt.ts'
import { TLS12, TLS13, codeName, type TlsVersion } from '../../mtls/wire/code-points.ts'
import type { Field } from '../../mtls/wire/reader.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import { readMessage } from '../../mtls/wire/messages.ts'
import { chosenView } from './chosen.ts'
import { programsFor, programsSeen } from './programs.ts'
import { isCa } from '../../x509/roles.ts'
import { calledIn, callingName } from '../../x509/calling-name.ts'
import { factsOf } from '../shared/facts.ts'
import { reportView } from '../validate/view.ts'
import { addressesView } from './addresses.ts'
import { fixesFor } from './fixes.ts'
import { warningsFor } from './warnings.ts'
import type { LabSession, Member } from './session.ts'

/** Returns the lab as the page shows it. */
export async function labView(
  session: LabSession,
  answer: Answer,
  { problems, notices }: Pick<Pile, 'problems' | 'notices'> = { problems: [], notices: [] },
): Promise<LabView> {
  const { client, server } = session.staged()
  return {
    origin: session.origin,
    certificates: await Promise.all(session.members.map(certificateView)),
    ends: session.ends(),
    knows: { client: knows(client), server: knows(server) },
    warnings: { client: warningsOf(session, 'client'), server: warningsOf(session, 'server') },
    answer: await answerView(session, answer),
    prompt: promptOf(session, answer.played.version ?? TLS13),
    programs: { client: named(programsFor('client')), server: named(programsFor('server')) },
    destinations: named(Object.values(DESTINATIONS)),
    locked: session.closed.parts,
    problems,
    notices,
  }
}

const warningsOf = (session: LabSession, side: Side) =>
  warningsFor(session.staged(), side, session.publicRoots)

const named = <I>(all: readonly { readonly id: I; readonly name: string }[]) =>
  all.map(({ id, name }) => ({ id, name }))

export async function certificateView(
  { certificate, signer, vault }: Member,
  index: number,
): Promise<LabCertificate> {
  return {
    ...{ index, name: callingName(certificate), der: certificate.der, hasKey: signer !== null },
    vault: vault ?? null,
    card: await factsOf(certificate),
  }
}

function promptOf(session: LabSession, version: TlsVersion): LabView['prompt'] {
  const scenario = session.staged()
  if (scenario.server.asks === 'no') return null
  return session.members.flatMap(({ certificate, signer, vault }, index) =>
    isCa(certificate)
      ? []
      : [
          {
            certificate: index,
            withheld: notOffered(scenario, version, certificate, signer !== null || vault?.hasKey === true),
          },
        ],
  )
}

const knows = (end: Scenario['client'] | Scenario['server']): Knows => ({
  lists: end.lists.length,
  isStapled: 'stapled' in end && end.stapled !== null,
})

async function answerView(session: LabSession, answer: Answer): Promise<LabAnswer> {
  const { played, ending } = answer
  const judged = {
    client: answer.client && (await judgementView(session, answer.client, played.version)),
    server: answer.server && (await judgementView(session, answer.server, played.version)),
  }
  return {
    version: played.version === null ? null : codeName('version', played.version),
    suite: played.suite === null ? null : codeName('cipherSuite', played.suite),
    ending: ending && endingView(ending, answer[ending.by]),
    messages: messagesOf(answer),
    ...judged,
    chosen: {
      client: chosenView(session, 'client', judged, answer),
      server: chosenView(session, 'server', judged, answer),
    },
  }
}

const messagesOf = ({ played, ending }: Answer): readonly LabMessage[] =>
  played.messages.map((message, at) => ({
    ...message,
    isSent: ending === null || at < ending.sent,
    fields: message.bytes ? readMessage(message.bytes, played.version ?? TLS12).fields.map(fieldView) : [],
  }))

const fieldView = ({ name, from, to, code, fields }: Field): FieldView => ({
  ...{ name, from, to },
  codeName: code ? codeName(code.of, code.value) : null,
  fields: fields.map(fieldView),
})

/** `judgement`: of who ends it. */
export function endingView(
  { by, refusal, told, alert, learns }: Omit<Ending, 'sent'>,
  judgement: Judgement | null,
): EndingView {
  return {
    ...{ by, told, learns },
    refusal: refusal.why === 'nothing-in-common' ? refusal : refusalView(refusal, judgement),
    alert: alert === null ? null : { code: alert, name: codeName('alert', alert) ?? '' },
  }
}

export async function judgementView(
  session: LabSession,
  judgement: Judgement,
  version: TlsVersion | null,
): Promise<JudgementView> {
  const { presented, report, possession, refusals, overlooked, weighed } = judgement
  const view = report && (await reportView(report))
  return {
    ...{ presented, possession },
    path: view?.paths[view.best] ?? null,
    refusals: refusals.map((each) => refusalView(each, judgement)),
    overlooked: overlooked.map((each) => refusalView(each, judgement)),
    met: weighed && weighed.met,
    addresses: await addressesView(session, judgement),
    fixes: refusals.length > 0 ? await fixesFor(session, judgement, version ?? TLS13) : [],
    ...programsSeen(session, judgement, version),
  }
}

function refusalView(refusal: Refusal, judgement: Judgement | null): RefusalView {
  switch (refusal.why) {
    case 'chain':
      return { why: 'chain', findings: namedFindings(refusal, judgement) }
    case 'rule':
      return { why: 'rule', weighed: refusal.weighed }
    case 'unreadable':
      return { why: 'unreadable', at: refusal.at, code: refusal.error.code, detail: refusal.error.detail }
    case 'no-certificate':
      return { why: 'no-certificate', withheld: refusal.withheld }
    default:
      return refusal
  }
}

/** Each finding with the certificate that it is about. */
function namedFindings(
  { findings }: Extract<Refusal, { why: 'chain' }>,
  judgement: Judgement | null,
): readonly FoundIn[] {
  const { report } = judgement ?? {}
  const certificates = report?.paths[report.best]?.certificates ?? []
  return findings.map((finding) => {
    const at = certificates.findIndex(({ refusals }) => refusals.includes(finding))
    const about = certificates[at]?.certificate
    return {
      finding,
      name: about ? callingName(about) : '',
      issuer: about ? calledIn(about).issuerName : '',
      isTarget: at === certificates.length - 1,
    }
  })
}
