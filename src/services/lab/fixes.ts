import type { LabFix } from '../../border/protocol/lab.ts'
import { Examiner } from '../../mtls/judge/examine.ts'
import { judgeClient, judgeServer } from '../../mtls/judge/judge.ts'
import type { Judgement } from '../../mtls/judge/judgement.ts'
import type { Scenario } from '../../mtls/scenario.ts'
import type { TlsVersion } from '../../mtls/wire/code-points.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import { isCa, isSelfIssued } from '../../x509/roles.ts'
import type { LabSession, Member } from './session.ts'

/** More than these are not tried: each costs a validation. */
const MOST = 50

/** Returns the certificates that make this side accept the other in this version: sent along by that, or trusted by this. */
export async function fixesFor(
  session: LabSession,
  { by, possession }: Pick<Judgement, 'by' | 'possession'>,
  version: TlsVersion,
): Promise<readonly LabFix[]> {
  // No certificate makes the signature right.
  if (possession === 'wrong-key') return []
  const scenario = session.staged()
  const other: Side = by === 'client' ? 'server' : 'client'
  const examiner = new Examiner()
  const fixes: LabFix[] = []
  const ends = session.ends()
  const [{ sends }, { trusts }] = [ends[other], ends[by]]
  const tries = session.members
    .slice(0, MOST)
    .flatMap((member, certificate) => [
      ...(isCa(member.certificate) && !isSelfIssued(member.certificate) && !sends.includes(certificate)
        ? [{ fix: { act: 'send', side: other, certificate } as const, member }]
        : []),
      ...(isSelfIssued(member.certificate) && !trusts.includes(certificate)
        ? [{ fix: { act: 'trust', side: by, certificate } as const, member }]
        : []),
    ])
  for (const { fix, member } of tries)
    if (await accepts(changed(scenario, fix, member), by, version, examiner)) fixes.push(fix)
  return fixes
}

function changed(scenario: Scenario, { act, side }: LabFix, { certificate }: Member): Scenario {
  const end = scenario[side]
  const next =
    act === 'send'
      ? { ...end, chain: [...end.chain, certificate.der] }
      : { ...end, anchors: [...end.anchors, certificate] }
  return { ...scenario, [side]: next }
}

async function accepts(
  scenario: Scenario,
  by: Side,
  version: TlsVersion,
  examiner: Examiner,
): Promise<boolean> {
  const { refusals } =
    by === 'client'
      ? await judgeServer(scenario, 'proved', examiner)
      : await judgeClient(scenario, version, 'proved', examiner)
  return refusals.length === 0
}
