/** As much of node-forge as the benchmarks call; the package has no types. Octets are strings of characters below 256. */
declare module 'node-forge' {
  interface Asn1 {
    readonly tagClass: number
  }
  interface Certificate {
    serialNumber: string
    publicKey: object
    readonly subject: { readonly attributes: object[] }
    readonly validity: { notBefore: Date; notAfter: Date }
    setSubject(attributes: readonly object[]): void
    setIssuer(attributes: readonly object[]): void
    setExtensions(extensions: readonly object[]): void
    sign(key: object, md: object): void
    verify(child: Certificate): boolean
    generateSubjectKeyIdentifier(): { getBytes(): string }
  }
  interface Forge {
    readonly asn1: { fromDer(octets: string): Asn1; toDer(value: Asn1): { getBytes(): string } }
    readonly md: { readonly sha256: { create(): object } }
    readonly pki: {
      certificateFromAsn1(value: Asn1): Certificate
      certificateToAsn1(certificate: Certificate): Asn1
      createCertificate(): Certificate
      publicKeyFromAsn1(value: Asn1): object
      privateKeyFromAsn1(value: Asn1): object
      createCaStore(certificates: readonly Certificate[]): object
      verifyCertificateChain(
        store: object,
        chain: readonly Certificate[],
        options: { readonly validityCheckDate: Date },
      ): boolean
    }
  }
  const forge: Forge
  export default forge
}
