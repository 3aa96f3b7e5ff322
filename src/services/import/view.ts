/** The plan as the page shows it: groups, counts, and the first of each. */
import type { Source } from '../../containers/pile/items.ts'
import { digest } from '../../webcrypto/signature.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { nameToText } from '../../x509/name.ts'
import { bigIntOf } from '../../octets.ts'
import { callingName } from '../../x509/calling-name.ts'
import { keyAlgorithmOf } from '../shared/facts.ts'
import { serialOf } from '../../x509/serial-number.ts'
import type {
  ImportedAuthority,
  ImportedCertificate,
  ImportedCertificates,
  ImportedDatabase,
  ImportView,
} from '../../border/protocol/import.ts'
import { requestName } from '../records/request-records.ts'
import type { FoundList, ImportDesk } from './desk.ts'
import type { ImportPlan, PlannedAuthority, PlannedCertificate } from './plan.ts'
import { Revocations } from './revocations.ts'

/** Nobody reads more lines than this before pressing the button; the inventory lists them all afterwards. */
const SHOWN = 100

export async function importView(token: string, desk: ImportDesk, plan: ImportPlan): Promise<ImportView> {
  const suggested = suggestedOf(plan)
  const authorities = await Promise.all(
    plan.authorities.map((authority, index) => authorityView(authority, index, suggested.has(authority))),
  )
  return {
    token,
    // Existing CAs only if something was found for them.
    authorities: authorities.filter((_view, index) => hasNews(plan.authorities[index]!)),
    others: await certificatesView(plan.others, plan.othersKnown, new Revocations(null)),
    requests: {
      fresh: plan.requests.length,
      withKey: plan.requests.filter(({ key }) => key !== null).length,
      names: plan.requests.slice(0, SHOWN).map(({ request }) => requestName(request)),
    },
    loneKeys: plan.loneKeys
      .slice(0, SHOWN)
      .map(({ key, file }) => ({ keyAlgorithm: key.record.algorithm, file })),
    locked: desk.locked,
    problems: [
      ...desk.problems,
      ...plan.strangers.map(
        ({ file }) => ({ code: 'import-authority-missing', detail: null, source: sourceOf(file) }) as const,
      ),
      ...plan.unsigned.map(({ certificate, file }) => {
        const detail = { name: callingName(certificate) }
        return { code: 'import-not-signed', detail, source: sourceOf(file) } as const
      }),
      ...plan.authorities.flatMap(({ certificate, listNumbers: { refused } }) => {
        const detail = { name: callingName(certificate) }
        const code = 'import-list-number' as const
        return refused.slice(0, SHOWN).map((file) => ({ code, detail, source: sourceOf(file) }))
      }),
    ],
    notices: desk.notices,
    passedOver: desk.passedOver,
    files: desk.files,
  }
}

const sourceOf = (file: string): Source => ({ file, line: null, offset: 0, label: null, within: [] })

const hasNews = ({
  hereId,
  own,
  certificates,
  known,
  clashing,
  lists,
  database,
}: PlannedAuthority): boolean =>
  hereId === null ||
  own.length + certificates.length + known + clashing.length + lists.length > 0 ||
  database !== null

/**
 * Returns the CAs to select by default: those that come with a key or a database, those already here, and all above
 * them. If there are none, every CA of a small drop, since it was dropped for a reason.
 */
function suggestedOf({ authorities }: ImportPlan): ReadonlySet<PlannedAuthority> {
  const chosen = new Set<PlannedAuthority>()
  for (const authority of authorities) {
    if (authority.hereId === null && !authority.key && !authority.database) continue
    for (let next: PlannedAuthority | null = authority; next && !chosen.has(next); next = next.parent)
      chosen.add(next)
  }
  const coming = authorities.filter(({ hereId }) => hereId === null)
  const isAlone = coming.every((authority) => !chosen.has(authority))
  return isAlone && coming.length <= 20 ? new Set(authorities) : chosen
}

async function authorityView(
  authority: PlannedAuthority,
  index: number,
  suggested: boolean,
): Promise<ImportedAuthority> {
  const { certificate, own, ownComes, hereId, key, parent, revocations, listNumbers } = authority
  return {
    index,
    name: callingName(certificate),
    subject: nameToText(certificate.subject),
    file: own[0]?.file ?? '',
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    keyAlgorithm: keyAlgorithmOf(certificate.spki),
    spkiHash: await digest('SHA-256', certificate.spki.der),
    parent: parent && callingName(parent.certificate),
    isRoot: namesMatch(certificate.issuer, certificate.subject),
    fate: hereId === null ? 'new' : key ? 'key-joined' : ownComes ? 'certificate-added' : 'known',
    key: authority.keyIsHere ? 'here' : key ? 'comes' : authority.keyIsUnfit ? 'unfit' : 'missing',
    suggested,
    certificates: await certificatesView(authority.certificates, authority.known, revocations),
    lists: authority.lists.map(listView),
    database: databaseView(authority),
    listNumber: listNumbers.highest === null ? null : String(listNumbers.highest),
  }
}

async function certificatesView(
  planned: readonly PlannedCertificate[],
  known: number,
  revocations: Revocations,
): Promise<ImportedCertificates> {
  return {
    fresh: planned.length,
    known,
    keys: planned.filter(({ key }) => key !== null).length,
    requests: planned.filter(({ request }) => request !== null).length,
    revoked: planned.filter(({ certificate }) => revocations.of(certificate).status !== 'good').length,
    shown: await Promise.all(planned.slice(0, SHOWN).map((each) => certificateView(each, revocations))),
  }
}

async function certificateView(
  { certificate, key, file }: PlannedCertificate,
  revocations: Revocations,
): Promise<ImportedCertificate> {
  return {
    name: callingName(certificate),
    serialNumber: serialOf(certificate),
    notAfter: certificate.notAfter,
    spkiHash: await digest('SHA-256', certificate.spki.der),
    file,
    hasKey: key !== null,
    status: revocations.of(certificate).status,
  }
}

function listView({ list, file }: FoundList): ImportedAuthority['lists'][number] {
  const { cRLNumber, thisUpdate, nextUpdate, revokedCertificates } = list
  const number = cRLNumber && String(bigIntOf(cRLNumber))
  return { number, thisUpdate, nextUpdate, entries: revokedCertificates.count, file }
}

function databaseView({ database, revocations, serials }: PlannedAuthority): ImportedDatabase | null {
  if (!database) return null
  const { file, problems } = database
  const missing = revocations.missing(serials)
  return {
    file,
    valid: revocations.count('valid'),
    revoked: revocations.count('revoked'),
    expired: revocations.count('expired'),
    missing: missing.length,
    shownMissing: missing.slice(0, SHOWN).map(({ serialNumber, subject, status }) => ({
      serialNumber,
      subject,
      revoked: status === 'revoked',
    })),
    problems: problems.slice(0, SHOWN),
  }
}
