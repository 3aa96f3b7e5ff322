import { listed } from '../rule.ts'
import { versionNot3 } from './version-not-3.ts'
import { uniqueIdInV1 } from './unique-id-in-v1.ts'
import { uniqueIdPresent } from './unique-id-present.ts'
import { serialNegative } from './serial-negative.ts'
import { serialZero } from './serial-zero.ts'
import { serialTooLong } from './serial-too-long.ts'
import { signatureAlgorithmMismatch } from './signature-algorithm-mismatch.ts'
import { issuerEmpty } from './issuer-empty.ts'
import { caSubjectEmpty } from './ca-subject-empty.ts'
import { subjectAndSanMissing } from './subject-and-san-missing.ts'
import { sanNotCriticalEmptySubject } from './san-not-critical-empty-subject.ts'
import { sanCriticalWithSubject } from './san-critical-with-subject.ts'
import { emailNotInSan } from './email-not-in-san.ts'
import { nameStringType } from './name-string-type.ts'
import { nameAttributeType } from './name-attribute-type.ts'
import { nameAttributeLength } from './name-attribute-length.ts'
import { countryNameMalformed } from './country-name-malformed.ts'
import { validityTimeType } from './validity-time-type.ts'
import { validityReversed } from './validity-reversed.ts'
import { signatureAlgorithmParameters } from './signature-algorithm-parameters.ts'
import { keyAlgorithmParameters } from './key-algorithm-parameters.ts'
import { ecParametersNotNamed } from './ec-parameters-not-named.ts'
import { akiCritical } from './aki-critical.ts'
import { akiMissing } from './aki-missing.ts'
import { akiIssuerSerialUnpaired } from './aki-issuer-serial-unpaired.ts'
import { skiCritical } from './ski-critical.ts'
import { skiMissingInCa } from './ski-missing-in-ca.ts'
import { skiMissing } from './ski-missing.ts'
import { akiSkiDiffer } from './aki-ski-differ.ts'
import { akiNotIssuerSki } from './aki-not-issuer-ski.ts'
import { keyUsageMissingInCa } from './key-usage-missing-in-ca.ts'
import { keyUsageNotCritical } from './key-usage-not-critical.ts'
import { keyUsageEmpty } from './key-usage-empty.ts'
import { keyCertSignWithoutCa } from './key-cert-sign-without-ca.ts'
import { encipherOnlyWithoutKeyAgreement } from './encipher-only-without-key-agreement.ts'
import { keyUsageEnciphersInCa } from './key-usage-enciphers-in-ca.ts'
import { keyUsageKeyType } from './key-usage-key-type.ts'
import { policyRepeated } from './policy-repeated.ts'
import { policiesEmpty } from './policies-empty.ts'
import { anyPolicyQualifier } from './any-policy-qualifier.ts'
import { policyNoticeReference } from './policy-notice-reference.ts'
import { explicitTextType } from './explicit-text-type.ts'
import { explicitTextNotNfc } from './explicit-text-not-nfc.ts'
import { explicitTextNotUtf8 } from './explicit-text-not-utf8.ts'
import { explicitTextLength } from './explicit-text-length.ts'
import { explicitTextControlCharacters } from './explicit-text-control-characters.ts'
import { policyMappingAnyPolicy } from './policy-mapping-any-policy.ts'
import { policyMappingsEmpty } from './policy-mappings-empty.ts'
import { policyMappingsNotCritical } from './policy-mappings-not-critical.ts'
import { policyMappingNotAsserted } from './policy-mapping-not-asserted.ts'
import { policyMappingsNotInCa } from './policy-mappings-not-in-ca.ts'
import { sanEmpty } from './san-empty.ts'
import { sanEntryEmpty } from './san-entry-empty.ts'
import { sanDnsSpace } from './san-dns-space.ts'
import { sanDnsMalformed } from './san-dns-malformed.ts'
import { sanDnsNotALabel } from './san-dns-not-a-label.ts'
import { sanEmailMalformed } from './san-email-malformed.ts'
import { sanIpLength } from './san-ip-length.ts'
import { sanUriRelative } from './san-uri-relative.ts'
import { sanUriMalformed } from './san-uri-malformed.ts'
import { sanUriHost } from './san-uri-host.ts'
import { ianCritical } from './ian-critical.ts'
import { ianMalformed } from './ian-malformed.ts'
import { subjectDirectoryAttributesCritical } from './subject-directory-attributes-critical.ts'
import { subjectDirectoryAttributesEmpty } from './subject-directory-attributes-empty.ts'
import { basicConstraintsNotCritical } from './basic-constraints-not-critical.ts'
import { pathLenWithoutCa } from './path-len-without-ca.ts'
import { pathLenWithoutKeyCertSign } from './path-len-without-key-cert-sign.ts'
import { nameConstraintsNotInCa } from './name-constraints-not-in-ca.ts'
import { nameConstraintsNotCritical } from './name-constraints-not-critical.ts'
import { nameConstraintsEmpty } from './name-constraints-empty.ts'
import { nameConstraintsDistance } from './name-constraints-distance.ts'
import { nameConstraintsForm } from './name-constraints-form.ts'
import { nameConstraintsIpMalformed } from './name-constraints-ip-malformed.ts'
import { nameConstraintsNameMalformed } from './name-constraints-name-malformed.ts'
import { policyConstraintsEmpty } from './policy-constraints-empty.ts'
import { policyConstraintsNotCritical } from './policy-constraints-not-critical.ts'
import { policyConstraintsNotInCa } from './policy-constraints-not-in-ca.ts'
import { extKeyUsageEmpty } from './ext-key-usage-empty.ts'
import { anyEkuCritical } from './any-eku-critical.ts'
import { ekuKeyUsageInconsistent } from './eku-key-usage-inconsistent.ts'
import { crlDistributionPointsCritical } from './crl-distribution-points-critical.ts'
import { distributionPointsEmpty } from './distribution-points-empty.ts'
import { distributionPointReasonsOnly } from './distribution-point-reasons-only.ts'
import { distributionPointsNotAllReasons } from './distribution-points-not-all-reasons.ts'
import { distributionPointCrlIssuer } from './distribution-point-crl-issuer.ts'
import { distributionPointRelativeName } from './distribution-point-relative-name.ts'
import { distributionPointRelativeNameAmbiguous } from './distribution-point-relative-name-ambiguous.ts'
import { distributionPointUri } from './distribution-point-uri.ts'
import { distributionPointsNoUri } from './distribution-points-no-uri.ts'
import { inhibitAnyPolicyNotCritical } from './inhibit-any-policy-not-critical.ts'
import { inhibitAnyPolicyNotInCa } from './inhibit-any-policy-not-in-ca.ts'
import { freshestCrlCritical } from './freshest-crl-critical.ts'
import { authorityInfoAccessCritical } from './authority-info-access-critical.ts'
import { subjectInfoAccessCritical } from './subject-info-access-critical.ts'
import { infoAccessEmpty } from './info-access-empty.ts'
import { accessLocationUri } from './access-location-uri.ts'
import { caIssuersNoUri } from './ca-issuers-no-uri.ts'
import { subjectInfoAccessMethod } from './subject-info-access-method.ts'

/** The requirements of RFC 5280 §4 for one certificate, in the order of its sections. */
export const RFC5280_RULES = listed([
  versionNot3,
  uniqueIdInV1,
  uniqueIdPresent,
  serialNegative,
  serialZero,
  serialTooLong,
  signatureAlgorithmMismatch,
  issuerEmpty,
  caSubjectEmpty,
  subjectAndSanMissing,
  sanNotCriticalEmptySubject,
  sanCriticalWithSubject,
  emailNotInSan,
  nameStringType,
  nameAttributeType,
  nameAttributeLength,
  countryNameMalformed,
  validityTimeType,
  validityReversed,
  signatureAlgorithmParameters,
  keyAlgorithmParameters,
  ecParametersNotNamed,
  akiCritical,
  akiMissing,
  akiIssuerSerialUnpaired,
  skiCritical,
  skiMissingInCa,
  skiMissing,
  akiSkiDiffer,
  akiNotIssuerSki,
  keyUsageMissingInCa,
  keyUsageNotCritical,
  keyUsageEmpty,
  keyCertSignWithoutCa,
  encipherOnlyWithoutKeyAgreement,
  keyUsageKeyType,
  keyUsageEnciphersInCa,
  policyRepeated,
  policiesEmpty,
  anyPolicyQualifier,
  policyNoticeReference,
  explicitTextType,
  explicitTextNotUtf8,
  explicitTextLength,
  explicitTextControlCharacters,
  explicitTextNotNfc,
  policyMappingAnyPolicy,
  policyMappingsEmpty,
  policyMappingsNotCritical,
  policyMappingNotAsserted,
  policyMappingsNotInCa,
  sanEmpty,
  sanEntryEmpty,
  sanDnsSpace,
  sanDnsMalformed,
  sanDnsNotALabel,
  sanEmailMalformed,
  sanIpLength,
  sanUriRelative,
  sanUriMalformed,
  sanUriHost,
  ianCritical,
  ianMalformed,
  subjectDirectoryAttributesCritical,
  subjectDirectoryAttributesEmpty,
  basicConstraintsNotCritical,
  pathLenWithoutCa,
  pathLenWithoutKeyCertSign,
  nameConstraintsNotInCa,
  nameConstraintsNotCritical,
  nameConstraintsEmpty,
  nameConstraintsDistance,
  nameConstraintsForm,
  nameConstraintsIpMalformed,
  nameConstraintsNameMalformed,
  policyConstraintsEmpty,
  policyConstraintsNotCritical,
  policyConstraintsNotInCa,
  extKeyUsageEmpty,
  anyEkuCritical,
  ekuKeyUsageInconsistent,
  crlDistributionPointsCritical,
  distributionPointsEmpty,
  distributionPointReasonsOnly,
  distributionPointsNotAllReasons,
  distributionPointCrlIssuer,
  distributionPointRelativeName,
  distributionPointRelativeNameAmbiguous,
  distributionPointUri,
  distributionPointsNoUri,
  inhibitAnyPolicyNotCritical,
  inhibitAnyPolicyNotInCa,
  freshestCrlCritical,
  authorityInfoAccessCritical,
  subjectInfoAccessCritical,
  infoAccessEmpty,
  accessLocationUri,
  caIssuersNoUri,
  subjectInfoAccessMethod,
])
