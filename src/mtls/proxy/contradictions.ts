import { encodeName, nameFromDer, type Name } from '../../x509/name.ts'
import { rdnKeys } from '../../x509/name-matching.ts'
import { iso, alternativeNames } from './values.ts'
import type { CertificateFacts, FactKind, ReadFact } from './facts.ts'

/**
 * Returns the facts that are not this certificate's: the header was written of another one, or not by the proxy. What can
 * be read in two ways contradicts nothing, nor do names whose attributes come in another order or not all.
 */
export const contradictions = (facts: readonly ReadFact[], known: CertificateFacts): ReadFact[] =>
  facts.filter((fact) => !fact.ambiguous && !FITS[fact.kind](fact, known))

type Fits = (fact: ReadFact, known: CertificateFacts) => boolean

const nameFits =
  (kind: 'subject' | 'issuer'): Fits =>
  ({ name }, { certificate }) => {
    if (!name) return true
    const has = new Set(attributeKeys(certificate[kind]))
    return attributeKeys(nameFromDer(name)).every((key) => has.has(key))
  }

/** A key for each attribute, as names are compared, whatever set it is in. */
const attributeKeys = ({ rdns }: Name): readonly string[] =>
  rdnKeys(nameFromDer(encodeName(rdns.flat().map((attribute) => [attribute]))))

const isAlternativeName: Fits = ({ text }, { certificate }) =>
  (['dns', 'uri', 'email', 'ip'] as const).some((kind) => alternativeNames(certificate, kind).includes(text))

const saysNothing: Fits = () => true

const FITS: { readonly [K in FactKind]: Fits } = {
  subject: nameFits('subject'),
  issuer: nameFits('issuer'),
  serial: ({ text }, { serial }) => text === serial,
  sha1: ({ text }, { sha1 }) => text === sha1,
  sha256: ({ text }, { sha256 }) => text === sha256,
  notBefore: ({ text }, { certificate }) => text === iso(certificate.notBefore),
  notAfter: ({ text }, { certificate }) => text === iso(certificate.notAfter),
  dns: isAlternativeName,
  uri: isAlternativeName,
  email: isAlternativeName,
  ip: isAlternativeName,
  verify: saysNothing,
  present: saysNothing,
  by: saysNothing,
}
