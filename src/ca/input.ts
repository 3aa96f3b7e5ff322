import { CodedError } from '../errors.ts'
import type { FieldReason } from '../errors.ts'
import type { KeyUsageBit } from '../x509/extensions/key-usage.ts'

/** The operator's request, as plain data: it crosses threads and is stored in profiles as JSON. */
export interface IssuanceRequest {
  /** Attribute type ('commonName', or an OID) and value, most general first. */
  readonly subject: readonly AttributeInput[]
  readonly subjectAltNames: readonly NameInput[]
  /** Both ends; or a duration that starts a few minutes ago; or, if absent, the profile's. */
  readonly validity: ValidityInput | null
  /** Null: the first algorithm that the issuer's key supports. */
  readonly signature: string | null
  /** By extension name, overriding the profile; null leaves the extension out. */
  readonly extensions: ExtensionInputs
  /** Of a key that is known by one already (RFC 5280 §4.2.1.2); otherwise it is computed. */
  readonly subjectKeyIdentifier?: Uint8Array | null
}

export interface AttributeInput {
  readonly type: string
  readonly value: string
}

export interface NameInput {
  readonly kind: string
  readonly value: string
}

export type ValidityInput =
  | { readonly notBefore?: Date; readonly notAfter: Date }
  | { readonly days: number }
  | { readonly years: number }

/** Values of extensions as typed; names, URLs and OIDs are text. */
export interface ExtensionInputs {
  readonly pathLen?: number | null
  readonly keyUsage?: readonly KeyUsageBit[] | null
  /** Names as in x509/oids.ts, or OIDs. */
  readonly extKeyUsage?: readonly string[] | null
  readonly nameConstraints?: NameConstraintsInput | null
  /** OIDs; `1.2.3 https://example.com/cps` adds a pointer to the statement. */
  readonly certificatePolicies?: readonly string[] | null
  readonly policyMappings?:
    readonly { readonly issuerDomainPolicy: string; readonly subjectDomainPolicy: string }[] | null
  readonly policyConstraints?: {
    readonly requireExplicitPolicy: number | null
    readonly inhibitPolicyMapping: number | null
  } | null
  readonly inhibitAnyPolicy?: number | null
  /** URLs. */
  readonly cRLDistributionPoints?: readonly string[] | null
  /**
   * The signer of the lists at all these points, if it is not the issuer: its name as text, or the name's DER in
   * hexadecimal, which a list's issuer is compared with (RFC 5280 §4.2.1.13).
   */
  readonly cRLIssuer?: string | null
  readonly freshestCRL?: readonly string[] | null
  readonly authorityInfoAccess?: {
    readonly ocsp: readonly string[]
    readonly caIssuers: readonly string[]
  } | null
  readonly subjectInfoAccess?: {
    readonly caRepository: readonly string[]
    readonly timeStamping: readonly string[]
  } | null
  readonly issuerAltName?: readonly NameInput[] | null
  readonly tlsFeature?: readonly number[] | null
  readonly ocspNoCheck?: boolean | null
  readonly netscapeComment?: string | null
  readonly microsoftTemplateName?: string | null
  /** Any extension by OID; `value` is the DER of its value in hexadecimal. */
  readonly custom?: readonly CustomExtension[] | null
}

export interface CustomExtension {
  readonly oid: string
  readonly critical: boolean
  readonly value: string
}

export interface NameConstraintsInput {
  /** 'example.com', '.example.com', '10.0.0.0/8', '@example.com', 'uri:.example.com', 'dn:O=Example, C=DE'. */
  readonly permitted: readonly string[]
  readonly excluded: readonly string[]
  /** Forms of name that `permitted` does not mention are excluded entirely. */
  readonly nothingElse?: boolean
}

/** The error for a refused field; nothing has been made yet. */
export function invalidField(field: string, value: string, reason: FieldReason): CodedError {
  return new CodedError('issue-field-invalid', { field, value: value.slice(0, 200), reason })
}
