/** A server as a client's output shows it, as the lab's server. */
import type { OutputTaken } from '../../border/protocol/lab.ts'
import { readable } from '../../mtls/chain.ts'
import { nameKeyAsPrinted, printedNameKey } from '../../mtls/output/name-text.ts'
import { readOutput, type OutputFault, type SeenServer } from '../../mtls/output/read-output.ts'
import { codeName } from '../../mtls/wire/code-points.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { hostOf } from './host-of.ts'
import type { LabSession } from './session.ts'

/** Gives the lab's server what was seen of one; `known`: further certificates that the names it accepts may be of. */
export function takeFromOutput(
  lab: LabSession,
  text: string,
  known: readonly Certificate[],
): { readonly taken: OutputTaken } | { readonly fault: OutputFault } {
  const read = readOutput(text)
  if ('fault' in read) return read
  const { seen } = read
  const certificates = readable(seen.certificates)
  const candidates = [...certificates, ...lab.members.map((each) => each.certificate), ...known]
  const accepted = acceptedIn(seen, candidates)
  const { staged, asks, version, host } = { ...seen, staged: lab.staged().server }
  lab.put(
    'server',
    {
      ...{ chain: seen.certificates, lists: [], stapled: null, lets: null },
      asks: asks === null ? staged.asks : asks ? 'required' : 'no',
      listsAuthorities: asks === null ? staged.listsAuthorities : seen.accepts.length > 0,
      anchors: seen.accepts.length > 0 ? accepted.anchors : staged.anchors,
      versions: version === null ? staged.versions : [version],
    },
    [...certificates, ...accepted.anchors],
  )
  const [own] = certificates
  const asked = host ?? (own ? hostOf(own) : null)
  if (asked !== null) lab.put('client', { host: asked }, [])
  lab.origin = { kind: 'output' }
  lab.programs = { ...lab.programs, server: null }
  return { taken: takenFrom(seen, accepted) }
}

interface Accepted {
  readonly anchors: readonly Certificate[]
  readonly absent: readonly string[]
}

/** By name alone: the first certificate here that has it. */
function acceptedIn({ accepts }: SeenServer, candidates: readonly Certificate[]): Accepted {
  const byName = new Map<string, Certificate>()
  for (const certificate of candidates) {
    const key = nameKeyAsPrinted(certificate.subject)
    if (!byName.has(key)) byName.set(key, certificate)
  }
  const found = accepts.map((name) => ({ name, certificate: byName.get(printedNameKey(name) ?? '') }))
  return {
    anchors: [...new Set(found.flatMap(({ certificate }) => certificate ?? []))],
    absent: found.filter(({ certificate }) => !certificate).map(({ name }) => name),
  }
}

const takenFrom = (
  { certificates, named, asks, accepts, version, verified }: SeenServer,
  { absent }: Accepted,
): OutputTaken => ({
  ...{ certificates: certificates.length, named, asks, accepts: accepts.length, absent, verified },
  version: version === null ? null : codeName('version', version),
})
