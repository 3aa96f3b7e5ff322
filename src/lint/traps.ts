import { listed } from './rule.ts'
import { sanDnsTrailingDot } from './traps/san-dns-trailing-dot.ts'
import { sanDnsIpAddress } from './traps/san-dns-ip-address.ts'
import { sanRepeated } from './traps/san-repeated.ts'
import { keyUsageBeyondPurposes } from './traps/key-usage-beyond-purposes.ts'
import { serverWithoutDigitalSignature } from './traps/server-without-digital-signature.ts'
import { mailCannotEncrypt } from './traps/mail-cannot-encrypt.ts'
import { serverWithoutSan } from './traps/server-without-san.ts'
import { cnNotInSan } from './traps/cn-not-in-san.ts'
import { akiIssuerAndSerial } from './traps/aki-issuer-and-serial.ts'
import { intermediateEkuWithoutClient } from './traps/intermediate-eku-without-client.ts'
import { rootWithEku } from './traps/root-with-eku.ts'
import { rootWithoutCommonName } from './traps/root-without-common-name.ts'
import { selfIssuedWithoutCa } from './traps/self-issued-without-ca.ts'
import { caWithoutCrlSign } from './traps/ca-without-crl-sign.ts'
import { validityOver825Days } from './traps/validity-over-825-days.ts'
import { validityOneSecondOver } from './traps/validity-one-second-over.ts'
import { validityBackdated } from './traps/validity-backdated.ts'
import { validityNeverEnds } from './traps/validity-never-ends.ts'
import { browserUnsupportedKey } from './traps/browser-unsupported-key.ts'
import { nameConstraintsLeadingDot } from './traps/name-constraints-leading-dot.ts'
import { nameConstraintsBothAddresses } from './traps/name-constraints-both-addresses.ts'
import { nameConstraintsIncomplete } from './traps/name-constraints-incomplete.ts'
import { serialLowEntropy } from './traps/serial-low-entropy.ts'
import { subjectVeryLong } from './traps/subject-very-long.ts'
import { nameOuterSpace } from './traps/name-outer-space.ts'
import { nameGarbled } from './traps/name-garbled.ts'
import { nameAttributeRepeated } from './traps/name-attribute-repeated.ts'
import { countryNotIso } from './traps/country-not-iso.ts'
import { addressHttps } from './traps/address-https.ts'
import { accessLocationRepeated } from './traps/access-location-repeated.ts'
import { cpsAddress } from './traps/cps-address.ts'
import { sanDnsReservedLabel } from './traps/san-dns-reserved-label.ts'
import { nameHiddenCharacters } from './traps/name-hidden-characters.ts'
import { issuerNameNotCopied } from './traps/issuer-name-not-copied.ts'
import { outlivesIssuer } from './traps/outlives-issuer.ts'
import { beginsBeforeIssuer } from './traps/begins-before-issuer.ts'
import { issuerKeyReused } from './traps/issuer-key-reused.ts'
import { hashWeakerThanCurve } from './traps/hash-weaker-than-curve.ts'
import { timeStampingEkuNotAlone } from './traps/time-stamping-eku-not-alone.ts'
import { timeStampingEkuNotCritical } from './traps/time-stamping-eku-not-critical.ts'
import { ocspSignerWithoutNoCheck } from './traps/ocsp-signer-without-no-check.ts'
import { ocspNoCheckCritical } from './traps/ocsp-no-check-critical.ts'

/** What a certificate may hold by the RFC, and what breaks it elsewhere all the same. */
export const TRAP_RULES = listed([
  sanDnsTrailingDot,
  sanDnsIpAddress,
  sanDnsReservedLabel,
  sanRepeated,
  serverWithoutSan,
  serverWithoutDigitalSignature,
  mailCannotEncrypt,
  keyUsageBeyondPurposes,
  cnNotInSan,
  akiIssuerAndSerial,
  intermediateEkuWithoutClient,
  rootWithEku,
  rootWithoutCommonName,
  selfIssuedWithoutCa,
  caWithoutCrlSign,
  validityOver825Days,
  validityOneSecondOver,
  validityBackdated,
  validityNeverEnds,
  browserUnsupportedKey,
  nameConstraintsLeadingDot,
  nameConstraintsBothAddresses,
  nameConstraintsIncomplete,
  serialLowEntropy,
  subjectVeryLong,
  nameOuterSpace,
  nameHiddenCharacters,
  nameGarbled,
  nameAttributeRepeated,
  countryNotIso,
  addressHttps,
  accessLocationRepeated,
  cpsAddress,
  issuerNameNotCopied,
  outlivesIssuer,
  beginsBeforeIssuer,
  issuerKeyReused,
  hashWeakerThanCurve,
  timeStampingEkuNotAlone,
  timeStampingEkuNotCritical,
  ocspSignerWithoutNoCheck,
  ocspNoCheckCritical,
])
