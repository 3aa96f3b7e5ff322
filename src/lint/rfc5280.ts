import { listed } from './rule.ts'
import { versionNot3 } from './rfc5280/version-not-3.ts'
import { uniqueIdInV1 } from './rfc5280/unique-id-in-v1.ts'
import { uniqueIdPresent } from './rfc5280/unique-id-present.ts'
import { serialNegative } from './rfc5280/serial-negative.ts'
import { serialZero } from './rfc5280/serial-zero.ts'
import { serialTooLong } from './rfc5280/serial-too-long.ts'
import { signatureAlgorithmMismatch } from './rfc5280/signature-algorithm-mismatch.ts'
import { issuerEmpty } from './rfc5280/issuer-empty.ts'
import { caSubjectEmpty } from './rfc5280/ca-subject-empty.ts'
import { subjectAndSanMissing } from './rfc5280/subject-and-san-missing.ts'
import { sanNotCriticalEmptySubject } from './rfc5280/san-not-critical-empty-subject.ts'
import { sanCriticalWithSubject } from './rfc5280/san-critical-with-subject.ts'
import { emailNotInSan } from './rfc5280/email-not-in-san.ts'
import { nameStringType } from './rfc5280/name-string-type.ts'
import { nameAttributeType } from './rfc5280/name-attribute-type.ts'
import { nameAttributeLength } from './rfc5280/name-attribute-length.ts'
import { countryNameMalformed } from './rfc5280/country-name-malformed.ts'
import { validityTimeType } from './rfc5280/validity-time-type.ts'
import { validityReversed } from './rfc5280/validity-reversed.ts'
import { signatureAlgorithmParameters } from './rfc5280/signature-algorithm-parameters.ts'
import { keyAlgorithmParameters } from './rfc5280/key-algorithm-parameters.ts'
import { ecParametersNotNamed } from './rfc5280/ec-parameters-not-named.ts'
import { akiCritical } from './rfc5280/aki-critical.ts'
import { akiMissing } from './rfc5280/aki-missing.ts'
import { akiIssuerSerialUnpaired } from './rfc5280/aki-issuer-serial-unpaired.ts'
import { skiCritical } from './rfc5280/ski-critical.ts'
import { skiMissingInCa } from './rfc5280/ski-missing-in-ca.ts'
import { skiMissing } from './rfc5280/ski-missing.ts'
import { akiSkiDiffer } from './rfc5280/aki-ski-differ.ts'
import { akiNotIssuerSki } from './rfc5280/aki-not-issuer-ski.ts'
import { keyUsageMissingInCa } from './rfc5280/key-usage-missing-in-ca.ts'
import { keyUsageNotCritical } from './rfc5280/key-usage-not-critical.ts'
import { keyUsageEmpty } from './rfc5280/key-usage-empty.ts'
import { keyCertSignWithoutCa } from './rfc5280/key-cert-sign-without-ca.ts'
import { encipherOnlyWithoutKeyAgreement } from './rfc5280/encipher-only-without-key-agreement.ts'
import { keyUsageEnciphersInCa } from './rfc5280/key-usage-enciphers-in-ca.ts'
import { keyUsageKeyType } from './rfc5280/key-usage-key-type.ts'
import { policyRepeated } from './rfc5280/policy-repeated.ts'
import { policiesEmpty } from './rfc5280/policies-empty.ts'
import { anyPolicyQualifier } from './rfc5280/any-policy-qualifier.ts'
import { policyNoticeReference } from './rfc5280/policy-notice-reference.ts'
import { explicitTextType } from './rfc5280/explicit-text-type.ts'
import { explicitTextNotNfc } from './rfc5280/explicit-text-not-nfc.ts'
import { explicitTextNotUtf8 } from './rfc5280/explicit-text-not-utf8.ts'
import { explicitTextLength } from './rfc5280/explicit-text-length.ts'
import { explicitTextControlCharacters } from './rfc5280/explicit-text-control-characters.ts'
import { policyMappingAnyPolicy } from './rfc5280/policy-mapping-any-policy.ts'
import { policyMappingsEmpty } from './rfc5280/policy-mappings-empty.ts'
import { policyMappingsNotCritical } from './rfc5280/policy-mappings-not-critical.ts'
import { policyMappingNotAsserted } from './rfc5280/policy-mapping-not-asserted.ts'
import { policyMappingsNotInCa } from './rfc5280/policy-mappings-not-in-ca.ts'
import { sanEmpty } from './rfc5280/san-empty.ts'
import { sanEntryEmpty } from './rfc5280/san-entry-empty.ts'
import { sanDnsSpace } from './rfc5280/san-dns-space.ts'
import { sanDnsMalformed } from './rfc5280/san-dns-malformed.ts'
import { sanDnsNotALabel } from './rfc5280/san-dns-not-a-label.ts'
import { sanEmailMalformed } from './rfc5280/san-email-malformed.ts'
import { sanIpLength } from './rfc5280/san-ip-length.ts'
import { sanUriRelative } from './rfc5280/san-uri-relative.ts'
import { sanUriMalformed } from './rfc5280/san-uri-malformed.ts'
import { sanUriHost } from './rfc5280/san-uri-host.ts'
import { ianCritical } from './rfc5280/ian-critical.ts'
import { ianMalformed } from './rfc5280/ian-malformed.ts'
import { subjectDirectoryAttributesCritical } from './rfc5280/subject-directory-attributes-critical.ts'
import { subjectDirectoryAttributesEmpty } from './rfc5280/subject-directory-attributes-empty.ts'
import { basicConstraintsNotCritical } from './rfc5280/basic-constraints-not-critical.ts'
import { pathLenWithoutCa } from './rfc5280/path-len-without-ca.ts'
import { pathLenWithoutKeyCertSign } from './rfc5280/path-len-without-key-cert-sign.ts'
import { nameConstraintsNotInCa } from './rfc5280/name-constraints-not-in-ca.ts'
import { nameConstraintsNotCritical } from './rfc5280/name-constraints-not-critical.ts'
import { nameConstraintsEmpty } from './rfc5280/name-constraints-empty.ts'
import { nameConstraintsDistance } from './rfc5280/name-constraints-distance.ts'
import { nameConstraintsForm } from './rfc5280/name-constraints-form.ts'
import { nameConstraintsIpMalformed } from './rfc5280/name-constraints-ip-malformed.ts'
import { nameConstraintsNameMalformed } from './rfc5280/name-constraints-name-malformed.ts'
import { policyConstraintsEmpty } from './rfc5280/policy-constraints-empty.ts'
import { policyConstraintsNotCritical } from './rfc5280/policy-constraints-not-critical.ts'
import { policyConstraintsNotInCa } from './rfc5280/policy-constraints-not-in-ca.ts'
import { extKeyUsageEmpty } from './rfc5280/ext-key-usage-empty.ts'
import { anyEkuCritical } from './rfc5280/any-eku-critical.ts'
import { ekuKeyUsageInconsistent } from './rfc5280/eku-key-usage-inconsistent.ts'
import { crlDistributionPointsCritical } from './rfc5280/crl-distribution-points-critical.ts'
import { distributionPointsEmpty } from './rfc5280/distribution-points-empty.ts'
import { distributionPointReasonsOnly } from './rfc5280/distribution-point-reasons-only.ts'
import { distributionPointsNotAllReasons } from './rfc5280/distribution-points-not-all-reasons.ts'
import { distributionPointCrlIssuer } from './rfc5280/distribution-point-crl-issuer.ts'
import { distributionPointRelativeName } from './rfc5280/distribution-point-relative-name.ts'
import { distributionPointRelativeNameAmbiguous } from './rfc5280/distribution-point-relative-name-ambiguous.ts'
import { distributionPointUri } from './rfc5280/distribution-point-uri.ts'
import { distributionPointsNoUri } from './rfc5280/distribution-points-no-uri.ts'
import { inhibitAnyPolicyNotCritical } from './rfc5280/inhibit-any-policy-not-critical.ts'
import { inhibitAnyPolicyNotInCa } from './rfc5280/inhibit-any-policy-not-in-ca.ts'
import { freshestCrlCritical } from './rfc5280/freshest-crl-critical.ts'
import { authorityInfoAccessCritical } from './rfc5280/authority-info-access-critical.ts'
import { subjectInfoAccessCritical } from './rfc5280/subject-info-access-critical.ts'
import { infoAccessEmpty } from './rfc5280/info-access-empty.ts'
import { accessLocationUri } from './rfc5280/access-location-uri.ts'
import { caIssuersNoUri } from './rfc5280/ca-issuers-no-uri.ts'
import { subjectInfoAccessMethod } from './rfc5280/subject-info-access-method.ts'

/** The demands of RFC 5280 §4 on one certificate, in the order of its sections. */
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
