import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import type { OcspResponse } from '../../../src/x509/ocsp.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { namesMatch } from '../../../src/x509/name-matching.ts'
import { sameOctets } from '../../../src/octets.ts'
import { compareIntegers } from '../../../src/validate/revocation/delta.ts'
import { AT } from '../chain.ts'
import type { Drawn } from '../chain.ts'
import type { World } from './world.ts'

interface Around {
  readonly world: World
  readonly target: Drawn
  readonly lists: readonly CertificateList[]
  readonly responses: readonly OcspResponse[]
}

/** Cases in which OpenSSL says revoked and we correctly do not: by rule, with the CRLs or responses concerned. */
export interface Difference {
  readonly name: string
  readonly why: string
  readonly isAbout: (
    source: { readonly list?: CertificateList; readonly response?: OcspResponse },
    around: Around,
  ) => boolean
}

const entriesOf = (list: CertificateList, { certificate }: Drawn) =>
  list.revokedCertificates.find(certificate.serialNumber)
const idOf = (list: CertificateList, oid: string): Uint8Array =>
  list.extensions.find((extension) => extension.oid === oid)?.value ?? new Uint8Array()
const ISSUING_POINT = '2.5.29.28'
const KEY_IDENTIFIER = '2.5.29.35'

const singlesOf = (response: OcspResponse, { certificate }: Drawn) =>
  (response.basic?.responses ?? []).filter(({ certId }) =>
    sameOctets(certId.serialNumber, certificate.serialNumber),
  )

/** The CRL is for one distribution point, and the certificate names others. */
function isOfAnotherPoint({ issuingDistributionPoint }: CertificateList, { certificate }: Drawn): boolean {
  const addresses = (names: readonly GeneralName[] | null | undefined) =>
    (names ?? []).flatMap((name) => (name.kind === 'uniformResourceIdentifier' ? [name.value] : []))
  const ofList = addresses(issuingDistributionPoint?.distributionPoint?.fullName)
  const named = (certificate.cRLDistributionPoints ?? []).flatMap(({ fullName }) => addresses(fullName))
  return ofList.length > 0 && !ofList.some((address) => named.includes(address))
}

/** From after the validation date, and valid only from then on. */
const beginsLater = (thisUpdate: Date, revocationTime: Date | null): boolean =>
  thisUpdate > AT && revocationTime !== null && revocationTime > AT

/** False if there are none: a CRL that names nothing is not a difference. */
const allOf = <T>(all: readonly T[], test: (one: T) => boolean): boolean => all.length > 0 && all.every(test)

export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'revoked later',
    why: 'A list or response from after the instant asked for, that revokes from a later date: at that instant the certificate was good. OpenSSL looks at no revocation date.',
    isAbout: ({ list, response }, { target }) =>
      list
        ? list.thisUpdate > AT &&
          allOf(
            entriesOf(list, target),
            ({ revocationDate }) => revocationDate !== null && revocationDate > AT,
          )
        : singlesOf(response!, target).every(
            ({ thisUpdate, certStatus: status }) =>
              status.status !== 'revoked' || beginsLater(thisUpdate, status.revocationTime),
          ),
  },
  {
    name: 'delta of another scope, key or issuer',
    why: 'RFC 5280 §6.3.3(b), (c): a delta speaks for its own distribution point, beside a complete list of the same issuer, scope and key identifier alone. OpenSSL was seen to take one without, and to ask no delta for its scope.',
    isAbout: ({ list }, { lists, target }) =>
      list !== undefined &&
      list.deltaCRLIndicator !== null &&
      (isOfAnotherPoint(list, target) ||
        !lists.some(
          (base) =>
            base.deltaCRLIndicator === null &&
            namesMatch(base.issuer, list.issuer) &&
            sameOctets(idOf(base, ISSUING_POINT), idOf(list, ISSUING_POINT)) &&
            sameOctets(idOf(base, KEY_IDENTIFIER), idOf(list, KEY_IDENTIFIER)),
        )),
  },
  {
    name: 'removed beside an entry that cannot be read',
    why: 'RFC 5280 §5.3.1: removeFromCRL revokes nothing. OpenSSL was seen to heed it, but not in a list where another entry has a reason that cannot be read or is repeated.',
    isAbout: ({ list }, { target }) =>
      list?.revokedCertificates.imperfect?.count !== undefined &&
      allOf(entriesOf(list, target), ({ reasonCode }) => reasonCode === 'removeFromCRL'),
  },
  {
    name: 'of another CA, beside an entry that cannot be read',
    why: 'RFC 5280 §5.3.3: an entry counts for the issuer that it, or one before it, names. OpenSSL was seen to heed that, but not in a list where another entry has a reason that cannot be read or is repeated.',
    isAbout: ({ list }, { target }) =>
      list?.revokedCertificates.imperfect?.count !== undefined &&
      list.issuingDistributionPoint?.indirectCRL === true &&
      allOf(
        entriesOf(list, target),
        ({ certificateIssuer }) =>
          certificateIssuer !== null &&
          !certificateIssuer.some(
            (name) => name.kind === 'directoryName' && namesMatch(name.name, target.certificate.issuer),
          ),
      ),
  },
  {
    name: 'hold on a list that a later one replaces',
    why: 'RFC 5280 §5.2.3: of lists of one issuer and scope the later one, of one instant that of the higher number, ends a hold by its silence. OpenSSL was seen to take the older of two.',
    isAbout: ({ list }, { lists, target }) =>
      list !== undefined &&
      allOf(
        entriesOf(list, target),
        ({ reasonCode }) => reasonCode === 'certificateHold' || reasonCode === 'removeFromCRL',
      ) &&
      lists.some(
        (other) =>
          namesMatch(other.issuer, list.issuer) &&
          sameOctets(idOf(other, ISSUING_POINT), idOf(list, ISSUING_POINT)) &&
          other.thisUpdate <= AT &&
          (other.thisUpdate > list.thisUpdate ||
            (other.thisUpdate.getTime() === list.thisUpdate.getTime() &&
              other.cRLNumber !== null &&
              list.cRLNumber !== null &&
              compareIntegers(other.cRLNumber, list.cRLNumber) > 0)),
      ),
  },
  {
    name: 'hold in a response beside a newer good',
    why: 'RFC 6960 §2.2: who is released from hold is answered with good. OpenSSL is asked of each response by itself.',
    isAbout: ({ response }, { responses, target }) => {
      if (!response) return false
      const singles = singlesOf(response, target)
      const holds = singles.filter(({ certStatus }) => certStatus.status === 'revoked')
      return holds.every(
        ({ certStatus, thisUpdate }) =>
          certStatus.status === 'revoked' &&
          (beginsLater(thisUpdate, certStatus.revocationTime) ||
            (certStatus.revocationReason === 'certificateHold' &&
              responses.some((other) =>
                singlesOf(other, target).some(
                  (each) => each.certStatus.status === 'good' && each.thisUpdate > thisUpdate,
                ),
              ))),
      )
    },
  },
]
