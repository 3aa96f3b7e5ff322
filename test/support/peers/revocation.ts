/** A Java program that validates a path with these CRLs. Arguments: time in ms, anchor, path and CRLs. */
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

/** The same with certificates of indirect CRL signers, as its last argument. */
export const JAVA_INDIRECT = JAVA_REVOCATION.replace('class Check', 'class CheckIndirect').replace(
  'CertPathValidator v =',
  'p.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(f.generateCertificates(new FileInputStream(a[4])))));\n    CertPathValidator v =',
)

/**
 * Validates one certificate below an anchor with a given OCSP response. Arguments: time in ms, anchor, certificate,
 * response.
 */
export const JAVA_ANSWERED = `
import java.io.FileInputStream;
import java.nio.file.*;
import java.security.cert.*;
import java.util.*;

public class Answered {
  public static void main(String[] args) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    X509Certificate anchor = (X509Certificate) factory.generateCertificate(new FileInputStream(args[1]));
    X509Certificate target = (X509Certificate) factory.generateCertificate(new FileInputStream(args[2]));
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
    checker.setOcspResponses(Map.of(target, Files.readAllBytes(Path.of(args[3]))));
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
    parameters.setDate(new Date(Long.parseLong(args[0])));
    parameters.addCertPathChecker(checker);
    try {
      validator.validate(factory.generateCertPath(List.of(target)), parameters);
      System.out.println("VALID");
    } catch (CertPathValidatorException refused) {
      System.out.println("REFUSED " + refused.getReason() + " " + refused.getMessage());
    }
  }
}
`
