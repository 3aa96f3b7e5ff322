import { shareErrors } from './share-errors.ts'
import { weakPassphrase } from './passphrase.ts'
import type { CeremonyErrorCode, ErrorCode, ErrorDetails, FieldReason } from '../../errors.ts'
import { foreignFormats } from './foreign-formats.ts'
import { moment, number, plural, size, tag, series } from './format.ts'
import { opening } from './opening.ts'
import { secondReadingDiffers } from './second-reading.ts'

/**
 * What failed, where, and what to do about it. One entry per code; a section per area. Those of ceremonies are in their
 * pack.
 */
export const errors: { [C in Exclude<ErrorCode, CeremonyErrorCode>]: (detail: ErrorDetails[C]) => string } = {
  // der/
  'der-truncated': ({ offset, need, have }) =>
    `The data ends too early: at offset ${number(offset)}, ${number(need)} octets are announced and ${number(have)} are left. Copy or download the file again.`,
  'der-trailing-data': ({ offset, length }) =>
    `${number(length)} octets follow the value that ends at offset ${number(offset)}. DER allows nothing after it.`,
  'der-unexpected-tag': ({ offset, expected, actual }) =>
    `At offset ${number(offset)} there is a value of type ${tag(actual)} where ${tag(expected)} belongs.`,
  'der-high-tag-number': ({ offset }) =>
    `At offset ${number(offset)} there is a tag number above 30, which no X.509 structure uses.`,
  'der-length-indefinite': ({ offset }) =>
    `The length at offset ${number(offset)} is indefinite. That is BER; DER requires a definite length.`,
  'der-length-not-minimal': ({ offset }) =>
    `The length at offset ${number(offset)} is written with more octets than it needs. DER requires the shortest form.`,
  'der-length-too-large': ({ offset }) =>
    `The length at offset ${number(offset)} is larger than any file could be.`,
  'der-too-deep': ({ offset, limit }) =>
    `At offset ${number(offset)} the data is nested more than ${number(limit)} levels deep. No certificate is.`,
  'der-too-large': ({ size: octets, limit }) =>
    `The data has ${size(octets)}; at most ${size(limit)} are read here.`,
  'der-too-many': ({ offset, limit }) =>
    `At offset ${number(offset)} there are more than ${number(limit)} values. No more are read here.`,
  'der-boolean-invalid': ({ offset, value }) =>
    `The BOOLEAN at offset ${number(offset)} is ${tag(value)}; DER allows only 0x00 and 0xff.`,
  'der-integer-empty': ({ offset }) => `The INTEGER at offset ${number(offset)} has no octets.`,
  'der-integer-not-minimal': ({ offset }) =>
    `The INTEGER at offset ${number(offset)} is padded. DER requires the shortest form.`,
  'der-integer-too-large': ({ offset }) =>
    `The INTEGER at offset ${number(offset)} is larger than this field allows.`,
  'der-bit-string-invalid': ({ offset }) =>
    `The BIT STRING at offset ${number(offset)} gives a wrong number of unused bits, or they are not zero.`,
  'der-null-invalid': ({ offset }) => `The NULL at offset ${number(offset)} is not empty.`,
  'der-oid-invalid': ({ offset }) => `The OBJECT IDENTIFIER at offset ${number(offset)} is malformed.`,
  'der-time-invalid': ({ offset, text }) =>
    `The time at offset ${number(offset)}, "${text}", is not written as DER requires.`,
  'der-string-invalid': ({ offset, type }) =>
    `The ${type} at offset ${number(offset)} holds octets that type does not allow.`,
  // webcrypto/
  // x509/
  'name-text-invalid': ({ offset }) =>
    `Not a distinguished name: unexpected character at position ${number(offset + 1)}. Write it as CN=Example Root, O=Example, C=CH.`,
  'general-name-invalid': ({ kind, text }) => `"${text}" is not a valid ${kind}. Check the spelling.`,
  // mtls/
  'tls-truncated': ({ offset, need, have }) =>
    `The TLS message ends too early: at offset ${number(offset)}, ${number(need)} octets are announced and ${number(have)} are left. Copy the whole message.`,
  'tls-trailing-data': ({ offset, length }) =>
    `${number(length)} octets follow the TLS message or field that ends at offset ${number(offset)}. Copy one message alone.`,
  'authorities-too-long': ({ octets, limit }) =>
    `The names of the CAs that the server trusts have ${number(octets)} octets, and a certificate request holds ${number(limit)}. Let it trust fewer, or list none of them; nothing was changed.`,
  'tls-length': ({ offset, field, length }) =>
    `The TLS message says at offset ${number(offset)} that ${field} has ${number(length)} octets, which it cannot have. Check the version of TLS it is of, or copy it again.`,
  // containers/
  'container-password-wrong': ({ format }) =>
    `The password does not open this ${format}, or the file was changed after it was written. Try again; upper and lower case matter.`,
  'container-key-password': ({ format }) =>
    `This ${format} opens with the password, but the key in it has its own password, which was not given. Bring the file in instead: there you can enter both.`,
  'container-password-needed': ({ format }) =>
    `This ${format} is protected by a password. Enter it to read what is inside.`,
  'container-iterations-too-many': ({ format, iterations, limit }) =>
    `This ${format} asks for ${number(iterations)} rounds of password hashing; at most ${number(limit)} are done here. Write it again with fewer: ${rewriting(format)}`,
  'container-algorithm-unknown': ({ format, algorithm }) =>
    `This ${format} uses ${algorithm}, which is not known here. ${
      algorithm.includes('GOST')
        ? 'Export it again, with AES, from the program that wrote it: OpenSSL has GOST only with a separate engine.'
        : `Write it again with AES: ${rewriting(format)}`
    }`,
  'container-structure': ({ format, part }) =>
    `This ${format} is not built as the standard says: ${part} is not what it should be.`,
  'container-integrity-broken': ({ format }) =>
    `This ${format} was changed after it was written: its check value does not match.`,
  'key-expanded-only': ({ algorithm }) =>
    `This ${algorithm} key holds only its expanded form. Browsers need the seed; export it again with the seed (OpenSSL: -provparam ml-dsa.output_formats=seed-only).`,
  'key-algorithm-unknown': ({ algorithm }) =>
    `A private key of the kind ${algorithm} cannot be used here. RSA, ECDSA on P-256, P-384 and P-521, Ed25519 and ML-DSA can.`,
  'key-public-half-missing': ({ algorithm }) =>
    `The public half of this ${algorithm} key could not be computed.`,
  'key-multi-prime': () =>
    'This RSA key has more than two primes. WebCrypto cannot use such a key, and no tool can convert it. Its certificate can be brought in without it; go on signing with the program that made the key.',
  'key-curve-explicit': ({ curve }) =>
    `This EC key spells out the numbers of its curve, ${curve}, instead of naming it, which X.509 does not allow. Name it: openssl pkey -in FILE -ec_param_enc named_curve -out NEW.pem`,
  'key-curve-missing': () =>
    'This EC key does not name its curve. The EC PARAMETERS block before the key did: copy both, in that order.',
  'pem-base64-invalid': ({ label, line, character }) =>
    `In the ${label} that begins on line ${number(line)}, "${character}" is not base64. Copy the block again, whole.`,
  'pem-unterminated': ({ label, line }) =>
    `The ${label} that begins on line ${number(line)} has no END line. Copy the block again, whole.`,
  'pile-block-failed': ({ reason }) =>
    `This browser could not process what is here (${reason}). Everything else was read.`,
  'pile-unrecognised': ({ offset }) =>
    `What begins at offset ${number(offset)} is not a known certificate, request, list, key or container.`,
  'pile-label-unknown': ({ label }) =>
    `A block called "${label}" is not a known certificate, request, list, key or container.`,
  'pile-format-not-read': ({ format, form }) => foreignFormats[format](form),
  'pile-file-unreadable': ({ reason }) =>
    reason === 'NotFoundError'
      ? 'This file is no longer where it was. Look for it, then add it again.'
      : 'The browser could not read this file: access was denied, or it changed since it was chosen. Check that, then add it again.',
  'pile-file-empty': () => 'This file is empty. Copy or download it again.',
  'pile-nothing-found': () => `This file has nothing that can be read here.`,
  'pile-too-large': ({ size: octets, limit }) =>
    `The files have ${size(octets)} together; at most ${size(limit)} are read at once.`,
  'pile-too-many': ({ limit }) => `There are more than ${number(limit)} objects; the rest was left unread.`,
  'pile-too-deep': ({ limit }) =>
    `This is more than ${number(limit)} containers deep and was left unread. Take it out of some of them, and add it by itself.`,
  'archive-cut-short': ({ format, offset }) =>
    `This ${format} ends too early, at offset ${number(offset)}. What came before was read. Download or copy it again for the rest.`,
  'archive-damaged': ({ format, offset }) =>
    format === 'gzip'
      ? 'This gzip is damaged, or is several in one. What came before was read. Download or copy it again, or unpack it yourself: gzip -d FILE'
      : `This ${format} is damaged at offset ${number(offset)}. Download or copy it again.`,
  'archive-checksum': ({ format, offset }) =>
    `The part at offset ${number(offset)} of this ${format} was changed or damaged: its check value does not match. It was left unread. Download or copy it again.`,
  'archive-end-missing': ({ format }) =>
    `The directory at the end of this ${format} is missing, so nothing of it was read: it was cut short, or is one of several parts. Download it again, or put its parts together.`,
  'archive-entry-encrypted': ({ format }) =>
    `This is protected with a password of the ${format}, which cannot be entered here. Unpack it, and add the result: unzip FILE asks for the password, unless it is encrypted with AES; then use the program that made it.`,
  'archive-file-sparse': () =>
    'This file is stored with its gaps left out (GNU tar, --sparse). Unpack the archive with tar xf, and add the file.',
  'archive-method-unknown': ({ method }) =>
    `This is compressed with an unknown method (${method}). Unpack it with the program that made it, and add the result.`,
  'archive-too-large': ({ limit }) =>
    `Unpacked, this would have more than ${size(limit)}, far more than certificates need. It was not unpacked further. If you know what it is, unpack it yourself, and add only what is needed.`,
  'archives-too-large': ({ limit }) =>
    `With this, the archives here would have more than ${size(limit)} unpacked, the limit for one go. It was not unpacked further: add it by itself, or unpack it, and add only what is needed.`,
  'archive-ratio': ({ limit }) =>
    `Unpacked, this would be more than ${number(limit)} times as large as it is, far more than certificates compress. It was not unpacked further. If you know what it is, unpack it yourself, and add only what is needed.`,
  'archive-too-many': ({ limit }) =>
    `There are more than ${number(limit)} files in archives; the rest was left unread. Unpack them yourself, and add only what is needed.`,
  // ca/
  // vault/
  'vault-absent': () => 'There is no vault here yet. Create one, or open a backup.',
  'vault-exists': () => 'There is a vault here already. Confirm that it may be replaced, or keep it.',
  'vault-read-only': () =>
    'The header or the head of this vault is not the one that was last written, so it is read-only: nothing was signed or stored. Make a backup of what is here, and restore the last backup from before.',
  'vault-earlier': ({ found, seen }) =>
    `The vault was put back to an earlier state while it was open: this tab has seen revision ${number(seen)}, and ${found === seen ? 'another state of the same revision' : found > seen ? `revision ${number(found)}, which another tab wrote on from an earlier one,` : `revision ${number(found)}`} is stored now. Nothing was signed or stored. Lock the vault, open it again, and compare the hash of all records with your last backup or printout.`,
  'vault-locked': () => 'The vault is locked. Unlock it with your passphrase.',
  'locked-meanwhile': () =>
    'The vault was locked, here or in another tab, while this was under way, and stays locked. Start again to open it.',
  'locked-before-handed-over': ({ isStored }) =>
    isStored
      ? 'The vault was locked before this file was finished, so it was not saved. What was signed is stored: unlock the vault, and save it from there.'
      : 'The vault was locked before this file was finished, so it was not saved. Unlock the vault, and ask for the file again.',
  'passphrase-wrong': ({ slots }) =>
    plural(
      slots,
      'That is not the passphrase. Check the keyboard layout and Caps Lock.',
      `That is none of the ${number(slots)} passphrases that open this. Check the keyboard layout and Caps Lock.`,
    ),
  'passphrase-too-short': ({ length, minimum }) =>
    `The passphrase has ${number(length)} characters; it needs at least ${number(minimum)}. Several random words are safer and easier to type.`,
  'passphrase-weak': ({ reason }) => weakPassphrase[reason],
  'slot-missing': () => 'That way to open the vault no longer exists. Look at the list again.',
  'slot-last': () => 'This is the last way to open the vault. Add another before you remove it.',
  'slot-needed': () =>
    'That is the passphrase you want to remove. Enter one that stays, so that you do not lock yourself out.',
  'slots-too-many': ({ found, limit }) =>
    `There would be ${number(found)} passphrases to try; at most ${number(limit)} are accepted. Remove one before you add another; a backup or vault that already has more was tampered with: use another copy.`,
  'slot-unsupported': ({ kind }) =>
    `This version cannot open a key by "${kind}". Use a passphrase, or a newer version.`,
  ...shareErrors,
  'pack-broken': ({ pack }) => opening.packBroken(pack),
  'second-reading-differs': secondReadingDiffers,
  'context-insecure': ({ place }) => opening.insecure(place),
  'storage-full': () =>
    'The disk is full, or the browser gives this page no more space. Nothing was half-written. Free some disk space and try again; you need not reload the page.',
  'storage-unavailable': ({ reason }) =>
    reason === ''
      ? 'The browser ended a write and gave no reason; a full disk is the most likely one. Nothing was half-written. Free some disk space and try again; you need not reload the page.'
      : `The browser’s storage did not do what this page asked (${reason}). Nothing was half-written: try again. If it keeps failing, the window may be a private one that stores nothing, or the disk may be full.`,
  'storage-newer': ({ found, known }) =>
    `The vault was written by a newer version (format ${number(found)}; this page knows ${number(known)}). Open it with that version.`,
  'storage-refused': ({ reason }) =>
    `This browser keeps nothing for this page (${reason}), so no vault can be made or opened here. Validate works without one. Site data may be blocked for this page, the window may be a private one that stores nothing, or the disk may be full: fix that and reload.`,
  'storage-blocked': () =>
    'Another tab holds the vault open in an older version of this page. Close that tab and try again.',
  'record-changed': ({ store, id }) =>
    `The record ${id} in "${store}" was changed outside Rootcellar and is not used. Restore a backup.`,
  'store-changed': ({ store }) =>
    `The records in "${store}" are not those that were stored last: one was put back from an earlier state, changed or removed outside Rootcellar. Nothing was signed: it may have been one that revokes a certificate or retires a CA. Check the vault on its page, and restore a backup.`,
  'record-missing': ({ store, id }) => `The record ${id} in "${store}" is missing. Restore a backup.`,
  'record-unreadable': ({ offset }) =>
    `A stored record cannot be read; it breaks at offset ${number(offset)}. Restore a backup.`,
  'write-conflict': () => 'Another tab wrote at the same moment. Nothing was stored; try again.',
  'record-outdated': () =>
    'Another tab changed the same record in the meantime. Nothing was stored; try again.',
  'notes-changed': () =>
    'The notes or tags were changed in the meantime, in another tab or by another action. Yours are not stored: copy them, look at the certificate again, and enter them again.',
  'key-used-besides': ({ names }) =>
    `This key is also used by ${series(names)}. Nothing was destroyed: close this, look again at what is lost with it, and confirm.`,
  'serial-taken': ({ serialNumber }) =>
    `The serial number ${serialNumber} has been used by this CA. Nothing was stored; prepare the certificate again.`,
  'clock-behind': ({ now, last }) =>
    `This computer's clock says ${now.toISOString()}, but this vault was used on ${last.toISOString()}. Set the clock, or confirm that it is right.`,
  'backup-unreadable': ({ reason }) =>
    reason === 'not-a-backup'
      ? 'This file is not a Rootcellar backup.'
      : reason === 'truncated'
        ? 'This backup ends too early. Copy the file again from where it is kept.'
        : reason === 'changed'
          ? 'This backup was changed or damaged after it was made. Use another copy.'
          : 'This backup opens, but its contents are not those of a vault. Nothing was stored. Use another copy.',
  'backup-newer': ({ found, known }) =>
    `The backup was written by a newer version (format ${number(found)}; this page knows ${number(known)}). Open it with that version.`,
  'iterations-out-of-range': ({ iterations, minimum, maximum }) =>
    `The passphrase would be hashed ${number(iterations)} times; between ${number(minimum)} and ${number(maximum)} are accepted.`,
  'key-destroyed': ({ name }) => `The key of ${name} was destroyed. It cannot sign any more.`,
  'key-elsewhere': ({ name }) => `The key of ${name} is kept elsewhere. Sign with it there.`,
  'key-locked': ({ name }) => `The key of ${name} has its own passphrase. Enter it first.`,
  'name-mismatch': ({ typed, expected }) =>
    `You typed "${typed}"; the name is "${expected}". Nothing was done.`,
  // worker/
  cancelled: () => 'Cancelled.',
  'token-unknown': () =>
    'What was prepared no longer exists: it was signed or discarded, or the vault was locked. Prepare it again.',
  'algorithm-unsupported': ({ algorithm }) =>
    `This browser cannot make keys of the kind ${algorithm}. Choose another, or open the page in a browser that can.`,
  'authority-not-ca': ({ name }) =>
    `${name} is not a CA: its certificate lacks basicConstraints with cA. It can be validated, or kept as an ordinary certificate, but nothing can be issued below it.`,
  'tier-list-unreadable': ({ id }) =>
    `The revocation list ${id} in the vault cannot be read, and it may say what is revoked. Nothing is signed until a backup is restored.`,
  'authority-not-signed': ({ name }) =>
    `The signature of the certificate of ${name} does not verify with the key of any CA of its issuer’s name that is here. It was not stored. Ask its issuer for the certificate, and add the issuer’s own with it.`,
  'brought-key-count': ({ found }) =>
    found === 0
      ? 'There is no private key in it. Choose a file with one: PKCS#8, PKCS#12, a PEM key or a JWK.'
      : `There are ${number(found)} private keys in it. Choose a file with only the one to use.`,
  'request-answered-already': ({ name }) =>
    `The request for ${name} has its certificate; it stays as long as that does.`,
  'request-key-of-ca': ({ name }) =>
    `This key belongs to the CA ${name}: it can be certified again only as a CA with the same name. For anything else, make a new key.`,
  'request-key-not-ca': ({ name }) =>
    `The key of ${name} is not a CA’s. For a CA, make a new key or bring one.`,
  'answer-unknown': () => 'What was read is no longer available. Drop the files again.',
  'already-running': () =>
    'This was started before and is still running, so it was not started again. Wait until it ends, and look at its result first.',
  'import-authority-missing': () =>
    'This is the list or the database of a CA whose certificate is neither among the files nor here. Drop that certificate too.',
  'import-not-signed': ({ name }) =>
    `The certificate of the CA ${name} in this file is left out: its signature does not verify with the key of any CA of its issuer’s name. Ask its issuer for the certificate, and add the issuer’s own with it.`,
  'import-list-number': ({ name }) =>
    `The list number of ${name} in this file is not taken over: it is so high that hardly any would be left after it. The next list gets a number that follows the clock. If a higher one was ever published, type that number under “More” when you sign the next list.`,
  'token-expired': ({ at }) =>
    `This was prepared on ${moment(at)}, and must be signed within an hour and on the same day (UTC). Prepare it again; what you entered is still there.`,
  'authority-retired': ({ name }) => `${name} is retired and issues no more certificates.`,
  'authority-replaced': ({ name }) =>
    `${name} was replaced by a CA with a new key, which issues from now on. The old key only signs lists and OCSP responses for what it issued.`,
  'responder-revoked': ({ name }) =>
    `The responder's certificate ${name} was revoked or put on hold: clients reject what it signs. Issue a new responder certificate, or have the CA sign its responses itself.`,
  'authority-revoked': ({ name, tier }) =>
    tier === name
      ? `${name} is revoked or on hold, and that was not accepted. Review it again: the review says what that means, and it is signed once you accept. Its lists and OCSP responses can be signed anyway.`
      : `${tier}, above ${name}, is revoked or on hold, and that was not accepted. Review it again: the review says what that means, and it is signed once you accept. Lists and OCSP responses of ${name} can be signed anyway.`,
  'authority-renewed': ({ name }) =>
    `${name} has received another certificate since this was prepared. Prepare it again, so that it is made and validated with the current one.`,
  'export-passphrase-missing': () => 'A passphrase for the file is needed. An empty one protects nothing.',
  'file-passphrase-worthless': () =>
    'The passphrase of the file has fewer than 8 characters or is guessed at once: the key would leave as good as plain. Choose a longer one, or keep the key here and export it from the page of the certificate, with the passphrase of the vault.',
  'plain-key-not-understood': () =>
    'The key was not exported: nobody confirmed that a plain private key is wanted. Tick the box above the passphrase of the vault, and export it again.',
  'export-no-key': ({ name }) => `The key of ${name} is not kept here. It was handed out, or made elsewhere.`,
  'batch-unknown': () => 'That batch is no longer running.',
  'trust-store-unnamed': () => 'A trust store needs a name. Nothing was kept.',
  'trust-store-name-long': ({ length, limit }) =>
    `The name of the trust store has ${number(length)} characters; at most ${number(limit)} are kept. Choose a shorter one.`,
  'trust-store-name-taken': ({ name }) =>
    `There is a trust store "${name}" already. Choose another name, or remove that one first.`,
  'trust-store-empty': ({ name }) =>
    `The trust store "${name}" would hold no certificate. Choose what goes into it.`,
  'trust-store-too-large': ({ count, limit }) =>
    `The trust store would hold ${number(count)} certificates; at most ${number(limit)} are kept. Choose fewer.`,
  // x509/: revocation lists and OCSP responses
  'crl-entry-unreadable': ({ offset }) =>
    `An entry of the revocation list does not say clearly which certificate it revokes, at offset ${number(offset)}. Get the list again from its issuer.`,
  'crl-reason-invalid': ({ offset }) =>
    `The reason for a revocation at offset ${number(offset)} is not one that RFC 5280 defines.`,
  'ocsp-status-invalid': ({ offset }) =>
    `The OCSP response has an unknown status at offset ${number(offset)}.`,
  'ocsp-response-type-unknown': ({ oid }) =>
    `The OCSP response is of the type ${oid}; only the basic response can be read.`,
  'ocsp-unsuccessful': ({ status }) =>
    `The OCSP responder answered "${status}" instead of a status, so the response says nothing about any certificate. Ask the responder again.`,
  // ca/
  'issue-field-invalid': ({ field, value, reason }) => `${fieldName(field)}: ${fieldReason(reason, value)}`,
  'name-not-ascii': ({ kind, text, instead }) =>
    kind === 'otherName'
      ? `“${text}” is not allowed as written: its octets are not text of the type they claim. Ask for a new request.`
      : instead === null
        ? `“${text}” is not allowed as written: names in a certificate are ASCII, and it is not clear which one is meant. Ask for a new request.`
        : `“${text}” is not allowed as written: names in a certificate are ASCII. Confirm above that ${instead} is meant, or ask for a new request.`,
  'profile-unreadable': ({ field, reason }) =>
    `This is not a readable profile: ${field === '' ? reason : `${field}: ${reason}`}. Nothing was saved.`,
  'profile-unknown': ({ id }) => `There is no profile "${id}" here. Choose another, or import it first.`,
  'token-used': () => 'What was prepared has been signed already. Prepare another certificate.',
  'issue-refused': ({ codes }) => `It cannot be signed as it is: ${series(codes)}.`,
  'issue-not-acknowledged': ({ codes }) => `Warnings have not been accepted yet: ${series(codes)}.`,
  'issuer-key-mismatch': ({ issuer }) =>
    `The signature does not verify with the key in the certificate of ${issuer}. The key that signed is a different one. Nothing was stored.`,
  // renewal
  'renewal-done-before': ({ name, serialNumber }) =>
    `${name} was renewed before; the certificate that replaced it has the serial number ${serialNumber}. Renew that one.`,
  'renewal-issuer-missing': ({ name }) =>
    `The CA that issued ${name} is not here. Choose which of your CAs signs the new certificate.`,
  'renewal-of-lost-key': ({ name }) =>
    `${name} was revoked because its key is known to others. Replace it with a new key instead.`,
  'request-not-proved': ({ name }) =>
    `The signature of the request for ${name} does not verify with the public key in it. Nothing was stored.`,
  'cross-not-a-ca': ({ name }) =>
    `${name} says that it is not a CA. Drop the certificate of the CA that issued it.`,
  'cross-not-proved': ({ name }) =>
    `The signature on what ${name} sent does not verify with the key in it. Ask for it again; nothing was certified.`,
  'bulk-authority': ({ name }) => `${name} is a CA. Look first at what is below it: do this on its own page.`,
  'rollover-none': ({ name }) =>
    `${name} has not been rolled over to a new key, so there is no plan. Renew its certificate with a new key first.`,
  // ca/: revocation, lists and OCSP responses
  'revocation-already': ({ since }) =>
    `It was revoked on ${moment(since)}. A revocation cannot be undone or changed; only a hold can.`,
  'revocation-of-root': ({ name }) =>
    `${name} signs itself, so no list can revoke it. Take it out of the trust stores it was put into.`,
  'revocation-not-on-hold': () => 'It is not on hold, so there is nothing to release.',
  'revocation-invalidity-in-future': ({ invalidityDate, at }) =>
    `The invalidity date, ${moment(invalidityDate)}, is later than now, ${moment(at)}. It says since when the key may have been compromised; choose an earlier one or leave it out.`,
  'list-signer-not-allowed': ({ signer }) =>
    `${signer} may not sign revocation lists: its keyUsage lacks cRLSign. Sign with the CA's own certificate, or issue it one with cRLSign.`,
  'list-times-reversed': ({ thisUpdate, nextUpdate }) =>
    `It would end, on ${moment(nextUpdate)}, before it begins, on ${moment(thisUpdate)}. Choose a later end, and check the clock.`,
  'list-outlives-signer': ({ nextUpdate, notAfter, signer }) =>
    `It would be in force until ${moment(nextUpdate)}, but ${signer}, which signs it, ends on ${moment(notAfter)}. Choose an earlier end.`,
  'list-number-not-rising': ({ number: next, previous }) =>
    `The list would have the number ${next}, but number ${previous} has been used already. Numbers must rise.`,
  'list-part-empty': () =>
    'The list has nothing to cover. Choose at least one address or one reason, or one list for everything.',
  'list-without-base': () =>
    'There is no complete list of these parts yet, so there is nothing for a delta to update. Sign a complete list first.',
  'response-too-many': ({ count: n, most }) =>
    `That would be ${number(n)} responses; one file holds at most ${number(most)}. Sign fewer periods, one kind of hash, or chosen certificates.`,
  'response-of-nothing': () =>
    'There is nothing to sign: no unexpired certificate was chosen, or no kind of hash. Choose at least one of each.',
  'ocsp-responder-unfit': ({ responder, issuer }) =>
    `${responder} may not sign for ${issuer}: it needs a certificate from ${issuer} itself with OCSPSigning in extendedKeyUsage.`,
  'ocsp-responder-key-usage': ({ responder, issuer, isIssuer }) =>
    isIssuer
      ? `${issuer} may not sign OCSP responses: its keyUsage lacks digitalSignature. Make a responder’s certificate below it, or a new CA that has the bit.`
      : `${responder} may not sign OCSP responses: its keyUsage lacks digitalSignature. Make a responder’s certificate that has the bit.`,
}

/** Returns the command that converts a container to known algorithms. OpenSSL and keytool ask for the passwords. */
function rewriting(format: string): string {
  if (format === 'JKS')
    return 'keytool -importkeystore -srckeystore FILE -destkeystore NEW.p12 -deststoretype PKCS12'
  if (format === 'PKCS#12') return 'openssl pkcs12 -legacy -in FILE -out NEW.pem'
  return 'openssl pkey -provider legacy -provider default -in FILE -aes256 -out NEW.pem'
}

/** 'subjectAltNames.2' → 'subjectAltNames, entry 3'. */
function fieldName(field: string): string {
  return field
    .replace(/\.(\d+)$/, (_all, index: string) => `, entry ${number(Number(index) + 1)}`)
    .replace(/\./g, ', ')
}

function fieldReason(reason: FieldReason, value: string): string {
  switch (reason) {
    case 'empty':
      return 'nothing is entered. Fill it in, or take the field out.'
    case 'syntax':
      return `"${value}" is not written as this kind of value must be.`
    case 'characters':
      return `"${value}" holds a character that this field cannot hold.`
    case 'too-long':
      return `"${value}" is too long.`
    case 'range':
      return `${value === '' ? 'the value' : value} is outside what is possible here.`
    case 'unknown':
      return `"${value}" is not known, or is there already.`
    case 'unsupported-by-key':
      return `"${value}" cannot be made with this issuer's key. Choose another signature algorithm.`
  }
}
