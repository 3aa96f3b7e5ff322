import java.io.*;
import java.security.cert.*;
import java.util.Base64;

/** Reads certificates, base64, one a line; answers "ok" or why not, in the same order. */
public class Read {
  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in));
    var factory = CertificateFactory.getInstance("X.509");
    for (String line; (line = in.readLine()) != null; ) {
      try {
        byte[] der = Base64.getDecoder().decode(line);
        var stream = new ByteArrayInputStream(der);
        var certificate = (X509Certificate) factory.generateCertificate(stream);
        if (stream.available() > 0) throw new CertificateException("octets are left");
        certificate.getSubjectAlternativeNames();
        certificate.getExtendedKeyUsage();
        System.out.println("ok");
      } catch (Throwable error) {
        System.out.println("no\t" + String.valueOf(error.getMessage()).replaceAll("\\s+", " "));
      }
    }
  }
}
