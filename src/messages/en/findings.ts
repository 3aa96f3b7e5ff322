import type { FindingCode, FindingDetails } from '../../findings.ts'
import { colons, hexOctets, strictUtf8 } from '../../octets.ts'
import { reasonInWords } from './crl-reasons.ts'
import { EXTENSION_OIDS, OTHER_EXTENSION_OIDS, POLICY_OIDS } from '../../x509/oids.ts'
import { count, moment, number, plural, series } from './format.ts'
import { issuanceFindings } from './ca.ts'
import { errors } from './errors.ts'
import { fixes } from './fixes.ts'
import { lintFindings, lintFixes } from './lint.ts'
import { listFixes, listSentences } from './list.ts'
import { algorithmNames } from './algorithms.ts'
import { purposeName } from './purposes.ts'
import { named, namedIn } from '../oid-names.ts'
import { webpkiFixes, webpkiSentences } from './webpki.ts'

const NOT_AUTHORIZED = {
  'not-issued-by-the-issuer': 'its certificate is not signed by that issuer',
  'other-issuer-key':
    'it has, or is certified by, another key of that issuer, so its “revoked” counts and its “good” does not',
  'no-ocsp-signing': 'its certificate does not have OCSPSigning in extendedKeyUsage',
  'not-current': 'its certificate is not valid at the date asked for',
  'never-current': 'its certificate was not valid when it signed',
  'critical-extension': 'its certificate has a critical extension that is not known here',
  revoked: 'its certificate is revoked',
  'revoked-unasked': 'its certificate is revoked, although it has ocsp-nocheck',
  'listed-on-unusable': 'its certificate is named as revoked by a list or response that may not be used',
} as const

/** Critical extensions that identify the kind of certificate. */
const EXTENSIONS_REFUSED: Readonly<Record<string, (certificate: string) => string>> = {
  [EXTENSION_OIDS.precertificatePoison]: (certificate) =>
    `${certificate} is a precertificate: it was made for the logs of Certificate Transparency, and no program may accept it.`,
  [OTHER_EXTENSION_OIDS.proxyCertInfo]: (certificate) =>
    `${certificate} is a proxy certificate (RFC 3820), which a user signs, not a CA; it is not accepted here.`,
  [EXTENSION_OIDS.tlsFeature]: (certificate) =>
    `${certificate} has the TLS feature extension (“must-staple”) marked critical, and it is not processed here.`,
  [OTHER_EXTENSION_OIDS.microsoftApplicationPolicies]: (certificate) =>
    `${certificate} has Microsoft’s application policies marked critical; they are not processed here.`,
}

const SOURCES = { crl: 'the revocation list', ocsp: 'the OCSP response' } as const

const TIME_STAMPING = {
  missing: 'it has no extended key usage, which must say timeStamping',
  'not-critical': 'its extended key usage must be critical',
  'not-alone': 'timeStamping must be the only purpose of its extended key usage',
  'other-key-usage': 'its key usage allows more than signatures',
} as const

const NEARLY = {
  'address-as-dns-name':
    'the address is in it as a dNSName, where no program looks for one; it belongs in an iPAddress entry',
  'trailing-dot': 'the name in it ends with a dot, which names in certificates must not do',
  'not-ascii': 'the name in it is written in letters that certificates can only have as A-labels (xn--…)',
} as const

const inAltName = (kind: string): string =>
  `there is no ${kind} in its subjectAltName, where it is looked for`
/** Where a name of each kind belongs. */
const NONE_THERE: Readonly<Record<string, string>> = {
  DNS: inAltName('dNSName'),
  IP: inAltName('iPAddress'),
  RFC822: inAltName('rfc822Name'),
  URI: inAltName('uniformResourceIdentifier'),
  UPN: inAltName('user principal name'),
  CN: 'its subject has no common name',
}

const PRODUCED = {
  'before-the-certificate': 'before the certificate began',
  'after-the-certificate': 'after the certificate had ended',
  'in-the-future': 'which is later than the date asked for',
  'before-its-update': 'before the day that it covers began',
} as const

const UNUSABLE = {
  'critical-extension':
    'may not be used: it has a critical extension that is not known or cannot be read here',
  'delta-without-base': 'may not be used alone: it only lists what has changed since a complete list',
  'hash-unknown': 'names its issuer by a hash that cannot be computed here',
  scope: 'says that it is about other certificates',
  'not-named': 'is of a CA that the certificate does not name as the one that lists it',
  'another-anchor':
    'is signed by another trusted root of the same name: the same CA with a new key, or one that only has its name',
  'crl-sign-missing': 'is signed by a CA that may not sign lists: its keyUsage lacks cRLSign',
  'signature-unchecked': 'is signed in a way that cannot be checked here',
} as const

const fromLater = (saidOn: Date | null): string =>
  saidOn === null
    ? ''
    : ` It is dated ${moment(saidOn)}, later than the date asked for: the clock may be slow.`

/** Octets in pairs, and, if they are UTF-8, the text that was probably meant; control characters stay octets. */
function quotedOctets(hex: string): string {
  const octets = hexOctets(hex) ?? new Uint8Array()
  const text = strictUtf8(octets)
  const pairs = octets.length === 0 ? 'no octets' : `octets ${hex.match(/../g)!.join(' ')}`
  return text === null || text === '' || /[\p{C}\p{Zl}\p{Zp}]/u.test(text)
    ? pairs
    : `${pairs}, in UTF-8 “${text}”`
}

/** What is wrong, with which certificate, and the value that mattered. One entry per code; a section per area. */
export const findings: { [C in FindingCode]: (detail: FindingDetails[C], certificate: string) => string } = {
  // x509/
  'der-named-bits-trailing-zeros': ({ oid }, certificate) =>
    `${certificate}: the named bits of ${named(oid)} end in zero bits, which DER leaves out.`,
  'named-bits-unknown': ({ oid, bits }, certificate) =>
    `${certificate}: ${named(oid)} sets ${count(bits.length, 'bit')} that no standard has given a name: ${series(bits.map(number))}.`,
  'der-default-encoded': ({ field }, certificate) =>
    `${certificate}: ${field} is written out although it has its default value, which DER leaves out.`,
  'der-set-order': ({ field }, certificate) =>
    `${certificate}: the members of the SET in ${field} are not in DER order.`,
  'extension-unreadable': ({ oid, error, reason }, certificate) => {
    const why = errors[error as keyof typeof errors] as (detail: unknown) => string
    return `${certificate}: the extension ${named(oid)} cannot be read. ${why(reason)}`
  },
  'extension-repeated': ({ oid }, certificate) =>
    `${certificate}: extension ${named(oid)} occurs more than once; only the first is used.`,
  'extensions-empty': (_, certificate) => `${certificate}: the list of extensions is present but empty.`,
  'rdn-empty': ({ field }, certificate) => `${certificate}: ${field} has an empty name part.`,
  'string-type-broken': ({ field, oid, type, octets }, certificate) =>
    `${certificate}: ${oid === '' ? 'a value' : `the value of ${named(oid)}`} in ${field} holds characters that ${type} does not allow: ${quotedOctets(octets)}.`,
  'bit-string-not-octets': ({ field, unusedBits }, certificate) =>
    `${certificate}: ${field} leaves ${number(unusedBits)} bits of its last octet unused; it must be whole octets.`,
  ...lintFindings,
  ...issuanceFindings,
  // validate/
  // validate/revocation/
  revoked: ({ since, reason, source, saidOn }, certificate) =>
    `${certificate} was revoked on ${moment(since)}${reason ? `, reason: ${reasonInWords(reason)}` : ''}, says ${SOURCES[source]}.${fromLater(saidOn)}`,
  'on-hold': ({ since, saidOn }, certificate) =>
    `${certificate} has been on hold since ${moment(since)}.${fromLater(saidOn)}`,
  'listed-on-unusable': ({ source, why, since }, certificate) =>
    `${certificate} is named as revoked since ${moment(since)} by ${SOURCES[source]}, which ${UNUSABLE[why]}.`,
  'revocation-undetermined': ({ missing }, certificate) =>
    missing
      ? `${certificate}: no list given covers these reasons: ${series(missing)}.`
      : `${certificate}: nothing given says whether it is revoked.`,
  'crl-stale': ({ thisUpdate, nextUpdate, at }, certificate) =>
    `${certificate}: a revocation list of its issuer is stale. It is from ${moment(thisUpdate)} and ended on ${moment(nextUpdate)}; the date asked for is ${moment(at)}.`,
  'crl-not-yet-valid': ({ thisUpdate, at }, certificate) =>
    `${certificate}: a revocation list of its issuer starts on ${moment(thisUpdate)}, after the date asked for, ${moment(at)}.`,
  'crl-issuer-missing': ({ thisUpdate }, certificate) =>
    `${certificate}: the certificate that signed the revocation list of ${moment(thisUpdate)} is not among those given.`,
  'crl-issuer-untrusted': ({ thisUpdate }, certificate) =>
    `${certificate}: the signer of the revocation list of ${moment(thisUpdate)} has no valid path to the same trust anchor.`,
  'crl-sign-missing': ({ thisUpdate }, certificate) =>
    `${certificate}: the signer of the revocation list of ${moment(thisUpdate)} may not sign lists: its keyUsage lacks cRLSign.`,
  'crl-signature-invalid': ({ thisUpdate, keyIdentifier }, certificate) =>
    `${certificate}: the signature on the revocation list of ${moment(thisUpdate)} does not match its issuer.${keyIdentifier === null ? '' : ` The list names the key ${colons(keyIdentifier)}, which no certificate given of that name has.`}`,
  'crl-signature-algorithm-mismatch': (_detail, certificate) =>
    `${certificate}: a revocation list of its issuer names two different signature algorithms.`,
  'crl-signature-sha1': ({ thisUpdate }, certificate) =>
    `${certificate}: the revocation list of ${moment(thisUpdate)} is signed with SHA-1, which can be forged.`,
  'crl-critical-extension-unknown': ({ oid }, certificate) =>
    `${certificate}: a revocation list of its issuer has the critical extension ${named(oid)}, which is not known here; the list cannot be used.`,
  'crl-entry-critical-extension-unknown': ({ oid }, certificate) =>
    `${certificate}: an entry in a revocation list of its issuer has the critical extension ${named(oid)}, which is not known here; the list cannot be used.`,
  'crl-delta-without-base': ({ thisUpdate }, certificate) =>
    `${certificate}: the delta list of ${moment(thisUpdate)} fits no complete list that was given.`,
  'crl-version-1': (_detail, certificate) =>
    `${certificate}: a revocation list of its issuer is of version 1; the profile asks for version 2.`,
  'crl-next-update-missing': (_detail, certificate) =>
    `${certificate}: a revocation list of its issuer does not say until when it is in force (nextUpdate).`,
  'crl-number-missing': (_detail, certificate) =>
    `${certificate}: a revocation list of its issuer has no cRLNumber.`,
  'crl-authority-key-identifier-missing': (_detail, certificate) =>
    `${certificate}: a revocation list of its issuer does not name the key that signed it (authorityKeyIdentifier).`,
  'crl-extension-critical': ({ oid }, certificate) =>
    `${certificate}: a revocation list of its issuer marks ${named(oid)} critical, which the profile forbids.`,
  'crl-extension-not-critical': ({ oid }, certificate) =>
    `${certificate}: a revocation list of its issuer does not mark ${named(oid)} critical, as it must be.`,
  'ocsp-stale': ({ thisUpdate, nextUpdate, at }, certificate) =>
    `${certificate}: the OCSP response of ${moment(thisUpdate)} is stale${nextUpdate ? `; it ended on ${moment(nextUpdate)}` : ''}. The date asked for is ${moment(at)}.`,
  'ocsp-not-yet-valid': ({ thisUpdate, at }, certificate) =>
    `${certificate}: the OCSP response starts on ${moment(thisUpdate)}, after the date asked for, ${moment(at)}.`,
  'ocsp-produced-at': ({ producedAt, why }, certificate) =>
    `${certificate}: an OCSP response about it was signed on ${moment(producedAt)}, ${PRODUCED[why]}.`,
  'ocsp-unknown': (_detail, certificate) =>
    `${certificate}: the OCSP responder does not know this certificate.`,
  'ocsp-version-unknown': ({ version }, certificate) =>
    `${certificate}: the OCSP response says that it is of version ${number(version)}; only version 1 is known, so its “good” does not count.`,
  'ocsp-status-unreadable': (_detail, certificate) =>
    `${certificate}: an OCSP response is about it, and the status in it cannot be read.`,
  'ocsp-answer-imperfect': ({ serialNumber, offset, more }, certificate) =>
    `${certificate}: in the OCSP response, the status of serial number ${serialNumber} cannot be read in full, at offset ${number(offset)}${more > 0 ? `, nor can ${number(more)} more` : ''}. What it calls revoked stays revoked; its “good” does not count.`,
  'ocsp-signature-invalid': (_detail, certificate) =>
    `${certificate}: the signature on an OCSP response about it does not match the responder.`,
  'ocsp-signature-sha1': (_detail, certificate) =>
    `${certificate}: an OCSP response about it is signed with SHA-1, which can be forged.`,
  'ocsp-responder-missing': (_detail, certificate) =>
    `${certificate}: the certificate that signed an OCSP response about it is neither in the response nor among those given.`,
  'ocsp-responder-not-authorized': ({ why }, certificate) =>
    `${certificate}: the signer of an OCSP response about it may not sign for its issuer: ${NOT_AUTHORIZED[why]}.`,
  'ocsp-signer-key-usage': ({ isIssuer }, certificate) =>
    `${certificate}: an OCSP response about it is signed by ${isIssuer ? 'its issuer' : 'a responder'}, whose keyUsage does not allow that: it lacks digitalSignature.`,
  'ocsp-critical-extension-unknown': ({ oid }, certificate) =>
    `${certificate}: an OCSP response about it has the critical extension ${named(oid)}, which is not known here.`,
  ...webpkiSentences,
  ...listSentences,
  'signature-invalid': (_, certificate) =>
    `${certificate}: the signature does not verify with its issuer’s key.`,
  'signature-unchecked': ({ algorithm }, certificate) => {
    const lacking = algorithmNames[algorithm]
    return lacking
      ? `${certificate}: its signature cannot be checked here, because the WebCrypto of this browser has no ${lacking}. Open the page in one that does, such as Chromium 156.`
      : `${certificate}: the signature (${namedIn(algorithm)}) cannot be checked here.`
  },
  'signature-sha1': (_, certificate) => `${certificate} is signed with SHA-1, which can be forged.`,
  'not-yet-valid': ({ notBefore }, certificate) => `${certificate} is not valid before ${moment(notBefore)}.`,
  expired: ({ notAfter }, certificate) => `${certificate} expired on ${moment(notAfter)}.`,
  'issuer-name-mismatch': ({ issuer, expected }, certificate) =>
    `${certificate} names “${issuer}” as its issuer, but the certificate above it is “${expected}”.`,
  'name-not-permitted': ({ form, name, setBy }, certificate) =>
    `${certificate}: the ${form} “${name}” is outside the names permitted by ${constrainer(setBy)}.`,
  'name-excluded': ({ form, name, constraint, setBy }, certificate) =>
    `${certificate}: the ${form} “${name}” is excluded by “${constraint}”, set by ${constrainer(setBy)}.`,
  'name-constraint-unsupported': ({ form, name, setBy }, certificate) =>
    `${certificate}: “${name}” cannot be compared with the constraint on ${form} set by ${constrainer(setBy)}: no standard says how.`,
  'name-constraint-malformed': ({ form, constraint }, certificate) =>
    `${certificate}: the name constraint “${constraint}” is not written as a constraint on ${form} must be.`,
  'name-constraint-leading-dot': ({ constraint }, certificate) =>
    `${certificate}: the name constraint “${constraint}” begins with a dot, which domain names do not; it is read as everything below “${constraint.replace(/^\./, '')}”.`,
  'constrained-name-malformed': ({ form, name, setBy }, certificate) =>
    `${certificate}: “${name}” is not a well-formed ${form}, so it cannot be among the names that ${constrainer(setBy)} allows.`,
  'policy-mapping-any': (_, certificate) => `${certificate} maps to or from anyPolicy, which is not allowed.`,
  'explicit-policy-missing': ({ policies, asked, setBy }, certificate) =>
    policies.length === 0
      ? `${certificate}: ${constrainer(setBy)} requires a certificate policy that every CA of the chain names, and none is left.`
      : `${certificate}: the policies that every CA of the chain names (${series(policies.map(named))}) are none of those that ${constrainer(setBy)} asks for (${series(asked.map(named))}).`,
  'not-a-ca': ({ version }, certificate) =>
    version < 3
      ? `${certificate} is a version ${number(version)} certificate, which cannot say that it is a CA.`
      : `${certificate} is not a CA: its basicConstraints do not say so.`,
  'path-len-exceeded': ({ pathLen, setBy }, certificate) =>
    `${certificate} is one CA too many: ${constrainer(setBy)} allows ${number(pathLen)} below.`,
  'key-cert-sign-missing': (_, certificate) =>
    `${certificate} may not sign certificates: its keyUsage lacks keyCertSign.`,
  'critical-extension-unknown': ({ oid }, certificate) =>
    EXTENSIONS_REFUSED[oid]?.(certificate) ??
    `${certificate} has the critical extension ${named(oid)}, which is not processed here.`,
  'policy-qualifier-unknown': ({ oid }, certificate) =>
    `${certificate}: its critical certificate policies have a qualifier that is not known here (${named(oid)}), so it must be refused.`,
  'signature-hash-broken': ({ hash }, certificate) =>
    `${certificate} is signed with ${hash}, so anyone can make a second certificate with the same signature.`,
  'time-stamping-purpose': ({ why }, certificate) =>
    `${certificate} cannot stamp times: ${TIME_STAMPING[why]}.`,
  'extension-unprocessable': ({ oid }, certificate) =>
    `${certificate}: the extension ${named(oid)} matters for the path and cannot be read.`,
  'purpose-not-allowed': ({ purpose, allowed }, certificate) =>
    `${certificate} may not be used for ${purposeName(purpose)}; it may be used for ${series(allowed.map(purposeName))}.`,
  'purpose-not-nested': ({ purpose, allowed }, certificate) =>
    `${certificate} may issue only for ${series(allowed.map(purposeName))}, not for ${purposeName(purpose)}.`,
  'key-usage-inconsistent': ({ purpose, keyUsage }, certificate) =>
    `${certificate}: its keyUsage (${series(keyUsage)}) does not fit ${purposeName(purpose)}.`,
  'key-usage-unusual': ({ purpose, keyUsage }, certificate) =>
    `${certificate}: some programs will refuse its keyUsage (${series(keyUsage)}) for ${purposeName(purpose)}.`,
  'peer-name-mismatch': ({ kind, name, present, nearly }, certificate) =>
    nearly !== null
      ? `${certificate} is not for “${name}”: ${NEARLY[nearly]}.`
      : present.length === 0
        ? `${certificate} is not for “${name}”: ${NONE_THERE[kind] ?? 'it has no name of that kind'}.`
        : `${certificate} is not for “${name}”; it is for ${series(present.slice(0, 10))}${present.length > 10 ? ` and ${number(present.length - 10)} more` : ''}.`,
  'peer-name-unusable': ({ kind, name }) => `“${name}” cannot be a ${kind} name in a certificate.`,
  'common-name-ignored': ({ commonName }, certificate) =>
    `${certificate}: the common name “${commonName}” would match, but only old programs look at it.`,
  'pin-mismatch': ({ of, expected, actual }, certificate) =>
    `${certificate}: the SHA-256 of its ${of === 'spki' ? 'public key' : 'octets'} is ${actual}, not ${expected}.`,
  'key-identifier-mismatch': ({ keyIdentifier, issuerKeyIdentifier }, certificate) =>
    `${certificate} names issuer key ${keyIdentifier}, but the key identifier above it is ${issuerKeyIdentifier}.`,
  'authority-serial-mismatch': ({ serialNumber, issuerSerialNumber }, certificate) =>
    `${certificate} names issuer serial number ${serialNumber}, but the certificate above it has ${issuerSerialNumber}.`,
  'issuer-missing': ({ issuer, keyIdentifier, namesakes }, certificate) =>
    `${certificate}: its issuer “${issuer}”${keyIdentifier === null ? '' : ` (key ${keyIdentifier})`} is not among the certificates given.${namesakes === 0 ? '' : ` ${count(namesakes, 'certificate')} of that name ${plural(namesakes, 'is', 'are')} here, but with another key.`}`,
  'anchor-missing': ({ subject }) => `“${subject}” signed itself and is not among the trust anchors.`,
  'path-loop': ({ subject }) => `From “${subject}” the path only leads back to itself.`,
  'depth-exceeded': ({ limit }, certificate) =>
    `${certificate}: the path has reached ${number(limit)} certificates.`,
  'budget-exhausted': ({ cost, limit }, certificate) =>
    `${certificate}: the limit of ${number(limit)} ${cost} was reached before a result was found.`,
}

const WRITTEN_ANEW =
  'The signature covers these octets, so they cannot be changed: have it issued again by software that writes strict DER.'

/** What to do about it, or why there is nothing to do. A test requires an entry for every code. */
export const allFixes: { [C in FindingCode]?: (detail: FindingDetails[C], certificate: string) => string } = {
  ...fixes,
  // x509/
  'der-named-bits-trailing-zeros': () => WRITTEN_ANEW,
  'named-bits-unknown': () =>
    'Have it issued again with only the named bits: no program knows what the others mean.',
  'der-default-encoded': () => WRITTEN_ANEW,
  'der-set-order': () => WRITTEN_ANEW,
  'bit-string-not-octets': () => WRITTEN_ANEW,
  'extensions-empty': () => WRITTEN_ANEW,
  'rdn-empty': () => WRITTEN_ANEW,
  'string-type-broken': () =>
    'Have it issued again with this value as a UTF8String, which holds every character.',
  'extension-repeated': () => 'Have the certificate issued again with each extension once.',
  'extension-unreadable': () =>
    'Have the certificate issued again by software that writes this extension as its standard says.',
  // ca/, lint/
  ...lintFixes,
  ...webpkiFixes,
  ...listFixes,
  // validate/
  'signature-invalid': () =>
    'Get it again from its issuer. If it is still the same, the certificate above has its issuer’s name but another key.',
  'signature-sha1': () => 'Have it issued again with a signature over SHA-256.',
  'not-yet-valid': () => 'Validate it as of a later date, or check the clock.',
  expired: () => 'Have it renewed. To see whether it was valid before, validate it as of an earlier date.',
  'explicit-policy-missing': ({ asked }) =>
    asked.includes(POLICY_OIDS.anyPolicy)
      ? 'Have it, and every CA above it, issued with one and the same policy; or trust another root, or a CA below the one that requires it.'
      : `Ask for a policy that the chain has, or have it issued with one of ${series(asked.map(named))} in every certificate.`,
  'name-constraint-leading-dot': () =>
    'Have the CA certified again with the name without its dot: that covers it and everything below it.',
  'policy-qualifier-unknown': () =>
    'Have it issued again with policies that are not critical, or without this qualifier.',
  'signature-hash-broken': () => 'Have it issued again with a signature over SHA-256.',
  'time-stamping-purpose': () =>
    'Have it issued again with timeStamping alone, in a critical extended key usage.',
  'critical-extension-unknown': ({ oid }) =>
    oid === EXTENSION_OIDS.precertificatePoison
      ? 'Use the certificate that was made from it: the same without this extension, with timestamps of the logs.'
      : 'Only programs that process this extension may accept it. Have it issued again without the extension, or with it not critical.',
  'name-not-permitted': () => 'Have it issued by a CA that may issue for this name.',
  'name-excluded': () => 'Have it issued by a CA that may issue for this name.',
  'not-a-ca': () => 'Only a CA can issue: have what is below it issued by one.',
  'path-len-exceeded': ({ setBy }) =>
    setBy === 'input'
      ? 'Raise the limit of CAs between a certificate and its root, or have it issued nearer to the root.'
      : 'Have what is below it issued by a CA that may have CAs below it.',
  'key-cert-sign-missing': () => 'Have this CA certified again, with keyCertSign.',
  'purpose-not-allowed': () => 'Have a certificate issued for this purpose, or ask for one that it has.',
  'purpose-not-nested': () => 'Have it issued by a CA for this purpose.',
  'peer-name-mismatch': ({ nearly, present }) =>
    nearly !== null
      ? 'Have it issued again with the name in the form that certificates use.'
      : present.length > 0
        ? 'Ask for one of its names, or have a certificate issued for this one.'
        : 'Have it issued again with this name where it is looked for.',
  'issuer-missing': () =>
    'Add it. A server has to send every certificate between its own and the root; its clients have the root.',
  'anchor-missing': () =>
    'Trust it if you know by another way that it is genuine, or add the trust store that it belongs to.',
  'path-loop': () => 'Add a certificate for one of these CAs issued by a root, or by a CA below one.',
  // validate/revocation/
  revoked: () =>
    'A revocation cannot be undone. Use another certificate: have a new one issued, with a new key if the old key may be known to others.',
  'on-hold': () => 'Ask its issuer to take it off hold; the next list will then leave it out.',
  'listed-on-unusable': () =>
    'Get the current complete list from its issuer, and treat the certificate as revoked until that says otherwise.',
  'revocation-undetermined': () =>
    'Add the current revocation list of its issuer, or an OCSP response about it; or do not require its status.',
  'crl-stale': () =>
    'Get the current list from the address in the certificate, or validate as of a date when this list was current.',
  'crl-not-yet-valid': () => 'Validate it as of a later date, or check the clock.',
  'crl-issuer-missing': () => 'Add the certificate of the issuer that signs the list.',
  'crl-sign-missing': () => 'The issuer needs a certificate whose keyUsage allows cRLSign.',
  'crl-signature-invalid': ({ keyIdentifier }) =>
    keyIdentifier === null
      ? 'Get the list again from its issuer.'
      : `Add the certificate of the CA with the subject key identifier ${colons(keyIdentifier)}: the list does not count until it is here.`,
  'crl-delta-without-base': () => 'Add the complete list that the delta is based on.',
  'ocsp-stale': () => 'Get a current response, or validate as of a date when this one was current.',
  'ocsp-produced-at': () => 'Get a response that was signed while the certificate was valid.',
  'ocsp-unknown': () =>
    'Ask the responder of the CA that issued it; a responder also says so if the CA never issued this serial number.',
  'ocsp-version-unknown': () => 'Get a response from a responder that follows RFC 6960.',
  'ocsp-status-unreadable': () => 'Get another response about it, or ask the CA whether it is revoked.',
  'ocsp-answer-imperfect': () =>
    'Get the response again; if it is still the same, report it to the CA that runs the responder.',
  'ocsp-responder-missing': () => 'Add the certificate of the OCSP responder.',
  'ocsp-signer-key-usage': ({ isIssuer }) =>
    isIssuer
      ? 'The issuer should let a responder with a certificate of its own sign, or have digitalSignature in its own.'
      : 'The responder needs a certificate whose keyUsage has digitalSignature.',
}

const constrainer = (setBy: number | 'input'): string =>
  setBy === 'input'
    ? 'what you have set'
    : setBy === 0
      ? 'the trust anchor'
      : `the CA ${plural(setBy, 'directly', `${number(setBy)} steps`)} below the anchor`
