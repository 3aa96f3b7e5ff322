/** The validator's pile as the page sees it: counts, and certificates a page at a time. */
import { guess } from '../../validate/advice/guess.ts'
import { digest } from '../../webcrypto/signature.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import { sameOctets } from '../../octets.ts'
import { serialOf } from '../../x509/serial-number.ts'
import { generalNameLine } from '../../x509/general-name-text.ts'
import type { PileCertificate, PilePage, PileQuery, PileView } from '../../border/protocol/validate.ts'
import type { ValidateSession } from './session.ts'
import { isCa, isSelfIssued } from '../../x509/roles.ts'

type Item = ValidateSession['certificates'][number]

/** More than these are found by searching: a page with thousands of lines would freeze. */
const FIRST = 100
const FIRST_ROOTS = 20
/** A private key that fits more certificates than this is still matched; this many names are enough to show. */
const NAMED = 10

export async function pileView(session: ValidateSession): Promise<PileView> {
  const certificates = session.certificates.map(({ certificate }) => certificate)
  const guessed = guess(certificates)
  const first = certificates.slice(0, FIRST).map((_each, index) => index)
  const shown = new Set([...first, ...guessed.roots.slice(0, FIRST_ROOTS), Math.max(0, guessed.target)])
  return {
    certificates: await linesOf(session, [...shown]),
    total: certificates.length,
    lists: session.lists.length,
    responses: session.responses.length,
    requests: session.items('request').length,
    keys: session.items('privateKey').map(({ keyType, spki, source }) => {
      const belongsTo = certificates.flatMap((each, index) =>
        sameOctets(each.spki.der, spki) ? [index] : [],
      )
      const names = belongsTo.slice(0, NAMED).map((index) => nameToText(certificates[index]!.subject))
      return { keyType, source, belongsTo, names }
    }),
    locked: session.items('locked').map(({ source, part, friendlyName }) => ({ source, part, friendlyName })),
    problems: session.problems,
    notices: session.notices,
    guess: guessed,
  }
}

/** Returns the certificates that have every word in their own fields or in their file's name. */
export async function pilePage(
  session: ValidateSession,
  { text, rootsOnly, offset, limit }: PileQuery,
): Promise<PilePage> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = session.certificates.flatMap((item, index) => {
    if (rootsOnly && !isSelfIssued(item.certificate)) return []
    const said = words.length === 0 ? '' : session.remember(item, saidBy)
    return words.every((word) => said.includes(word)) ? [index] : []
  })
  const certificates = await linesOf(session, found.slice(offset, offset + limit))
  return { total: found.length, offset, certificates }
}

function saidBy({ certificate, source }: Item): string {
  const { subject, issuer, subjectAltName } = certificate
  return [
    nameToText(subject),
    nameToText(issuer),
    serialOf(certificate),
    ...(subjectAltName ?? []).map(generalNameLine),
    source.file,
  ]
    .join('\n')
    .toLowerCase()
}

const linesOf = (session: ValidateSession, indices: readonly number[]): Promise<PileCertificate[]> =>
  Promise.all(
    indices.flatMap((index) => {
      const item = session.certificates[index]
      return item ? [lineOf(item, index)] : []
    }),
  )

async function lineOf({ certificate, source }: Item, index: number): Promise<PileCertificate> {
  const { subject, issuer, notBefore, notAfter, spki }: Certificate = certificate
  return {
    index,
    subject: nameToText(subject),
    issuer: nameToText(issuer),
    notBefore,
    notAfter,
    isCa: isCa(certificate),
    selfIssued: isSelfIssued(certificate),
    spkiHash: await digest('SHA-256', spki.der),
    source,
  }
}
