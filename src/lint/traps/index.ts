import { listed } from '../rule.ts'
import { sanDnsTrailingDot } from './san-dns-trailing-dot.ts'
import { sanDnsIpAddress } from './san-dns-ip-address.ts'
import { sanRepeated } from './san-repeated.ts'
import { keyUsageBeyondPurposes } from './key-usage-beyond-purposes.ts'
import { serverWithoutDigitalSignature } from './server-without-digital-signature.ts'
import { mailCannotEncrypt } from './mail-cannot-encrypt.ts'
import { serverWithoutSan } from './server-without-san.ts'
import { cnNotInSan } from './cn-not-in-san.ts'
import { akiIssuerAndSerial } from './aki-issuer-and-serial.ts'
import { intermediateEkuWithoutClient } from './intermediate-eku-without-client.ts'
import { rootWithEku } from './root-with-eku.ts'
import { rootWithoutCommonName } from './root-without-common-name.ts'
import { selfIssuedWithoutCa } from './self-issued-without-ca.ts'
import { caWithoutCrlSign } from './ca-without-crl-sign.ts'
import { validityOver825Days } from './validity-over-825-days.ts'
import { validityOneSecondOver } from './validity-one-second-over.ts'
import { validityBackdated } from './validity-backdated.ts'
import { validityNeverEnds } from './validity-never-ends.ts'
import { browserUnsupportedKey } from './browser-unsupported-key.ts'
import { nameConstraintsLeadingDot } from './name-constraints-leading-dot.ts'
import { nameConstraintsBothAddresses } from './name-constraints-both-addresses.ts'
import { nameConstraintsIncomplete } from './name-constraints-incomplete.ts'
import { serialLowEntropy } from './serial-low-entropy.ts'
import { subjectVeryLong } from './subject-very-long.ts'
import { nameOuterSpace } from './name-outer-space.ts'
import { nameGarbled } from './name-garbled.ts'
import { nameAttributeRepeated } from './name-attribute-repeated.ts'
import { countryNotIso } from './country-not-iso.ts'
import { addressHttps } from './address-https.ts'
import { accessLocationRepeated } from './access-location-repeated.ts'
import { cpsAddress } from './cps-address.ts'
import { sanDnsReservedLabel } from './san-dns-reserved-label.ts'
import { nameHiddenCharacters } from './name-hidden-characters.ts'
import { issuerNameNotCopied } from './issuer-name-not-copied.ts'
import { outlivesIssuer } from './outlives-issuer.ts'
import { beginsBeforeIssuer } from './begins-before-issuer.ts'
import { issuerKeyReused } from './issuer-key-reused.ts'
import { hashWeakerThanCurve } from './hash-weaker-than-curve.ts'
import { timeStampingEkuNotAlone } from './time-stamping-eku-not-alone.ts'
import { timeStampingEkuNotCritical } from './time-stamping-eku-not-critical.ts'
import { ocspSignerWithoutNoCheck } from './ocsp-signer-without-no-check.ts'
import { ocspNoCheckCritical } from './ocsp-no-check-critical.ts'

/** Things the RFC allows in a certificate that fail in other programs. */
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
