import type { ErrorDetails, ForeignFormat } from '../../errors.ts'

type Form = ErrorDetails['pile-format-not-read']['form']

/** The OpenSSL option for the form of a file; S/MIME mail is its default. */
const inform = (form: Form): string => (form === 'text' ? '' : ` -inform ${form}`)
/** keytool with Bouncy Castle's provider, whose stores Java itself cannot read. */
const bouncyCastle = (type: string): string =>
  `keytool -importkeystore -srckeystore FILE -srcstoretype ${type} -destkeystore NEW.p12 -deststoretype PKCS12 -providerclass org.bouncycastle.jce.provider.BouncyCastleProvider -providerpath bcprov.jar`
/** What comes out may be a tar archive, which is opened here. */
const decompress = (program: string): string =>
  `Decompress it, and add what comes out: ${program} -dc FILE > NEW`
const REQUEST = 'openssl req -new -key KEY.pem -out REQUEST.pem'

/** Names a format that is not read here, with the command that converts it to one that is. */
export const foreignFormats: Record<ForeignFormat, (form: Form) => string> = {
  'public-key': () =>
    `This is only a public key: not a certificate, and no proof of whose it is. Ask for its certificate. For a new one, the owner of the private key makes a request: ${REQUEST}`,
  'openssh-key': () =>
    'This is an OpenSSH private key. ssh-keygen converts it to a form that is read here, in place, so copy it first: cp FILE NEW && ssh-keygen -p -m PEM -f NEW',
  'openssh-key-ed25519': () =>
    'This is an OpenSSH private key of the kind Ed25519. ssh-keygen writes such keys only in OpenSSH’s own form, even when asked for PEM, and that form is not read here. Make a new key for the certificate: openssl genpkey -algorithm ED25519 -out KEY.pem',
  'openssh-key-other': () =>
    'This is an OpenSSH private key of a kind that is not used in certificates. Make a new key for the certificate: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY.pem',
  'ssh-public-key': () =>
    'This is an SSH public key: not a certificate, and not a private key. To get the bare public key: ssh-keygen -e -m PKCS8 -f FILE',
  'ssh-public-key-other': () =>
    'This is an SSH public key: not a certificate, and not a private key. Ask for a certificate, or for a request from the owner of the private key.',
  'ssh-certificate': () =>
    'This is an OpenSSH certificate, which is not an X.509 certificate and cannot be converted to one. To see its contents: ssh-keygen -L -f FILE',
  'sshcom-key': () =>
    'This is a private key of SSH.com’s SSH2. PuTTY’s puttygen writes it as PEM, which is read here: puttygen FILE -O private-openssh -o NEW.pem',
  'putty-key': () =>
    'This is a private key of PuTTY. puttygen writes it as PEM, which is read here: puttygen FILE -O private-openssh -o NEW.pem',
  'putty-key-other': () =>
    'This is a PuTTY private key of a kind that puttygen cannot convert to a form that is read here; it can convert RSA and ECDSA. Make a new key for the certificate: openssl genpkey -algorithm ED25519 -out KEY.pem',
  pvk: () =>
    'This is a private key of Microsoft’s (PVK). Write it as PEM: openssl rsa -provider legacy -provider default -inform PVK -in FILE -out KEY.pem',
  'msblob-key': () =>
    'This is a private key as Windows’ CryptoAPI keeps it (a PRIVATEKEYBLOB, .snk). Write it as PEM: openssl rsa -inform MSBLOB -in FILE -out KEY.pem',
  'msblob-public-key': () =>
    'This is a public key as Windows’ CryptoAPI keeps it (a PUBLICKEYBLOB, .snk): not a certificate, and not a private key. To get the bare public key: openssl rsa -pubin -inform MSBLOB -in FILE -pubout',
  bks: () =>
    `This is a store of Bouncy Castle’s (BKS), as Android uses it. With Bouncy Castle’s JAR, keytool writes it as PKCS#12: ${bouncyCastle('BKS')}`,
  uber: () =>
    `This looks like a store of Bouncy Castle’s that is encrypted whole (UBER). With Bouncy Castle’s JAR, keytool writes it as PKCS#12: ${bouncyCastle('UBER')}`,
  bcfks: () =>
    `This is a store of Bouncy Castle’s for FIPS (BCFKS). With Bouncy Castle’s JAR, keytool writes it as PKCS#12: ${bouncyCastle('BCFKS')}`,
  'ibm-kdb': () =>
    'By its name this is a key database of IBM’s GSKit. Export what is in it as PKCS#12 with IBM’s own tool: gsk8capicmd or, of IBM MQ, runmqakm.',
  'gpgsm-keybox': () =>
    'This is a keybox of GnuPG. Certificates in it, if it is that of gpgsm, are written as PEM by: gpgsm --export --armor > certificates.pem',
  'sqlite-nss': () =>
    'This is a certificate database of NSS (Firefox, Thunderbird). List what is in it, then export a certificate by its name: certutil -L -d sql:FOLDER, certutil -L -d sql:FOLDER -n NAME -a > certificate.pem',
  sqlite: () =>
    'This is an SQLite database. If it is XCA’s, cfssl’s or NSS’s, export certificates and keys there, as PEM or PKCS#12, and add those files.',
  badger: () =>
    'This is a Badger database, as step-ca keeps it. It is not read: add the certificates that the CA issued as PEM, from where they are used. Its own certificates and keys are in the folders certs and secrets beside the database.',
  'pgp-keys': () =>
    'This is an OpenPGP key. OpenPGP is a different system from X.509; its keys hold no X.509 certificates. To see what it is: gpg --show-keys FILE',
  'pgp-message': () =>
    'This is a message encrypted or signed with OpenPGP. Decrypt it to see what is in it: gpg --decrypt --output OUT FILE',
  'pgp-signature': () =>
    'This holds an OpenPGP signature, and nothing else that is known here. It signs a file; it is not a certificate.',
  'age-message': () =>
    'This is encrypted with age. Decrypt it to see what is in it: age --decrypt -i KEY.txt -o OUT FILE',
  'age-key': () =>
    'This is a key of age, which encrypts files. It is not a certificate’s key, and no certificate can be made for it.',
  minisign: () =>
    'This is a key or a signature of minisign or signify. It signs files; it is not a certificate, and none can be made from it.',
  'openvpn-key': () =>
    'This is a key that an OpenVPN server and its clients share, not a certificate’s key. The certificates are in other files or further up in the .ovpn file.',
  'tpm-key': () =>
    'This is a private key sealed by a TPM. It works only in the machine with that chip and cannot be taken out. Make a request there, and certify it here.',
  'dsa-key': () =>
    'This is a DSA private key. No certificates are issued for DSA keys any more; make a new key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY.pem',
  spkac: () =>
    `This is a request as browsers made it with Netscape’s <keygen> (SPKAC). It has a public key and no name, and is not certified here. The owner of the private key makes a PKCS#10 request: ${REQUEST}`,
  parameters: () => 'These are parameters that keys are made with, not a key. Add the key too.',
  'timestamp-query': () =>
    'This is a request to a time-stamping authority (RFC 3161). Certificates can be in the response to it.',
  'ocsp-request': () =>
    'This is an OCSP request, which says nothing about any certificate. Add the response to it instead.',
  'timestamp-response': () =>
    'This is the response of a time-stamping authority (RFC 3161). Take the token out; certificates that came in it are then read: openssl ts -reply -in FILE -token_out -out TOKEN.p7s',
  'attribute-certificate': () =>
    'This is an attribute certificate (RFC 5755): it says what its holder may do and has no key. It is not validated here.',
  'cms-encrypted': (form) =>
    `This is encrypted, as S/MIME mail is: no certificate in it can be read without the recipient’s private key. Decrypt it, and add what comes out: openssl cms -decrypt${inform(form)} -in FILE -inkey KEY.pem -out OUT`,
  'cms-encrypted-data': (form) =>
    `This is encrypted under a key that both sides know (CMS EncryptedData): no certificate in it can be read without that key. Decrypt it, and add what comes out: openssl cms -EncryptedData_decrypt${inform(form)} -in FILE -secretkey KEY -out OUT`,
  'cms-compressed': () =>
    'This is compressed mail (CMS CompressedData), which is not read here. Save what is in it with a mail program, and add that.',
  'cms-other': () =>
    'This is a CMS message of a kind that carries no certificates. If it should have some, ask its sender for a PKCS#7 (.p7b) or for PEM.',
  'cms-without-certificates': () =>
    'This is a PKCS#7 or CMS without certificates: only a signature, or nothing. Ask its sender for the certificates.',
  'jwk-public': () =>
    'These are public keys as JSON (JWK), without certificates (x5c): no proof of whose they are. Ask for a certificate.',
  jwe: () =>
    'This is encrypted JSON (JWE). Export the key again, as PKCS#8 or PKCS#12, from the program that wrote it.',
  jwt: () =>
    'This is a signed token (JWT), not a file of certificates or keys. Ask who signs it for their certificate.',
  'web-page': () =>
    'This is a web page, not the file you wanted: often a login or an error page that was saved instead. Download the file again.',
  picture: () => 'This is a picture. Text in it is not read; ask for the file itself, or for its text.',
  pdf: () =>
    'This is a PDF. Certificates of its signatures are not read out of it; export them from the program that shows it.',
  'archive-xz': () => `This is compressed with xz. ${decompress('xz')}`,
  'archive-bzip2': () => `This is compressed with bzip2. ${decompress('bzip2')}`,
  'archive-zstd': () => `This is compressed with Zstandard. ${decompress('zstd')}`,
  'archive-lz4': () => `This is compressed with LZ4. ${decompress('lz4')}`,
  'archive-compress': () => `This is compressed with compress (.Z). ${decompress('gzip')}`,
  'archive-cpio': () =>
    'This is a cpio archive, which is not opened here. Unpack it, and add the files that were in it: cpio -id < FILE',
  'dump-of-words': () =>
    'This is a dump in pairs of octets, as hexdump and od write it by themselves, and each machine orders the pairs its own way. Show the octets one by one, and add that: hexdump -C FILE',
  crmf: () =>
    `This is a request in the form of CMP (CRMF, RFC 4211), which is not read here. The owner of the private key makes a PKCS#10 request: ${REQUEST}`,
  archive: () =>
    'This is an archive of 7-Zip or RAR, which is not opened here. Unpack it, and add the files that were in it: 7z x FILE',
}
