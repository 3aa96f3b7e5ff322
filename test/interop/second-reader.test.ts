import { expect, test } from 'vitest'
import { differenceIn } from '../../src/services/second-reading/compare.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import { readAgain } from '../../witness/second-reading.ts'
import { readSuites, type Suite } from '../conformance/suite.ts'
import { VECTORS_DIR } from '../support/vectors.ts'

/** What each of the two readers made of a file: what it is to both, or who refused it. */
type Outcome =
  'same' | 'neither reads it' | 'only PKI.js reads it' | 'only Rootcellar reads it' | `different: ${string}`

const PARSERS = { certificate: parseCertificate, list: parseCertificateList }

function outcomeOf(der: Uint8Array<ArrayBuffer>, kind: 'certificate' | 'list'): Outcome {
  const answer = readAgain(der, kind)
  const ours = isRead(() => PARSERS[kind](der))
  if ('notRead' in answer) return ours ? 'only Rootcellar reads it' : 'neither reads it'
  if (!ours) return 'only PKI.js reads it'
  const difference = differenceIn(der, answer)
  return difference ? `different: ${difference.field}` : 'same'
}

function isRead(parse: () => unknown): boolean {
  try {
    parse()
    return true
  } catch {
    return false
  }
}

/** The certificates and lists of a suite, each once, by the case it is first used in. */
function filesOf(suite: Suite): { certificate: Map<string, string>; list: Map<string, string> } {
  const certificate = new Map<string, string>()
  const list = new Map<string, string>()
  const add = (to: Map<string, string>, id: string, files: readonly string[]): void => {
    for (const file of files) if (!to.has(file)) to.set(file, id)
  }
  for (const each of suite.cases) {
    if ('der' in each) add(certificate, each.id, [each.der])
    if (!('target' in each)) continue
    add(certificate, each.id, [each.target, ...each.intermediates, ...each.anchors])
    add(list, each.id, each.crls)
  }
  return { certificate, list }
}

/** Where they do not agree, and why. */
const LAX_TIME =
  'PKI.js reads times without seconds, or with an offset, which DER has not (RFC 5280 §4.1.2.5).'
const KNOWN: Readonly<Record<string, { readonly outcome: Outcome; readonly reason: string }>> = {
  'corpus dNSNameWithUnderscores': {
    outcome: 'different: from',
    reason: 'It begins in the year 1, which asn1js takes for 1901.',
  },
  'corpus generalizedNoSeconds': { outcome: 'only PKI.js reads it', reason: LAX_TIME },
  'corpus generalizedTimeNoSeconds': { outcome: 'only PKI.js reads it', reason: LAX_TIME },
  'corpus utcNoSeconds': { outcome: 'only PKI.js reads it', reason: LAX_TIME },
  'corpus utcNotZulu': { outcome: 'only PKI.js reads it', reason: LAX_TIME },
}

test.each(readSuites(VECTORS_DIR).filter(({ kind }) => kind !== 'signatures'))(
  'both readers read the certificates and lists of $name alike, but for those that are named here',
  (suite) => {
    const counts: Record<string, number> = {}
    const others: Record<string, Outcome> = {}
    for (const [kind, files] of Object.entries(filesOf(suite)) as [
      'certificate' | 'list',
      Map<string, string>,
    ][])
      for (const [file, id] of files) {
        const outcome = outcomeOf(new Uint8Array(Buffer.from(file, 'base64')), kind)
        counts[`${kind}: ${outcome}`] = (counts[`${kind}: ${outcome}`] ?? 0) + 1
        if (outcome !== 'same' && outcome !== 'neither reads it') others[`${suite.name} ${id}`] = outcome
      }
    console.log(suite.name, counts)
    const known = Object.entries(KNOWN).filter(([id]) => id.startsWith(`${suite.name} `))
    expect(others).toEqual(Object.fromEntries(known.map(([id, { outcome }]) => [id, outcome])))
  },
)
