import type { FindingCode } from '../../findings.ts'

/** Why each rule exists: what goes wrong without it. */
export const why: { readonly [C in FindingCode]: string } = {
  // The path, from a root to the certificate
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
    'Without this rule every server could sign for every other name. Programs that forgot it in 2002 and 2011 accepted exactly such chains (CVE-2002-0862, CVE-2011-0228).',
  'path-len-exceeded':
    'The limit says how many CAs may follow below. It keeps a customer’s CA from making CAs of its own.',
  'key-cert-sign-missing':
    'The key was made for other work, such as signing lists, and is guarded accordingly. A thief must not become a CA with it.',
  'critical-extension-unknown':
    'Critical means: a program that does not understand this must refuse. It may be a limit on what the certificate is for.',
  'policy-qualifier-unknown':
    'In a critical extension every part counts. A qualifier that is not understood might restrict the policy.',
  'extension-unprocessable':
    'This extension matters for the path: it may hold the one limit that is broken. A program that passes over it would never know.',
  'purpose-not-allowed':
    'The issuer checked the owner for certain purposes. A certificate for mail says nothing about who runs a web server.',
  'purpose-not-nested':
    'Many programs take the purposes of a CA as a limit on everything below it, so that a mail CA cannot issue for servers.',
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
    'Real chains seldom have more than five certificates. A limit keeps a hostile pile from occupying the program for ever.',
  'budget-exhausted':
    'Cross-certificates can make the number of paths explode. A limit on the work protects against piles that are made for that.',
  // What lists and responses say
  revoked: 'The issuer has taken its word back, often because the key is in the wrong hands.',
  'on-hold': 'The issuer has taken its word back for the time being, while something is looked into.',
  'listed-on-unusable':
    'Such a list or response cannot show that a certificate is good. But its CA may well have revoked this one, and ignoring that is the worse mistake.',
  'revocation-undetermined':
    'If nobody knows whether it was revoked, an attacker only has to hold the list back.',
  'crl-stale':
    'An old list does not know what was revoked since. Somebody who shows it again can hide a revocation.',
  'crl-not-yet-valid':
    'A list of a later date does not show what was known on the day asked for. Often a clock is wrong.',
  'crl-issuer-missing':
    'Without the signer’s certificate the signature cannot be verified, and the list could be anybody’s.',
  'crl-issuer-untrusted':
    'The name alone proves nothing: another CA may have the same. Only a path to the same root shows that the signer speaks for the issuer.',
  'crl-sign-missing':
    'The CA did not give this key the right to sign lists. If it is guarded with less care, a thief could use it to hide revocations.',
  'crl-signature-invalid':
    'Without a valid signature anybody can write a list, and take a revocation off it.',
  'crl-signature-algorithm-mismatch':
    'The signature protects only one of the two names. If they could differ, an attacker could make a program verify with another algorithm.',
  'crl-signature-sha1':
    'Two texts with the same SHA-1 can be made on purpose, so that a signature on one list may also fit another.',
  'crl-critical-extension-unknown':
    'It may say that the list covers only some certificates, or only changes. Ignoring it would turn a missing entry into “good”.',
  'crl-entry-critical-extension-unknown':
    'It may say whose certificate the entry is about. A program that ignores it may revoke the wrong one and miss the right one.',
  'crl-delta-without-base':
    'A delta list holds only changes. Without the list that it changes, nobody knows the rest.',
  'crl-version-1':
    'Version 1 has no extensions: such a list cannot have a number, name the key that signed it, or say what it covers.',
  'crl-next-update-missing':
    'Without it nobody can tell an old list from a current one. Somebody who shows last year’s list can hide a revocation.',
  'crl-number-missing':
    'The number shows which of two lists is newer, and which one a delta list changes. Without it, programs have only the dates.',
  'crl-authority-key-identifier-missing':
    'Once a CA has had two keys, its name alone does not say which one signed the list; programs have to try.',
  'crl-extension-critical':
    'The extension only helps to find or to order lists. Critical, it makes programs refuse the list, and miss every revocation on it.',
  'crl-extension-not-critical':
    'It says that the list covers only some certificates, or only changes. A program that ignores it takes a missing entry for “good”.',
  'ocsp-stale':
    'An old “good” says nothing about today. Somebody who has kept it could show it after the revocation.',
  'ocsp-not-yet-valid':
    'A response of a later date does not show what was known on the day asked for. Often a clock is wrong.',
  'ocsp-produced-at':
    'A responder knows only what had happened when it signed. A time that does not fit the certificate or the clock makes its “good” doubtful.',
  'ocsp-unknown':
    'The responder does not know the certificate: it may be a forgery, or this may be the wrong responder.',
  'ocsp-version-unknown':
    'Another version may give the fields another meaning. A “good” that is read by the wrong rules may be none.',
  'ocsp-status-unreadable':
    'The answer that cannot be read may be “revoked”. Treating it as no answer would hide that.',
  'ocsp-answer-imperfect':
    'The part that cannot be read may limit the rest. A “good” out of a damaged answer is not worth relying on.',
  'ocsp-signature-invalid': 'Without a valid signature anybody on the way can answer “good”.',
  'ocsp-signature-sha1':
    'Two texts with the same SHA-1 can be made on purpose, so that a signature on one response may also fit one that says “good”.',
  'ocsp-responder-missing':
    'Without its certificate nobody can tell who signed the response, or whether the issuer lets it answer.',
  'ocsp-responder-not-authorized':
    'Only the issuer, or a responder that it certified for that, may speak about its certificates.',
  'ocsp-signer-key-usage':
    'The CA did not give this key the right to sign. If it is guarded with less care, a thief could use it to say “good” about revoked certificates.',
  'ocsp-critical-extension-unknown':
    'Critical means that the answer is not understood without it. It could limit what the “good” is about.',
  // The fields of a certificate
  'version-not-3':
    'Extensions exist only in version 3. A program that reads version 1 need not look for them, and may overlook every limit.',
  'unique-id-in-v1':
    'Version 1 has no unique identifiers. A strict parser refuses a certificate with fields that its version does not have.',
  'unique-id-present':
    'RFC 5280 forbids CAs to use them: they were made for reusing a name, which must not happen, and programs ignore them.',
  'serial-negative':
    'Programs disagree about negative numbers: the same certificate then has two serial numbers, and a revocation may miss it.',
  'serial-zero':
    'Zero was often the number of every certificate that a program made. Lists name certificates by their number, so it has to tell them apart.',
  'serial-too-long':
    'Programs have to handle 20 octets, no more. One that cuts a longer number does not find the certificate on a revocation list.',
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
    'Programs read and compare the older types in different ways, so that two names can look alike and not be equal.',
  'name-attribute-type':
    'Many programs compare names by octets. An attribute in another type does not match the same name written correctly.',
  'name-attribute-length':
    'Older programs have room for what X.520 allows and no more; a longer value is cut or refused. An empty one says nothing.',
  'country-name-malformed':
    'Programs compare countries letter by letter: “Germany” and “DE” are two to them, and a search or a limit by country misses one.',
  'validity-time-type':
    'UTCTime has two digits for the year and ends in 2049. The border is fixed, so that every date has one form.',
  'validity-reversed': 'There is no moment at which such a certificate is valid.',
  'signature-algorithm-parameters':
    'Programs compare algorithms by octets, or refuse parameters that they do not expect. One fixed form avoids both, and leaves no room for hidden content.',
  'key-algorithm-parameters':
    'The parameters say how the key is used, such as on which curve. If they are not as expected, some programs refuse the key, and others have to guess.',
  'ec-parameters-not-named':
    'Somebody who brings a curve of their own can make it fit another’s public key, with a private key that they know. Windows accepted roots forged like this (CVE-2020-0601).',
  'key-usage-enciphers-in-ca':
    'With RSA, decrypting and signing are the same operation: a program that decrypts with the CA’s key can be tricked into signing with it.',
  // Names
  'san-not-critical-empty-subject':
    'If the subject is empty, the alternative name is the only name, and no program may pass over it.',
  'san-critical-with-subject':
    'Old programs that do not know the extension could still use the subject; critical, it stops them.',
  'san-empty':
    'An extension without an entry names nobody, and some programs then fall back on other fields.',
  'san-entry-empty':
    'An empty name matches nothing or, in a careless program, everything. Some programs refuse the whole certificate for it.',
  'san-dns-space':
    'People see nothing where programs see a name. A program that drops spaces is left with an empty one, which may match too much.',
  'san-dns-malformed': 'Such a name matches no host or, in a careless program, one that was not meant.',
  'san-dns-not-a-label':
    'Host names in certificates are ASCII. Letters of other scripts are compared in different ways, which lets look-alikes pass.',
  'san-email-malformed':
    'Mail programs compare this with the sender’s address. With a display name or angle brackets around it, it never matches.',
  'san-ip-length':
    'An IPv4 address has 4 octets and an IPv6 address 16. With another length nothing can match.',
  'san-uri-relative':
    'A relative address means something only beside the page that it is relative to. Here there is none, so nobody knows what was certified.',
  'san-uri-malformed':
    'Programs repair such an address each in their own way, so that one certificate is taken for different services.',
  'san-uri-host':
    'Programs recognize the service by its host, and name constraints apply to that. Without a proper one, neither comparison works.',
  'ian-critical':
    'Most programs have no use for this extension. Critical, it makes them refuse the certificate for an additional name.',
  'ian-malformed':
    'Few programs read this extension, so that a mistake goes unnoticed until one does, and refuses the certificate.',
  'subject-directory-attributes-critical':
    'Hardly any program uses these attributes. Critical, the extension makes the others refuse the certificate.',
  'subject-directory-attributes-empty':
    'An empty list says nothing about the owner. It is usually a form that somebody forgot to fill in.',
  // Key identifiers and key usage
  'aki-critical':
    'The identifier only helps to find the issuer. Critical, it stops programs that do not use it.',
  'aki-missing':
    'Once a CA has had two keys, only the identifier says which one signed; without it, programs have to try.',
  'aki-issuer-serial-unpaired':
    'A serial number means something only together with the issuer that gave it. One without the other names no certificate.',
  'ski-critical': 'The identifier only helps to build paths. Critical, it stops programs that do not use it.',
  'ski-missing-in-ca':
    'It is what the certificates below refer to. Without it, nothing distinguishes two keys of one CA.',
  'ski-missing': 'It lets programs find a certificate by its key, in signed mail for example.',
  'aki-ski-differ':
    'In a root the two name the same key. If they differ, programs look for an issuer above the root that does not exist.',
  'aki-not-issuer-ski':
    'The identifier points at another key than the one that signed; programs that follow it find no path.',
  'key-usage-missing-in-ca':
    'Without it, nothing says that the key may sign certificates and lists, and some programs refuse it.',
  'key-usage-not-critical': 'Critical makes sure that no program passes over the limit.',
  'key-usage-empty': 'A key that may do nothing is of no use, and programs disagree about what was meant.',
  'encipher-only-without-key-agreement':
    'These bits only narrow keyAgreement. Alone they mean nothing: one program may take them for a permission, another for a prohibition.',
  'key-usage-key-type':
    'Programs choose by these bits what to do with a key. If it cannot do that, connections and messages fail later, with an error that is hard to explain.',
  // Limits of a CA
  'key-cert-sign-without-ca':
    'One extension says that the key may sign certificates, the other that it is no CA. Programs that look at one alone come to different answers.',
  'basic-constraints-not-critical':
    'A program that does not know the extension must refuse the CA, instead of passing over the limit on its depth.',
  'path-len-without-ca':
    'A limit on CAs below has no meaning where none may follow; strict programs refuse the contradiction.',
  'path-len-without-key-cert-sign':
    'The limit is about certificates that this key signs, and it may sign none. One of the two is wrong, and nobody can say which.',
  'name-constraints-not-in-ca':
    'It limits what is issued below. Where nothing is, it protects nobody, and gives the impression that it does.',
  'name-constraints-not-critical':
    'Programs that do not know name constraints would accept every name below the CA.',
  'name-constraints-empty':
    'It looks like a limit and limits nothing, so that people trust the CA too much. Some programs cannot read it, and refuse the chain.',
  'name-constraints-distance':
    'Programs do not agree on what such a distance means, and some ignore it. A name that the CA meant to keep out may get in.',
  'name-constraints-form':
    'No standard says how such names are compared. Programs have to refuse certificates that have them, or accept them without the limit.',
  'name-constraints-ip-malformed':
    'With a wrong length, or a mask with gaps, nobody can say which addresses are meant: one program permits what another refuses.',
  'name-constraints-name-malformed':
    'A constraint that is no proper name matches nothing in one program and too much in another. Nobody can rely on such a limit.',
  // Policies
  'policy-repeated':
    'If the two entries have different qualifiers, programs disagree about which of them counts.',
  'policies-empty':
    'Nobody can tell whether no policy or any policy was meant, so that a check of policies passes or fails by chance.',
  'any-policy-qualifier':
    'A qualifier that was made for one policy has no clear meaning for all of them, and programs cannot act on it.',
  'policy-notice-reference':
    'The reference is a number in a document that a program would need to have. It hardly ever has it, and the notice is never shown.',
  'explicit-text-type':
    'Programs that show the notice know only a few string types. In another one it appears garbled, or the extension cannot be read.',
  'explicit-text-not-utf8':
    'UTF-8 holds every script and is what programs read. In the other types some characters cannot be written, or are shown wrongly.',
  'explicit-text-length':
    'Programs make room for 200 characters: a longer notice may be cut, and people then read half of it. An empty one says nothing.',
  'explicit-text-control-characters':
    'Control characters can spoil the display of the notice or hide part of it, so that people read something else than was signed.',
  'explicit-text-not-nfc':
    'An accented letter can be written in two ways. If they are mixed, equal texts do not match in a search, and some programs show them wrongly.',
  'policy-mapping-any-policy':
    'A mapping to or from “every policy” makes all policies equal. A CA could then meet a requirement that it was never examined for.',
  'policy-mappings-empty':
    'A mapping of nothing is a mistake, and some programs refuse the whole certificate for it.',
  'policy-mappings-not-critical':
    'A program that passes over the mapping looks for other policies below, and refuses certificates that the CA meant to be accepted.',
  'policy-mapping-not-asserted':
    'A CA can only translate a policy that it has. A mapping from another one has no effect, and what relies on it is refused.',
  'policy-mappings-not-in-ca':
    'A mapping is about certificates further down. If there can be none, the wrong template was probably used.',
  'policy-constraints-empty':
    'An extension that demands nothing is a mistake. Nobody can tell what the CA was meant to be bound to.',
  'policy-constraints-not-critical':
    'A program that does not know the extension would accept a path without the policy that the CA demands.',
  'policy-constraints-not-in-ca':
    'It makes demands on certificates further down. If there can be none, the wrong template was probably used.',
  'inhibit-any-policy-not-critical':
    'A program that does not know the extension would go on accepting anyPolicy where the CA has ruled it out.',
  'inhibit-any-policy-not-in-ca':
    'It narrows the policies of certificates further down. If there can be none, the wrong template was probably used.',
  // Purposes
  'ext-key-usage-empty':
    'Whether an empty list allows nothing or everything is for each program to guess, so nobody knows what the key may be used for.',
  'any-eku-critical':
    'Critical means: for these purposes only. “Any purpose” says the opposite, and some programs refuse what does not name the purpose itself.',
  'eku-key-usage-inconsistent':
    'A key is used only for what both extensions allow. If they have nothing in common, a careful program can use it for nothing.',
  'tls-feature-not-inherited':
    'The CA promises a protection for all its servers, such as proof that they are not revoked. If the certificate does not repeat that, a thief of its key can leave it out.',
  // Addresses of lists and issuers
  'crl-distribution-points-critical':
    'It only says where the list is. Critical, it makes programs that do not fetch lists refuse the certificate.',
  'distribution-points-empty':
    'A place without an address or a name leads to no list, so that nobody learns of a revocation.',
  'distribution-point-reasons-only':
    'Reasons alone do not say where the list is, nor who signs it. Some programs refuse the certificate for it.',
  'distribution-points-not-all-reasons':
    'If each list covers only some reasons, a program that reads one of them may miss that the key was stolen.',
  'distribution-point-crl-issuer':
    'The field says that somebody else signs the list. If that is wrong or cannot be read, programs look for the wrong signer and reject the list.',
  'distribution-point-relative-name':
    'Programs have to put the name together from two places, and not all of them can. The others find no list.',
  'distribution-point-relative-name-ambiguous':
    'A name relative to two issuers is two names. Nobody knows which list is meant, and some programs refuse the certificate.',
  'distribution-point-uri':
    'An incomplete address leads nowhere: the list is not fetched, and a revocation goes unnoticed.',
  'distribution-points-no-uri':
    'Programs fetch lists over http, a few over ldap. Without such an address they never see the list.',
  'freshest-crl-critical':
    'Delta lists are only an offer. Critical, the extension makes programs that use complete lists refuse the certificate.',
  'authority-info-access-critical':
    'The addresses only help to find the issuer and its responder. Critical, they make programs that fetch nothing refuse the certificate.',
  'subject-info-access-critical':
    'It only says what else the owner offers. Critical, it makes programs that have no use for it refuse the certificate.',
  'info-access-empty':
    'An extension without an entry helps nobody. Probably the address of the issuer or of its responder was forgotten.',
  'access-location-uri':
    'An incomplete address leads nowhere: the issuer’s certificate or the responder is not found, and a check that needs it fails.',
  'ca-issuers-no-uri':
    'A program that lacks the issuer fetches it over http or ldap. Without such an address it finds no path.',
  'subject-info-access-method':
    'The entry promises a service that the owner of such a certificate does not offer, and programs look for it in vain.',
  // Keys
  'rsa-below-1024':
    'Such keys have been factored in public: 512 bits take hours, 829 bits were done in 2020. Anyone who has the factors can sign in the name of the key’s owner.',
  'rsa-below-2048':
    'NIST has disallowed fewer than 2,048 bits since 2014, and public CAs no longer certify them.',
  'key-malformed':
    'A key that cannot be read verifies nothing, and a program that guesses what was meant may accept forged signatures.',
  'key-not-on-curve':
    'A point that is not on the curve belongs to another, often weaker one. Computing with it can give away secrets, and with some points anyone can sign.',
  'key-kind-unchecked':
    'Nobody can rely on signatures that their program cannot verify, nor know whether such a key is sound.',
  'rsa-exponent-unusable':
    'With the exponent 1 every text is its own signature, with an even one there is no private key. RSA has none as large as the modulus.',
  'rsa-exponent-small':
    'Signatures with the exponent 3 have been forged against careless programs (Bleichenbacher, 2006). 65537 leaves less room for that.',
  'rsa-exponent-large':
    'Many programs keep the exponent in a number of fixed length. They cannot read a key with a longer one, and refuse its certificate.',
  'rsa-modulus-prime':
    'The strength of RSA is the difficulty of finding two factors. With a prime there is nothing to find.',
  'rsa-small-factor':
    'A modulus with a small factor is a sign of a broken generator, and dividing by it gives the private key.',
  'rsa-close-primes':
    'If the two primes are close together, a method of Fermat from 1643 finds them at once (CVE-2022-26320).',
  'rsa-weak-generator':
    'Chips with Infineon’s generator made keys that can be recognized and factored (ROCA, CVE-2017-15361). In 2017 Estonia blocked the certificates of 760,000 identity cards.',
  'rsa-bits-odd':
    'Lengths that are not a multiple of 8 are legal but rare, so few programs are tested with them, and some refuse them.',
  'rsa-long':
    'Each doubling of the length makes signing about six times slower; small devices give up, and 3,072 bits are enough.',
  // How it is encoded
  'der-named-bits-trailing-zeros':
    'The same bits could be written in several ways. A program that encodes them again gets other octets, and the signature no longer verifies.',
  'named-bits-unknown':
    'Nobody knows what these bits mean. A later standard may give them a meaning that the issuer never intended.',
  'der-default-encoded':
    'The same content would have two encodings. A program that writes it again without the default gets other octets, and the signature fails.',
  'der-set-order':
    'In any order, one name could be written in several ways. Programs that compare octets would take it for several names.',
  'extension-unreadable':
    'What cannot be read cannot be applied, and it may be a limit. Programs that guess reach different verdicts.',
  'extension-repeated':
    'Programs that accept it may go by either of the two. If they differ, one certificate means two things.',
  'extensions-empty':
    'A list of nothing is a mistake of the program that wrote it, and strict programs refuse the certificate.',
  'rdn-empty':
    'An empty part says nothing and still makes another name: programs that drop it and programs that keep it find different issuers.',
  'string-type-broken':
    'Some programs guess at the characters, others refuse the certificate, so that one name is read in several ways.',
  'bit-string-not-octets':
    'Keys and signatures are whole octets. Some programs drop the spare bits and others count them, and get different keys from one certificate.',
  // The form of a revocation list
  'crl-signature-algorithm-parameters':
    'Programs expect one form for each algorithm. With another, some cannot verify the list, and miss what is revoked on it.',
  'crl-version-unknown':
    'Nobody can say how a list of such a version is to be read. Programs that refuse it miss every revocation on it.',
  'crl-scope-empty':
    'The extension is critical, so that programs that do not know it refuse the list, for a limit that is not there.',
  'crl-entries-empty':
    'Strict programs refuse a list in this form, and are then left without any word from the CA.',
  'crl-number-negative':
    'Numbers only go up, which shows the newer of two lists. A program that cannot read a negative one may go by the older list.',
  'crl-number-too-long':
    'Programs have to read 20 octets, no more. If one cuts a longer number, an old list may pass for the newer one.',
  'crl-dates-reversed':
    'There is no moment at which such a list is in force, so that a careful program cannot use it at all.',
  'crl-uri':
    'Programs fetch from this address, or compare it with the one in the certificate. If it is incomplete, they find nothing, or set the list aside.',
  'crl-entry-imperfect':
    'Programs that cannot read the entry may drop it, or the whole list, and miss a revocation.',
  'crl-entry-repeated':
    'The two entries can have different dates and reasons. Programs then disagree about when the certificate was revoked, and why.',
  'crl-entry-after-list':
    'A list cannot know what is yet to come. A clock or the date is wrong, and old signatures are judged by that date.',
  'crl-entry-long-ago':
    'Old signatures are judged by the date of the revocation. One that is decades too early makes good signatures look bad.',
  'crl-entry-criticality':
    'Only certificateIssuer changes whose certificate is meant, so only that must not be ignored. Any other makes programs refuse the list for nothing.',
  'crl-entry-reason-unspecified':
    'It says no more than its absence, and adds octets to every entry of a list that many programs fetch.',
  'br-crl-aki-issuer-and-serial':
    'It ties the list to one certificate of the CA. Once that is renewed, programs that look for the number cannot verify the list.',
  'br-crl-too-long':
    'While an old list is in force, an attacker can go on showing it: the longer it is, the longer a stolen key can be used.',
  'br-crl-reason':
    'Programs judge by the reason how urgent a revocation is. One that they do not expect may be treated as harmless.',
  // Traps
  'san-dns-trailing-dot':
    'Programs compare it with a name that has no dot at its end, and find no match: the server seems to be the wrong one.',
  'san-dns-ip-address':
    'Programs look for an address in another kind of entry, and do not find this one. Some refuse the whole certificate for it.',
  'san-repeated': 'The second one adds nothing. Often another name was meant, and that one is missing.',
  'server-without-san':
    'RFC 9525 looks for host names here alone. Browsers refuse a server that has only a common name.',
  'server-without-digital-signature':
    'In TLS 1.3 every server signs its handshake. Careful programs break off the connection if the key may not sign.',
  'mail-cannot-encrypt':
    'People who have the certificate still cannot send its owner encrypted mail, and their programs seldom say why.',
  'key-usage-beyond-purposes':
    'A permission that its owner does not need helps only somebody who misuses the key.',
  'cn-not-in-san':
    'Old programs look at the common name, current ones do not. The certificate then works in some places and fails in others.',
  'aki-issuer-and-serial':
    'It ties the certificate to one certificate of its CA. Once the CA is renewed, or certified by another, programs that compare the number find no path.',
  'intermediate-eku-without-client':
    'Many programs take a CA’s purposes as a limit on everything below. Client certificates are then refused, and the CA has to be replaced.',
  'root-with-eku':
    'Some programs apply a root’s purposes to everything below, others ignore them. A purpose needed later means a new root on every device.',
  'root-without-common-name':
    'Devices and programs list roots by this name. Without it people may not find the root to trust it, or to remove it.',
  'self-issued-without-ca':
    'It cannot be trusted as a root is. Each program has to trust it for itself, and some have no way to do so.',
  'ca-without-crl-sign':
    'If one of its certificates is stolen, the CA has no list of its own to say so. To add the bit later, it has to be replaced.',
  'validity-over-825-days':
    'Some systems refuse so long a validity from any issuer, and people with such a phone or computer cannot connect.',
  'validity-one-second-over':
    'Both ends count. A program that counts exactly sees one day too many, and refuses a certificate that was meant to be within the limit.',
  'validity-backdated':
    'An early date can evade a rule that came in between, and makes the certificate seem to have been in force when it was not.',
  'validity-never-ends':
    'It is the last date that can be written, and some programs miscalculate with it. If the key is lost, nothing ever ends its use.',
  'browser-unsupported-key':
    'Browsers offer only some kinds of signature in a handshake. With a key of another kind no connection is made, however good the chain is.',
  'name-constraints-leading-dot':
    'Some programs read it as what is below the name, some include the name itself, some refuse it. The limit depends on the program.',
  'name-constraints-both-addresses':
    'Some programs compare an IPv4 address with the IPv6 range as well, fail at that, and refuse certificates that keep to the limit.',
  'name-constraints-incomplete':
    'A kind of name that is not mentioned is not limited: a CA that is kept to one domain may still issue for every IP address.',
  'serial-low-entropy':
    'In 2008 a CA’s certificate could be forged because its serial numbers could be predicted. Random ones prevent that, and do not repeat.',
  'subject-very-long':
    'Some programs have room for a fixed length. They cut a longer name, or refuse the certificate, and people see only part of it.',
  'name-outer-space':
    'Nobody sees the space. Programs that compare octets take the two names for different ones, and find no issuer.',
  'name-hidden-characters':
    'They can turn the direction of the text or hide part of it, so that an attacker’s name looks like a known one.',
  'name-garbled':
    'People check a name by reading it. A garbled one looks like a forgery, and a search for the real name does not find it.',
  'name-attribute-repeated':
    'Usually a column of a table was used twice. Of two countries, one program shows the first and another the last.',
  'country-not-iso':
    'A code is looked up in a table, to show the country or to search by it. One that is not there leads nowhere: it is GB, for example, not UK.',
  'address-https':
    'To trust that connection, a program may need the very list or answer that it is about to fetch, and goes round in circles.',
  'access-location-repeated':
    'Programs try the addresses one after the other. A second attempt at the same one costs time and brings nothing.',
  'cps-address':
    'People are meant to read there how the CA works. If no browser opens the address, they cannot.',
  'san-dns-reserved-label':
    'Labels of this form are kept for encoded names. Most often an international name was copied wrongly, and the certificate fits no server.',
  'issuer-name-not-copied':
    'Many programs look for the issuer by the octets of its name. If those differ, they find none, and refuse the chain.',
  'outlives-issuer':
    'Once its issuer has expired there is no valid path: the certificate fails earlier than its own date makes people expect.',
  'begins-before-issuer':
    'Until its issuer’s time begins there is no valid path, although the certificate says that it is in force.',
  'issuer-key-reused':
    'Anyone with the key of this certificate can sign as the CA, and a server or a laptop is much easier to break into.',
  'hash-weaker-than-curve':
    'A signature is only as strong as its weaker part. With a short hash, the longer key costs time and gains nothing.',
  'time-stamping-eku-not-alone':
    'With a second purpose, something else that the key signed could pass for a time stamp. Programs that follow RFC 3161 refuse it.',
  'time-stamping-eku-not-critical':
    'A program that does not know the extension could use the key for other things. Programs that follow RFC 3161 refuse its time stamps.',
  'ocsp-signer-without-no-check':
    'To learn whether the responder itself is revoked, a program would ask a responder, and go round in circles or give up.',
  'ocsp-no-check-critical':
    'Programs that do not know the extension would refuse the responder and all its answers, although ignoring it does no harm.',
  // The public web
  'br-key-algorithm':
    'A server with another kind of key reaches only some browsers, and strict programs refuse a form that is written differently.',
  'br-rsa-size':
    'Shorter keys come within the reach of rich attackers, and every browser would trust what they sign. Odd lengths fail in some programs.',
  'br-rsa-exponent':
    'With the exponent 1 every text is its own signature, and with an even one the key cannot work.',
  'br-signature-algorithm':
    'With a weak hash, a signature on a harmless certificate may also fit a forged one. A form that is written differently fails in strict programs.',
  'br-signature-hash-for-curve':
    'A shorter hash makes the signature weaker than the key; a longer one is cut and gains nothing. Programs are tested with these pairs.',
  'br-version':
    'Names, purposes and limits are in extensions, which only version 3 has. Without them a server’s certificate could pass for a CA’s.',
  'br-unique-id':
    'Browsers have no use for these fields. What nobody reads is only room for mistakes, and for content that no CA has checked.',
  'br-serial-short':
    'In 2008 a CA’s certificate could be forged because its serial numbers could be predicted. Random ones of this length prevent that.',
  'br-validity-too-long':
    'What was checked grows old: domains change hands, keys are lost. Until the end, the former owner can pass for the new one.',
  'br-issuer-name-bytes':
    'Many programs find the issuer by these octets. If one differs they find no path, and the site is unreachable for their users.',
  'br-san-missing':
    'Browsers look for the server’s name there and nowhere else. Without it, no connection is made.',
  'br-san-critical':
    'Programs that do not know the extension could still use the subject. Critical, it shuts them out for nothing.',
  'br-san-kind':
    'Public CAs check who controls a domain or an address. A name of any other kind would be certified unchecked.',
  'br-dns-name':
    'Programs match such a name with no server, or each in their own way. Some refuse the whole certificate for it.',
  'br-internal-name':
    'A name such as “mail” exists in thousands of networks. Anyone with a certificate for it could pass for the server in all of them.',
  'br-wildcard-of-top-level': 'Such a certificate fits millions of sites that belong to other people.',
  'br-reserved-address':
    'Such addresses exist in every private network: a certificate for 192.168.1.1 would fit routers in millions of homes.',
  'br-common-name-repeated':
    'Programs that still read the common name take the first or the last, so that one server has two names.',
  'br-common-name-below-wildcard':
    'The wildcard does not cover this name: programs that read the common name accept it, browsers refuse it.',
  'br-common-name-not-in-san':
    'Browsers ignore the common name, old programs go by it. A name that is only there may never have been checked.',
  'br-eku-missing':
    'Without it the certificate is good for everything: the key of a web server could sign mail or programs.',
  'br-eku-server-auth-missing': 'Browsers look for this purpose, and do not connect to a server without it.',
  'br-eku-any': 'It allows what the CA never checked: the key of a web server could sign mail or programs.',
  'br-eku-forbidden':
    'A server’s key is exposed to the network. With these purposes, a thief could also sign programs, mail or revocation answers.',
  'br-eku-critical':
    'Browsers read the purposes anyway. Critical, the extension only shuts out programs that do not know it.',
  'br-eku-in-root':
    'What a root is trusted for is decided by the program that trusts it. Some would apply these purposes to everything below, others would not.',
  'br-ca-eku-forbidden':
    'If one CA issues for servers, mail and programs, one mistake endangers all three, and browsers cannot drop it without harm to the others.',
  'br-target-is-ca':
    'The key of a CA would be on a web server. Anyone who breaks into it could make certificates for every site.',
  'br-target-key-usage':
    'A server has no use for these bits: they allow what its key cannot do, or what only a thief would do with it.',
  'br-key-usage-not-critical':
    'A program that does not know the extension would pass over it, and let a key sign what it must not.',
  'br-ca-key-usage':
    'Programs refuse what such a key signs. If that is the list, nothing that the CA has issued can be revoked by it.',
  'br-aki-missing':
    'After a renewal a CA often has two keys. Without the identifier, programs have to try both, or give up.',
  'br-aki-key-identifier-missing':
    'The extension is there to name the issuer’s key. Without that, programs have to try every CA of the same name.',
  'br-aki-issuer-and-serial':
    'It ties the certificate to one certificate of its CA. Once another CA certifies that one too, programs that compare the number find no path.',
  'br-aki-mismatch':
    'Programs that follow the identifier find another CA or none, and report a broken chain although the signature is right.',
  'br-name-constraints-empty': 'The CA looks as if it were limited, and may issue for every name.',
  'br-name-constraints-kind':
    'Browsers can compare only a few kinds of names. For another they refuse the chain, or ignore the limit.',
  'br-policy-missing':
    'The identifier says what was checked: a domain, an organization or a person. Without it nobody can hold the CA to that.',
  'br-policy-any': '“Any policy” does not say what was checked, so that nobody can hold the CA to it.',
  'br-policy-qualifier':
    'Browsers show no such notice. It makes every handshake longer, and is one more thing that can be written wrongly.',
  'br-address-not-http':
    'With https a program may need the list before it can fetch it, and browsers do not fetch over other protocols.',
  'br-ca-eku-missing':
    'A CA without purposes could issue for mail and programs as well as for servers. A theft of its key would hit them all.',
  'br-ca-policies':
    'A policy counts only if every CA of the path names it. If this one names none, or too many, nobody can tell by which rules it issues.',
  'br-distribution-point-field':
    'Such lists are split, or signed by somebody else, or hard to find. Many programs cannot follow, and miss revocations.',
  'br-crl-address-missing':
    'Programs that do not know where to ask cannot learn of a revocation: a stolen key works until the certificate ends.',
  'br-digital-signature-missing':
    'With a key on a curve, the server signs every handshake. If the key may not sign, careful programs do not connect.',
  'br-basic-constraints-not-critical':
    'It says that this is no CA. Critical makes sure that no program passes over that.',
  'br-responder-extension':
    'A responder speaks about its CA’s certificates and for nobody else. Names, policies and addresses of lists can only get its answers refused.',
  'br-responder-key-usage':
    'A responder’s key is online day and night. A thief must not be able to do anything with it but answer.',
  'br-responder-eku':
    'A responder’s key is online day and night. With a second purpose, a thief could also pass for servers or people.',
  'br-policies-several':
    'The certificate claims to have been checked in two ways. Nobody can say which of the claims is true.',
  'br-policy-not-first':
    'Some programs look at the first policy alone, and would not see how the certificate was checked.',
  'br-subject-attribute':
    'People take what a certificate says for checked. With this kind of validation nobody checked it.',
  'br-subject-attribute-missing':
    'The certificate claims that a person or an organization was checked, and does not fully say which one.',
  'br-ca-subject':
    'Without it nobody knows which organization runs the CA, and where to report a certificate that it should not have issued.',
  'br-organizational-unit-in-ca':
    'Nobody can check the name of a department. Anything could be written there, and people would take it for checked.',
  'br-access-method':
    'Browsers follow only these two. Any other entry makes every handshake longer and leads nowhere.',
  'br-cps-address':
    'The statement says how the CA works, to anyone who has to judge it. If no browser opens the address, they cannot read it.',
  'br-eku-other':
    'A server needs no other purpose, and each one is something more that a thief of its key can do.',
  'br-root-path-len':
    'Some programs apply a limit in a root, others use only its name and key. A limit in the CAs below binds them all.',
  'br-name-constraints-reserved':
    'Nobody owns such a range, so that no CA can show a right to it. The same addresses exist in every private network.',
  'br-name-constraints-directory-excluded':
    'A name can be written in many ways, and one that is written differently escapes what is excluded.',
  'sct-list-malformed':
    'Browsers that demand timestamps cannot read these, and refuse the certificate as if it had never been logged.',
  'precertificate-with-timestamps':
    'A log gives its timestamp after it has seen the precertificate. If one is in there already, it belongs to another certificate.',
  'chrome-client-auth':
    'A public CA that browsers trust for servers alone cannot renew it with both purposes. Clients that log on with it then fail.',
  // Before a certificate is signed here
  'outlives-tier':
    'Once a CA above has expired there is no valid path: the certificate fails earlier than its own date makes people expect.',
  'tier-breaks-form':
    'A strict program refuses everything below such a CA, however well it is made. Better to know that before it is handed out.',
  'possession-unchecked':
    'Without proof, somebody could have another person’s key certified under their own name, and claim what that person signed.',
  'tier-revoked':
    'Programs that check revocation refuse everything below, so that the new certificate is useless to its owner from the first day.',
  'tier-on-hold':
    'Programs that check revocation refuse everything below until the hold ends, and it may end with a revocation.',
}
