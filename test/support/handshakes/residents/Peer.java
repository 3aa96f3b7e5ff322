// Plays one side of each job on loopback: java Peer.java serve|ask FILE. Ends with its standard input.
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.*;
import javax.net.ssl.*;

public class Peer {
    static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";

    record Job(String id, int port, String cert, String key, String ca, String crls, String host, boolean checksHost,
            String asks, String verifies, int depth, boolean checksStaple) {
        static Job of(String line) {
            String[] f = line.split("\t");
            return new Job(f[0], Integer.parseInt(f[1]), f[2], f[3], f[4], f[5], f[6], f[7].equals("yes"), f[8], f[9],
                    Integer.parseInt(f[10]), f[11].equals("yes"));
        }
    }

    static List<Certificate> certificates(String path) throws Exception {
        try (InputStream in = new FileInputStream(path)) {
            return new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
    }

    static PrivateKey key(String path) throws Exception {
        String text = Files.readString(Path.of(path)).replaceAll("-----[^-]+-----|\\s", "");
        byte[] octets = Base64.getDecoder().decode(text);
        for (String algorithm : List.of("EC", "RSA", "RSASSA-PSS", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
            } catch (GeneralSecurityException other) {
            }
        }
        throw new GeneralSecurityException("no such key: " + path);
    }

    static KeyManager[] own(Job job) throws Exception {
        if (job.cert().equals("-")) return null;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key(job.key()), new char[0], certificates(job.cert()).toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    static TrustManager[] trust(Job job) throws Exception {
        if (job.verifies().equals("no")) return new TrustManager[] { new Anyone() };
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int n = 0;
        for (Certificate each : certificates(job.ca())) store.setCertificateEntry("ca" + n++, each);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        if (job.crls().equals("-") && job.depth() < 0 && !job.checksStaple()) {
            factory.init(store);
            return factory.getTrustManagers();
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
        parameters.setRevocationEnabled(!job.crls().equals("-"));
        if (job.depth() >= 0) parameters.setMaxPathLength(job.depth());
        if (!job.crls().equals("-")) {
            List<CRL> lists = new ArrayList<>();
            for (String path : job.crls().split(","))
                try (InputStream in = new FileInputStream(path)) {
                    lists.addAll(CertificateFactory.getInstance("X.509").generateCRLs(in));
                }
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        }
        if (job.checksStaple()) {
            parameters.setRevocationEnabled(false);
            PKIXRevocationChecker checker = (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
            checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
        }
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }

    static class Anyone extends X509ExtendedTrustManager {
        public void checkClientTrusted(X509Certificate[] chain, String type) {}
        public void checkServerTrusted(X509Certificate[] chain, String type) {}
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
        public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
    }

    static SSLContext context(Job job) throws Exception {
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(own(job), trust(job), null);
        return made;
    }

    static void serve(Job job) throws Exception {
        SSLServerSocket listener = (SSLServerSocket) context(job).getServerSocketFactory()
                .createServerSocket(job.port(), 50, InetAddress.getByName("127.0.0.1"));
        if (job.asks().equals("required")) listener.setNeedClientAuth(true);
        if (job.asks().equals("optional")) listener.setWantClientAuth(true);
        Thread thread = new Thread(() -> {
            while (true)
                try (Socket socket = listener.accept()) {
                    socket.setSoTimeout(10_000);
                    if (socket.getInputStream().read(new byte[4096]) > 0)
                        socket.getOutputStream().write(ANSWER.getBytes());
                } catch (IOException refused) {
                }
        });
        thread.setDaemon(true);
        thread.start();
    }

    static void ask(Job job) {
        try (Socket plain = new Socket("127.0.0.1", job.port());
                SSLSocket socket = (SSLSocket) context(job).getSocketFactory().createSocket(plain, job.host(), job.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(job.host())));
            if (job.checksHost()) parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
            socket.getInputStream().readAllBytes();
        } catch (Exception refused) {
        }
    }

    public static void main(String[] args) throws Exception {
        for (String line : Files.readAllLines(Path.of(args[1]))) {
            Job job = Job.of(line);
            if (args[0].equals("serve")) serve(job);
            else ask(job);
        }
        System.out.println("done");
        System.in.readAllBytes();
        System.exit(0);
    }
}
