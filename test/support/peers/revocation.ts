/** A Java program that judges a path with these lists: milliseconds, anchor, path and lists are its arguments. */
export const JAVA_REVOCATION = `
import java.io.*; import java.security.cert.*; import java.util.*;
public class Check {
  public static void main(String[] a) throws Exception {
    CertificateFactory f = CertificateFactory.getInstance("X.509");
    X509Certificate anchor = (X509Certificate) f.generateCertificate(new FileInputStream(a[1]));
    CertPath path = f.generateCertPath(new ArrayList<>(f.generateCertificates(new FileInputStream(a[2]))));
    PKIXParameters p = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
    p.setDate(new Date(Long.parseLong(a[0])));
    p.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(f.generateCRLs(new FileInputStream(a[3])))));
    CertPathValidator v = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker c = (PKIXRevocationChecker) v.getRevocationChecker();
    c.setOptions(EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
    p.addCertPathChecker(c);
    try { v.validate(path, p); System.out.println("VALID"); }
    catch (CertPathValidatorException e) { System.out.println(e.getReason() + " " + e.getMessage() + " " + e.getCause()); }
  }
}`

/** The same with certificates of those who sign lists for others, its last argument. */
export const JAVA_INDIRECT = JAVA_REVOCATION.replace('class Check', 'class CheckIndirect').replace(
  'CertPathValidator v =',
  'p.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(f.generateCertificates(new FileInputStream(a[4])))));\n    CertPathValidator v =',
)
