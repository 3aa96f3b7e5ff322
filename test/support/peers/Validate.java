import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import sun.security.util.HostnameChecker;

/** Validates chains with Java's own PKIX builder: target, intermediates, anchors, purpose OID, host; one line each. */
public final class Validate {
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t", -1);
      try {
        examine(fields);
        System.out.println("ok");
      } catch (Exception error) {
        Throwable cause = error;
        while (cause.getCause() != null) cause = cause.getCause();
        System.out.println("no\t" + String.valueOf(cause.getMessage()).replaceAll("\\s+", " "));
      }
    }
  }

  private static void examine(String[] fields) throws Exception {
    List<X509Certificate> all = new ArrayList<>(read(fields[0]));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(all.get(0));
    if (!fields[3].isEmpty()) target.setExtendedKeyUsage(Set.of(fields[3]));
    if (!fields[1].isEmpty()) all.addAll(read(fields[1]));
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509Certificate anchor : read(fields[2])) anchors.add(new TrustAnchor(anchor, null));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
    parameters.setRevocationEnabled(false);
    parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
    CertPathBuilder.getInstance("PKIX").build(parameters);
    // CertPath has no host name check; this is the one that TLS in Java uses.
    if (!fields[4].isEmpty()) HostnameChecker.getInstance(HostnameChecker.TYPE_TLS).match(fields[4], all.get(0));
  }

  private static List<X509Certificate> read(String path) throws Exception {
    List<X509Certificate> certificates = new ArrayList<>();
    try (FileInputStream file = new FileInputStream(path)) {
      for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(file))
        certificates.add((X509Certificate) certificate);
    }
    return certificates;
  }
}
