import type { FindingCode } from '../../findings.ts'

/** Why a rule exists: what goes wrong without it. */
export const why: { readonly [C in FindingCode]?: string } = {
  // The path
  'signature-invalid':
    'The signature is the only proof that the issuer made the certificate. If it does not verify, anybody may have written it, or changed one bit of it.',
  'signature-unchecked':
    'A signature that cannot be verified proves nothing. Calling such a certificate valid would mean trusting whatever it says.',
  'signature-sha1':
    'Two documents with the same SHA-1 can be made on purpose. A CA that signs one of them has then signed the other too.',
  'signature-hash-broken':
    'MD2, MD4 and MD5 are broken: in 2008 a CA’s MD5 signature was moved to a forged CA certificate.',
  'not-yet-valid':
    'Before this date the issuer has promised nothing about the name and the key. A date in the future is often a wrong clock.',
  expired:
    'After this date the issuer no longer keeps track of the certificate, and its revocation may no longer be published.',
  'issuer-name-mismatch':
    'Certificates are linked by name as well as by signature. Without the comparison, a key used under two names would sign for both.',
  'name-not-permitted':
    'A CA that may issue only for some names must not be able to issue for others: that is what a limit on it is worth.',
  'name-excluded':
    'Names are excluded so that a CA in the wrong hands cannot be used for them. One certificate that slips through undoes that.',
  'name-constraint-unsupported':
    'A limit that a program does not understand cannot be applied. RFC 5280 asks it to refuse, instead of acting as if there were no limit.',
  'name-constraint-malformed':
    'Nobody can say what a malformed limit permits, so programs differ: some refuse everything, others ignore the limit.',
  'name-constraint-leading-dot':
    'For host names RFC 5280 knows no leading dot; programs read it in different ways, so the same name is permitted by one and refused by another.',
  'constrained-name-malformed':
    'A name that cannot be read cannot be compared with the limits of the CAs above it, and would pass them unseen.',
  'policy-mapping-any':
    'Mapping to or from anyPolicy would let a CA declare every policy equal to every other, and a requirement of policy would mean nothing.',
  'explicit-policy-missing':
    'Somebody, the verifier or a CA above, demands that the whole path follow a known policy. A certificate outside it may have been issued with less care.',
  'not-a-ca':
    'Without this rule every server could sign for every other name. Browsers that forgot it in 2002 and 2011 accepted exactly such chains.',
  'path-len-exceeded':
    'The limit says how many CAs may follow below. It keeps a customer’s CA from making CAs of its own.',
  'key-cert-sign-missing':
    'A key that is meant for something else, such as signing lists alone, must not sign certificates.',
  'critical-extension-unknown':
    'Critical means: a program that does not understand this must refuse. It may be a limit on what the certificate is for.',
  'policy-qualifier-unknown':
    'In a critical extension every part counts. A qualifier that is not understood might restrict the policy.',
  'extension-unprocessable':
    'A critical extension that cannot be read must not be passed over: it may hold the one limit that matters.',
  'purpose-not-allowed':
    'The issuer checked the owner for certain purposes. A certificate for mail says nothing about who runs a web server.',
  'purpose-not-nested':
    'Programs such as Windows, NSS and Go take the purposes of a CA as a limit on everything below it, so that a mail CA cannot issue for servers.',
  'time-stamping-purpose':
    'RFC 3161 wants a key that does nothing but time stamps, so that no other document can be taken for one.',
  'key-usage-inconsistent':
    'The key usage forbids what the purpose needs: a server that may not sign cannot take part in a TLS 1.3 handshake.',
  'key-usage-unusual':
    'It is allowed, but programs expect other bits for this purpose, and some refuse what they do not expect.',
  'peer-name-mismatch':
    'A valid certificate for another name is what an attacker in the middle can easily get. Only the name shows that it is the right server.',
  'peer-name-unusable': 'Something that is no host name or address can never match a name in a certificate.',
  'common-name-ignored':
    'RFC 9525 no longer looks for host names in the common name, because nobody could say which common names were meant as host names.',
  'pin-mismatch':
    'A pin names the one certificate or key that is expected. Any other, however valid, may come from a CA that was deceived.',
  'key-identifier-mismatch':
    'The key identifiers help to find the right issuer among several of one name. If they differ, a program may build another path, or none.',
  'authority-serial-mismatch':
    'The certificate names its issuer’s certificate by serial number. If that is another one, programs that compare it find no path.',
  'issuer-missing':
    'Without the issuer’s certificate its key is not known, and the signature cannot be verified. Servers that leave it out work only in programs that happen to have it.',
  'anchor-missing':
    'Trust begins with a certificate that you chose to trust. A chain that does not reach one proves only that its parts fit together.',
  'path-loop':
    'A certificate that occurs twice adds nothing to a path, and a search that went round in circles would never end.',
  'depth-exceeded':
    'Real chains have three or four certificates. A limit keeps a hostile pile from occupying the program for ever.',
  'budget-exhausted':
    'Cross-certificates can make the number of paths explode. A limit on the work protects against piles that are made for that.',
  // Keys
  'rsa-below-1024':
    'Such keys have been factored in public: 512 bits take hours, 829 bits were done in 2020. The owner of the factors can sign as the key’s owner.',
  'rsa-below-2048':
    'NIST has disallowed fewer than 2,048 bits since 2014, and public CAs no longer certify them.',
  'key-malformed':
    'A key that cannot be read verifies nothing, and programs that guess what was meant have been attacked through it.',
  'key-not-on-curve':
    'A point that is not on the curve belongs to another, weaker one. Computing with it can give away secrets.',
  'key-kind-unchecked': 'Nobody can rely on signatures that their program cannot verify.',
  'rsa-exponent-unusable':
    'With such an exponent RSA does not work: either nothing can be decrypted, or anybody can do it.',
  'rsa-exponent-small':
    'Signatures with the exponent 3 have been forged against careless programs (Bleichenbacher, 2006). 65537 leaves less room for that.',
  'rsa-exponent-large': 'Some programs, among them Windows, cannot use exponents of more than 32 bits.',
  'rsa-modulus-prime':
    'The strength of RSA is the difficulty of finding two factors. With a prime there is nothing to find.',
  'rsa-small-factor':
    'A modulus with a small factor is a sign of a broken generator, and dividing by it gives the private key.',
  'rsa-close-primes':
    'If the two primes are close together, a method of Fermat from 1643 finds them at once (CVE-2022-26320).',
  'rsa-weak-generator':
    'Chips with Infineon’s generator made keys that can be recognized and factored (ROCA, CVE-2017-15361); Estonia had to replace 760,000 identity cards.',
  'rsa-bits-odd':
    'Lengths that are not a multiple of 8 are legal, but some programs and tokens miscount their octets.',
  'rsa-long':
    'Each doubling of the length makes signing about six times slower; small devices give up, and 3,072 bits are enough.',
  // The fields
  'version-not-3':
    'Extensions exist only in version 3. A strict program that reads version 1 does not look for them, and so overlooks every limit.',
  'unique-id-in-v1':
    'Version 1 has no unique identifiers. A strict parser refuses a certificate with fields that its version does not have.',
  'unique-id-present':
    'RFC 5280 forbids CAs to use them: they were made for reusing a name, which must not happen, and programs ignore them.',
  'serial-negative':
    'Programs disagree about negative numbers: the same certificate then has two serial numbers, and a revocation may miss it.',
  'serial-zero':
    'Zero was often the number of every certificate that a program made. Lists name certificates by their number, so it has to tell them apart.',
  'serial-too-long':
    'Programs reserve 20 octets. A longer number is cut or refused, and then the certificate cannot be revoked.',
  'signature-algorithm-mismatch':
    'The algorithm is named outside what is signed, too. If the two could differ, an attacker could make a verifier use another one.',
  'issuer-empty':
    'Without the name of its issuer nobody can find the certificate that verifies it, nor the list that revokes it.',
  'ca-subject-empty':
    'What a CA signs names it as the issuer. Without a name no path can be built through it.',
  'subject-and-san-missing': 'A certificate binds a key to a name. Without any name it says nothing.',
  'email-not-in-san':
    'Programs look for addresses in the subject alternative name, and apply name constraints there.',
  'name-string-type':
    'The older types have several readings of the same octets, so that two names can look alike and not be equal.',
  'name-attribute-type':
    'Programs compare names by octets. An attribute in another type does not match the same name written correctly.',
  'name-attribute-length':
    'The limits of X.520 are fixed buffers in old programs; a longer value is cut or refused.',
  'country-name-malformed': 'A country is two letters. Strict programs refuse the whole name otherwise.',
  'validity-time-type':
    'UTCTime has two digits for the year and ends in 2049. The border is fixed, so that every date has one form.',
  'validity-reversed': 'There is no moment at which such a certificate is valid.',
  'ec-parameters-not-named':
    'A certificate that brings its own curve can choose one in which somebody knows the private key of any public key. Windows accepted such roots (CVE-2020-0601).',
  // Identifiers and key usage
  'aki-critical':
    'The identifier only helps to find the issuer. Critical, it stops programs that do not use it.',
  'aki-missing':
    'Once a CA has had two keys, only the identifier says which one signed; without it, programs have to try.',
  'ski-critical': 'The identifier only helps to build paths. Critical, it stops programs that do not use it.',
  'ski-missing-in-ca':
    'It is what the certificates below refer to. Without it, nothing distinguishes two keys of one CA.',
  'ski-missing': 'It lets programs find a certificate by its key, in signed mail for example.',
  'aki-not-issuer-ski':
    'The identifier points at another key than the one that signed; programs that follow it find no path.',
  'key-usage-missing-in-ca':
    'Without it, nothing says that the key may sign certificates and lists, and some programs refuse it.',
  'key-usage-not-critical': 'Critical makes sure that no program passes over the limit.',
  'key-usage-empty': 'A key that may do nothing is of no use, and programs disagree about what was meant.',
  'key-cert-sign-without-ca':
    'One extension says that the key may sign certificates, the other that it is no CA. Programs that look at one alone come to different answers.',
  // Limits and names
  'basic-constraints-not-critical':
    'A program that does not know the extension must refuse the CA, instead of passing over the limit on its depth.',
  'path-len-without-ca':
    'A limit on CAs below has no meaning where none may follow; programs refuse the contradiction.',
  'name-constraints-not-in-ca':
    'It limits what is issued below. Where nothing is, it protects nobody, and gives the impression that it does.',
  'name-constraints-not-critical':
    'Programs that do not know name constraints would accept every name below the CA.',
  'name-constraints-empty': 'A limit that limits nothing is a mistake, and RFC 5280 forbids it.',
  'san-empty': 'An extension without an entry names nobody, and programs fall back on other fields.',
  'san-dns-malformed':
    'Such a name never matches a host, or matches one in a careless program that was not meant.',
  'san-dns-not-a-label':
    'Host names in certificates are ASCII. Letters of other scripts are compared in different ways, which lets look-alikes pass.',
  'san-ip-length':
    'An IPv4 address has 4 octets and an IPv6 address 16. With another length nothing can match.',
  'san-not-critical-empty-subject':
    'If the subject is empty, the alternative name is the only name, and no program may pass over it.',
  'san-critical-with-subject':
    'Old programs that do not know the extension could still use the subject; critical, it stops them.',
  'server-without-san':
    'RFC 9525 looks for host names here alone. Browsers refuse a server that has only a common name.',
  // Revocation
  revoked: 'The issuer has taken its word back, often because the key is in the wrong hands.',
  'on-hold': 'The issuer has taken its word back for the time being, while something is looked into.',
  'revocation-undetermined':
    'If nobody knows whether it was revoked, an attacker only has to hold the list back.',
  'crl-stale':
    'An old list does not know what was revoked since. Somebody who shows it again can hide a revocation.',
  'crl-signature-invalid':
    'Without a valid signature anybody can write a list, and take a revocation off it.',
  'crl-delta-without-base':
    'A delta list holds only changes. Without the list that it changes, nobody knows the rest.',
  'ocsp-stale':
    'An old “good” says nothing about today. Somebody who has kept it could show it after the revocation.',
  'ocsp-unknown':
    'The responder does not know the certificate: it may be a forgery, or this may be the wrong responder.',
  'ocsp-signature-invalid': 'Without a valid signature anybody on the way can answer “good”.',
  'ocsp-responder-not-authorized':
    'Only the issuer, or a responder that it certified for that, may speak about its certificates.',
  'extension-repeated':
    'Programs take the first, the last, or refuse. Two that differ let one certificate mean two things.',
}
