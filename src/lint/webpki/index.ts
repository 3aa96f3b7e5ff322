import { brAccessMethod } from './br-access-method.ts'
import { brAddressNotHttp } from './br-address-not-http.ts'
import { brAkiIssuerAndSerial } from './br-aki-issuer-and-serial.ts'
import { brAkiKeyIdentifierMissing } from './br-aki-key-identifier-missing.ts'
import { brAkiMismatch } from './br-aki-mismatch.ts'
import { brAkiMissing } from './br-aki-missing.ts'
import { brBasicConstraintsNotCritical } from './br-basic-constraints-not-critical.ts'
import { brCaEkuForbidden } from './br-ca-eku-forbidden.ts'
import { brCaEkuMissing } from './br-ca-eku-missing.ts'
import { brCaKeyUsage } from './br-ca-key-usage.ts'
import { brCaPolicies } from './br-ca-policies.ts'
import { brCaSubject } from './br-ca-subject.ts'
import { brCommonNameBelowWildcard } from './br-common-name-below-wildcard.ts'
import { brCommonNameNotInSan } from './br-common-name-not-in-san.ts'
import { brCommonNameRepeated } from './br-common-name-repeated.ts'
import { brCpsAddress } from './br-cps-address.ts'
import { brCrlAddressMissing } from './br-crl-address-missing.ts'
import { brDigitalSignatureMissing } from './br-digital-signature-missing.ts'
import { brDistributionPointField } from './br-distribution-point-field.ts'
import { brDnsName } from './br-dns-name.ts'
import { brEkuAny } from './br-eku-any.ts'
import { brEkuCritical } from './br-eku-critical.ts'
import { brEkuForbidden } from './br-eku-forbidden.ts'
import { brEkuInRoot } from './br-eku-in-root.ts'
import { brEkuMissing } from './br-eku-missing.ts'
import { brEkuOther } from './br-eku-other.ts'
import { brEkuServerAuthMissing } from './br-eku-server-auth-missing.ts'
import { brInternalName } from './br-internal-name.ts'
import { brIssuerNameBytes } from './br-issuer-name-bytes.ts'
import { brKeyAlgorithm } from './br-key-algorithm.ts'
import { brKeyUsageNotCritical } from './br-key-usage-not-critical.ts'
import { brNameConstraintsDirectoryExcluded } from './br-name-constraints-directory-excluded.ts'
import { brNameConstraintsEmpty } from './br-name-constraints-empty.ts'
import { brNameConstraintsKind } from './br-name-constraints-kind.ts'
import { brNameConstraintsReserved } from './br-name-constraints-reserved.ts'
import { brOrganizationalUnitInCa } from './br-organizational-unit-in-ca.ts'
import { brPoliciesSeveral } from './br-policies-several.ts'
import { brPolicyAny } from './br-policy-any.ts'
import { brPolicyMissing } from './br-policy-missing.ts'
import { brPolicyNotFirst } from './br-policy-not-first.ts'
import { brPolicyQualifier } from './br-policy-qualifier.ts'
import { brReservedAddress } from './br-reserved-address.ts'
import { brResponderEku } from './br-responder-eku.ts'
import { brResponderExtension } from './br-responder-extension.ts'
import { brResponderKeyUsage } from './br-responder-key-usage.ts'
import { brRootPathLen } from './br-root-path-len.ts'
import { brRsaExponent } from './br-rsa-exponent.ts'
import { brRsaSize } from './br-rsa-size.ts'
import { brSanCritical } from './br-san-critical.ts'
import { brSanKind } from './br-san-kind.ts'
import { brSanMissing } from './br-san-missing.ts'
import { brSerialShort } from './br-serial-short.ts'
import { brSignatureAlgorithm } from './br-signature-algorithm.ts'
import { brSignatureHashForCurve } from './br-signature-hash-for-curve.ts'
import { brSubjectAttribute } from './br-subject-attribute.ts'
import { brSubjectAttributeMissing } from './br-subject-attribute-missing.ts'
import { brTargetIsCa } from './br-target-is-ca.ts'
import { brTargetKeyUsage } from './br-target-key-usage.ts'
import { brUniqueId } from './br-unique-id.ts'
import { brValidityTooLong } from './br-validity-too-long.ts'
import { brVersion } from './br-version.ts'
import { brWildcardOfTopLevel } from './br-wildcard-of-top-level.ts'
import { chromeClientAuth } from './chrome-client-auth.ts'
import { precertificateWithTimestamps } from './precertificate-with-timestamps.ts'
import { sctListMalformed } from './sct-list-malformed.ts'
import { listed } from '../rule.ts'

/**
 * The rules of the CA/B Forum's Baseline Requirements for TLS server certificates, 2.2.6. For requirements without a
 * rule see docs/baseline-requirements.md.
 */
export const WEBPKI_RULES = listed([
  brAddressNotHttp,
  brAkiIssuerAndSerial,
  brAkiKeyIdentifierMissing,
  brAkiMismatch,
  brAkiMissing,
  brCaEkuForbidden,
  brCaKeyUsage,
  brCommonNameBelowWildcard,
  brCommonNameNotInSan,
  brCommonNameRepeated,
  brDnsName,
  brEkuAny,
  brEkuCritical,
  brEkuForbidden,
  brEkuInRoot,
  brEkuMissing,
  brEkuServerAuthMissing,
  brInternalName,
  brIssuerNameBytes,
  brKeyAlgorithm,
  brKeyUsageNotCritical,
  brNameConstraintsEmpty,
  brNameConstraintsKind,
  brPolicyAny,
  brPolicyMissing,
  brPolicyQualifier,
  brReservedAddress,
  brRsaExponent,
  brRsaSize,
  brSanCritical,
  brSanKind,
  brSanMissing,
  brSerialShort,
  brSignatureAlgorithm,
  brSignatureHashForCurve,
  brTargetIsCa,
  brTargetKeyUsage,
  brUniqueId,
  brValidityTooLong,
  brVersion,
  brWildcardOfTopLevel,
  brCaEkuMissing,
  brCaPolicies,
  brDistributionPointField,
  brCrlAddressMissing,
  brDigitalSignatureMissing,
  brBasicConstraintsNotCritical,
  brResponderExtension,
  brResponderKeyUsage,
  brResponderEku,
  brPoliciesSeveral,
  brPolicyNotFirst,
  brSubjectAttribute,
  brSubjectAttributeMissing,
  brCaSubject,
  brOrganizationalUnitInCa,
  brAccessMethod,
  brCpsAddress,
  brEkuOther,
  brRootPathLen,
  brNameConstraintsReserved,
  brNameConstraintsDirectoryExcluded,
  sctListMalformed,
  precertificateWithTimestamps,
  chromeClientAuth,
])
